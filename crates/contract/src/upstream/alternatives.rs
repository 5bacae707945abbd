//! Several schemas as one.
//!
//! ```yaml
//! # merged: [{properties: {a: ..}, required: [a]}, {properties: {b: ..}}]
//! {type: object, properties: {a: .., b: ..}, required: [a]}
//! # joined: [{type: integer}, {type: number}]
//! {type: number}
//! # joined: [{type: string}, {type: boolean}]
//! {oneOf: [{type: string}, {type: boolean}]}
//! ```

use crate::finding::Position;
use crate::yaml::build::{list, mapping, text};
use crate::yaml::{Entry, Node};

/// Keys of a schema.
type Keys = Vec<(&'static str, Node)>;

/// Objects that are put together of several parts have the fields of all. Of a field that several have, the first says
/// what it is.
pub(super) fn merged(parts: &[Node], at: Position) -> Keys {
    let all = |key: &'static str| parts.iter().filter_map(move |part| part.get(key));
    let mut properties: Vec<Entry> = Vec::new();
    for property in all("properties").flat_map(Node::entries) {
        let is_new = |other: &Entry| other.key.text != property.key.text;
        if properties.iter().all(is_new) {
            properties.push(property.clone());
        }
    }
    let required = all("required").flat_map(Node::items).cloned();
    vec![
        ("type", text(at, "object")),
        ("properties", mapping(at, properties)),
        ("required", list(at, required.collect())),
    ]
}

/// Alternatives of one type are that type; an enum or any string is an enum with room for more, as each of the
/// contract is. A format stays if all have it.
pub(super) fn joined(arms: Vec<Node>, at: Position) -> Keys {
    let Some(kind) = common_type(&arms) else {
        let arms = arms.into_iter().filter(|arm| !arm.entries().is_empty());
        return vec![("oneOf", list(at, arms.collect()))];
    };
    let mut keys = vec![("type", text(at, kind))];
    let values: Vec<Node> = arms
        .iter()
        .flat_map(|arm| arm.items_of("enum"))
        .cloned()
        .collect();
    if !values.is_empty() {
        keys.push(("enum", list(at, values)));
    }
    let format = arms.first().and_then(|arm| arm.get("format"));
    let is_shared = |format: &&Node| {
        arms.iter()
            .all(|arm| arm.text_of("format") == format.text())
    };
    keys.extend(
        format
            .filter(is_shared)
            .map(|format| ("format", format.clone())),
    );
    keys
}

/// The one scalar type of all; an integer is a number.
fn common_type(arms: &[Node]) -> Option<&'static str> {
    let types = [
        ("string", &["string"][..]),
        ("integer", &["integer"]),
        ("number", &["integer", "number"]),
    ];
    let fits = |arm: &Node, kinds: &[&str]| {
        arm.text_of("type")
            .is_some_and(|kind| kinds.contains(&kind))
    };
    let found = types
        .into_iter()
        .find(|(_, kinds)| arms.iter().all(|arm| fits(arm, kinds)));
    found.filter(|_| !arms.is_empty()).map(|(kind, _)| kind)
}
