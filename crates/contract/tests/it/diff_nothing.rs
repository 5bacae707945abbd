//! "No changes" is true: each edit of the contract is reported, unless it is known to mean nothing.

use super::contract;
use processing_results_contract::{Document, diff};
use serde_json::{Value, json};

/// One edit in this number is tried; all of them with `CONTRACT_EDITS=all`, which takes a minute.
const STEP: usize = 29;

/// Where a node is: keys and indices from the root.
type Path = Vec<String>;

/// Edits that a reader may make to a node.
const EDITS: [Edit; 7] = [remove, rename, replace, extend, insert, empty, swap];

/// Makes the edit in the parent; `None` where it makes no sense.
type Edit = fn(&mut Value, &str) -> Option<&'static str>;

fn remove(parent: &mut Value, key: &str) -> Option<&'static str> {
    match parent {
        Value::Object(map) => drop(map.shift_remove(key)),
        Value::Array(items) => drop(items.remove(key.parse().ok()?)),
        _ => return None,
    }
    Some("remove")
}

fn rename(parent: &mut Value, key: &str) -> Option<&'static str> {
    let map = parent.as_object_mut()?;
    let entries = std::mem::take(map).into_iter();
    let renamed = |name: String| if name == key { name + "x" } else { name };
    map.extend(entries.map(|(name, value)| (renamed(name), value)));
    Some("rename")
}

fn replace(parent: &mut Value, key: &str) -> Option<&'static str> {
    let node = child(parent, key)?;
    *node = match &*node {
        Value::String(text) => format!("{text}x").into(),
        Value::Bool(flag) => (!flag).into(),
        Value::Number(_) => 77.into(),
        Value::Array(_) | Value::Object(_) => "text".into(),
        Value::Null => return None,
    };
    Some("replace")
}

fn extend(parent: &mut Value, key: &str) -> Option<&'static str> {
    match child(parent, key)? {
        Value::Object(map) => drop(map.insert("odd".to_owned(), json!({"a": 1}))),
        Value::Array(items) => items.push(json!("odd")),
        _ => return None,
    }
    Some("extend")
}

/// A keyword that is known somewhere, if not here.
fn insert(parent: &mut Value, key: &str) -> Option<&'static str> {
    let keywords = [
        ("deprecated", json!(true)),
        ("not", json!({"type": "string"})),
        ("format", json!("date-time")),
        ("description", json!("Other words.")),
        ("servers", json!([{"url": "https://example.com"}])),
        ("maxLength", json!(7)),
        ("x-typed-by", json!({"property": "odd"})),
        ("security", json!([])),
        ("default", json!("odd")),
        ("headers", json!({"X-Odd": {"schema": {"type": "string"}}})),
        ("$ref", json!("#/components/schemas/JobType")),
        ("items", json!({})),
        ("pattern", json!("[a-z]")),
        ("additionalProperties", json!({"type": "integer"})),
    ];
    let map = child(parent, key)?.as_object_mut()?;
    let choice = key.bytes().map(usize::from).sum::<usize>() + map.len();
    let (keyword, value) = &keywords[choice % keywords.len()];
    map.insert((*keyword).to_owned(), value.clone());
    Some("insert")
}

fn empty(parent: &mut Value, key: &str) -> Option<&'static str> {
    match child(parent, key)? {
        Value::Object(map) if !map.is_empty() => map.clear(),
        Value::Array(items) => items.clear(),
        _ => return None,
    }
    Some("empty")
}

fn swap(parent: &mut Value, key: &str) -> Option<&'static str> {
    let items = child(parent, key)?.as_array_mut()?;
    (items.len() > 1).then(|| items.swap(0, 1))?;
    Some("swap")
}

fn child<'v>(parent: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    match parent {
        Value::Object(map) => map.get_mut(key),
        Value::Array(items) => items.get_mut(key.parse::<usize>().ok()?),
        _ => None,
    }
}

fn paths(node: &Value, path: &Path, found: &mut Vec<Path>) {
    let keys: Vec<String> = match node {
        Value::Object(map) => map.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        _ => Vec::new(),
    };
    for key in keys {
        let below = [path.as_slice(), std::slice::from_ref(&key)].concat();
        let inner = match node {
            Value::Object(map) => &map[&key],
            _ => &node[key.parse::<usize>().expect("an index")],
        };
        found.push(below.clone());
        paths(inner, &below, found);
    }
}

fn at<'v>(root: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(root, |node, key| child(node, key))
}

/// The complete list of what means nothing, as far as such edits meet it.
fn means_nothing(root: &Value, path: &Path, edit: &str) -> bool {
    let (last, owner) = path.split_last().expect("not the root");
    let beside =
        |key: &str| at(&mut root.clone(), owner).is_some_and(|node| node.get(key).is_some());
    match (edit, last.as_str()) {
        // The order of these lists.
        ("swap", "required" | "security" | "parameters") => true,
        // A type that is that of what is referred to.
        ("remove", "type") => beside("allOf"),
        _ => false,
    }
}

#[test]
fn no_edit_of_any_node_is_no_change_and_what_is_accepted_is_classified() {
    let text = contract();
    let before = Document::parse("old.yaml", &text).expect("readable");
    let root = before.to_json();
    let mut nodes = Vec::new();
    paths(&root, &Vec::new(), &mut nodes);
    let all = std::env::var("CONTRACT_EDITS").is_ok_and(|edits| edits == "all");
    let edits = nodes.iter().flat_map(|path| EDITS.map(|edit| (path, edit)));
    let (mut tried, mut silent, mut unclassified) = (0, Vec::new(), Vec::new());
    for (path, edit) in edits.step_by(if all { 1 } else { STEP }) {
        let mut edited = root.clone();
        let (last, owner) = path.split_last().expect("not the root");
        let Some(name) = at(&mut edited, owner).and_then(|parent| edit(parent, last)) else {
            continue;
        };
        if edited == root || means_nothing(&root, path, name) {
            continue;
        }
        let after = Document::parse("new.yaml", &edited.to_string()).expect("JSON is YAML");
        tried += 1;
        let changes = diff::compare(&before, &after);
        let edit = || format!("{name} {}", path.join("/"));
        if changes.is_empty() {
            silent.push(edit());
        }
        let unknown = |change: &diff::Change| change.reason.contains("not classified");
        if changes.iter().any(unknown) && after.check().is_empty() {
            unclassified.push(edit());
        }
    }
    println!("{tried} edits");
    assert!(tried > nodes.len() / STEP, "hardly an edit was made");
    assert!(
        unclassified.is_empty(),
        "accepted, but not classified: {unclassified:#?}"
    );
    assert!(silent.is_empty(), "{} silent: {silent:#?}", silent.len());
}
