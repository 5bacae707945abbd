//! Facts: single values that differ, such as `maxLength: 10` against `maxLength: 20`, or `deprecated: true` against
//! nothing.
//!
//! Here they are found and shown; `table_lookup` and `keywords` say what they mean. A change quotes both documents:
//!
//! ```text
//!   - old.yaml:12:15  maxLength: 10
//!   + new.yaml:12:15  maxLength: 20
//! ```
//!
//! Long texts are cut, and the white space of a folded description is one space, so that each side stays in its line.

use super::Diff;
use super::change::Side;
use super::class::{Class, Effect};
use super::context::Context;
use crate::finding::Position;
use crate::meaning::{Fact, View};
use serde_json::Value;
use std::collections::BTreeSet;

/// Flags that are false where they are absent. `meaning` leaves `false` out, so that writing it is no change.
const FLAGS: [&str; 5] = [
    "nullable",
    "required",
    "deprecated",
    "readOnly",
    "writeOnly",
];

/// The longest value that is written out, in characters: both sides fit on a terminal's line beside their place.
const MAX_SHOWN: usize = 60;

/// A fact on both sides. They differ, and at least one is there.
pub(super) struct Pair<'p> {
    pub(super) name: &'p str,
    pub(super) old: Option<&'p Fact>,
    pub(super) new: Option<&'p Fact>,
}

impl<'p> Pair<'p> {
    pub(super) fn before(&self) -> Option<&'p Value> {
        self.old.map(|fact| &fact.value)
    }

    pub(super) fn after(&self) -> Option<&'p Value> {
        self.new.map(|fact| &fact.value)
    }

    /// Whether it is true now, or there at all.
    pub(super) fn is_set(&self) -> bool {
        self.after().is_some_and(|value| *value != false)
    }

    pub(super) fn texts(&self) -> [&'p str; 2] {
        [self.before(), self.after()].map(|value| value.and_then(Value::as_str).unwrap_or_default())
    }

    /// Fewer values if it is set now, more if it was.
    ///
    /// For keywords whose presence restricts: `uniqueItems: true`, `exclusiveMaximum: true`.
    pub(super) fn narrows(&self) -> Effect {
        if self.is_set() {
            Effect::Narrower
        } else {
            Effect::Wider
        }
    }

    pub(super) fn what(&self) -> String {
        let verb = match (self.old, self.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        format!("`{}` {verb}", self.name)
    }
}

/// The facts that differ, by name.
///
/// Only values are compared, not positions: a fact that moved to another line is the same.
pub(super) fn differing<'p>(old: &View<'p, '_>, new: &View<'p, '_>) -> Vec<Pair<'p>> {
    let names: BTreeSet<&'p str> = old.facts.keys().chain(new.facts.keys()).copied().collect();
    let pairs = names.into_iter().map(|name| Pair {
        name,
        old: old.facts.get(name).copied(),
        new: new.facts.get(name).copied(),
    });
    pairs.filter(|pair| pair.before() != pair.after()).collect()
}

impl Diff<'_, '_> {
    /// Reports a fact with both sides. `at` is where the parts are, for the side that lacks the fact.
    pub(super) fn fact(
        &mut self,
        pair: &Pair,
        at: [Position; 2],
        context: &Context,
        what: String,
        class: Class,
    ) {
        let side = |fact: Option<&Fact>, at: Position| match fact {
            Some(fact) => Side::new(format!("{}: {}", pair.name, shown(&fact.value)), fact.at),
            None => Side::new(format!("{}: {}", pair.name, absent(pair.name)), at),
        };
        let sides = [side(pair.old, at[0]), side(pair.new, at[1])];
        self.push(context, what, sides, class);
    }
}

/// A value in a line.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// What a side says that lacks a fact: of a flag, what its absence means.
fn absent(name: &str) -> &'static str {
    if FLAGS.contains(&name) {
        "absent, so false"
    } else {
        "absent"
    }
}
