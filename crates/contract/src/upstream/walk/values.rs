//! Values of enums.
//!
//! One enum of the contract may be several of the vendor's, since a generator writes an enum wherever it is used:
//!
//! ```yaml
//! # the contract                               # the vendor
//! job_type: {$ref: JobType}                    job_type: {enum: [parse]}
//! kind: {$ref: JobType}                        kind: {enum: [classify, extract]}
//! ```
//!
//! `JobType` lacks a value only if none of them has it, so they are taken together before anything is reported.

use super::super::difference::{ABSENT, Facet};
use super::Comparer;
use super::place::Spot;
use crate::meaning::Part;
use crate::spec::UNNAMED;
use std::collections::HashSet;

/// An enum of the contract, with its values and those that it only lists, and all values that the vendor has for it.
pub(super) struct Values<'m, 'a> {
    place: Spot<'m, 'a>,
    ours: Vec<&'m Part<'a>>,
    unnamed: Vec<&'m str>,
    pub(super) theirs: Vec<&'m Part<'a>>,
}

impl<'m, 'a> Values<'m, 'a> {
    pub(super) fn new(
        place: Spot<'m, 'a>,
        ours: Vec<&'m Part<'a>>,
        unnamed: Vec<&'m str>,
    ) -> Values<'m, 'a> {
        let theirs = Vec::new();
        Values {
            place,
            ours,
            unnamed,
            theirs,
        }
    }

    fn spot(&self, value: &str) -> Spot<'m, 'a> {
        self.place.named(format!("{} \"{value}\"", self.place.name))
    }
}

impl<'m, 'a> Comparer<'m, 'a> {
    /// Reports what differs in all enums that were met.
    pub(super) fn values(&mut self) {
        for values in std::mem::take(&mut self.values).into_values() {
            self.values_gone(&values);
            self.values_added(&values);
        }
    }

    fn values_gone(&mut self, values: &Values<'m, 'a>) {
        let theirs = names(&values.theirs);
        let listed = values.ours.iter().enumerate();
        let listed = listed.map(|(index, value)| (&*value.key, value.at, "enum", index));
        let unnamed = values.unnamed.iter().enumerate();
        let unnamed = unnamed.map(|(index, name)| (*name, values.place.at, UNNAMED, index));
        for (name, at, list, index) in listed.chain(unnamed) {
            if !theirs.contains(name) {
                let mut place = values.spot(name);
                place.at = at;
                place.pointer += &format!("/{list}/{index}");
                self.add(&place, Facet::Value, ABSENT, "value");
            }
        }
    }

    /// A new value goes behind the one that it follows at the vendor, if the contract has that.
    fn values_added(&mut self, values: &Values<'m, 'a>) {
        let ours = names(&values.ours);
        let unnamed: HashSet<_> = values.unnamed.iter().copied().collect();
        let mut known = None;
        for value in &values.theirs {
            let name = &*value.key;
            if ours.contains(name) {
                known = Some(name);
            }
            if ours.contains(name) || unnamed.contains(name) {
                continue;
            }
            let mut place = values.spot(name);
            (place.their_at, place.theirs) = (value.at, Some(*value));
            self.add(&place, Facet::Value, "value", ABSENT);
            if let Some(added) = self.compared.differences.last_mut() {
                added.after = known.map(str::to_owned);
            }
        }
    }
}

fn names<'m>(values: &[&'m Part]) -> HashSet<&'m str> {
    values.iter().map(|value| &*value.key).collect()
}
