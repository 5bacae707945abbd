//! Changes of a collection that is written over lines.
//!
//! ```yaml
//! properties:
//!   a: 1       # a child is its lines: from the comments directly above it to the end of its value
//!
//!   b:
//!     c: 2
//! - d: 3       # in a list, the first child of a mapping stands behind the dash
//!   e: 4
//! ```
//!
//! A new child is indented as its siblings are, and separated by a blank line where they are. Removing one of
//! two children that a blank line separates takes the line with it, so that no two blanks meet.

use super::changes::Changes;
use super::layout::Layout;
use super::plan::{Fate, New, Plan};
use super::render;
use crate::yaml::{Node, NodeKind, quoted};

/// Turns the plan of a collection in block style into changes.
pub(super) fn change(layout: &Layout, plan: &Plan, changes: &mut Changes) {
    let block = Block {
        layout,
        plan,
        count: plan.count(),
        indent: layout.indent(plan.node.span.start),
    };
    for (index, fate) in plan.fates().filter(|(_, fate)| !fate.removed) {
        block.child(index, fate, changes);
    }
    if plan.adds_or_removes() {
        block.children(changes);
    }
}

/// A collection, with how many children it has and the indentation of its lines.
pub(super) struct Block<'p, 'a> {
    pub(super) layout: &'p Layout<'p>,
    pub(super) plan: &'p Plan<'a>,
    pub(super) count: usize,
    indent: String,
}

impl Block<'_, '_> {
    /// Where a child starts: its key, its dash, or the question mark before its key.
    pub(super) fn start(&self, index: usize) -> usize {
        match index {
            0 => self.plan.node.span.start,
            _ => self.layout.skip(self.end(index - 1)),
        }
    }

    fn end(&self, index: usize) -> usize {
        self.plan.span(index).end
    }

    /// Where the line after a child starts.
    pub(super) fn line_end(&self, index: usize) -> usize {
        self.layout.line_end(self.end(index))
    }

    /// Another key, or another value, for a child that stays.
    fn child(&self, index: usize, fate: &Fate, changes: &mut Changes) {
        let (entry, old) = self.plan.child(index);
        if let (Some(key), Some(entry)) = (&fate.key, entry) {
            changes.replace(entry.span.clone(), quoted(key));
        }
        let indicator = match entry {
            Some(entry) => self.layout.after_colon(entry.span.end),
            None => Some(self.start(index) + 1),
        };
        if let (Some(value), Some(indicator), Some(old)) = (&fate.value, indicator, old) {
            self.value(indicator, old, &render::inline(value), changes);
        }
    }

    /// Writes another value behind a colon or a dash (`indicator`).
    ///
    /// A value on the same line is replaced. One on lines of its own goes, and the new one is written behind
    /// the indicator, so that a comment there stays: `enum:  # all of them` becomes `enum: [a]  # all of them`.
    fn value(&self, indicator: usize, old: &Node, value: &str, changes: &mut Changes) {
        let scalar = matches!(old.kind, NodeKind::Scalar(_));
        match self.layout.block_header(indicator) {
            Some(header) => changes.replace(header..old.span.end, value),
            None if scalar && old.span.is_empty() => {
                changes.insert(indicator, format!(" {value}"));
            }
            // A block on lines of its own: the value goes up, so that a comment behind the colon stays.
            None if !scalar
                && !self.layout.is_flow(old)
                && self.layout.opens_line(old.span.start) =>
            {
                let lines = self.layout.line_end(indicator)..self.layout.line_end(old.span.end);
                changes.insert(indicator, format!(" {value}"));
                changes.remove(lines);
            }
            None => changes.replace(old.span.clone(), value),
        }
    }

    /// Children that are added and removed. What stands behind a dash is replaced up to the first child that stays;
    /// for the others, complete lines are added and removed.
    fn children(&self, changes: &mut Changes) {
        let kept = (0..self.count).find(|index| !self.plan.is_removed(*index));
        let inline = !self.layout.opens_line(self.start(0));
        let first_stays = kept == Some(0) && !self.plan.has_news_before(0);
        let mut done = 0;
        if kept.is_none() && self.plan.inserts().next().is_none() {
            return self.empty(inline, changes);
        } else if inline && !first_stays {
            self.head(kept, changes);
            match kept {
                Some(kept) => done = kept + 1,
                None => return,
            }
        }
        for index in (done..self.count).filter(|index| self.plan.is_removed(*index)) {
            changes.remove(self.lines(index));
        }
        for (gap, news) in self.plan.inserts().filter(|(gap, _)| gap.index >= done) {
            match gap.above {
                true => self.insert_above(gap.index, news, changes),
                false => self.insert_below(gap.index - 1, news, changes),
            }
        }
    }

    /// Nothing is left: the collection becomes `{}` or `[]`, behind its colon, or in place of its first child.
    fn empty(&self, inline: bool, changes: &mut Changes) {
        let nothing = if self.plan.node.is_mapping() {
            "{}"
        } else {
            "[]"
        };
        let key = self.plan.after_key;
        let colon = key.and_then(|key| self.layout.after_colon(key));
        let first = match colon {
            _ if inline => {
                let all = self.start(0)..self.end(self.count - 1);
                return changes.replace(all, nothing);
            }
            Some(colon) => {
                changes.insert(colon, format!(" {nothing}"));
                0
            }
            None => {
                changes.replace(self.start(0)..self.end(0), nothing);
                1
            }
        };
        for index in first..self.count {
            changes.remove(self.lines(index));
        }
    }

    /// The first child stands behind a dash, and so does the child that takes its place.
    fn head(&self, kept: Option<usize>, changes: &mut Changes) {
        let gaps = 0..=kept.unwrap_or(self.count);
        let news = gaps.flat_map(|index| self.plan.before(index));
        let news: Vec<String> = news.map(|new| self.render(new)).collect();
        let (eol, indent) = (self.layout.eol, &self.indent);
        let text = news.join(&format!("{eol}{indent}"));
        let start = self.start(0);
        match kept {
            None => changes.replace(start..self.end(self.count - 1), text),
            Some(kept) => {
                // Comments above the child that moves up go with it.
                let line = kept.checked_sub(1).map(|before| self.line_end(before));
                let end = line.map_or(start, |line| {
                    let rest = self.layout.rest(line);
                    line + rest.len() - rest.trim_start().len()
                });
                let tail = match text.is_empty() {
                    true => String::new(),
                    false => format!("{eol}{indent}"),
                };
                changes.replace(start..end, text + &tail);
            }
        }
    }

    /// New children below a child. A file without a line break at its end gets one before them, and none
    /// behind.
    fn insert_below(&self, index: usize, news: &[New], changes: &mut Changes) {
        let at = self.line_end(index);
        let blank = self.blank(index + 1);
        let lacks_break = self.layout.lacks_break(at);
        for new in news {
            let (eol, indent, text) = (self.layout.eol, &self.indent, self.render(new));
            match lacks_break {
                true => changes.insert(at, format!("{eol}{blank}{indent}{text}")),
                false => changes.insert(at, format!("{blank}{indent}{text}{eol}")),
            }
        }
    }

    fn insert_above(&self, index: usize, news: &[New], changes: &mut Changes) {
        let at = self.layout.own_comments(self.start(index));
        let blank = self.blank(index);
        for new in news {
            let (eol, indent, text) = (self.layout.eol, &self.indent, self.render(new));
            changes.insert(at, format!("{indent}{text}{eol}{blank}"));
        }
    }

    fn render(&self, new: &New) -> String {
        render::child(new, &self.indent, self.layout.eol)
    }
}
