//! Which part of the old contract is which part of the new one.
//!
//! ```yaml
//! # before                              # after
//! properties:                           properties:
//!   colour: {type: string}                color: {type: string}
//!   size: {type: integer}                 size: {type: integer}
//! ```
//!
//! `size` has its name on both sides. `colour` and `color` have not, but are as like as two names of one thing, with the
//! same type; so it is one field that was renamed, and not one that is gone and one that is new. The report then says
//! what the reviewer did. To the wire it is the same: the worst.
//!
//! What has a name or a content in common is found by hash maps, in linear time. Guesses hold each part that is left
//! against each other one, so there is a bound on how many are made.

use super::Diff;
use super::context::Context;
use crate::describe::type_of;
use crate::meaning::{Kind, Part};
use serde_json::Value;
use std::collections::{HashMap, HashSet, VecDeque};

/// How many pairs are compared by their looks at most; with more parts than that, they are reported as gone and new.
const MAX_GUESSES: usize = 10_000;

/// How much alike two names of one thing are at least, from 0 to 1: `colour` and `color` are at 0.83.
const ALIKE: f64 = 0.7;

type Parts<'d, 'a> = Vec<&'d Part<'a>>;

/// Siblings on both sides: what is one thing, what is gone, and what is new. Each sibling is in exactly one of them.
pub(super) struct Matched<'d, 'a> {
    pub(super) pairs: Vec<(&'d Part<'a>, &'d Part<'a>)>,
    pub(super) gone: Parts<'d, 'a>,
    pub(super) added: Parts<'d, 'a>,
}

impl<'d, 'a> Diff<'d, 'a> {
    /// Compares parts that are beside each other.
    pub(super) fn siblings(&mut self, old: Parts<'d, 'a>, new: Parts<'d, 'a>, context: &Context) {
        let matched = self.matched(old, new);
        self.order(&matched.pairs, context);
        for (before, after) in matched.pairs {
            self.both(before, after, context);
        }
        for part in matched.gone {
            self.alone(part, false, context);
        }
        for part in matched.added {
            self.alone(part, true, context);
        }
    }

    /// Pairs up siblings, the surest way first: the same key; the same `operationId` of a call whose path is another, or
    /// the same name of a parameter that moved from the query to a header; the same content; the same looks.
    ///
    /// A single call on each side is the same call, whatever it is called.
    pub(super) fn matched(&mut self, old: Parts<'d, 'a>, new: Parts<'d, 'a>) -> Matched<'d, 'a> {
        let mut matched = Matched {
            pairs: Vec::new(),
            gone: old,
            added: new,
        };
        matched.by(|part| Some(part.key.to_string()));
        matched.by(|part| match part.kind {
            Kind::Operation => part.text("operationId").map(str::to_owned),
            Kind::Parameter => part.text("name").map(str::to_owned),
            _ => None,
        });
        matched.by(content);
        let Matched { gone, added, pairs } = &matched;
        if gone.len().saturating_mul(added.len()) > MAX_GUESSES {
            return matched;
        }
        let only_call = |parts: &Parts| parts.len() == 1 && parts[0].kind == Kind::Operation;
        let alone = pairs.is_empty() && only_call(gone) && only_call(added);
        matched.guess(|old, new| match (old.reference(), new.reference()) {
            _ if alone => true,
            (Some(before), Some(after)) if old.kind >= Kind::OneOf => {
                self.is_renamed(before, after)
            }
            _ => old.kind == Kind::Property && renamed_field(old, new),
        });
        matched
    }
}

impl<'d, 'a> Matched<'d, 'a> {
    /// Pairs up the parts of a kind that have the same key; those without one stay.
    ///
    /// Where several have the same key, the first goes with the first.
    fn by(&mut self, key: impl Fn(&Part) -> Option<String>) {
        let mut waiting: HashMap<(Kind, String), VecDeque<&'d Part<'a>>> = HashMap::new();
        for part in &self.gone {
            if let Some(key) = key(part) {
                waiting.entry((part.kind, key)).or_default().push_back(part);
            }
        }
        let mut paired: HashSet<*const Part> = HashSet::new();
        let pairs = &mut self.pairs;
        self.added.retain(|part| {
            let before = key(part)
                .and_then(|key| waiting.get_mut(&(part.kind, key)))
                .and_then(VecDeque::pop_front);
            pairs.extend(before.map(|before| (before, *part)));
            paired.extend(before.map(std::ptr::from_ref));
            before.is_none()
        });
        self.gone
            .retain(|part| !paired.contains(&std::ptr::from_ref(*part)));
    }

    /// Pairs up what is one thing by its looks.
    fn guess(&mut self, mut same: impl FnMut(&'d Part<'a>, &'d Part<'a>) -> bool) {
        let added = &mut self.added;
        let pairs = &mut self.pairs;
        self.gone.retain(|before| {
            let index = added
                .iter()
                .position(|after| before.kind == after.kind && same(before, after));
            pairs.extend(index.map(|index| (*before, added.remove(index))));
            index.is_none()
        });
    }
}

/// All that a field or a parameter says of itself, but for its name; a description is what makes it its own.
fn content(part: &Part) -> Option<String> {
    if !matches!(part.kind, Kind::Property | Kind::Parameter) || part.fact("description").is_none()
    {
        return None;
    }
    let mut json = part.node.to_json();
    if let Some(parameter) = json
        .as_object_mut()
        .filter(|_| part.kind == Kind::Parameter)
    {
        parameter.remove("name");
    }
    Some(format!("{} {json}", part.flag("required")))
}

/// Whether two fields are one under two names: they have the same type and are required alike, and either the same
/// description or names that are nearly the same.
fn renamed_field(old: &Part, new: &Part) -> bool {
    type_of(old.node) == type_of(new.node)
        && old.flag("required") == new.flag("required")
        && (old
            .fact("description")
            .is_some_and(|text| new.fact("description") == Some(text))
            || strsim::normalized_damerau_levenshtein(&old.key, &new.key) > ALIKE)
}

/// Whether two components have more than half of what they are made of in common. Components without parts (`type:
/// string`) are alike only if they say the same to the letter.
pub(super) fn alike(old: &Part, new: &Part) -> bool {
    fn keys<'p>(part: &'p Part) -> HashSet<(Kind, &'p str)> {
        part.parts
            .iter()
            .map(|part| (part.kind, &*part.key))
            .collect()
    }
    let (before, after) = (keys(old), keys(new));
    let shared = before.intersection(&after).count();
    let kind = |part: &Part| part.fact("type").map(Value::to_string);
    let same = before.is_empty() && after.is_empty() && old.node.to_json() == new.node.to_json();
    kind(old) == kind(new) && (same || shared * 2 > before.len().max(after.len()))
}
