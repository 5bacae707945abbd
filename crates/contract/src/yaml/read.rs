//! From the parser's events to the tree. What is read but should not have been written is noted on the way.

use super::node::{Entry, Mapping, Node, NodeKind, Text};
use super::{lines, rules, syntax, texts};
use crate::finding::Position;
use crate::report::Report;
use granit_parser::{Event, Marker, Parser, ScalarStyle, Span};
use std::ops::Range;

/// Limit on nesting: more than a contract needs, and few enough levels for every recursive function over the tree.
const MAX_DEPTH: usize = 64;

/// What to do instead of an anchor and its aliases.
const NO_ALIAS: &str = "name the schema as a component and point to it with `$ref`";

/// Reads one document. `None` where there is nothing to check; the report says why.
pub(crate) fn read(text: &str, report: &mut Report) -> Option<Node> {
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    if let Some(at) = lines::conflict(text) {
        let help = "keep one of the two sides, and remove the marks";
        let message = "a merge conflict is not resolved";
        report.add(&rules::YAML_SYNTAX, at, message, help);
        return None;
    }
    let invisible = lines::invisible(text);
    for (letter, at) in &invisible {
        let message = format!("U+{:04X} cannot be seen", u32::from(*letter));
        let help = "remove it, or write a space";
        report.add(&rules::CONFUSABLE_CHARACTER, *at, message, help);
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut builder = Builder {
        text,
        open: Vec::new(),
        root: None,
        ended: false,
    };
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => {
                if let Some(tag) = span.tag_span() {
                    note_tag(position(tag.start), report);
                }
                if let Event::Scalar(_, style, ..) = &event {
                    texts::note(&lines, builder.place(), *style, &span, report);
                }
                builder.take(event, span, report);
            }
            Err(error) => {
                let found = syntax::diagnose(text, position(*error.marker()), &error);
                // A character that cannot be seen is reason enough.
                let near = |(_, at): &(char, Position)| {
                    at.line <= found.at.line && at.line + 2 > found.at.line
                };
                if !invisible.iter().any(near) {
                    report.forget_from(found.at.line);
                    report.add(&rules::YAML_SYNTAX, found.at, found.message, found.help);
                }
                return None;
            }
        }
    }
    if builder.root.is_none() {
        report.add(
            &rules::YAML_SYNTAX,
            Position::START,
            "the file is empty",
            "a contract starts with `openapi: 3.0.3`",
        );
    }
    builder.root
}

fn position(marker: Marker) -> Position {
    Position {
        line: marker.line().max(1),
        column: marker.col() + 1,
    }
}

/// A collection that is not closed yet.
enum Open {
    Sequence(Start, Vec<Node>),
    Mapping(Start, Mapping, Option<Key>),
}

/// Where a collection starts.
struct Start {
    at: Position,
    offset: usize,
}

/// A key that waits for its value.
struct Key {
    text: Text,
    at: Position,
    span: Range<usize>,
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Open>,
    root: Option<Node>,
    /// A second document is only named, not read.
    ended: bool,
}

impl Builder<'_> {
    /// Where the next scalar stands.
    fn place(&self) -> texts::TextPlace<'_> {
        match self.open.last() {
            Some(Open::Mapping(.., Some(key))) => texts::TextPlace::Value(&key.text.text),
            Some(Open::Mapping(.., None)) => texts::TextPlace::Key,
            _ => texts::TextPlace::Item,
        }
    }

    fn take(&mut self, event: Event<'_>, span: Span, report: &mut Report) {
        let at = position(span.start);
        let bytes = span.byte_range().unwrap_or_default();
        let start = Start {
            at,
            offset: bytes.start,
        };
        match event {
            _ if self.ended => {}
            Event::DocumentStart(..) if self.root.is_some() => {
                self.ended = true;
                let message = "a second document starts here";
                let help = "the contract is one document; remove the `---`";
                report.add(&rules::YAML_SYNTAX, at, message, help);
            }
            Event::Scalar(text, style, _, tag) => {
                let text = Text {
                    // The parser writes a value that is not there as `~`.
                    text: match bytes.is_empty() {
                        true => String::new(),
                        false => text.into_owned(),
                    },
                    plain: style == ScalarStyle::Plain && tag.is_none(),
                    literal: style == ScalarStyle::Literal,
                };
                let span = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => {
                        block_scalar(self.text, &text.text, bytes)
                    }
                    _ => bytes,
                };
                self.scalar(text, at, span, report);
            }
            Event::SequenceStart(..) => self.open.push(Open::Sequence(start, Vec::new())),
            Event::MappingStart(..) => {
                self.open
                    .push(Open::Mapping(start, Mapping::default(), None))
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = self.open.pop().map(|open| open.into_node(bytes));
                if let Some(node) = node {
                    self.close(node, report);
                }
            }
            Event::Anchor(..) => {
                let message = "an anchor is of no use without aliases";
                report.add(&rules::YAML_ANCHOR, at, message, NO_ALIAS);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let message = "an alias stands for a copy that nobody sees";
                report.add(&rules::YAML_ANCHOR, at, message, NO_ALIAS);
                self.scalar(Text::empty(true), at, bytes, report);
            }
            _ => {}
        }
    }

    fn scalar(&mut self, text: Text, at: Position, span: Range<usize>, report: &mut Report) {
        let kind = NodeKind::Scalar(text);
        self.close(Node { at, span, kind }, report);
    }

    /// Puts a finished value where it belongs.
    fn close(&mut self, mut node: Node, report: &mut Report) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping(_, entries, key)) => match key.take() {
                None => *key = Some(as_key(node, report)),
                Some(Key { text, at, span }) => {
                    place_value(self.text, &mut node, span.end);
                    note_key(&text, at, entries, report);
                    entries.push(Entry {
                        key: text,
                        at,
                        span,
                        value: node,
                    });
                }
            },
        }
    }
}

/// Corrects what the parser says of a value that is not there, and of a sequence that is not indented.
fn place_value(text: &str, node: &mut Node, key_end: usize) {
    let rest = |from: usize| text.get(from..).unwrap_or_default();
    let skip = |from: usize| from + rest(from).len() - without_comments(rest(from)).len();
    let colon = skip(key_end);
    let after = match rest(colon).starts_with(':') {
        true => colon + 1,
        false => key_end,
    };
    match &node.kind {
        NodeKind::Scalar(text) if text.plain && node.span.is_empty() => node.span = after..after,
        NodeKind::Sequence(_) if rest(skip(after)).starts_with('-') => {
            node.span.start = skip(after)
        }
        _ => {}
    }
}

/// The text without the spaces and comments that it starts with.
pub(crate) fn without_comments(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some(comment) = text.strip_prefix('#') {
        let end = comment.find('\n').unwrap_or(comment.len());
        text = comment[end..].trim_start();
    }
    text
}

impl Open {
    /// `end` is empty where a block ends, and the closing bracket where a flow collection does.
    fn into_node(self, end: Range<usize>) -> Node {
        match self {
            Open::Sequence(Start { at, offset }, items) => {
                let last = items.last().map_or(offset, |item| item.span.end);
                Node {
                    at,
                    span: offset..if end.is_empty() { last } else { end.end },
                    kind: NodeKind::Sequence(items),
                }
            }
            Open::Mapping(Start { at, offset }, entries, _) => {
                let last = entries.last().map_or(offset, |entry| entry.value.span.end);
                let first = entries
                    .first()
                    .map_or(offset, |entry| entry.span.start.min(offset));
                Node {
                    // A block mapping starts where its first key does.
                    at: entries.first().map_or(at, |entry| entry.at.min(at)),
                    span: first..if end.is_empty() { last } else { end.end },
                    kind: NodeKind::Mapping(entries),
                }
            }
        }
    }
}

/// The content of a block scalar. The parser's span runs on to the next token; blank lines at its end belong to the
/// value only where the header keeps them, and then the value ends with them.
fn block_scalar(text: &str, value: &str, span: Range<usize>) -> Range<usize> {
    let raw = text.get(..span.end).unwrap_or_default();
    let keeps = value.ends_with("\n\n") || value == "\n";
    let end = match raw.rfind('\n') {
        Some(newline) if keeps => raw[..newline].trim_end_matches('\r').len(),
        _ => raw.trim_end().len(),
    };
    span.start.min(end)..end
}

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

fn note_tag(at: Position, report: &mut Report) {
    let message = "a tag changes the type of a value behind its back";
    report.add(
        &rules::YAML_ANCHOR,
        at,
        message,
        "remove it, and put a text in quotes",
    );
}
