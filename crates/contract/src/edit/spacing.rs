//! Blank lines and comments around the children of a collection in block style.
//!
//! ```yaml
//! a: 1
//!
//! # About b.
//! b: 2
//!
//! c: 3
//! ```
//!
//! The comment belongs to `b`, and goes with it; so does one of the two blank lines then. A child that comes
//! between `a` and `b` is separated by a blank line from both, since they are separated.

use super::block::Block;
use std::ops::Range;

impl Block<'_, '_> {
    /// The lines of a child, with the comments directly above it, and with one of two blanks around it.
    pub(super) fn lines(&self, index: usize) -> Range<usize> {
        let own = self.layout.own_comments(self.start(index));
        let end = self.line_end(index);
        // Not those that a block scalar above keeps.
        let above = index.checked_sub(1).map_or(0, |above| self.line_end(above));
        let blank = self.layout.blank_above(own).max(above);
        let doubled = blank < own && self.layout.blank_at(end);
        match doubled && !self.plan.has_news_before(index) {
            true => blank..end,
            false => own..end,
        }
    }

    /// The blank line between a new child and its neighbour, if there is one in this gap.
    pub(super) fn blank(&self, gap: usize) -> &'static str {
        if self.separated(gap) {
            self.layout.eol
        } else {
            ""
        }
    }

    /// Whether blank lines separate the children around a gap, or the nearest that have neighbours.
    fn separated(&self, gap: usize) -> bool {
        let gap = gap.clamp(1, self.count.saturating_sub(1).max(1));
        if gap >= self.count {
            return false;
        }
        let mut line = self.line_end(gap - 1);
        let end = self.start(gap);
        while line < end {
            if self.layout.blank_at(line) {
                return true;
            }
            line = self.layout.line_end(line);
        }
        false
    }
}
