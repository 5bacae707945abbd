//! Everything that a report counts.

use std::collections::BTreeMap;

use processing_results::ErrorKind;
use processing_results::types::{ItemProcessingResults, Timestamp};

use super::drift::Drift;
use super::repeats::Repeats;
use super::settings::Settings;
use super::tables::grouped;
use super::timeline::Timeline;
use crate::analysis::fetch_each::Sink;
use crate::contract::Contract;
use crate::error_kinds::facts;
use crate::exit::Failure;

pub(super) struct Tally {
    contract: &'static Contract,
    /// Whose histories could be read.
    pub(super) items: u64,
    /// The first and the last run.
    pub(super) span: Option<(Timestamp, Timestamp)>,
    pub(super) timeline: Timeline,
    pub(super) repeats: Repeats,
    pub(super) settings: Settings,
    pub(super) drift: Drift,
    pub(super) failures: BTreeMap<&'static str, u64>,
}

impl Tally {
    pub(super) fn new() -> Result<Self, Failure> {
        let contract = Contract::bundled()?;
        Ok(Tally {
            items: 0,
            span: None,
            timeline: Timeline::new(),
            repeats: Repeats::default(),
            settings: Settings::new(contract),
            drift: Drift::new()?,
            failures: BTreeMap::new(),
            contract,
        })
    }

    pub(super) fn failed(&self) -> u64 {
        self.failures.values().sum()
    }

    /// What it comes to, in a few words.
    pub(super) fn summary(&self) -> String {
        let all = self.repeats.all();
        let (items, runs) = (counted(self.items, "item"), counted(all.runs, "run"));
        match all.repeats {
            1 => format!("{items} with {runs}, of which 1 repeats an earlier one"),
            repeats => {
                let repeats = grouped(repeats);
                format!("{items} with {runs}, of which {repeats} repeat an earlier one")
            }
        }
    }
}

impl Sink for Tally {
    fn history(&mut self, history: &ItemProcessingResults) -> Result<String, Failure> {
        self.items += 1;
        for result in history.results() {
            self.timeline.add(result);
            self.settings.add(result, self.contract);
            let time = &result.processed_at;
            let (first, last) = self
                .span
                .get_or_insert_with(|| (time.clone(), time.clone()));
            if time < first {
                *first = time.clone();
            }
            if time > last {
                *last = time.clone();
            }
        }
        self.repeats.add(history);
        self.drift.add(history)?;
        Ok(String::new())
    }

    fn failed(&mut self, kind: ErrorKind) {
        *self.failures.entry(facts(kind).reason).or_default() += 1;
    }
}

/// A number of things: `1 run`, `2 runs`.
pub(super) fn counted(count: u64, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        _ => format!("{} {thing}s", grouped(count)),
    }
}
