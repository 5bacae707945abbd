//! From the parser's events to the tree.
//!
//! The events come in the order of the text: the start of a collection, its keys and values, its end.
//! Collections that are not closed yet lie on a stack.
//!
//! ```yaml
//! a: [b]     # MappingStart, Scalar a, SequenceStart, Scalar b, SequenceEnd, MappingEnd
//! ```

use super::node::{Entry, Mapping, Node, NodeKind, Text};
use super::rules;
use super::spans::{block_scalar, place_value};
use super::texts::TextPlace;
use crate::finding::Position;
use crate::report::Report;
use granit_parser::{Event, Marker, ScalarStyle, Span};
use std::ops::Range;

/// What to do instead of an anchor and its aliases.
const NO_ALIAS: &str = "name the schema as a component and point to it with `$ref`";

/// The parser counts columns from 0, and gives line 0 to what is at the very beginning.
pub(super) fn position(marker: Marker) -> Position {
    Position {
        line: marker.line().max(1),
        column: marker.col() + 1,
    }
}

/// A collection that is not closed yet. A mapping holds a key from its event until the event of its value.
struct Open {
    node: Node,
    key: Option<Key>,
}

/// A key that waits for its value.
struct Key {
    text: Text,
    at: Position,
    span: Range<usize>,
}

/// The tree as far as it is read.
pub(super) struct Builder<'t> {
    text: &'t str,
    open: Vec<Open>,
    root: Option<Node>,
    /// A second document is only named, not read.
    ended: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Builder<'t> {
        Builder {
            text,
            open: Vec::new(),
            root: None,
            ended: false,
        }
    }

    /// The tree, once all events are taken; `None` of a file without a value.
    pub(super) fn finish(self) -> Option<Node> {
        self.root
    }

    /// Where the next scalar stands.
    pub(super) fn place(&self) -> TextPlace<'_> {
        match self.open.last() {
            Some(Open { key: Some(key), .. }) => TextPlace::Value(&key.text.text),
            Some(open) if open.node.is_mapping() => TextPlace::Key,
            _ => TextPlace::Item,
        }
    }

    /// Takes the next event. An alias becomes an empty value, and a second document is not read.
    pub(super) fn take(&mut self, event: Event<'_>, span: Span, report: &mut Report) {
        let at = position(span.start);
        note_event(&event, at, &span, self.ended, report);
        let bytes = span.byte_range().unwrap_or_default();
        match event {
            _ if self.ended => {}
            Event::DocumentStart(..) if self.root.is_some() => {
                self.ended = true;
                let message = "a second document starts here";
                let help = "the contract is one document; remove the `---`";
                report.add(&rules::YAML_SYNTAX, at, message, help);
            }
            Event::Scalar(value, style, _, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let (text, span) = self.text(&value, style, plain, bytes);
                self.scalar(text, at, span, report);
            }
            Event::SequenceStart(..) => self.start(at, bytes, NodeKind::Sequence(Vec::new())),
            Event::MappingStart(..) => self.start(at, bytes, NodeKind::Mapping(Mapping::default())),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.close(open.finish(bytes), report);
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.scalar(Text::empty(true), at, bytes, report);
            }
            _ => {}
        }
    }

    fn start(&mut self, at: Position, span: Range<usize>, kind: NodeKind) {
        let node = Node { at, span, kind };
        self.open.push(Open { node, key: None });
    }

    /// A scalar as it stands in the file, with its bytes.
    fn text(
        &self,
        value: &str,
        style: ScalarStyle,
        plain: bool,
        bytes: Range<usize>,
    ) -> (Text, Range<usize>) {
        // The parser writes a value that is not there as `~`.
        let value = if bytes.is_empty() { "" } else { value };
        let span = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => block_scalar(self.text, value, bytes),
            _ => bytes,
        };
        let (text, literal) = (value.to_owned(), style == ScalarStyle::Literal);
        let text = Text {
            text,
            plain,
            literal,
        };
        (text, span)
    }

    fn scalar(&mut self, text: Text, at: Position, span: Range<usize>, report: &mut Report) {
        let kind = NodeKind::Scalar(text);
        self.close(Node { at, span, kind }, report);
    }

    /// Puts a finished value where it belongs: at the root, at the end of a list, or as a key or a value of a
    /// mapping.
    fn close(&mut self, mut node: Node, report: &mut Report) {
        let Some(Open { node: outer, key }) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match (&mut outer.kind, key.take()) {
            (NodeKind::Mapping(_), None) => *key = Some(as_key(node, report)),
            (NodeKind::Mapping(entries), Some(Key { text, at, span })) => {
                place_value(self.text, &mut node, span.end);
                note_key(&text, at, entries, report);
                entries.push(Entry {
                    key: text,
                    at,
                    span,
                    value: node,
                });
            }
            (NodeKind::Sequence(items), _) => items.push(node),
            (NodeKind::Scalar(_), _) => {}
        }
    }
}

impl Open {
    /// The closed collection. `end` is empty where a block ends, and the closing bracket where a flow collection does.
    fn finish(self, end: Range<usize>) -> Node {
        let mut node = self.node;
        let start = node.span.start;
        let last = match &node.kind {
            NodeKind::Mapping(entries) => entries.last().map(|entry| entry.value.span.end),
            _ => node.items().last().map(|item| item.span.end),
        };
        if let Some(first) = node.entries().first() {
            // A block mapping starts where its first key does.
            let (at, start) = (first.at, first.span.start);
            (node.at, node.span.start) = (at.min(node.at), start.min(node.span.start));
        }
        node.span.end = match end.is_empty() {
            true => last.unwrap_or(start),
            false => end.end,
        };
        node
    }
}

/// A key is a text. `{a: 1}: b` and `[a]: b` are YAML, and nobody means them: a placeholder was forgotten to be
/// quoted.
fn as_key(node: Node, report: &mut Report) -> Key {
    let (at, span) = (node.at, node.span);
    let text = match node.kind {
        NodeKind::Scalar(text) => text,
        _ => {
            let help = "put a text that contains `{` or `[` in quotes";
            report.add(&rules::YAML_SYNTAX, at, "a key must be a text", help);
            Text::empty(false)
        }
    };
    Key { text, at, span }
}

/// Notes tags, and anchors and aliases of the first document.
fn note_event(event: &Event<'_>, at: Position, span: &Span, ended: bool, report: &mut Report) {
    if let Some(tag) = span.tag_span() {
        let message = "a tag changes the type of a value behind its back";
        let help = "remove it, and put a text in quotes";
        report.add(&rules::YAML_ANCHOR, position(tag.start), message, help);
    }
    let message = match event {
        _ if ended => return,
        Event::Anchor(..) => "an anchor is of no use without aliases",
        Event::Alias(_) | Event::UnresolvedAlias(_) => {
            "an alias stands for a copy that nobody sees"
        }
        _ => return,
    };
    report.add(&rules::YAML_ANCHOR, at, message, NO_ALIAS);
}

/// Notes a merge key, and a key that its mapping has already, with the line of the first.
fn note_key(key: &Text, at: Position, entries: &Mapping, report: &mut Report) {
    if key.plain && key.text == "<<" {
        let message = "`<<` merges keys that nobody sees, and not all tools do it";
        let help = "write the keys out, or name a component and use `allOf` with a `$ref`";
        report.add(&rules::MERGE_KEY, at, message, help);
    }
    if let Some(first) = entries.find(&key.text) {
        let message = format!("`{}` is already on line {}", key.text, first.at.line);
        let help = "keep one of them; most tools silently take the last";
        report.add(&rules::DUPLICATE_KEY, at, message, help);
    }
}
