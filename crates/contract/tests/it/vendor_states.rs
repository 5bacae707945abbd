//! States that a vendor's document may come to be in, one a line of `tests/states.jsonl`: what is set in the contract as
//! its vendor would write it (`null` removes), what a person has to decide, and the worst that `diff` says of following.

use processing_results_contract::Document;
use serde_json::{Map, Value};

const STATES: &str = include_str!("../states.jsonl");

/// One state, with what is expected of following it.
pub(super) struct State {
    pub(super) name: String,
    pub(super) vendor: Value,
    /// What a person has to decide.
    pub(super) left: Vec<String>,
    /// The worst that `diff` says of the wire.
    pub(super) wire: String,
}

/// All states of a document.
pub(super) fn states(base: &Value) -> Vec<State> {
    let read = |line: &str| {
        let state: Value = serde_json::from_str(line).expect("JSON");
        let mut vendor = base.clone();
        for (place, value) in state["set"].as_object().expect("what is set") {
            set(&mut vendor, place, value);
        }
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let left = state.get("left").and_then(Value::as_array);
        State {
            name: text(&state["name"]),
            left: left.into_iter().flatten().map(text).collect(),
            wire: text(&state["wire"]),
            vendor,
        }
    };
    STATES.lines().map(read).collect()
}

/// The contract as a document of OpenAPI 3.1.
pub(super) fn base(contract: &str) -> Value {
    let contract = Document::parse("", contract).expect("the contract");
    let text = contract.to_json().to_string();
    let text = text.replace("\"x-default\":", "\"default\":");
    let mut json: Value = serde_json::from_str(&text).expect("JSON");
    json["openapi"] = "3.1.0".into();
    json
}

/// `Component.field` and `Component` are short for their pointers.
fn pointer(place: &str) -> String {
    match place.split_once('.') {
        _ if place.starts_with('/') => place.to_owned(),
        Some((component, field)) => format!("/components/schemas/{component}/properties/{field}"),
        None => format!("/components/schemas/{place}"),
    }
}

fn set(document: &mut Value, place: &str, value: &Value) {
    if place == "path" {
        let paths = document["paths"].as_object_mut().expect("paths");
        let item = std::mem::take(paths).into_iter().next().expect("a path").1;
        paths.insert(value.as_str().expect("a path").to_owned(), item);
        return;
    }
    let pointer = pointer(place);
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    if document.pointer(parent).is_none() {
        set(document, parent, &Value::Object(Map::new()));
    }
    let key = key.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent).expect("there") {
        Value::Array(items) => {
            let index: usize = key.parse().expect("an index");
            match value {
                Value::Null => drop(items.remove(index)),
                value if index == items.len() => items.push(value.clone()),
                value => items[index] = value.clone(),
            }
        }
        Value::Object(entries) if value.is_null() => drop(entries.remove(&key)),
        Value::Object(entries) => drop(entries.insert(key, value.clone())),
        other => panic!("{place}: {other}"),
    }
}
