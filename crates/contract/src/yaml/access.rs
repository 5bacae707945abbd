//! The ways into the tree that rules need.
//!
//! All of them take a tree that may be wrong everywhere: a key that is not there, or a value of another kind,
//! is nothing found, and never an error. Code that must distinguish these looks at
//! [`Node::kind`](super::node::Node).
//!
//! ```yaml
//! Job:
//!   required: [id]
//!   properties: {id: {type: string}, size: {type: integer}}
//! # keys_of("properties") is id, size; lists("required", "id") is true; property("id") is {type: string}
//! ```

use super::node::{Entry, Node, NodeKind, unescape};
use crate::finding::Position;
use serde_json::Value;

impl Node {
    /// The keys of a mapping; none where this is no mapping.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            NodeKind::Mapping(mapping) => mapping,
            _ => &[],
        }
    }

    /// The items of a sequence; none where this is no sequence.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            NodeKind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The first entry of a key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            NodeKind::Mapping(mapping) => mapping.find(key),
            _ => None,
        }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// The keys of the mapping below a key; none where there is no such mapping.
    pub(crate) fn entries_of(&self, key: &str) -> &[Entry] {
        self.get(key).map(Node::entries).unwrap_or_default()
    }

    /// The items of the sequence below a key; none where there is no such sequence.
    pub(crate) fn items_of(&self, key: &str) -> &[Node] {
        self.get(key).map(Node::items).unwrap_or_default()
    }

    /// The names of the keys of the mapping below a key, such as those of the fields below `properties`.
    pub(crate) fn keys_of(&self, key: &str) -> impl Iterator<Item = &str> + Clone {
        keys(self.entries_of(key))
    }

    /// The texts of the sequence below a key, such as `required: [a, b]`, with their positions.
    pub(crate) fn texts_of(&self, key: &str) -> impl Iterator<Item = (&str, Position)> {
        self.get(key).into_iter().flat_map(Node::texts)
    }

    /// Whether the sequence below a key has this text.
    pub(crate) fn lists(&self, key: &str, text: &str) -> bool {
        self.texts_of(key).any(|(listed, _)| listed == text)
    }

    /// Whether there is any of these keys.
    pub(crate) fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    /// Where a key is written, which is where it has to be edited; `otherwise` if it is not written.
    pub(crate) fn at_key(&self, key: &str, otherwise: Position) -> Position {
        self.entry(key).map_or(otherwise, |entry| entry.at)
    }

    /// The schema of a field of an object.
    pub(crate) fn property(&self, name: &str) -> Option<&Node> {
        self.get("properties")?.get(name)
    }

    /// The text of the scalar below a key.
    pub(crate) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::text)
    }

    /// Whether the value below a key is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key).is_some_and(Node::is_true)
    }

    pub(crate) fn is_mapping(&self) -> bool {
        matches!(self.kind, NodeKind::Mapping(_))
    }

    /// The text of a scalar of any type.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The text of a scalar that is a string: of `no` and `"1"`, and not of `1` and `null`.
    pub(crate) fn string(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(scalar) if scalar.to_json().is_string() => Some(&scalar.text),
            _ => None,
        }
    }

    /// Whether this is the boolean `true`.
    pub(crate) fn is_true(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar(scalar) if scalar.to_json() == Value::Bool(true))
    }

    /// The texts of a sequence of scalars, with their positions.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, Position)> {
        self.items()
            .iter()
            .filter_map(|item| Some((item.text()?, item.at)))
    }

    /// The value below this one that a JSON pointer names, with the position of its key, or of the item in a
    /// sequence.
    ///
    /// The empty pointer is this value. Takes as many steps as the pointer has tokens.
    pub(crate) fn pointer(&self, pointer: &str) -> Option<(&Node, Position)> {
        let mut found = (self, self.at);
        if pointer.is_empty() {
            return Some(found);
        }
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = unescape(token);
            found = match &found.0.kind {
                NodeKind::Mapping(mapping) => {
                    let entry = mapping.find(&token)?;
                    (&entry.value, entry.at)
                }
                NodeKind::Sequence(items) => {
                    let item = items.get(token.parse::<usize>().ok()?)?;
                    (item, item.at)
                }
                NodeKind::Scalar(_) => return None,
            };
        }
        Some(found)
    }
}

/// The names of keys, in their order.
pub(crate) fn keys(entries: &[Entry]) -> impl Iterator<Item = &str> + Clone {
    entries.iter().map(|entry| entry.key.text.as_str())
}
