//! What is put into the contract by those who follow the vendor and by those who look at responses: schemas, and the
//! edits of several makers as one list.
//!
//! Each difference gets its edits as if it were the only one. Together they may contradict what each of them assumed:
//!
//! ```text
//! required: [a, b]   remove /required/0, remove /required/1     would leave `required: []`, which OpenAPI refuses
//! no x-unnamed       insert x-unnamed: [a], x-unnamed: [b]      would write the key twice
//! ```

use crate::edit::Edit;
use crate::spec::{SETTINGS, UNNAMED};
use crate::yaml::Node;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A schema of the keys that have a value, in their order.
pub(crate) fn schema_of<const N: usize>(keys: [(&str, Option<Value>); N]) -> Map<String, Value> {
    let keys = keys.into_iter();
    keys.filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect()
}

/// The edits together: a list that loses all of its names is removed, and a new one is written once.
///
/// `root` is the document before the edits. The order of the others stays; lists that go are removed last.
pub(crate) fn settled(root: &Node, edits: &[Edit]) -> Vec<Edit> {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for (list, change) in edits.iter().filter_map(in_names) {
        // A field may be called `required` as well.
        if let Some((node, _)) = root.pointer(list).filter(|(node, _)| !node.is_mapping()) {
            let left = left.entry(list.to_owned()).or_insert(node.items().len());
            *left = left.saturating_add_signed(change);
        }
    }
    left.retain(|_, left| *left == 0);
    let mut settled: Vec<Edit> = Vec::new();
    for edit in edits {
        let goes = in_names(edit).is_some_and(|(list, _)| left.contains_key(list));
        if !goes && !joined(&mut settled, edit) {
            settled.push(edit.clone());
        }
    }
    settled.extend(left.into_keys().map(|at| Edit::Remove { at }));
    settled
}

/// The list of names that an edit changes, and by how many.
fn in_names(edit: &Edit) -> Option<(&str, isize)> {
    let (list, change) = match edit {
        Edit::Remove { at } => (at.rsplit_once('/')?.0, -1),
        Edit::Push { into, .. } => (into.as_str(), 1),
        _ => return None,
    };
    let name = list.rsplit('/').next().unwrap_or_default();
    ["required", SETTINGS, UNNAMED]
        .contains(&name)
        .then_some((list, change))
}

/// Adds to a list that another edit makes what this one would make it of.
fn joined(made: &mut [Edit], edit: &Edit) -> bool {
    let is_made = |made: &mut Edit| match (made, edit) {
        (
            Edit::Insert {
                into,
                key,
                value: Value::Array(names),
                ..
            },
            Edit::Insert {
                into: other,
                key: same,
                value: Value::Array(more),
                ..
            },
        ) if into == other && key == same => {
            names.extend(more.iter().cloned());
            true
        }
        _ => false,
    };
    let is_list = matches!(
        edit,
        Edit::Insert {
            value: Value::Array(_),
            ..
        }
    );
    is_list && made.iter_mut().any(is_made)
}
