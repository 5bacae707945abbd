//! What is in a schema: items, fields, alternatives, values.

use super::super::difference::{ABSENT, Facet};
use super::super::shape::{Shape, Sort, words};
use super::Walk;
use super::place::{Place, requiredness};
use crate::meaning::{Meaning, Part};
use crate::yaml::node::escape;

impl<'m, 'a> Walk<'m, 'a> {
    /// What an array or a map holds; nothing is any value.
    pub(super) fn inner(
        &mut self,
        place: &Place<'m, 'a>,
        (name, key): (&str, &str),
        ours: Option<&'m Part<'a>>,
        theirs: Option<&'m Part<'a>>,
    ) {
        let place = place.inner(name, key, ours, theirs);
        let is_any = |meaning: &'m Meaning<'a>, part: Option<&'m Part<'a>>| {
            part.is_none_or(|part| matches!(Shape::of(meaning, part).sort, Sort::Any))
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
        place: &Place<'m, 'a>,
        ours: &[&'m Part<'a>],
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
        for &other in theirs
            .iter()
            .filter(|other| find(ours, &other.key).is_none())
        {
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

    /// Alternatives have no names that both share, so each goes with the one that has most fields in common.
    pub(super) fn arms(
        &mut self,
        place: &Place<'m, 'a>,
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
        let (one, other) = (Shape::of(self.ours, ours), Shape::of(self.theirs, theirs));
        match (&one.sort, &other.sort) {
            (Sort::Object(one), Sort::Object(other)) => {
                let shared = |field: &&&Part| other.iter().any(|other| other.key == field.key);
                one.iter().filter(shared).count() * 1000 / one.len().max(other.len())
            }
            _ => usize::from(one.is_like(&other, true)),
        }
    }

    pub(super) fn values(&mut self) {
        for (place, ours, theirs) in std::mem::take(&mut self.values).into_values() {
            let has = |values: &[&Part], name: &str| values.iter().any(|value| value.key == name);
            let at = |value: &'m Part<'a>, ours: Option<&Part>| Place {
                name: format!("{} \"{}\"", place.name, value.key),
                at: ours.map_or(place.at, |part| part.at),
                their_at: value.at,
                theirs: Some(value),
                ..place.clone()
            };
            for (index, value) in ours
                .iter()
                .enumerate()
                .filter(|(_, value)| !has(&theirs, &value.key))
            {
                let mut place = Place {
                    their_at: place.their_at,
                    ..at(value, Some(value))
                };
                place.pointer = format!("{}/enum/{index}", place.pointer);
                self.add(&place, Facet::Value, ABSENT, "value");
            }
            for value in theirs.iter().filter(|value| !has(&ours, &value.key)) {
                self.add(&at(value, None), Facet::Value, "value", ABSENT);
                let before = theirs.iter().take_while(|other| other.key != value.key);
                let known = before.filter(|other| has(&ours, &other.key)).last();
                if let Some(added) = self.compared.differences.last_mut() {
                    added.after = known.map(|known| known.key.to_string());
                }
            }
        }
    }
}
