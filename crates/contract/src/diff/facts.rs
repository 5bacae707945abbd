//! Facts: single values that differ.

use super::Diff;
use super::change::{Api, Side};
use super::class::{Class, Effect};
use super::context::Context;
use super::table::{TOLD, Told};
use crate::finding::Position;
use crate::meaning::{Fact, Kind, Part, View, anonymous};
use crate::spec::{PROSE, TYPED_BY};
use serde_json::Value;
use std::collections::BTreeSet;

/// Flags that are false where they are absent.
const FLAGS: [&str; 5] = [
    "nullable",
    "required",
    "deprecated",
    "readOnly",
    "writeOnly",
];

/// The longest value that is written out.
const MAX_SHOWN: usize = 60;

/// A fact on both sides.
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

    fn texts(&self) -> [&'p str; 2] {
        [self.before(), self.after()].map(|value| value.and_then(Value::as_str).unwrap_or_default())
    }

    /// Fewer values if it is set now, more if it was.
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
    /// The facts of everything but schemas.
    pub(super) fn facts(&mut self, old: &Part, new: &Part, context: &Context) {
        for pair in differing(&old.own(), &new.own()) {
            if let Some((what, class)) = class(&pair, new) {
                self.fact(&pair, [old.at, new.at], context, what, class);
            }
        }
    }

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

/// What a fact means, unless it is part of a change that is reported already.
fn class(pair: &Pair, part: &Part) -> Option<(String, Class)> {
    let [before, after] = pair.texts();
    Some(match (part.kind, pair.name) {
        (Kind::Operation, "path") if anonymous(before) == anonymous(after) => return None,
        (Kind::Service, "openapi")
            if [before, after].iter().all(|text| text.starts_with("3.0.")) =>
        {
            (
                pair.what(),
                Class::new(Effect::Equal, Api::Patch, "documents of 3.0 are read alike"),
            )
        }
        (Kind::Operation, "callbacks") => {
            let effect = if pair.old.is_none() {
                Effect::More
            } else {
                Effect::Other
            };
            (
                pair.what(),
                Class::new(
                    effect,
                    Api::Patch,
                    "what the service calls by itself, if it is asked to",
                ),
            )
        }
        (Kind::Credential, "scopes") if pair.old.is_some() && pair.new.is_some() => (
            pair.what(),
            Class::new(Effect::Other, Api::Patch, "what a credential has to allow"),
        ),
        (Kind::Parameter, "name") if part.text("in") == Some("path") => {
            let reason = "names of placeholders are not on the wire; arguments have positions";
            (
                format!("renamed to `{after}`"),
                Class::new(Effect::Equal, Api::Patch, reason),
            )
        }
        _ => told(pair, part.kind).unwrap_or_else(|| (pair.what(), Class::unknown())),
    })
}

/// What the table says.
pub(super) fn told(pair: &Pair, kind: Kind) -> Option<(String, Class)> {
    if pair.name == TYPED_BY {
        let api = if extends(pair) {
            Api::Minor
        } else {
            Api::Major
        };
        return Some((
            pair.what(),
            Class::new(Effect::Equal, api, "it decides about the variants of `Job`"),
        ));
    }
    let named = |name: &str| match name.strip_suffix('*') {
        Some(start) => pair.name.starts_with(start),
        None if name == "prose" => PROSE.contains(&pair.name),
        None => pair.name == name,
    };
    let fits = |row: &&Told| named(row.1) && (row.0.is_empty() || row.0.contains(&kind));
    let Told(_, _, whats, set, unset) = TOLD.iter().find(fits)?;
    let ((effect, api, reason), what) = if pair.is_set() {
        (*set, whats[0])
    } else {
        (*unset, whats[1])
    };
    let [before, after] = pair.texts();
    let what = match what {
        "" => pair.what(),
        _ => what.replace("{old}", before).replace("{new}", after),
    };
    Some((what, Class::new(effect, api, reason)))
}

/// Whether all that was mapped is mapped in the same way.
fn extends(pair: &Pair) -> bool {
    let (Some(old), Some(new)) = (pair.before(), pair.after()) else {
        return false;
    };
    let entries = old["mapping"].as_object().into_iter().flatten();
    old["property"] == new["property"]
        && entries
            .into_iter()
            .all(|(key, value)| new["mapping"][key] == *value)
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

fn absent(name: &str) -> &'static str {
    if FLAGS.contains(&name) {
        "absent, so false"
    } else {
        "absent"
    }
}
