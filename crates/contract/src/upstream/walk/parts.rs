//! What is in a schema: items, fields, alternatives, values.

use super::super::difference::{ABSENT, Facet};
use super::super::shape::{SchemaSummary, Sort, words};
use super::place::{Spot, requiredness};
use super::{Comparer, Values};
use crate::finding::Position;
use crate::meaning::{Meaning, Part};
use crate::spec::UNNAMED;
use crate::yaml::node::escape;

impl<'m, 'a> Comparer<'m, 'a> {
    /// What an array or a map holds; nothing is any value.
    pub(super) fn inner(
        &mut self,
        place: &Spot<'m, 'a>,
        (name, key): (&str, &str),
        ours: Option<&'m Part<'a>>,
        theirs: Option<&'m Part<'a>>,
    ) {
        let place = place.inner(name, key, ours, theirs);
        let is_any = |meaning: &'m Meaning<'a>, part: Option<&'m Part<'a>>| {
            part.is_none_or(|part| matches!(SchemaSummary::of(meaning, part).sort, Sort::Any))
        };
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => self.schemas(&place, ours, theirs, true),
            _ if is_any(self.ours, ours) && is_any(self.theirs, theirs) => {}
            _ => {
                let word = |meaning: &Meaning, part: Option<&Part>| {
                    part.map_or("any".to_owned(), |part| words(self.source, meaning, part))
                };
                let (ours, theirs) = (word(self.ours, ours), word(self.theirs, theirs));
                self.add(&place, Facet::Type, theirs, ours);
            }
        }
    }

    pub(super) fn fields(
        &mut self,
        place: &Spot<'m, 'a>,
        (ours, unnamed): (&[&'m Part<'a>], &[&str]),
        theirs: &[&'m Part<'a>],
    ) {
        let find = |fields: &[&'m Part<'a>], name: &str| {
            fields.iter().copied().find(|field| field.key == name)
        };
        let at = |one: Option<&'m Part<'a>>, other: Option<&'m Part<'a>>, name: &str| {
            place.inner(
                &format!(".{name}"),
                &format!("properties/{}", escape(name)),
                one,
                other,
            )
        };
        for &one in ours {
            let place = at(Some(one), find(theirs, &one.key), &one.key);
            match find(theirs, &one.key) {
                Some(other) => {
                    let (before, after) = (one.flag("required"), other.flag("required"));
                    self.required(&place, before, after);
                    self.schemas(&place, one, other, before && after);
                }
                None => {
                    let ours = format!(
                        "{} {}",
                        requiredness(one),
                        words(self.source, self.ours, one)
                    );
                    self.add(&place, Facet::Field, ABSENT, ours);
                }
            }
        }
        self.unnamed(place, unnamed, theirs);
        let is_known = |name: &str| find(ours, name).is_some() || unnamed.contains(&name);
        for &other in theirs.iter().filter(|other| !is_known(&other.key)) {
            let theirs = format!(
                "{} {}",
                requiredness(other),
                words(self.source, self.theirs, other)
            );
            self.add(
                &at(None, Some(other), &other.key),
                Facet::Field,
                theirs,
                ABSENT,
            );
        }
    }

    /// What the contract only lists has no more to compare than its name.
    fn unnamed(&mut self, place: &Spot<'m, 'a>, unnamed: &[&str], theirs: &[&'m Part<'a>]) {
        for (index, name) in unnamed.iter().enumerate() {
            if !theirs.iter().any(|other| other.key == *name) {
                let key = format!("{UNNAMED}/{index}");
                let place = place.inner(&format!(".{name}"), &key, None, None);
                self.add(&place, Facet::Field, ABSENT, "unnamed");
            }
        }
    }

    /// Alternatives have no names that both share, so each goes with the one that has most fields in common.
    pub(super) fn arms(
        &mut self,
        place: &Spot<'m, 'a>,
        ours: Vec<&'m Part<'a>>,
        theirs: Vec<&'m Part<'a>>,
    ) {
        let mut theirs = theirs;
        for (index, one) in ours.into_iter().enumerate() {
            let best = (0..theirs.len())
                .map(|at| (self.likeness(one, theirs[at]), std::cmp::Reverse(at)))
                .max();
            let key = format!("oneOf/{index}");
            match best.filter(|(likeness, _)| *likeness > 0) {
                Some((_, std::cmp::Reverse(at))) => {
                    let other = theirs.remove(at);
                    let place = place.inner("", &key, Some(one), Some(other));
                    self.schemas(&place, one, other, false);
                }
                None => {
                    let place = place.inner(&format!(" or {}", one.key), &key, Some(one), None);
                    self.add(
                        &place,
                        Facet::Alternative,
                        ABSENT,
                        words(self.source, self.ours, one),
                    );
                }
            }
        }
        for other in theirs {
            let name = other.reference().unwrap_or("another");
            let place = place.inner(&format!(" or {name}"), "oneOf", None, Some(other));
            self.add(
                &place,
                Facet::Alternative,
                words(self.source, self.theirs, other),
                ABSENT,
            );
        }
    }

    fn likeness(&self, ours: &'m Part<'a>, theirs: &'m Part<'a>) -> usize {
        let (one, other) = (
            SchemaSummary::of(self.ours, ours),
            SchemaSummary::of(self.theirs, theirs),
        );
        match (&one.sort, &other.sort) {
            (Sort::Object(one), Sort::Object(other)) => {
                let shared = |field: &&&Part| other.iter().any(|other| other.key == field.key);
                one.iter().filter(shared).count() * 1000 / one.len().max(other.len())
            }
            _ => usize::from(one.is_like(&other, true)),
        }
    }

    pub(super) fn values(&mut self) {
        for values in std::mem::take(&mut self.values).into_values() {
            let Values {
                place,
                ours,
                unnamed,
                theirs,
            } = values;
            let has = |values: &[&Part], name: &str| values.iter().any(|value| value.key == name);
            let named = |name: &str| format!("{} \"{name}\"", place.name);
            let gone = |at: Position, name: &str, list: &str, index: usize| Spot {
                name: named(name),
                pointer: format!("{}/{list}/{index}", place.pointer),
                at,
                ..place.clone()
            };
            let listed = ours.iter().enumerate();
            let listed = listed
                .map(|(index, value)| (&*value.key, gone(value.at, &value.key, "enum", index)));
            let nameless = unnamed.iter().enumerate();
            let nameless =
                nameless.map(|(index, name)| (*name, gone(place.at, name, UNNAMED, index)));
            for (name, place) in listed.chain(nameless) {
                if !has(&theirs, name) {
                    self.add(&place, Facet::Value, ABSENT, "value");
                }
            }
            for (index, value) in theirs.iter().enumerate() {
                if has(&ours, &value.key) || unnamed.contains(&&*value.key) {
                    continue;
                }
                let place = Spot {
                    name: named(&value.key),
                    their_at: value.at,
                    theirs: Some(value),
                    ..place.clone()
                };
                self.add(&place, Facet::Value, "value", ABSENT);
                let known = theirs[..index].iter().rfind(|other| has(&ours, &other.key));
                if let Some(added) = self.compared.differences.last_mut() {
                    added.after = known.map(|known| known.key.to_string());
                }
            }
        }
    }
}
