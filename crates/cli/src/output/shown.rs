//! Values of parameters as people read them.

use serde_json::Value;

use crate::text::escaped;

/// A JSON text for people, on one line: texts as they are, lists with commas.
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

/// Whether an item of a list can stand between commas.
fn is_word(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains(',') && !is_unlike_text(text),
        value => !value.is_array() && !value.is_object(),
    }
}

/// JSON with spaces, at which a line can break.
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

/// Whether a text could be taken for something else.
fn is_unlike_text(text: &str) -> bool {
    text.trim() != text
        || text == "-"
        || text.is_empty()
        || serde_json::from_str::<Value>(text).is_ok()
}
