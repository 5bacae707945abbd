//! Changes of a text, collected and then made in one pass.
//!
//! ```text
//! a: 1        replace 3..4 by "2", insert "b: 3\n" at 5
//! ```
//!
//! They name bytes of the text as it was, so they may be found in any order.

use std::ops::Range;

/// Byte ranges and what is to stand there instead, in the order in which they were found.
#[derive(Default)]
pub(super) struct Changes(Vec<(Range<usize>, String)>);

impl Changes {
    pub(super) fn insert(&mut self, offset: usize, text: impl Into<String>) {
        self.0.push((offset..offset, text.into()));
    }

    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.0.push((range, String::new()));
    }

    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// All changes made in one pass; `None` where two overlap, or a border is within a character.
    ///
    /// At one offset, insertions come before what replaces the text there, and keep their order among
    /// themselves.
    pub(super) fn made(mut self, text: &str) -> Option<String> {
        self.0
            .sort_by_key(|(range, _)| (range.start, !range.is_empty()));
        let mut made = String::with_capacity(text.len());
        let mut done = 0;
        for (range, replacement) in &self.0 {
            made.push_str(text.get(done..range.start)?);
            made.push_str(replacement);
            done = range.end;
        }
        made.push_str(text.get(done..)?);
        Some(made)
    }
}
