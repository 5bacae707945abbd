//! Everything that a report counts.
//!
//! Histories are counted as they arrive, and dropped, so that a million items need no more memory than a thousand.
//! Lists that could grow without end have bounds, and the page says when one was reached.

use std::collections::BTreeMap;

use jiff::Timestamp;
use processing_results::types::ItemProcessingResults;

use super::drift::Drift;
use super::price::Prices;
use super::repeats::Repeats;
use super::settings::SettingCounts;
use super::timeline::Timeline;
use crate::analysis::fetch_each::HistorySink;
use crate::contract::Contract;
use crate::exit::Failure;
use crate::text::counted;
use crate::words::{grouped, instant};

/// What is kept of all histories. Its size does not grow with the number of results, except for bounded lists.
pub(super) struct Tally {
    pub(super) contract: &'static Contract,
    /// Items whose histories could be read, in part at least.
    pub(super) items: u64,
    /// The times of the first and the last result that have one.
    pub(super) span: Option<(Timestamp, Timestamp)>,
    pub(super) timeline: Timeline,
    pub(super) repeats: Repeats,
    pub(super) settings: SettingCounts,
    pub(super) drift: Drift,
    /// Items that failed, by reason in words.
    pub(super) failures: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Nothing was counted yet.
    pub(super) fn new(prices: Prices) -> Result<Self, Failure> {
        Ok(Tally {
            items: 0,
            span: None,
            timeline: Timeline::new(),
            repeats: Repeats::new(prices),
            settings: SettingCounts::default(),
            drift: Drift::new()?,
            failures: BTreeMap::new(),
            contract: Contract::bundled()?,
        })
    }

    /// Items that failed, with those that could only be read in part.
    pub(super) fn failed(&self) -> u64 {
        self.failures.values().sum()
    }

    /// The line on standard error: `24 items with 77 results, of which 14 repeat an earlier one`.
    pub(super) fn summary(&self) -> String {
        let all = self.repeats.all;
        let items = counted(self.items, "item");
        let results = counted(all.results, "result");
        let verb = if all.repeats == 1 {
            "repeats"
        } else {
            "repeat"
        };
        let repeats = grouped(all.repeats);
        format!("{items} with {results}, of which {repeats} {verb} an earlier one")
    }
}

impl HistorySink for Tally {
    fn history(&mut self, history: &ItemProcessingResults) -> Result<String, Failure> {
        self.items += 1;
        for result in history.results() {
            self.timeline.add(result);
            self.settings.add(result, self.contract);
            if let Some(time) = instant(result) {
                let (first, last) = self.span.unwrap_or((time, time));
                self.span = Some((first.min(time), last.max(time)));
            }
        }
        self.repeats.add(history, self.contract);
        self.drift.add(history)?;
        Ok(String::new())
    }

    fn failed(&mut self, reason: &'static str) {
        *self.failures.entry(reason).or_default() += 1;
    }

    fn partial(&mut self) {
        let reason = "some results could not be decoded; the others are counted";
        *self.failures.entry(reason).or_default() += 1;
    }
}
