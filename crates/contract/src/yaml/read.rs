//! From the parser's events to the tree. What is read but should not have been written is noted on the way.

use super::node::{Entry, Kind, Node, Text};
use super::{rules, syntax};
use crate::finding::Position;
use crate::report::Report;
use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};
use std::collections::HashMap;
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
                builder.take(event, span, report);
            }
            Err(error) => {
                syntax_error(text, &error, report);
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

fn syntax_error(text: &str, error: &ScanError, report: &mut Report) {
    let at = position(*error.marker());
    match syntax::open_quote(text, at.line) {
        Some(quote) => {
            let message = "a quote opens here that does not close on its line";
            report.add(
                &rules::YAML_SYNTAX,
                quote,
                message,
                "close it at the end of the text",
            );
        }
        None => report.add(
            &rules::YAML_SYNTAX,
            at,
            error.info(),
            syntax::help(text, at.line),
        ),
    }
}

/// A collection that is not closed yet.
enum Open {
    Sequence(Start, Vec<Node>),
    Mapping(Start, Entries, Option<Key>),
}

/// The entries of a mapping so far, and the line on which each key is first.
#[derive(Default)]
struct Entries {
    list: Vec<Entry>,
    lines: HashMap<String, usize>,
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
                    text: text.into_owned(),
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
                    .push(Open::Mapping(start, Entries::default(), None))
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
        let kind = Kind::Scalar(text);
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
                    entries.note(&text, at, report);
                    entries.list.push(Entry {
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
        Kind::Scalar(text) if text.plain && node.span.is_empty() => node.span = after..after,
        Kind::Sequence(_) if rest(skip(after)).starts_with('-') => node.span.start = skip(after),
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
                    kind: Kind::Sequence(items),
                }
            }
            Open::Mapping(Start { at, offset }, Entries { list: entries, .. }, _) => {
                let last = entries.last().map_or(offset, |entry| entry.value.span.end);
                let first = entries
                    .first()
                    .map_or(offset, |entry| entry.span.start.min(offset));
                Node {
                    // A block mapping starts where its first key does.
                    at: entries.first().map_or(at, |entry| entry.at.min(at)),
                    span: first..if end.is_empty() { last } else { end.end },
                    kind: Kind::Mapping(entries),
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
        Kind::Scalar(text) => text,
        _ => {
            let help = "put a text that contains `{` or `[` in quotes";
            report.add(&rules::YAML_SYNTAX, at, "a key must be a text", help);
            Text::empty(false)
        }
    };
    Key { text, at, span }
}

impl Entries {
    fn note(&mut self, key: &Text, at: Position, report: &mut Report) {
        if key.plain && key.text == "<<" {
            let help = "write the keys out, or name a component and use `allOf` with a `$ref`";
            report.add(
                &rules::MERGE_KEY,
                at,
                "`<<` merges keys that nobody sees, and not all tools do it",
                help,
            );
        }
        match self.lines.get(&key.text) {
            Some(first) => {
                let message = format!("`{}` is already on line {first}", key.text);
                report.add(
                    &rules::DUPLICATE_KEY,
                    at,
                    message,
                    "keep one of them; most tools silently take the last",
                );
            }
            None => drop(self.lines.insert(key.text.clone(), at.line)),
        }
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
