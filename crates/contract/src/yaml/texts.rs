//! Texts that hold more, or less, than an author sees.
//!
//! ```yaml
//! description: Number of pages, # included
//! enum:
//!   - low
//!     - medium
//! ```
//!
//! To YAML, the description ends before `#`, and the enum has the one value `low - medium`. Both are read without an
//! error, and the tree does not show it, so the lines behind each scalar are looked at while it is read.

use super::lines::{beginning, indent};
use super::rules::{COMMENT_IN_TEXT, SWALLOWED_LINE};
use crate::finding::Position;
use crate::report::Report;
use granit_parser::{ScalarStyle, Span};

/// Where a scalar stands.
pub(super) enum TextPlace<'a> {
    Key,
    Value(&'a str),
    Item,
}

/// Keys whose values are prose.
const PROSE: [&str; 4] = ["description", "summary", "title", "termsOfService"];

/// Keys that begin a part of a schema, an operation or a response, and no sentence.
const KEYS: [&str; 16] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "content",
    "enum",
    "items",
    "mapping",
    "oneOf",
    "parameters",
    "properties",
    "required",
    "responses",
    "schema",
    "schemas",
    "security",
    "x-typed-by",
];

/// Keys that have one word as their value.
const WORD_KEYS: [&str; 6] = ["$ref", "deprecated", "format", "in", "nullable", "type"];

const HELP: &str = "indent it as far as the line that it belongs to";

/// Looks at one scalar: a plain one may run over lines, a block may hold a key; a quoted text says itself where
/// it ends.
pub(super) fn note(
    lines: &[&str],
    place: TextPlace,
    style: ScalarStyle,
    span: &Span,
    report: &mut Report,
) {
    match style {
        ScalarStyle::Plain => plain(lines, place, span, report),
        ScalarStyle::Literal | ScalarStyle::Folded => block(lines, span, report),
        _ => {}
    }
}

/// A plain text that runs over lines swallows them, unless it is prose, which may; and only prose is followed
/// by a comment that may have been meant as a part of it.
fn plain(lines: &[&str], place: TextPlace, span: &Span, report: &mut Report) {
    let (start, end) = (span.start.line().max(1), span.end.line().max(1));
    let is_prose = matches!(place, TextPlace::Value(key) if PROSE.contains(&key));
    let inner = lines.get(start..end.min(lines.len())).unwrap_or_default();
    let goes_on = inner.iter().position(|line| match is_prose {
        // A text may continue in the next line, but not as a list.
        true => line.trim_start().starts_with("- "),
        false => !line.trim().is_empty(),
    });
    match goes_on {
        Some(index) if !matches!(place, TextPlace::Key) => {
            swallowed(inner[index], start + index + 1, report);
        }
        _ if is_prose => comment(lines, span, report),
        _ => {}
    }
}

/// Each line of a block that could only be a key. The block ends with the first line that is indented less than
/// its own first.
fn block(lines: &[&str], span: &Span, report: &mut Report) {
    // A block starts with its first line of text.
    let start = span.start.line().max(1);
    let below = lines.get(start - 1..).unwrap_or_default().iter();
    let first = below.clone().find(|line| !line.trim().is_empty());
    let own = first.map_or(0, |line| indent(line));
    let inner = below.take_while(|line| line.trim().is_empty() || indent(line) >= own);
    for (index, line) in inner.enumerate().filter(|(_, line)| is_key(line)) {
        swallowed(line, start + index, report);
    }
}

/// Reports a line that is a part of the text above it.
fn swallowed(line: &str, number: usize, report: &mut Report) {
    let message = format!("`{}` is a part of the text above it", line.trim());
    report.add(&SWALLOWED_LINE, beginning(line, number), message, HELP);
}

/// Whether a line of a block is a key that was meant to stand beside the block.
fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.trim().split_once(':') else {
        return false;
    };
    let value = value.trim();
    let is_list = value.starts_with('[') && value.ends_with(']');
    let is_map = value.starts_with('{') && value.ends_with('}');
    (KEYS.contains(&key) && (value.is_empty() || is_list || is_map))
        || (WORD_KEYS.contains(&key) && !value.is_empty() && !value.contains(' '))
}

/// A comment behind a bare text, which may have been meant as a part of it.
fn comment(lines: &[&str], span: &Span, report: &mut Report) {
    let (number, column) = (span.end.line().max(1), span.end.col());
    let line = lines.get(number - 1).copied().unwrap_or_default();
    let rest: String = line.chars().skip(column).collect();
    let comment = rest.trim_start();
    if comment.starts_with('#') {
        let space = rest.chars().count() - comment.chars().count();
        let at = Position {
            line: number,
            column: column + space + 1,
        };
        let message = "the text ends here, and the rest of the line is a comment";
        let help = "put the whole text in quotes, or the comment on a line of its own";
        report.add(&COMMENT_IN_TEXT, at, message, help);
    }
}
