//! Edits that OpenAPI schemas need in more than one place.

use super::{Edit, Place};
use crate::spec::{SCHEMAS, Spec};
use crate::yaml::Node;
use serde_json::{Value, json};

/// Lets a schema be null. A schema of any type is already.
pub(crate) fn nullable(spec: &Spec, node: &Node, at: &str) -> Vec<Edit> {
    let insert = |key: &str, value: Value, place: Place| Edit::Insert {
        into: at.to_owned(),
        key: key.to_owned(),
        value,
        place,
    };
    if let Some(target) = node.text_of("$ref") {
        let component = target
            .strip_prefix(SCHEMAS)
            .and_then(|name| spec.component(name));
        let kind = component.and_then(|component| component.text_of("type"));
        return vec![
            Edit::Remove {
                at: format!("{at}/$ref"),
            },
            insert("type", json!(kind.unwrap_or("object")), Place::Last),
            insert("nullable", json!(true), Place::Last),
            insert("allOf", json!([{"$ref": target}]), Place::Last),
        ];
    }
    if node.has("nullable") {
        let at = format!("{at}/nullable");
        let value = json!(true);
        return match node.flag("nullable") {
            true => Vec::new(),
            false => vec![Edit::Replace { at, value }],
        };
    }
    let before = ["format", "type"].iter().find(|key| node.has(key));
    match before {
        Some(key) => vec![insert(
            "nullable",
            json!(true),
            Place::After((*key).to_owned()),
        )],
        None => Vec::new(),
    }
}
