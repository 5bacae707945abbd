//! Values of enums.

use super::super::difference::{ABSENT, Facet};
use super::Comparer;
use super::place::Spot;
use crate::meaning::Part;
use crate::spec::UNNAMED;

/// An enum of the contract.
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
    pub(super) fn values(&mut self) {
        for values in std::mem::take(&mut self.values).into_values() {
            self.values_gone(&values);
            self.values_added(&values);
        }
    }

    fn values_gone(&mut self, values: &Values<'m, 'a>) {
        let listed = values.ours.iter().enumerate();
        let listed = listed.map(|(index, value)| (&*value.key, value.at, "enum", index));
        let unnamed = values.unnamed.iter().enumerate();
        let unnamed = unnamed.map(|(index, name)| (*name, values.place.at, UNNAMED, index));
        for (name, at, list, index) in listed.chain(unnamed) {
            if !has(&values.theirs, name) {
                let mut place = values.spot(name);
                place.at = at;
                place.pointer += &format!("/{list}/{index}");
                self.add(&place, Facet::Value, ABSENT, "value");
            }
        }
    }

    fn values_added(&mut self, values: &Values<'m, 'a>) {
        for (index, value) in values.theirs.iter().enumerate() {
            if has(&values.ours, &value.key) || values.unnamed.contains(&&*value.key) {
                continue;
            }
            let mut place = values.spot(&value.key);
            (place.their_at, place.theirs) = (value.at, Some(*value));
            self.add(&place, Facet::Value, "value", ABSENT);
            let before = values.theirs[..index].iter();
            let known = before.rev().find(|other| has(&values.ours, &other.key));
            if let Some(added) = self.compared.differences.last_mut() {
                added.after = known.map(|known| known.key.to_string());
            }
        }
    }
}

fn has(values: &[&Part], name: &str) -> bool {
    values.iter().any(|value| value.key == name)
}
