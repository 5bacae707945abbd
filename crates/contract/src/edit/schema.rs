//! Edits that OpenAPI schemas need in more than one place.
//!
//! ```yaml
//! mode: {$ref: '#/components/schemas/Mode'}                                             # before
//! mode: {type: string, nullable: true, allOf: [{$ref: '#/components/schemas/Mode'}]}    # after
//! ```

use super::{Edit, Place};
use crate::spec::{SCHEMAS, Spec};
use crate::yaml::Node;
use serde_json::{Value, json};

/// Lets a schema be null. A schema of any type is already, and needs no edit; one that is a reference needs
/// four.
pub(crate) fn nullable(spec: &Spec, node: &Node, at: &str) -> Vec<Edit> {
    if node.has("$ref") {
        return by_all_of(spec, node, at, Some(("nullable", json!(true))));
    }
    let value = json!(true);
    if node.has("nullable") {
        let at = format!("{at}/nullable");
        let replaced = Edit::Replace { at, value };
        return Vec::from_iter((!node.flag("nullable")).then_some(replaced));
    }
    let before = ["format", "type"].iter().find(|key| node.has(key));
    let inserted = before.map(|key| Edit::Insert {
        into: at.to_owned(),
        key: "nullable".to_owned(),
        value,
        place: Place::After((*key).to_owned()),
    });
    Vec::from_iter(inserted)
}

/// Writes a reference, which may have no siblings, so that something can stand beside it (`more`, if it is
/// known now).
///
/// The type of the component stands beside `allOf` for validators; a component that is not there is taken for
/// an object.
pub(crate) fn by_all_of(
    spec: &Spec,
    node: &Node,
    at: &str,
    more: Option<(&str, Value)>,
) -> Vec<Edit> {
    let target = node.text_of("$ref").unwrap_or_default();
    let name = target.strip_prefix(SCHEMAS);
    let component = name.and_then(|name| spec.component(name));
    let kind = component.and_then(|component| component.text_of("type"));
    let kind = ("type", json!(kind.unwrap_or("object")));
    let reference = ("allOf", json!([{"$ref": target}]));
    let keys = [kind].into_iter().chain(more).chain([reference]);
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
