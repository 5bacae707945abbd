//! The words of a line.
//!
//! | schema | words |
//! |---|---|
//! | `{type: string, format: date-time, nullable: true}` | `string date-time nullable` |
//! | `{type: object, additionalProperties: {}, properties: ...}` | `object, open` |
//! | `{type: object, additionalProperties: false, properties: ...}` | `object, others false` |
//! | `{type: object, additionalProperties: {type: string}}` | `map` |
//! | `{oneOf: [A, B]}` | `any, one of 2` |
//! | `{type: integer, maximum: 9}` | `integer maximum=9` |

use crate::meaning::{Kind, View};
use crate::spec::{PROSE, REGION};
use serde_json::Value;

/// Keys of a schema that have a place of their own in a line; all others are written as `key=value`.
const SHOWN: [&str; 6] = [
    "type",
    "format",
    "nullable",
    "required",
    "additionalProperties",
    "enum",
];

/// The type, whether it is a union, and what becomes of unknown keys.
pub(super) fn kind(view: &View) -> String {
    let kind = view.fact("type").map_or("any".to_owned(), text);
    for (branch, words) in [
        (Kind::OneOf, "one of"),
        (Kind::AnyOf, "any of"),
        (Kind::AllOf, "all of"),
    ] {
        let count = view.of(branch).count();
        if count > 0 {
            return format!("{kind}, {words} {count}");
        }
    }
    let (values, has_properties) = (
        view.of(Kind::Values).next(),
        view.of(Kind::Property).next().is_some(),
    );
    match (values, view.fact("additionalProperties")) {
        (Some(_), _) if !has_properties => "map".to_owned(),
        (Some(values), _) if values.is_any() => format!("{kind}, open"),
        (Some(_), _) => format!("{kind}, others"),
        (None, Some(refused)) => format!("{kind}, others {refused}"),
        (None, None) => kind,
    }
}

/// Format, nullability, and every other key of a schema, so that no edit goes unseen.
pub(super) fn shown(view: &View) -> String {
    let format = view.fact("format").map(text);
    let nullable = (view.fact("nullable") == Some(&Value::Bool(true)) && !view.is_any())
        .then(|| "nullable".to_owned());
    let more = Some(rest(view, &SHOWN)).filter(|more| !more.is_empty());
    let excluded = view.of(Kind::Not).map(|not| match not.reference() {
        Some(name) => format!("not {name}"),
        None => format!("not {}", not.node.to_json()),
    });
    let words: Vec<String> = format
        .into_iter()
        .chain(nullable)
        .chain(more)
        .chain(excluded)
        .collect();
    words.join(" ")
}

/// Every fact but those in `shown`, prose, and extensions that decide about Rust only.
pub(super) fn rest(view: &View, shown: &[&str]) -> String {
    let more = view.facts.iter().filter(|(name, _)| {
        let own = **name == REGION || !name.starts_with("x-");
        own && !shown.contains(name) && !PROSE.contains(name)
    });
    let words: Vec<String> = more
        .map(|(name, fact)| format!("{name}={}", text(&fact.value)))
        .collect();
    words.join(" ")
}

/// A text as it is, any other value as JSON.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
