//! Runs by job type, and those among them that repeat an earlier one.

use std::collections::BTreeMap;

use processing_results::types::ItemProcessingResults;

use crate::text::{escaped, shortened};

/// Different job types that are told apart; the service has three.
const TYPES: usize = 32;
/// Items that are listed.
const LISTED: usize = 10;
/// Longest id or name that is kept.
const LONGEST: usize = 120;

/// What is known of the runs of a job type.
#[derive(Default)]
pub(super) struct OfType {
    pub(super) runs: u64,
    pub(super) repeats: u64,
}

/// An item in which much was repeated.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) runs: u64,
    pub(super) repeats: u64,
}

#[derive(Default)]
pub(super) struct Repeats {
    types: BTreeMap<String, OfType>,
    /// Of job types beyond those that are told apart.
    other_types: OfType,
    /// Those with most repeats.
    items: Vec<Item>,
    repeated: u64,
    all: OfType,
}

impl Repeats {
    pub(super) fn add(&mut self, history: &ItemProcessingResults) {
        let before = self.all.repeats;
        for result in history.results() {
            self.of_type(result.job_type.as_str()).runs += 1;
        }
        for group in history.duplicates() {
            let repeats = number(group.len()).saturating_sub(1);
            if let Some(result) = group.first() {
                self.of_type(result.job_type.as_str()).repeats += repeats;
                self.all.repeats += repeats;
            }
        }
        let runs = number(history.results().len());
        self.all.runs += runs;
        let repeats = self.all.repeats - before;
        if repeats > 0 {
            self.repeated += 1;
            self.list(history, runs, repeats);
        }
    }

    fn of_type(&mut self, name: &str) -> &mut OfType {
        if !self.types.contains_key(name) && self.types.len() >= TYPES {
            return &mut self.other_types;
        }
        self.types.entry(name.to_owned()).or_default()
    }

    fn list(&mut self, history: &ItemProcessingResults, runs: u64, repeats: u64) {
        let kept = |text: &str| shortened(&escaped(text), LONGEST).into_owned();
        let item = Item {
            id: kept(&history.item_id),
            name: kept(&history.item_name),
            runs,
            repeats,
        };
        let rank = |item: &Item| (u64::MAX - item.repeats, item.id.clone());
        let at = self
            .items
            .partition_point(|other| rank(other) <= rank(&item));
        self.items.insert(at, item);
        self.items.truncate(LISTED);
    }

    /// Job types, those with most runs first, and then the ones that are not told apart.
    pub(super) fn types(&self) -> Vec<(String, &OfType)> {
        let mut types: Vec<_> = self.types.iter().collect();
        types.sort_by(|one, other| {
            other
                .1
                .runs
                .cmp(&one.1.runs)
                .then_with(|| one.0.cmp(other.0))
        });
        let kept = |text: &str| shortened(&escaped(text), LONGEST).into_owned();
        let mut types: Vec<_> = types
            .into_iter()
            .map(|(name, it)| (kept(name), it))
            .collect();
        if self.other_types.runs > 0 {
            types.push(("further types".to_owned(), &self.other_types));
        }
        types
    }

    pub(super) fn all(&self) -> &OfType {
        &self.all
    }

    /// Items with most repeats, and in how many items there were some.
    pub(super) fn items(&self) -> (&[Item], u64) {
        (&self.items, self.repeated)
    }

    pub(super) fn runs_of(&self, job_type: &str) -> u64 {
        self.types.get(job_type).map_or(0, |it| it.runs)
    }
}

pub(super) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
