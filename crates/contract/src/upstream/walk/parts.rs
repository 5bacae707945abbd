//! What is in a schema: items, fields, alternatives.
//!
//! Fields and items have the same names on both sides. Alternatives have none: `oneOf: [A, B]` of the contract may be
//! `anyOf: [Y, X]` of the vendor, and the fields that they share say which is which.

use super::super::difference::{ABSENT, Facet};
use super::super::shape::{SchemaSummary, Sort};
use super::place::{Counterparts, Spot, by_name};
use super::{Comparer, REQUIRED};
use crate::meaning::Part;
use crate::spec::UNNAMED;
use crate::yaml::node::escape;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

impl<'m, 'a> Comparer<'m, 'a> {
    /// What an array or a map holds; nothing is any value.
    pub(super) fn inner(
        &mut self,
        place: &Spot<'m, 'a>,
        (name, key): (&str, &str),
        sides: Counterparts<'m, 'a>,
    ) {
        let place = place.inner(name, key, sides);
        let [ours, theirs] = match sides {
            (Some(ours), Some(theirs)) => return self.schemas(&place, ours, theirs, true),
            (ours, theirs) => [
                ours.map(|part| self.our_words(part)),
                theirs.map(|part| self.their_words(part)),
            ]
            .map(|words| words.unwrap_or_else(|| "any".to_owned())),
        };
        if [&ours, &theirs] != ["any"; 2] {
            self.add(&place, Facet::Type, theirs, ours);
        }
    }

    /// Compares the fields of two objects: first those of the contract in its order, then those that it only lists
    /// (`unnamed`), then new ones.
    pub(super) fn fields(
        &mut self,
        place: &Spot<'m, 'a>,
        (ours, unnamed): (&[&'m Part<'a>], &[&str]),
        theirs: &[&'m Part<'a>],
    ) {
        let at = |sides: Counterparts<'m, 'a>, name: &str| {
            let key = format!("properties/{}", escape(name));
            place.inner(&format!(".{name}"), &key, sides)
        };
        let (our_names, their_fields) = (
            by_name(ours.iter().copied()),
            by_name(theirs.iter().copied()),
        );
        for &one in ours {
            let other = their_fields.get(&*one.key).copied();
            let place = at((Some(one), other), &one.key);
            match other {
                Some(other) => {
                    let required = (one.flag("required"), other.flag("required"));
                    self.flag(&place, Facet::Required, required, REQUIRED);
                    self.schemas(&place, one, other, required == (true, true));
                }
                None => self.add(&place, Facet::Field, ABSENT, self.our_field(one)),
            }
        }
        self.unnamed(place, unnamed, &their_fields);
        let unnamed: HashSet<_> = unnamed.iter().copied().collect();
        let is_known = |name: &str| our_names.contains_key(name) || unnamed.contains(name);
        for &other in theirs.iter().filter(|other| !is_known(&other.key)) {
            let place = at((None, Some(other)), &other.key);
            self.add(&place, Facet::Field, self.their_field(other), ABSENT);
        }
    }

    /// What the contract only lists has no more to compare than its name.
    fn unnamed(
        &mut self,
        place: &Spot<'m, 'a>,
        unnamed: &[&str],
        theirs: &HashMap<&str, &'m Part<'a>>,
    ) {
        for (index, name) in unnamed.iter().enumerate() {
            if !theirs.contains_key(*name) {
                let key = format!("{UNNAMED}/{index}");
                let place = place.inner(&format!(".{name}"), &key, (None, None));
                self.add(&place, Facet::Field, ABSENT, "unnamed");
            }
        }
    }

    /// Alternatives have no names that both share, so each goes with the one that has most fields in common.
    pub(super) fn arms(
        &mut self,
        place: &Spot<'m, 'a>,
        ours: Vec<&'m Part<'a>>,
        mut theirs: Vec<&'m Part<'a>>,
    ) {
        for (index, one) in ours.into_iter().enumerate() {
            let best = (0..theirs.len())
                .map(|at| (self.likeness(one, theirs[at]), Reverse(at)))
                .max();
            let key = format!("oneOf/{index}");
            match best.filter(|(likeness, _)| *likeness > 0) {
                Some((_, Reverse(at))) => {
                    let other = theirs.remove(at);
                    let place = place.inner("", &key, (Some(one), Some(other)));
                    self.schemas(&place, one, other, false);
                }
                None => {
                    let name = format!(" or {}", one.key);
                    let place = place.inner(&name, &key, (Some(one), None));
                    self.add(&place, Facet::Alternative, ABSENT, self.our_words(one));
                }
            }
        }
        for other in theirs {
            let name = format!(" or {}", other.reference().unwrap_or("another"));
            let place = place.inner(&name, "oneOf", (None, Some(other)));
            self.add(&place, Facet::Alternative, self.their_words(other), ABSENT);
        }
    }

    /// How many fields two objects share, in thousandths of the larger one; 0 for what can't be the same alternative.
    fn likeness(&self, ours: &'m Part<'a>, theirs: &'m Part<'a>) -> usize {
        let one = SchemaSummary::of(self.ours, ours);
        let other = SchemaSummary::of(self.theirs, theirs);
        match (&one.sort, &other.sort) {
            (Sort::Object(one), Sort::Object(other)) => {
                let others = by_name(other.iter().copied());
                let shared = one.iter().filter(|field| others.contains_key(&*field.key));
                shared.count() * 1000 / one.len().max(other.len())
            }
            _ => usize::from(one.is_like(&other, true)),
        }
    }
}
