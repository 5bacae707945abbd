//! Lines, indentation and comments around a byte offset.
//!
//! Offsets are bytes into the text, and always at the border of a character; one that is not gives an empty
//! text, and the check at the end then refuses the edit. Columns count characters.

use crate::yaml::{Node, NodeKind, without_comments};
use std::ops::Range;

/// A text with the conventions of its file.
pub(super) struct Layout<'t> {
    pub(super) text: &'t str,
    /// The line break of the file's first line.
    pub(super) eol: &'static str,
    /// Where the text starts, after a byte order mark.
    start: usize,
}

impl<'t> Layout<'t> {
    pub(super) fn new(text: &'t str) -> Layout<'t> {
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        Layout {
            text,
            eol: if first.ends_with("\r\n") {
                "\r\n"
            } else {
                "\n"
            },
            start: if text.starts_with('\u{feff}') { 3 } else { 0 },
        }
    }

    /// Whether a collection is written in brackets or braces.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        let opens = |bracket| self.rest(node.span.start).starts_with(bracket);
        match node.kind {
            NodeKind::Mapping(_) => opens('{'),
            NodeKind::Sequence(_) => opens('['),
            NodeKind::Scalar(_) => false,
        }
    }

    /// The text from an offset on.
    pub(super) fn rest(&self, offset: usize) -> &'t str {
        self.text.get(offset..).unwrap_or_default()
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// Where the line of an offset starts.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        let newline = self.slice(self.start..offset).rfind('\n');
        self.start + newline.map_or(0, |newline| newline + 1)
    }

    /// Where the next line starts.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        let newline = self.rest(offset).find('\n');
        newline.map_or(self.text.len(), |newline| offset + newline + 1)
    }

    /// Whether the line that ends here, the last one of the file, has no line break.
    pub(super) fn lacks_break(&self, line_end: usize) -> bool {
        line_end == self.text.len() && !self.text.ends_with('\n')
    }

    /// Whether nothing but spaces is before the offset on its line.
    pub(super) fn opens_line(&self, offset: usize) -> bool {
        let before = self.slice(self.line_start(offset)..offset);
        before.trim().is_empty()
    }

    /// The spaces that put something below what is at the offset. Behind a dash, these stand for the dash too.
    pub(super) fn indent(&self, offset: usize) -> String {
        let before = self.slice(self.line_start(offset)..offset);
        " ".repeat(before.chars().count())
    }

    /// The first of the comment lines directly above a line, as indented as it is; the line itself where there is none.
    pub(super) fn own_comments(&self, offset: usize) -> usize {
        let mut start = self.line_start(offset);
        let indent = self.slice(start..offset);
        while start > self.start {
            let above = self.line_start(start - 1);
            let line = self.slice(above..start);
            match line.strip_prefix(indent) {
                Some(rest) if rest.starts_with('#') => start = above,
                _ => break,
            }
        }
        start
    }

    /// The first of the blank lines above a line; the line itself where there is none.
    pub(super) fn blank_above(&self, line_start: usize) -> usize {
        let mut start = line_start;
        while start > self.start {
            let above = self.line_start(start - 1);
            if !self.blank_at(above) {
                break;
            }
            start = above;
        }
        start
    }

    /// Whether the line that starts here is blank, or there is none.
    pub(super) fn blank_at(&self, line_start: usize) -> bool {
        let line = self.slice(line_start..self.line_end(line_start));
        line.trim().is_empty()
    }

    /// The next byte that is neither space nor comment.
    pub(super) fn skip(&self, offset: usize) -> usize {
        let rest = self.rest(offset);
        offset + rest.len() - without_comments(rest).len()
    }

    /// The end of the colon behind a key, if it has one.
    pub(super) fn after_colon(&self, key_end: usize) -> Option<usize> {
        let colon = self.skip(key_end);
        self.rest(colon).starts_with(':').then_some(colon + 1)
    }

    /// The header of a block scalar that follows on this line, after a colon or a dash.
    pub(super) fn block_header(&self, offset: usize) -> Option<usize> {
        let rest = self.rest(offset);
        let header = rest.trim_start_matches([' ', '\t']);
        let start = offset + rest.len() - header.len();
        header.starts_with(['|', '>']).then_some(start)
    }
}
