//! Walks both documents at once, from the call to all that it reaches.

mod call;
mod parts;
mod place;

use super::difference::{ABSENT, Disagreement, Facet, Source};
use super::shape::{SchemaSummary, Sort, words};
use crate::meaning::{Meaning, Part};
use crate::yaml::node::escape;
use place::Spot;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Everything that differs, each thing once, in the order of the contract.
pub(super) struct Compared<'m, 'a> {
    pub(super) differences: Vec<Disagreement<'m, 'a>>,
    /// Components of the vendor by the names that the contract has for them.
    pub(super) names: BTreeMap<&'m str, &'m str>,
    /// Components of the contract that nothing was compared with, since what refers to them differs.
    pub(super) skipped: BTreeSet<&'m str>,
}

/// Compares the one call of both documents.
pub(super) fn compare<'m, 'a>(
    source: Source,
    ours: &'m Meaning<'a>,
    theirs: &'m Meaning<'a>,
) -> Compared<'m, 'a> {
    let compared = Compared {
        differences: Vec::new(),
        names: BTreeMap::new(),
        skipped: ours
            .components
            .iter()
            .map(|component| &*component.key)
            .collect(),
    };
    let mut walk = Comparer {
        source,
        ours,
        theirs,
        compared,
        visited: HashSet::new(),
        values: BTreeMap::new(),
    };
    if let ([one], [other, others @ ..]) = (&ours.operations[..], &theirs.operations[..]) {
        walk.call(one, other);
        others
            .iter()
            .for_each(|other| walk.another_call(one, other));
    }
    walk.values();
    walk.compared
}

struct Comparer<'m, 'a> {
    source: Source,
    ours: &'m Meaning<'a>,
    theirs: &'m Meaning<'a>,
    compared: Compared<'m, 'a>,
    /// Pairs of schemas that were compared.
    visited: HashSet<(String, *const Part<'a>)>,
    /// An enum of the contract may be several on the other side, which are taken together.
    values: BTreeMap<String, Values<'m, 'a>>,
}

/// An enum of the contract.
struct Values<'m, 'a> {
    place: Spot<'m, 'a>,
    ours: Vec<&'m Part<'a>>,
    unnamed: Vec<&'m str>,
    theirs: Vec<&'m Part<'a>>,
}

impl<'m, 'a> Comparer<'m, 'a> {
    fn add(
        &mut self,
        place: &Spot<'m, 'a>,
        facet: Facet,
        theirs: impl Into<String>,
        ours: impl Into<String>,
    ) {
        let difference = Disagreement {
            place: place.name.clone(),
            facet,
            ours: ours.into(),
            theirs: theirs.into(),
            pointer: place.pointer.clone(),
            at: place.at,
            their_at: place.their_at,
            part: place.theirs,
            after: None,
        };
        let found = &mut self.compared.differences;
        if !found.iter().any(|other| {
            other.place == difference.place
                && other.facet == difference.facet
                && (facet != Facet::Keyword || other.theirs == difference.theirs)
        }) {
            found.push(difference);
        }
    }

    fn required(&mut self, place: &Spot<'m, 'a>, ours: bool, theirs: bool) {
        if ours != theirs {
            let word = |required| if required { "required" } else { "optional" };
            self.add(place, Facet::Required, word(theirs), word(ours));
        }
    }

    fn deprecated(&mut self, place: &Spot<'m, 'a>, ours: bool, theirs: bool) {
        if ours != theirs {
            let word = |deprecated| if deprecated { "deprecated" } else { "in use" };
            self.add(place, Facet::Deprecated, word(theirs), word(ours));
        }
    }

    /// Compares two schemas. Where a value may be absent, whether it may be null as well makes no difference to a
    /// reader, and the contract always allows it.
    fn schemas(
        &mut self,
        place: &Spot<'m, 'a>,
        ours: &'m Part<'a>,
        theirs: &'m Part<'a>,
        null_matters: bool,
    ) {
        let (one, other) = (
            SchemaSummary::of(self.ours, ours),
            SchemaSummary::of(self.theirs, theirs),
        );
        let is_page = self.source == Source::Page;
        let differ = |walk: &mut Self, facet| {
            walk.add(
                place,
                facet,
                words(walk.source, walk.theirs, theirs),
                words(walk.source, walk.ours, ours),
            )
        };
        if let (Some(name), Some(their_name)) = (one.name, other.name) {
            self.compared.names.insert(their_name, name);
        }
        if !other.odd.is_empty() {
            let home = self.home(place, (&one, &other), theirs);
            for odd in &other.odd {
                self.add(&home, Facet::Keyword, (*odd).to_owned(), ABSENT);
            }
        }
        if !one.is_like(&other, !is_page)
            && !matches!((&one.sort, &other.sort), (Sort::Union(_), Sort::Object(_)))
        {
            return differ(self, Facet::Type);
        }
        if !is_page {
            if one.format != other.format {
                differ(self, Facet::Format);
            }
            self.facets(place, &one, &other, null_matters);
        }
        self.contents(place, one, (theirs, other));
    }

    /// What the page has no word on.
    fn facets(
        &mut self,
        place: &Spot<'m, 'a>,
        ours: &SchemaSummary,
        theirs: &SchemaSummary,
        null_matters: bool,
    ) {
        if null_matters && ours.nullable != theirs.nullable && !matches!(ours.sort, Sort::Any) {
            let word = |nullable| if nullable { "nullable" } else { "not nullable" };
            self.add(
                place,
                Facet::Nullable,
                word(theirs.nullable),
                word(ours.nullable),
            );
        }
        self.deprecated(place, ours.deprecated, theirs.deprecated);
        if ours.default != theirs.default {
            let word = |shape: &SchemaSummary| {
                shape.default.map_or(ABSENT.to_owned(), ToString::to_string)
            };
            self.add(place, Facet::Default, word(theirs), word(ours));
        }
    }

    /// What a component contains is at the component, wherever it is used.
    fn home(
        &mut self,
        place: &Spot<'m, 'a>,
        (ours, theirs): (&SchemaSummary, &SchemaSummary),
        part: &'m Part<'a>,
    ) -> Spot<'m, 'a> {
        let mut place = Spot {
            theirs: Some(part),
            ..place.clone()
        };
        if let Some(component) = ours.name.and_then(|name| self.ours.component(name)) {
            self.compared.skipped.remove(&*component.key);
            place.name = component.key.to_string();
            place.pointer = format!("/components/schemas/{}", escape(&component.key));
            place.at = component.at;
        }
        if let Some(component) = theirs.name.and_then(|name| self.theirs.component(name)) {
            place.their_at = component.at;
            place.theirs = Some(component);
        }
        place
    }

    fn contents(
        &mut self,
        place: &Spot<'m, 'a>,
        one: SchemaSummary<'m, 'a>,
        (theirs, other): (&'m Part<'a>, SchemaSummary<'m, 'a>),
    ) {
        let place = self.home(place, (&one, &other), theirs);
        let unnamed = one.unnamed;
        match (one.sort, other.sort) {
            (Sort::Values(ours), Sort::Values(other)) => {
                let values = self.values.entry(place.pointer.clone()).or_insert(Values {
                    place,
                    ours,
                    unnamed,
                    theirs: Vec::new(),
                });
                values.theirs.extend(other);
            }
            (Sort::Array(one), Sort::Array(other)) => {
                self.inner(&place, ("[]", "items"), one, other)
            }
            (Sort::Map(one), Sort::Map(other)) => {
                self.inner(&place, (".*", "additionalProperties"), one, other)
            }
            (Sort::Object(one), Sort::Object(other)) => {
                let pair = (
                    place.pointer.clone(),
                    std::ptr::from_ref(place.theirs.unwrap_or(theirs)),
                );
                if self.visited.insert(pair) {
                    self.fields(&place, (&one, &unnamed), &other);
                }
            }
            (Sort::Union(one), Sort::Union(other)) => self.arms(&place, one, other),
            (Sort::Union(one), Sort::Object(_)) => self.arms(&place, one, vec![theirs]),
            _ => {}
        }
    }
}
