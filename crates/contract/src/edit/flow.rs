//! Changes of a collection in brackets or braces.
//!
//! `{type: string, format: uri}` is edited on its line: what changes is the text between two children that
//! stay. A collection over several lines keeps its line breaks around those.

use super::changes::Changes;
use super::layout::Layout;
use super::plan::{Fate, Plan};
use super::render;
use crate::yaml::quoted;

/// Turns the plan of a collection in flow style into changes.
pub(super) fn change(layout: &Layout, plan: &Plan, changes: &mut Changes) {
    let flow = Flow { layout, plan };
    for (index, fate) in plan.fates().filter(|(_, fate)| !fate.removed) {
        flow.child(index, fate, changes);
    }
    if plan.adds_or_removes() {
        flow.gaps(changes);
    }
}

/// A collection in brackets or braces.
struct Flow<'p, 'a> {
    layout: &'p Layout<'p>,
    plan: &'p Plan<'a>,
}

impl Flow<'_, '_> {
    /// Another key, or another value, for a child that stays. `{a, b: }` has values that are not there.
    fn child(&self, index: usize, fate: &Fate, changes: &mut Changes) {
        let (entry, old) = self.plan.child(index);
        if let (Some(key), Some(entry)) = (&fate.key, entry) {
            changes.replace(entry.span.clone(), quoted(key));
        }
        let (Some(value), Some(old)) = (&fate.value, old) else {
            return;
        };
        let value = render::inline(value);
        match entry.filter(|_| old.span.is_empty()) {
            Some(entry) => match self.layout.after_colon(entry.span.end) {
                Some(colon) => changes.insert(colon, format!(" {value}")),
                None => changes.insert(entry.span.end, format!(": {value}")),
            },
            None => changes.replace(old.span.clone(), value),
        }
    }

    /// What is between two neighbours that stay: commas, children that go, and children that come.
    fn gaps(&self, changes: &mut Changes) {
        let all = 0..self.plan.count();
        let kept = all.filter(|index| !self.plan.is_removed(*index));
        let mut before = None;
        for after in kept.map(Some).chain([None]) {
            self.gap(before, after, changes);
            before = after;
        }
    }

    /// The text between two children that stay, or between one and a bracket: `before` and `after` are their
    /// indices.
    ///
    /// Nothing changes where nothing comes and nothing goes, so that odd spaces and comments stay.
    fn gap(&self, before: Option<usize>, after: Option<usize>, changes: &mut Changes) {
        let count = self.plan.count();
        let first = before.map_or(0, |index| index + 1);
        let end = after.unwrap_or(count);
        let removes = first < end;
        let news = (first..=end).flat_map(|index| self.plan.before(index));
        let news: Vec<String> = news.map(render::inline_child).collect();
        if news.is_empty() && !removes {
            return;
        }
        let comma = if news.is_empty() { "" } else { ", " };
        let news = news.join(", ");
        let outer = &self.plan.node.span;
        let (start, end) = (
            |index| self.plan.span(index).start,
            |index| self.plan.span(index).end,
        );
        let (range, text) = match (before, after) {
            (Some(one), Some(other)) if removes => {
                (end(one)..start(other), format!(", {news}{comma}"))
            }
            (Some(one), _) => {
                let last = if removes { count - 1 } else { one };
                (end(one)..end(last), format!("{comma}{news}"))
            }
            (None, Some(other)) => {
                let first = if removes { 0 } else { other };
                (start(first)..start(other), format!("{news}{comma}"))
            }
            (None, None) => (outer.start + 1..outer.end.saturating_sub(1), news),
        };
        changes.replace(range, text);
    }
}
