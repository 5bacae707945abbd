//! What is to become of each collection, found by JSON pointer.
//!
//! ```text
//! Remove /a/b, Insert c into /a      one plan, for the collection /a: the child b goes, and c comes
//! ```
//!
//! Edits that can't both be made are refused here: to remove and to change the same child, to change something
//! within what goes, to rename an item of a list.

use super::lookup::{EditTarget, Lookup};
use super::{Edit, Error, Place};
use crate::yaml::{Entry, Node, NodeKind, node::unescape};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The plans of all collections that change, by the indices that lead to them.
pub(super) struct Plans<'a>(pub(super) BTreeMap<Vec<usize>, Plan<'a>>);

/// What is to become of one collection.
pub(super) struct Plan<'a> {
    pub(super) node: &'a Node,
    /// The end of the key that the collection is the value of; `None` at the top and in a sequence.
    pub(super) after_key: Option<usize>,
    pub(super) children: HashMap<usize, Fate>,
    /// The collection as the edits name it.
    pointer: String,
    inserts: BTreeMap<Gap, Vec<New>>,
}

/// Between two children, before the one with this index; either directly above it, or directly below the one
/// before.
///
/// Comments belong to the child below them, so the two places differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gap {
    pub(super) index: usize,
    pub(super) above: bool,
}

/// A new entry, or a new item, which has no key.
pub(super) struct New {
    pub(super) key: Option<String>,
    pub(super) value: Value,
}

/// What is to become of a child. A child that is removed has neither another value nor another key.
#[derive(Default)]
pub(super) struct Fate {
    pub(super) removed: bool,
    pub(super) value: Option<Value>,
    pub(super) key: Option<String>,
}

impl Plan<'_> {
    /// How many children the collection has.
    pub(super) fn count(&self) -> usize {
        self.node.entries().len() + self.node.items().len()
    }

    /// The bytes of a child: from its key, or without a key from its value, to the end of its value.
    pub(super) fn span(&self, index: usize) -> Range<usize> {
        match &self.node.kind {
            NodeKind::Mapping(entries) => entries[index].span.start..entries[index].value.span.end,
            NodeKind::Sequence(items) => items[index].span.clone(),
            NodeKind::Scalar(_) => self.node.span.clone(),
        }
    }

    /// The key of a child, and its value.
    pub(super) fn child(&self, index: usize) -> (Option<&Entry>, Option<&Node>) {
        let entry = self.node.entries().get(index);
        let value = entry.map(|entry| &entry.value);
        (entry, value.or_else(|| self.node.items().get(index)))
    }

    /// The children that something becomes of, in no particular order: their changes do not touch each other.
    pub(super) fn fates(&self) -> impl Iterator<Item = (usize, &Fate)> {
        self.children.iter().map(|(index, fate)| (*index, fate))
    }

    /// Whether a child goes.
    pub(super) fn is_removed(&self, index: usize) -> bool {
        self.children.get(&index).is_some_and(|fate| fate.removed)
    }

    /// What goes before a child, or after all of them.
    pub(super) fn before(&self, index: usize) -> impl Iterator<Item = &New> {
        let sides = [false, true].map(|above| Gap { index, above });
        let news = sides.into_iter().filter_map(|gap| self.inserts.get(&gap));
        news.flatten()
    }

    /// Whether something comes before a child.
    pub(super) fn has_news_before(&self, index: usize) -> bool {
        self.before(index).next().is_some()
    }

    /// What comes, gap by gap from the first one.
    pub(super) fn inserts(&self) -> impl Iterator<Item = (Gap, &[New])> {
        self.inserts
            .iter()
            .map(|(gap, news)| (*gap, news.as_slice()))
    }

    /// Whether the number of children changes, and with it what stands between them.
    pub(super) fn adds_or_removes(&self) -> bool {
        !self.inserts.is_empty() || self.children.values().any(|fate| fate.removed)
    }
}

impl<'a> Plans<'a> {
    /// Collects edits. The error names the pointer of the first that can't be made.
    pub(super) fn new(root: &'a Node, edits: &[Edit]) -> Result<Plans<'a>, Error> {
        let mut finder = Lookup::new(root);
        let mut plans = Plans(BTreeMap::new());
        for edit in edits {
            plans.add(&mut finder, edit)?;
        }
        plans.exclude_conflicts()?;
        Ok(plans)
    }

    /// The plans, those of inner collections first: where the end of one is the end of what is around it, what is
    /// added to the inner one comes before what is added to the outer one.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Plan<'a>> {
        self.0.values().rev()
    }

    /// Adds one edit to the plan of its collection.
    fn add(&mut self, finder: &mut Lookup<'a>, edit: &Edit) -> Result<(), Error> {
        match edit {
            Edit::Insert {
                into,
                key,
                value,
                place,
            } => self.insert(finder, into, Some(key), value, place),
            Edit::Push { into, value, place } => self.insert(finder, into, None, value, place),
            Edit::Remove { at } => self.fate(finder, at, |fate| {
                let first = fate.value.is_none() && fate.key.is_none();
                fate.removed = true;
                first
            }),
            Edit::Replace { at, value } => self.fate(finder, at, |fate| {
                !fate.removed && fate.value.replace(value.clone()).is_none()
            }),
            Edit::Rename { at, key } => self.fate(finder, at, |fate| {
                !fate.removed && fate.key.replace(key.clone()).is_none()
            }),
        }
    }

    /// Something new in a collection: an entry of a mapping, with a key, or an item of a sequence, without one.
    fn insert(
        &mut self,
        finder: &mut Lookup<'a>,
        into: &str,
        key: Option<&String>,
        value: &Value,
        place: &Place,
    ) -> Result<(), Error> {
        let nowhere = || Error::NoSuchPlace(into.to_owned());
        let found = finder.find(into).ok_or_else(nowhere)?;
        let count = match (&found.node.kind, key) {
            (NodeKind::Mapping(_), Some(_)) => found.node.entries().len(),
            (NodeKind::Sequence(items), None) => items.len(),
            _ => return Err(nowhere()),
        };
        let child = |sibling: &str| found.child(sibling).ok_or_else(nowhere);
        let (index, above) = match place {
            Place::First => (0, true),
            Place::Last => (count, false),
            Place::Before(sibling) => (child(sibling)?, true),
            Place::After(sibling) => (child(sibling)? + 1, false),
        };
        let new = New {
            key: key.cloned(),
            value: value.clone(),
        };
        let plan = self.plan(found, into);
        let gap = Gap { index, above };
        plan.inserts.entry(gap).or_default().push(new);
        Ok(())
    }

    /// Notes what is to become of a child; `note` says whether that agrees with what is noted already.
    fn fate(
        &mut self,
        finder: &mut Lookup<'a>,
        at: &str,
        note: impl Fn(&mut Fate) -> bool,
    ) -> Result<(), Error> {
        let nowhere = || Error::NoSuchPlace(at.to_owned());
        let (parent, token) = at.rsplit_once('/').ok_or_else(nowhere)?;
        let found = finder.find(parent).ok_or_else(nowhere)?;
        let index = found.child(&unescape(token)).ok_or_else(nowhere)?;
        match note(self.plan(found, parent).children.entry(index).or_default()) {
            true => Ok(()),
            false => Err(Error::Conflict(at.to_owned())),
        }
    }

    /// The plan of a collection, which is empty the first time.
    fn plan(&mut self, found: &EditTarget<'a>, pointer: &str) -> &mut Plan<'a> {
        self.0.entry(found.path.clone()).or_insert_with(|| Plan {
            pointer: pointer.to_owned(),
            node: found.node,
            after_key: found.after_key,
            children: HashMap::new(),
            inserts: BTreeMap::new(),
        })
    }

    /// Nothing may change within what is removed or replaced, and a sequence has no keys to rename.
    fn exclude_conflicts(&self) -> Result<(), Error> {
        for (path, plan) in &self.0 {
            for depth in 0..path.len() {
                let outer = self.0.get(&path[..depth]);
                let fate = outer.and_then(|outer| outer.children.get(&path[depth]));
                if fate.is_some_and(|fate| fate.removed || fate.value.is_some()) {
                    return Err(Error::Conflict(plan.pointer.clone()));
                }
            }
            if !plan.node.is_mapping() && plan.children.values().any(|fate| fate.key.is_some()) {
                return Err(Error::NoSuchPlace(plan.pointer.clone()));
            }
        }
        Ok(())
    }
}
