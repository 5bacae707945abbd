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
    if node.has("$ref") {
        return by_all_of(spec, node, at, Some(("nullable", json!(true))));
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

/// Writes a reference, which may have no siblings, so that something can stand beside it.
pub(crate) fn by_all_of(
    spec: &Spec,
    node: &Node,
    at: &str,
    more: Option<(&str, Value)>,
) -> Vec<Edit> {
    let target = node.text_of("$ref").unwrap_or_default();
    let component = target
        .strip_prefix(SCHEMAS)
        .and_then(|name| spec.component(name));
    let kind = component.and_then(|component| component.text_of("type"));
    let keys = [("type", json!(kind.unwrap_or("object")))]
        .into_iter()
        .chain(more)
        .chain([("allOf", json!([{"$ref": target}]))]);
    let removed = Edit::Remove {
        at: format!("{at}/$ref"),
    };
    let inserted = keys.map(|(key, value)| Edit::Insert {
        into: at.to_owned(),
        key: key.to_owned(),
        value,
        place: Place::Last,
    });
    std::iter::once(removed).chain(inserted).collect()
}
