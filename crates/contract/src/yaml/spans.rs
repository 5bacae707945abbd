//! The bytes of a value, where the parser has other bounds than an edit needs.

use super::lines::without_comments;
use super::node::{Node, NodeKind};
use std::ops::Range;

/// Corrects what the parser says of a value that is not there, and of a sequence that is not indented.
///
/// ```yaml
/// lang:            # the value is an empty span directly behind the colon, so that an edit writes there
/// enum:
/// - a              # the sequence starts at its first dash
/// ```
///
/// `key_end` is where the key of the value ends.
pub(super) fn place_value(text: &str, node: &mut Node, key_end: usize) {
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

/// The content of a block scalar. The parser's span runs on to the next token; blank lines at its end belong to
/// the value only where the header keeps them (`|+`), and then the value ends with them.
pub(super) fn block_scalar(text: &str, value: &str, span: Range<usize>) -> Range<usize> {
    let raw = text.get(..span.end).unwrap_or_default();
    let keeps = value.ends_with("\n\n") || value == "\n";
    let end = match raw.rfind('\n') {
        Some(newline) if keeps => raw[..newline].trim_end_matches('\r').len(),
        _ => raw.trim_end().len(),
    };
    span.start.min(end)..end
}
