//! Trees that no file has, with positions of what they stand for.
//!
//! The documented page and the vendor's OpenAPI 3.1 document are turned into trees of this kind, so that what
//! compares and checks the contract compares them too. A finding then points at the line that a part was made
//! from.
//!
//! ```text
//! map(at, [("type", text(at, "string")), ("nullable", flag(at, true))])     {type: string, nullable: true}
//! ```

use crate::finding::Position;
use crate::yaml::{Entry, Node, NodeKind, Text};

/// A key that stands at `at`, with its value.
pub(crate) fn entry(key: &str, at: Position, value: Node) -> Entry {
    Entry {
        key: scalar(key, false),
        at,
        value,
        span: 0..0,
    }
}

/// A mapping with the entries in this order.
pub(crate) fn mapping(at: Position, entries: Vec<Entry>) -> Node {
    node(at, NodeKind::Mapping(entries.into_iter().collect()))
}

/// A mapping whose keys stand where their values do.
pub(crate) fn map(at: Position, entries: impl IntoIterator<Item = (&'static str, Node)>) -> Node {
    let entries = entries.into_iter();
    let entries = entries.map(|(key, value)| entry(key, value.at, value));
    mapping(at, entries.collect())
}

pub(crate) fn list(at: Position, items: Vec<Node>) -> Node {
    node(at, NodeKind::Sequence(items))
}

/// A text, never taken for another type: `no` is `"no"`.
pub(crate) fn text(at: Position, text: &str) -> Node {
    node(at, NodeKind::Scalar(scalar(text, false)))
}

pub(crate) fn flag(at: Position, value: bool) -> Node {
    node(at, NodeKind::Scalar(scalar(&value.to_string(), true)))
}

/// Keys one below the other, with a value under the last: `a`, `b` and 1 become `{a: {b: 1}}`.
pub(crate) fn nest(keys: &[&str], value: Node) -> Node {
    keys.iter().rev().fold(value, |value, key| {
        mapping(value.at, vec![entry(key, value.at, value)])
    })
}

/// A node without bytes, since no file has it.
fn node(at: Position, kind: NodeKind) -> Node {
    let span = 0..0;
    Node { at, span, kind }
}

fn scalar(text: &str, plain: bool) -> Text {
    let (text, literal) = (text.to_owned(), false);
    Text {
        text,
        plain,
        literal,
    }
}
