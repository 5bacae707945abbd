//! The tree itself.
//!
//! ```yaml
//! lang: en   # a Mapping with one Entry: the key `lang` and the value `en`, both a plain Text
//! ```
//!
//! Reading limits the nesting to 64 levels, so every function over the tree may recurse.

use super::scalar;
use crate::finding::Position;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::ops::{Deref, Range};

/// A value in the contract.
///
/// Invariant: `span` is within the text that was read, or `0..0` for a tree that was built. `at` is where the
/// value begins; of a mapping in block style, where its first key does.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: Position,
    /// The bytes of the value in the file. Of a block scalar, the content without its header.
    pub(crate) span: Range<usize>,
    pub(crate) kind: NodeKind,
}

/// What a value is made of. A scalar is not yet of any type: `Text::to_json` decides that.
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
///
/// Few keys are compared one by one, which is faster than hashing them. Of a key that is there twice, the first
/// is found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mapping {
    entries: Vec<Entry>,
    /// Where the first entry of each key is; empty while there are few.
    index: HashMap<String, usize>,
}

impl Mapping {
    /// Number of keys up to which they are compared one by one.
    const MAX_SCANNED: usize = 16;

    /// Adds an entry at the end. Equal keys are all kept, since a rule reports them and an edit leaves them.
    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        let count = self.entries.len();
        if count > Mapping::MAX_SCANNED {
            let new = if self.index.is_empty() { 0 } else { count - 1 };
            for (at, entry) in self.entries.iter().enumerate().skip(new) {
                self.index.entry(entry.key.text.clone()).or_insert(at);
            }
        }
    }

    /// The first entry of a key.
    pub(crate) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.get(self.position(key)?)
    }

    /// Which of the entries is the first one of a key.
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        match self.index.is_empty() {
            true => self.entries.iter().position(|entry| entry.key.text == key),
            false => self.index.get(key).copied(),
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

/// A scalar as it stands in the file: `no`, `"no"` and a block with the line `no` have one `text`, and differ
/// in the rest.
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
    /// The value as JSON. Of a key that is there twice, the first is taken.
    pub(crate) fn to_json(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar(scalar) => scalar.to_json(),
            NodeKind::Sequence(items) => items.iter().map(Node::to_json).collect(),
            NodeKind::Mapping(mapping) => {
                let mut map = Map::new();
                for entry in mapping.iter() {
                    map.entry(entry.key.text.as_str())
                        .or_insert_with(|| entry.value.to_json());
                }
                Value::Object(map)
            }
        }
    }
}

/// A key as a token of a JSON pointer: `/items/{id}` is `~1items~1{id}`.
pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// The key that a token of a JSON pointer names: the other way round of [`escape`].
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
