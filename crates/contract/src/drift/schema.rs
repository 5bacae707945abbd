//! Edits of one schema of the contract.

use super::infer::{Inferred, Loosened};
use crate::edit::{Edit, Place};
use crate::spec::{SCHEMAS, Spec, UNNAMED};
use crate::yaml::{Entry, Node, node::escape};
use serde_json::{Value, json};
use std::cmp::Ordering;

/// Keys that a schema of any value keeps.
fn stays(key: &str) -> bool {
    key == "description" || key == "example" || key.starts_with("x-")
}

/// What a schema becomes so that it describes values of another type; `None` where that would give up a component.
pub(super) fn loosen(spec: &Spec, node: &Node, at: &str, seen: &Inferred) -> Option<Vec<Edit>> {
    let remove = |key: &str| Edit::Remove {
        at: format!("{at}/{}", escape(key)),
    };
    Some(match seen.against(node) {
        Loosened::NoFormat => vec![remove("format")],
        Loosened::Number => {
            let number = Edit::Replace {
                at: format!("{at}/type"),
                value: json!("number"),
            };
            let format = node.has("format").then(|| remove("format"));
            [number].into_iter().chain(format).collect()
        }
        Loosened::Any if gives_up_objects(spec, node) => return None,
        Loosened::Any => {
            let keys = node.entries().iter().map(|entry| entry.key.text.as_str());
            keys.filter(|key| !stays(key)).map(remove).collect()
        }
    })
}

/// Whether a schema refers to anything but enums.
fn gives_up_objects(spec: &Spec, node: &Node) -> bool {
    let here = node.text_of("$ref").is_some_and(|target| {
        let component = target
            .strip_prefix(SCHEMAS)
            .and_then(|name| spec.component(name));
        component.is_none_or(|component| !component.has("enum"))
    });
    let values = node.entries().iter().map(|entry| &entry.value);
    here || values
        .chain(node.items())
        .any(|node| gives_up_objects(spec, node))
}

/// The order of names on the page, which is that of the alphabet.
pub(super) fn page_order(one: &str, other: &str) -> Ordering {
    let one = one.bytes().map(|byte| byte.to_ascii_lowercase());
    one.cmp(other.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// A new property of an object, where the page has it: after what is required, in the order of the alphabet.
pub(super) fn property(object: &Node, at: &str, name: &str, value: Value) -> Edit {
    let properties = object.entries_of("properties");
    let required = |entry: &Entry| crate::spec::is_required(object, &entry.key.text);
    let tail = properties
        .iter()
        .rposition(required)
        .map_or(0, |last| last + 1);
    let names: Vec<&str> = properties[tail..]
        .iter()
        .map(|entry| entry.key.text.as_str())
        .collect();
    let sorted = names.is_sorted_by(|one, other| page_order(one, other).is_le());
    let index = names.partition_point(|other| page_order(other, name).is_lt());
    let place = match (sorted, index) {
        (false, _) => Place::Last,
        (true, 0) if tail == 0 => Place::First,
        (true, 0) => Place::After(properties[tail - 1].key.text.clone()),
        (true, index) => Place::After(names[index - 1].to_owned()),
    };
    Edit::Insert {
        into: format!("{at}/properties"),
        key: name.to_owned(),
        value,
        place,
    }
}

/// A new value of an enum: in the order of the alphabet where there is one, else below those of the same family.
pub(super) fn value(schema: &Node, at: &str, text: &str) -> Edit {
    let values: Vec<&str> = schema
        .get("enum")
        .iter()
        .flat_map(|list| list.texts())
        .map(|(text, _)| text)
        .collect();
    let family = |text: &str| text.split_once('.').map(|(family, _)| family.to_owned());
    let index = match values.is_sorted() {
        true => values.partition_point(|other| *other < text).checked_sub(1),
        false => values
            .iter()
            .rposition(|other| family(text).is_some() && family(other) == family(text)),
    };
    let place = match index {
        Some(index) => Place::After(index.to_string()),
        None if values.is_sorted() => Place::First,
        None => Place::Last,
    };
    Edit::Push {
        into: format!("{at}/enum"),
        value: json!(text),
        place,
    }
}

/// Lists keys or values that Rust has no name for.
pub(super) fn unnamed(schema: &Node, at: &str, texts: &[&str]) -> Vec<Edit> {
    if schema.has(UNNAMED) {
        let push = |text: &&str| Edit::Push {
            into: format!("{at}/{UNNAMED}"),
            value: json!(text),
            place: Place::Last,
        };
        return texts.iter().map(push).collect();
    }
    let after = ["properties", "enum"].iter().find(|key| schema.has(key));
    let place = after.map_or(Place::Last, |key| Place::Before((*key).to_owned()));
    vec![Edit::Insert {
        into: at.to_owned(),
        key: UNNAMED.to_owned(),
        value: json!(texts),
        place,
    }]
}

/// Makes a property optional. The name is a token of a JSON pointer.
pub(super) fn not_required(object: &Node, at: &str, name: &str) -> Vec<Edit> {
    let required = object.get("required").into_iter().flat_map(Node::texts);
    let named = required
        .enumerate()
        .filter(|(_, (text, _))| escape(text) == name);
    let remove = |(index, _)| Edit::Remove {
        at: format!("{at}/required/{index}"),
    };
    named.map(remove).collect()
}
