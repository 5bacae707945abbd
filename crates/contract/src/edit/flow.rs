//! Changes of a collection in brackets or braces.

use super::layout::Layout;
use super::plan::{Fate, New, Plan};
use super::{Changes, render};
use crate::yaml::{NodeKind, quoted};

pub(super) fn change(layout: &Layout, plan: &Plan, changes: &mut Changes) {
    let flow = Flow { layout, plan };
    for (index, fate) in plan.fates().filter(|(_, fate)| !fate.removed) {
        flow.child(index, fate, changes);
    }
    if plan.adds_or_removes() {
        flow.gaps(changes);
    }
}

struct Flow<'p, 'a> {
    layout: &'p Layout<'p>,
    plan: &'p Plan<'a>,
}

impl Flow<'_, '_> {
    fn count(&self) -> usize {
        self.plan.node.entries().len() + self.plan.node.items().len()
    }

    fn start(&self, index: usize) -> usize {
        match &self.plan.node.kind {
            NodeKind::Mapping(_) => self.plan.node.entries()[index].span.start,
            NodeKind::Sequence(items) => items[index].span.start,
            NodeKind::Scalar(_) => self.plan.node.span.start,
        }
    }

    fn end(&self, index: usize) -> usize {
        match &self.plan.node.kind {
            NodeKind::Mapping(_) => self.plan.node.entries()[index].value.span.end,
            NodeKind::Sequence(items) => items[index].span.end,
            NodeKind::Scalar(_) => self.plan.node.span.end,
        }
    }

    fn child(&self, index: usize, fate: &Fate, changes: &mut Changes) {
        let node = self.plan.node;
        if let (Some(key), Some(entry)) = (&fate.key, node.entries().get(index)) {
            changes.replace(entry.span.clone(), quoted(key));
        }
        let Some(value) = &fate.value else {
            return;
        };
        let value = render::inline(value);
        match (node.entries().get(index), node.items().get(index)) {
            (Some(entry), _) if entry.value.span.is_empty() => {
                match self.layout.after_colon(entry.span.end) {
                    Some(colon) => changes.insert(colon, format!(" {value}")),
                    None => changes.insert(entry.span.end, format!(": {value}")),
                }
            }
            (Some(entry), _) => changes.replace(entry.value.span.clone(), value),
            (None, Some(item)) => changes.replace(item.span.clone(), value),
            (None, None) => {}
        }
    }

    /// What is between two neighbours that stay: commas, children that go, and children that come.
    fn gaps(&self, changes: &mut Changes) {
        let count = self.count();
        let kept: Vec<usize> = (0..count)
            .filter(|index| !self.plan.is_removed(*index))
            .collect();
        let mut before = None;
        for after in kept.into_iter().map(Some).chain([None]) {
            self.gap(before, after, changes);
            before = after;
        }
    }

    fn gap(&self, before: Option<usize>, after: Option<usize>, changes: &mut Changes) {
        let first = before.map_or(0, |index| index + 1);
        let end = after.unwrap_or(self.count());
        let news: Vec<&New> = (first..=end)
            .flat_map(|index| self.plan.before(index))
            .collect();
        let removes = first < end;
        if news.is_empty() && !removes {
            return;
        }
        let news: Vec<String> = news.into_iter().map(render::inline_child).collect();
        let news = news.join(", ");
        let comma = |present: bool| if present { ", " } else { "" };
        let some = !news.is_empty();
        let span = &self.plan.node.span;
        let (range, text) = match (before, after) {
            (Some(one), Some(other)) if removes => (
                self.end(one)..self.start(other),
                format!(", {news}{}", comma(some)),
            ),
            (Some(one), _) => {
                let end = match removes {
                    true => self.end(self.count() - 1),
                    false => self.end(one),
                };
                (self.end(one)..end, format!("{}{news}", comma(some)))
            }
            (None, Some(other)) => {
                let start = if removes {
                    self.start(0)
                } else {
                    self.start(other)
                };
                (start..self.start(other), format!("{news}{}", comma(some)))
            }
            (None, None) => (span.start + 1..span.end.saturating_sub(1), news),
        };
        changes.replace(range, text);
    }
}
