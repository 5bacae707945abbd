//! Two schemas at one place.
//!
//! ```text
//! Item.size: type changed: `string` at the vendor, `integer` here      and nothing else of it is compared
//! Item.size: format changed: `integer int32` ..., `integer` here       but what is in it is compared as well
//! ```
//!
//! Where the types differ, what is in them can't be held against each other; components behind them stay in
//! `Compared::skipped`, so that rows of the ledger about their fields wait until the type is decided.

use super::super::difference::{ABSENT, Facet, Source};
use super::super::shape::{SchemaSummary, Sort};
use super::place::Spot;
use super::values::Values;
use super::{Comparer, DEPRECATED, NULLABLE};
use crate::meaning::Part;
use crate::yaml::node::escape;

/// A schema of the contract and the vendor's, in short.
type Summaries<'s, 'm, 'a> = (&'s SchemaSummary<'m, 'a>, &'s SchemaSummary<'m, 'a>);

impl<'m, 'a> Comparer<'m, 'a> {
    /// Compares two schemas. Where a value may be absent, whether it may be null as well makes no difference to a
    /// reader, and the contract always allows it.
    ///
    /// `null_matters` is whether the value is always there. A union of the contract may be one of its alternatives at the
    /// vendor, which documents less.
    pub(super) fn schemas(
        &mut self,
        place: &Spot<'m, 'a>,
        ours: &'m Part<'a>,
        theirs: &'m Part<'a>,
        null_matters: bool,
    ) {
        let one = SchemaSummary::of(self.ours, ours);
        let other = SchemaSummary::of(self.theirs, theirs);
        let is_page = self.source == Source::Page;
        if let (Some(name), Some(their_name)) = (one.name, other.name) {
            self.compared.names.insert(their_name, name);
        }
        if !other.odd.is_empty() {
            let home = self.home(place, (&one, &other), theirs);
            for odd in &other.odd {
                self.add(&home, Facet::Keyword, *odd, ABSENT);
            }
        }
        let has_arm = matches!((&one.sort, &other.sort), (Sort::Union(_), Sort::Object(_)));
        let is_like = one.is_like(&other, !is_page) || has_arm;
        if !is_like || (!is_page && one.format != other.format) {
            let facet = if is_like { Facet::Format } else { Facet::Type };
            self.add(place, facet, self.their_words(theirs), self.our_words(ours));
        }
        if is_like {
            if !is_page {
                self.facets(place, (&one, &other), null_matters);
            }
            self.contents(place, one, (theirs, other));
        }
    }

    /// What the page has no word on.
    fn facets(
        &mut self,
        place: &Spot<'m, 'a>,
        (ours, theirs): Summaries<'_, 'm, 'a>,
        null_matters: bool,
    ) {
        if null_matters && !matches!(ours.sort, Sort::Any) {
            let nullable = (ours.nullable, theirs.nullable);
            self.flag(place, Facet::Nullable, nullable, NULLABLE);
        }
        let deprecated = (ours.deprecated, theirs.deprecated);
        self.flag(place, Facet::Deprecated, deprecated, DEPRECATED);
        if ours.default != theirs.default {
            let word = |shape: &SchemaSummary| {
                let default = shape.default.map(ToString::to_string);
                default.unwrap_or_else(|| ABSENT.to_owned())
            };
            self.add(place, Facet::Default, word(theirs), word(ours));
        }
    }

    /// What a component contains is at the component, wherever it is used; of a schema without a name, where it stands.
    fn home(
        &mut self,
        place: &Spot<'m, 'a>,
        (ours, theirs): Summaries<'_, 'm, 'a>,
        part: &'m Part<'a>,
    ) -> Spot<'m, 'a> {
        let mut place = place.clone();
        place.theirs = Some(part);
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

    /// Compares what is in two schemas of one sort. Enums are collected and compared in the end.
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
                let values = self.values.entry(place.pointer.clone());
                let values = values.or_insert_with(|| Values::new(place, ours, unnamed));
                values.theirs.extend(other);
            }
            (Sort::Array(one), Sort::Array(other)) => {
                self.inner(&place, ("[]", "items"), (one, other));
            }
            (Sort::Map(one), Sort::Map(other)) => {
                self.inner(&place, (".*", "additionalProperties"), (one, other));
            }
            (Sort::Object(one), Sort::Object(other)) => {
                let part = std::ptr::from_ref(place.theirs.unwrap_or(theirs));
                if self.visited.insert((place.pointer.clone(), part)) {
                    self.fields(&place, (&one, &unnamed), &other);
                }
            }
            (Sort::Union(one), Sort::Union(other)) => self.arms(&place, one, other),
            (Sort::Union(one), Sort::Object(_)) => self.arms(&place, one, vec![theirs]),
            _ => {}
        }
    }
}
