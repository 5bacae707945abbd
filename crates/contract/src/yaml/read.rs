//! From the parser's events to the tree. What is read but should not have been written is noted on the way.

use super::node::{Entry, Kind, Node, Text};
use super::{rules, syntax};
use crate::finding::Position;
use crate::report::Report;
use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

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
    let mut builder = Builder::default();
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => {
                if let Some(tag) = span.tag_span() {
                    note_tag(position(tag.start), report);
                }
                builder.take(event, position(span.start), report);
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
    Sequence(Position, Vec<Node>),
    Mapping(Position, Vec<Entry>, Option<(Text, Position)>),
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    /// A second document is only named, not read.
    ended: bool,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, at: Position, report: &mut Report) {
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
                self.scalar(text, at, report);
            }
            Event::SequenceStart(..) => self.open.push(Open::Sequence(at, Vec::new())),
            Event::MappingStart(..) => self.open.push(Open::Mapping(at, Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(node) = self.open.pop().map(Open::into_node) {
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
                self.scalar(Text::empty(true), at, report);
            }
            _ => {}
        }
    }

    fn scalar(&mut self, text: Text, at: Position, report: &mut Report) {
        let kind = Kind::Scalar(text);
        self.close(Node { at, kind }, report);
    }

    /// Puts a finished value where it belongs.
    fn close(&mut self, node: Node, report: &mut Report) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping(_, entries, key)) => match key.take() {
                None => *key = Some(as_key(node, report)),
                Some((key, at)) => {
                    note_key(&key, at, entries, report);
                    entries.push(Entry {
                        key,
                        at,
                        value: node,
                    });
                }
            },
        }
    }
}

impl Open {
    fn into_node(self) -> Node {
        match self {
            Open::Sequence(at, items) => Node {
                at,
                kind: Kind::Sequence(items),
            },
            Open::Mapping(at, entries, _) => {
                // A block mapping starts where its first key does.
                let at = entries.first().map_or(at, |entry| entry.at.min(at));
                Node {
                    at,
                    kind: Kind::Mapping(entries),
                }
            }
        }
    }
}

fn as_key(node: Node, report: &mut Report) -> (Text, Position) {
    match node.kind {
        Kind::Scalar(text) => (text, node.at),
        _ => {
            let help = "put a text that contains `{` or `[` in quotes";
            report.add(&rules::YAML_SYNTAX, node.at, "a key must be a text", help);
            (Text::empty(false), node.at)
        }
    }
}

fn note_key(key: &Text, at: Position, entries: &[Entry], report: &mut Report) {
    if key.plain && key.text == "<<" {
        let help = "write the keys out, or name a component and use `allOf` with a `$ref`";
        report.add(
            &rules::MERGE_KEY,
            at,
            "`<<` merges keys that nobody sees, and not all tools do it",
            help,
        );
    }
    if let Some(first) = entries.iter().find(|entry| entry.key.text == key.text) {
        let message = format!("`{}` is already on line {}", key.text, first.at.line);
        report.add(
            &rules::DUPLICATE_KEY,
            at,
            message,
            "keep one of them; most tools silently take the last",
        );
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
