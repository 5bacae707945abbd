//! What is left of a contract when everything is edited that the check lets one edit.

use processing_results_contract::Document;
use serde_json::{Map, Value, json};

/// The contract with as much removed, renamed, made optional and of another type as the check accepts.
///
/// What is left is what the check takes the bindings to need; a name that they need and it does not know is gone.
pub(crate) fn strangest(contract: &str) -> String {
    let mut json = Document::parse("", contract).unwrap().to_json();
    for edit in [remove, rename, deprecate, retype, relax] {
        for pointer in parts(&json) {
            let mut edited = json.clone();
            // What stood below another part may be gone with it.
            if edit(&mut edited, &pointer).is_some() && is_accepted(&edited) {
                json = edited;
            }
        }
    }
    text(&json)
}

fn text(json: &Value) -> String {
    serde_json::to_string_pretty(json).unwrap()
}

fn is_accepted(json: &Value) -> bool {
    Document::parse("", &text(json)).is_ok_and(|document| document.check().is_empty())
}

/// Components, fields, values, parameters, servers and schemes, the larger ones first.
fn parts(json: &Value) -> Vec<String> {
    const PARTS: [&str; 8] = [
        "schemas",
        "properties",
        "enum",
        "required",
        "parameters",
        "mapping",
        "servers",
        "security",
    ];
    let mut found = Vec::new();
    let mut pending = vec![(String::new(), json)];
    while let Some((pointer, value)) = pending.pop() {
        let is_part = pointer
            .rsplit('/')
            .nth(1)
            .is_some_and(|key| PARTS.contains(&key));
        found.extend(is_part.then(|| pointer.clone()));
        let children: Vec<(String, &Value)> = match value {
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
                .collect(),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(at, value)| (at.to_string(), value))
                .collect(),
            _ => Vec::new(),
        };
        pending.extend(
            children
                .into_iter()
                .map(|(key, value)| (format!("{pointer}/{key}"), value)),
        );
    }
    // From the end of a list, so that the numbers of what comes before it stay.
    found.sort_by_key(|pointer| {
        (
            pointer.matches('/').count(),
            std::cmp::Reverse(pointer.clone()),
        )
    });
    found
}

fn remove(json: &mut Value, pointer: &str) -> Option<()> {
    let (parent, key) = pointer.rsplit_once('/')?;
    if let Some(owner) = parent.strip_suffix("/properties") {
        let required = json
            .pointer_mut(owner)?
            .get_mut("required")
            .and_then(Value::as_array_mut);
        required
            .into_iter()
            .for_each(|list| list.retain(|name| name != key));
    }
    match json.pointer_mut(parent)? {
        Value::Object(map) => map.shift_remove(key).map(drop),
        Value::Array(items) => {
            let at: usize = key.parse().ok()?;
            (at < items.len()).then(|| drop(items.remove(at)))
        }
        _ => None,
    }
}

/// Renames a part wherever its name stands.
fn rename(json: &mut Value, pointer: &str) -> Option<()> {
    let part = json.pointer(pointer)?;
    let name = part.as_str().or_else(|| part["name"].as_str());
    let name = name.or_else(|| pointer.rsplit('/').next())?.to_owned();
    let other = if name.starts_with(char::is_uppercase) {
        format!("Xy{name}")
    } else {
        format!("xy_{name}")
    };
    renamed(json, &name, &other);
    Some(())
}

fn renamed(value: &mut Value, name: &str, other: &str) {
    match value {
        Value::String(text)
            if text == name || text.strip_prefix("#/components/schemas/") == Some(name) =>
        {
            *text = text.replace(name, other);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| renamed(item, name, other)),
        Value::Object(map) => {
            let entries = std::mem::take(map).into_iter().map(|(key, mut value)| {
                renamed(&mut value, name, other);
                let key = if key == name { other.to_owned() } else { key };
                (
                    key.replace(&format!("{{{name}}}"), &format!("{{{other}}}")),
                    value,
                )
            });
            *map = entries.collect::<Map<_, _>>();
        }
        _ => {}
    }
}

fn deprecate(json: &mut Value, pointer: &str) -> Option<()> {
    json.pointer_mut(pointer)?
        .as_object_mut()?
        .insert("deprecated".to_owned(), json!(true));
    Some(())
}

/// A number in place of the old value.
fn retype(json: &mut Value, pointer: &str) -> Option<()> {
    let part = json.pointer_mut(pointer)?.as_object_mut()?;
    let schema = match part.get_mut("schema") {
        Some(schema) => schema.as_object_mut()?,
        None => part,
    };
    schema.retain(|key, _| ["description", "nullable", "deprecated"].contains(&key.as_str()));
    schema.insert("type".to_owned(), json!("number"));
    Some(())
}

/// A field, or a parameter, that may be left out.
fn relax(json: &mut Value, pointer: &str) -> Option<()> {
    let (parent, key) = pointer.rsplit_once('/')?;
    let owner = json.pointer_mut(parent.strip_suffix("/properties")?)?;
    owner
        .get_mut("required")?
        .as_array_mut()?
        .retain(|name| name != key);
    json.pointer_mut(pointer)?
        .as_object_mut()?
        .insert("nullable".to_owned(), json!(true));
    Some(())
}
