//! New YAML for values.
//!
//! ```text
//! {"type": "string", "enum": ["no", "en"]}    in block style      in flow style
//!                                             type: string        {type: string, enum: ["no", en]}
//!                                             enum:
//!                                               - "no"
//!                                               - en
//! ```
//!
//! Texts are quoted where any YAML tool could read something else (`yaml::quoted`). Empty collections are `{}`
//! and `[]`.

use super::plan::New;
use crate::yaml::{double_quoted, quoted};
use serde_json::Value;

/// The longest key that YAML takes without a question mark in front of it, with room for quotes: the
/// specification says 1024 characters.
const MAX_IMPLICIT_KEY: usize = 1000;

/// A new child of a block collection. Its first line is not indented, and its last line has no line break.
pub(super) fn child(new: &New, indent: &str, eol: &str) -> String {
    match &new.key {
        Some(key) => entry(key, &new.value, indent, eol),
        None => item(&new.value, indent, eol),
    }
}

/// A key and its value; a value with children stands below the key, indented by two spaces.
fn entry(key: &str, value: &Value, indent: &str, eol: &str) -> String {
    let key = quoted(key);
    let key = match key.len() <= MAX_IMPLICIT_KEY {
        true => format!("{key}:"),
        false => format!("? {key}{eol}{indent}:"),
    };
    let inner = format!("{indent}  ");
    match is_block(value) {
        true => format!("{key}{eol}{inner}{}", block(value, &inner, eol)),
        false => format!("{key} {}", inline(value)),
    }
}

/// A dash and an item; a mapping begins on the line of the dash.
fn item(value: &Value, indent: &str, eol: &str) -> String {
    match is_block(value) {
        true => format!("- {}", block(value, &format!("{indent}  "), eol)),
        false => format!("- {}", inline(value)),
    }
}

/// Whether a value takes lines of its own.
fn is_block(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => false,
    }
}

/// The lines of a collection, without the indentation of the first one.
fn block(value: &Value, indent: &str, eol: &str) -> String {
    let lines: Vec<String> = match value {
        Value::Array(items) => items.iter().map(|value| item(value, indent, eol)).collect(),
        Value::Object(map) => {
            let entries = map
                .iter()
                .map(|(key, value)| entry(key, value, indent, eol));
            entries.collect()
        }
        _ => vec![inline(value)],
    };
    lines.join(&format!("{eol}{indent}"))
}

/// A value on one line, in brackets and braces where it is a collection.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline_item).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| inline_entry(key, value));
            let pairs: Vec<String> = pairs.collect();
            format!("{{{}}}", pairs.join(", "))
        }
        _ => value.to_string(),
    }
}

/// A text with a space is in quotes: in brackets, several words are taken for values without a comma.
fn inline_item(value: &Value) -> String {
    match value {
        Value::String(text) if text.contains(' ') => double_quoted(text),
        _ => inline(value),
    }
}

/// A new child of a flow collection.
pub(super) fn inline_child(new: &New) -> String {
    match &new.key {
        Some(key) => inline_entry(key, &new.value),
        None => inline_item(&new.value),
    }
}

/// A key and its value on one line.
fn inline_entry(key: &str, value: &Value) -> String {
    let key = quoted(key);
    match key.len() <= MAX_IMPLICIT_KEY {
        true => format!("{key}: {}", inline(value)),
        false => format!("? {key} : {}", inline(value)),
    }
}
