//! The tree itself, and the ways into it that rules need.

use super::scalar;
use crate::finding::Position;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::ops::{Deref, Range};

/// A value in the contract.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: Position,
    /// The bytes of the value in the file. Of a block scalar, the content without its header.
    pub(crate) span: Range<usize>,
    pub(crate) kind: NodeKind,
}

/// What a value is made of.
#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    Scalar(Text),
    Sequence(Vec<Node>),
    Mapping(Mapping),
}

/// One key of a mapping, with its value. A key that is there twice is here twice.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Text,
    pub(crate) at: Position,
    /// The bytes of the key in the file, with its quotes.
    pub(crate) span: Range<usize>,
    pub(crate) value: Node,
}

/// The keys of a mapping in the order of the file, found by name in constant time however many there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mapping {
    entries: Vec<Entry>,
    /// Where the first entry of each key is; empty while there are few.
    index: HashMap<String, usize>,
}

impl Mapping {
    /// Number of keys up to which they are compared one by one.
    const MAX_SCANNED: usize = 16;

    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        if self.entries.len() == Mapping::MAX_SCANNED + 1 {
            for (at, entry) in self.entries.iter().enumerate() {
                self.index.entry(entry.key.text.clone()).or_insert(at);
            }
        } else if let (Some(last), true) = (
            self.entries.last(),
            self.entries.len() > Mapping::MAX_SCANNED,
        ) {
            let at = self.entries.len() - 1;
            self.index.entry(last.key.text.clone()).or_insert(at);
        }
    }

    /// The first entry of a key.
    pub(crate) fn find(&self, key: &str) -> Option<&Entry> {
        match self.index.is_empty() {
            true => self.entries.iter().find(|entry| entry.key.text == key),
            false => self.entries.get(*self.index.get(key)?),
        }
    }
}

impl FromIterator<Entry> for Mapping {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Mapping {
        let mut mapping = Mapping::default();
        entries.into_iter().for_each(|entry| mapping.push(entry));
        mapping
    }
}

impl Deref for Mapping {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.entries
    }
}

/// A scalar as it stands in the file.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// Neither quoted nor a block, so that the text decides about the type.
    pub(crate) plain: bool,
    /// A block after `|`, whose lines are the lines of the file.
    pub(crate) literal: bool,
}

impl Text {
    /// What stands in for a value that cannot be read.
    pub(crate) fn empty(plain: bool) -> Text {
        Text {
            text: String::new(),
            plain,
            literal: false,
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        match self.plain {
            true => scalar::core_schema(&self.text),
            false => Value::String(self.text.clone()),
        }
    }

    /// Whether YAML 1.1 tools read a boolean here, and YAML 1.2 tools a string.
    pub(crate) fn is_yaml11_boolean(&self) -> bool {
        self.plain && scalar::is_yaml11_boolean(&self.text)
    }

    /// What YAML 1.1 tools read here, with its article, where YAML 1.2 tools read a string.
    pub(crate) fn yaml11_kind(&self) -> Option<&'static str> {
        scalar::yaml11_kind(&self.text).filter(|_| self.plain)
    }
}

impl Node {
    /// The keys of a mapping; none where this is no mapping.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            NodeKind::Mapping(mapping) => &mapping.entries,
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

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            NodeKind::Mapping(mapping) => mapping.find(key),
            _ => None,
        }
    }

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

    /// The text of a scalar that is a string.
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

    /// The value as JSON. Of a key that is there twice, the first is taken.
    pub(crate) fn to_json(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar(scalar) => scalar.to_json(),
            NodeKind::Sequence(items) => items.iter().map(Node::to_json).collect(),
            NodeKind::Mapping(mapping) => {
                let mut map = Map::new();
                for entry in &mapping.entries {
                    map.entry(entry.key.text.as_str())
                        .or_insert_with(|| entry.value.to_json());
                }
                Value::Object(map)
            }
        }
    }

    /// The value below this one that a JSON pointer names, with the position of its key.
    pub(crate) fn pointer(&self, pointer: &str) -> Option<(&Node, Position)> {
        let mut found = (self, self.at);
        if pointer.is_empty() {
            return Some(found);
        }
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = token.replace("~1", "/").replace("~0", "~");
            found = match &found.0.kind {
                NodeKind::Mapping(_) => found
                    .0
                    .entry(&token)
                    .map(|entry| (&entry.value, entry.at))?,
                NodeKind::Sequence(items) => token
                    .parse()
                    .ok()
                    .and_then(|index: usize| items.get(index))
                    .map(|item| (item, item.at))?,
                NodeKind::Scalar(_) => return None,
            };
        }
        Some(found)
    }
}

/// A key as a token of a JSON pointer.
pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
