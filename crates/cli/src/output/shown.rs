//! Values of parameters as people read them: `agentic`, `en, de`, `900`, `{"lang": "en"}`.
//!
//! A text is shown without quotes unless it could be taken for something else: `"true"` is a text, `true` a boolean.

use serde_json::Value;

use crate::text::escaped;

/// A JSON value on one line: texts as they are, lists of simple values with commas, numbers as the service sent them.
pub(crate) fn shown(json: &str) -> String {
    match serde_json::from_str::<Value>(json) {
        Ok(Value::String(text)) if !is_unlike_text(&text) => escaped(&text),
        Ok(Value::Array(items)) if !items.is_empty() && items.iter().all(is_word) => {
            let items = items.iter().map(|item| shown(&item.to_string()));
            items.collect::<Vec<_>>().join(", ")
        }
        Ok(value @ (Value::Array(_) | Value::Object(_))) => escaped(&spaced(&value)),
        // Numbers as the service sent them.
        _ => escaped(json),
    }
}

/// Whether a list is still clear if this item is between commas.
fn is_word(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains(',') && !is_unlike_text(text),
        value => !value.is_array() && !value.is_object(),
    }
}

/// JSON with a space after each comma and colon.
fn spaced(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), spaced(value))
            };
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
        value => value.to_string(),
    }
}

/// Whether a text could be taken for something else: for a number, a boolean, nothing, or "not set".
fn is_unlike_text(text: &str) -> bool {
    text.trim() != text
        || text == "-"
        || text.is_empty()
        || serde_json::from_str::<Value>(text).is_ok()
}
