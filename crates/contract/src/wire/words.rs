//! The words of a line.

use crate::spec::REGION;
use crate::spec::{SCHEMAS, referenced};
use crate::yaml::Node;

/// Keys that change nothing on the wire.
const PROSE: [&str; 6] = [
    "description",
    "summary",
    "example",
    "examples",
    "externalDocs",
    "tags",
];

/// Keys at the root that have lines of their own.
pub(super) const ROOT: [&str; 6] = [
    "openapi",
    "info",
    "servers",
    "security",
    "paths",
    "components",
];

/// Keys of a schema that have a place of their own in a line.
const SHOWN: [&str; 11] = [
    "type",
    "format",
    "nullable",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "enum",
    "allOf",
    "oneOf",
    "$ref",
];

pub(super) fn requiredness(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

pub(super) fn kind(schema: &Node) -> String {
    let kind = schema
        .get("type")
        .map_or("any".into(), |node| node.to_json().to_string());
    let kind = kind.trim_matches('"');
    let open = schema
        .get("additionalProperties")
        .map(|node| node.to_json().to_string());
    match (schema.get("oneOf").map(|node| node.items().len()), open) {
        (Some(count), _) => format!("{kind}, one of {count}"),
        (None, Some(_)) if !schema.has("properties") => "map".to_owned(),
        (None, Some(open)) if open == "{}" => format!("{kind}, open"),
        (None, Some(open)) => format!("{kind}, others {open}"),
        (None, None) => kind.to_owned(),
    }
}

/// Whatever else a schema says, so that no edit goes unseen.
pub(super) fn rest_of_schema(schema: &Node) -> String {
    let mut shown = SHOWN.to_vec();
    let several = schema
        .get("allOf")
        .is_some_and(|_| referenced(schema).is_none());
    shown.retain(|key| !(several && *key == "allOf"));
    rest(schema, &shown)
}

pub(super) fn rest(node: &Node, shown: &[&str]) -> String {
    let more = node.entries().iter().filter(|entry| {
        let key = entry.key.text.as_str();
        !shown.contains(&key) && !PROSE.contains(&key) && (key == REGION || !key.starts_with("x-"))
    });
    let more: Vec<String> = more
        .map(
            |entry| match entry.value.get("$ref").and_then(Node::string) {
                Some(target) => {
                    format!("{} {}", entry.key.text, target.trim_start_matches(SCHEMAS))
                }
                None => match entry.value.text() {
                    Some(text) => format!("{}={text}", entry.key.text),
                    None => format!("{}={}", entry.key.text, entry.value.to_json()),
                },
            },
        )
        .collect();
    more.join(" ")
}
