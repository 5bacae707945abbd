//! Trees that no file has, with positions of what they stand for.

use crate::finding::Position;
use crate::yaml::{Entry, Node, NodeKind, Text};

pub(crate) fn entry(key: &str, at: Position, value: Node) -> Entry {
    Entry {
        key: scalar(key, false),
        at,
        value,
        span: 0..0,
    }
}

pub(crate) fn mapping(at: Position, entries: Vec<Entry>) -> Node {
    let kind = NodeKind::Mapping(entries.into_iter().collect());
    Node {
        at,
        kind,
        span: 0..0,
    }
}

/// A mapping whose keys stand where their values do.
pub(crate) fn map(at: Position, entries: impl IntoIterator<Item = (&'static str, Node)>) -> Node {
    let entries = entries.into_iter();
    mapping(
        at,
        entries
            .map(|(key, value)| entry(key, value.at, value))
            .collect(),
    )
}

pub(crate) fn list(at: Position, items: Vec<Node>) -> Node {
    let kind = NodeKind::Sequence(items);
    Node {
        at,
        kind,
        span: 0..0,
    }
}

pub(crate) fn text(at: Position, text: &str) -> Node {
    let kind = NodeKind::Scalar(scalar(text, false));
    Node {
        at,
        kind,
        span: 0..0,
    }
}

pub(crate) fn flag(at: Position, value: bool) -> Node {
    let kind = NodeKind::Scalar(scalar(if value { "true" } else { "false" }, true));
    Node {
        at,
        kind,
        span: 0..0,
    }
}

/// Keys one below the other, with a value under the last.
pub(crate) fn nest(keys: &[&str], value: Node) -> Node {
    keys.iter().rev().fold(value, |value, key| {
        mapping(value.at, vec![entry(key, value.at, value)])
    })
}

fn scalar(text: &str, plain: bool) -> Text {
    let text = text.to_owned();
    Text {
        text,
        plain,
        literal: false,
    }
}
