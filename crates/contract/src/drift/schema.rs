//! Edits of one schema of the contract.
//!
//! ```yaml
//! # before                                     # after `2.5` was seen
//! size: {type: integer, format: int64}         size: {type: number}
//!
//! # before                                     # after `"two"` was seen
//! size: {type: integer, description: Bytes.}   size: {description: Bytes.}
//! ```
//!
//! A schema is loosened as little as makes it describe what was seen, and never tightened. Comments, and keys that have
//! nothing to do with it, stay.

use super::infer::{Inferred, Loosened};
use crate::additions::field_place;
use crate::edit::{Edit, Place};
use crate::spec::{SCHEMAS, Spec};
use crate::yaml::{Node, node::escape};
use serde_json::{Value, json};

/// Keys that a schema of any value keeps: they are about the field, not about its type.
fn stays(key: &str) -> bool {
    key == "description" || key == "example" || key.starts_with("x-")
}

/// What a schema becomes so that it describes values of another type; `None` where that would give up a component.
///
/// The edits belong to one schema at the pointer `at`. A reference to a structure is never loosened to any value: the
/// field would lose its type for everybody, because of one odd response.
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

/// A new property of an object, where the page has it.
pub(super) fn property(object: &Node, at: &str, name: &str, value: Value) -> Edit {
    Edit::Insert {
        into: format!("{at}/properties"),
        key: name.to_owned(),
        value,
        place: field_place(object, name, false),
    }
}

/// A new value of an enum: in the order of the alphabet where there is one, else below those of the same family.
///
/// Webhook events are such families: `parse.error` goes below the last of `parse.success`, `parse.pending`, ...
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
