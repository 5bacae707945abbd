//! Results that repeat an earlier one of their item: how many, of which kind, where, and what they cost.
//!
//! Results of an item are the same if job type and parameters hash are. The first of them was wanted, the others are
//! repeats: only those count, and only those cost. Two items with the same document are two items here, since a
//! history does not say what a document contains.

use std::collections::BTreeMap;

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use super::price::Prices;
use crate::contract::Contract;
use crate::mask;
use crate::output::parameters;
use crate::text::{escaped, shortened};
use crate::words::{between, moment, number, short_hash, span};

/// Kinds of jobs that are counted one by one; further ones share their counts.
const MAX_KINDS: usize = 64;
/// Groups that the page can list; further ones are only counted, so that a browser can show it.
const MAX_GROUPS: usize = 5_000;
/// Characters of an id, name or location that are kept.
const MAX_LEN: usize = 200;
/// Outputs of a group that are listed: those of its first results.
const MAX_OUTPUTS: usize = 5;
/// Parameters that decide what a job costs. The first one that is set is the kind of a job.
const KIND: [&str; 4] = ["tier", "parse_mode", "mode", "extraction_mode"];

/// Counts of the results of one kind, or of all kinds.
#[derive(Clone, Copy, Default)]
pub(super) struct KindCounts {
    pub(super) results: u64,
    /// Results that repeat an earlier one.
    pub(super) repeats: u64,
    /// Of the repeats, at the caller's prices.
    pub(super) cost: f64,
    /// Repeats that have a price per page, and an unknown number of pages: they are not in the cost.
    pub(super) unpriced: u64,
    /// Repeats of a kind without a price: they are not in the cost either.
    pub(super) free: u64,
}

/// Results of one item that are the same: one row of the table. Texts are escaped and shortened, times are in UTC.
pub(super) struct RepeatGroup {
    /// The item's id.
    pub(super) item: String,
    pub(super) name: String,
    pub(super) job_type: String,
    pub(super) kind: String,
    /// The number of results but one.
    pub(super) repeats: u64,
    pub(super) first: String,
    pub(super) last: String,
    /// The time between the first and the last one: minutes are a request that was sent twice, months are a decision.
    pub(super) within: Option<String>,
    pub(super) hash: String,
    /// Locations of the first outputs.
    pub(super) outputs: Vec<String>,
    /// Results whose outputs are not among them.
    pub(super) more: u64,
    /// At the caller's prices; `None` if there is none for this kind.
    pub(super) cost: Option<f64>,
}

/// Counts of all results, and the groups of those that are the same.
#[derive(Default)]
pub(super) struct Repeats {
    pub(super) prices: Prices,
    /// By job type, and tier or mode.
    kinds: BTreeMap<(String, String), KindCounts>,
    others: KindCounts,
    groups: Vec<RepeatGroup>,
    pub(super) all: KindCounts,
    /// Items with repeats.
    pub(super) items: u64,
    /// Groups that are not listed.
    pub(super) unlisted: u64,
}

impl Repeats {
    /// Nothing was counted yet.
    pub(super) fn new(prices: Prices) -> Self {
        Repeats {
            prices,
            ..Repeats::default()
        }
    }

    /// Counts the results of an item. Duplicates are looked for within an item, never between items.
    pub(super) fn add(&mut self, history: &ItemProcessingResults, contract: &Contract) {
        for result in history.results() {
            let kind = kind(result, contract);
            self.of_kind(result.job_type.as_str(), &kind).results += 1;
            self.all.results += 1;
        }
        let groups = history.duplicates();
        self.items += u64::from(!groups.is_empty());
        for group in groups {
            self.group(history, &group, contract);
        }
    }

    /// Adds a group of results that are the same, in the order of time.
    fn group(
        &mut self,
        history: &ItemProcessingResults,
        results: &[&ProcessingResult],
        contract: &Contract,
    ) {
        let (Some(first), Some(last)) = (results.first(), results.last()) else {
            return;
        };
        let (job_type, kind) = (first.job_type.as_str(), kind(first, contract));
        let repeats = number(results.len()) - 1;
        let price = self.prices.price(job_type, &kind);
        let (cost, unpriced) = price.map(|_| self.cost(results, &kind)).unzip();
        let add = |counts: &mut KindCounts| {
            counts.repeats += repeats;
            counts.cost += cost.unwrap_or_default();
            counts.unpriced += unpriced.unwrap_or_default();
            counts.free += if cost.is_none() { repeats } else { 0 };
        };
        add(self.of_kind(job_type, &kind));
        add(&mut self.all);
        if self.groups.len() >= MAX_GROUPS {
            self.unlisted += 1;
            return;
        }
        self.groups.push(RepeatGroup {
            item: kept(&history.item_id),
            name: kept(&history.item_name),
            job_type: kept(job_type),
            repeats,
            first: moment(first),
            last: moment(last),
            within: between(first, last).map(span),
            hash: short_hash(&kept(&first.parameters_hash)),
            more: number(results.len().saturating_sub(MAX_OUTPUTS)),
            outputs: outputs(results),
            kind,
            cost,
        });
    }

    /// What the results after the first one cost, and of how many of them the number of pages is unknown.
    fn cost(&self, results: &[&ProcessingResult], kind: &str) -> (f64, u64) {
        let costs = results.iter().skip(1);
        let costs: Vec<_> = costs.map(|result| self.prices.of(result, kind)).collect();
        let unpriced = costs.iter().filter(|cost| cost.is_none()).count();
        (costs.iter().flatten().sum(), number(unpriced))
    }

    /// The counts of a kind of job; beyond the bound all further kinds share theirs.
    fn of_kind(&mut self, job_type: &str, kind: &str) -> &mut KindCounts {
        let key = (kept(job_type), kind.to_owned());
        if !self.kinds.contains_key(&key) && self.kinds.len() >= MAX_KINDS {
            return &mut self.others;
        }
        self.kinds.entry(key).or_default()
    }

    /// Kinds of jobs as job type, tier or mode, and counts: those with most repeats first, the shared counts of all
    /// further kinds last.
    pub(super) fn kinds(&self) -> Vec<(&str, &str, KindCounts)> {
        let kinds = self.kinds.iter();
        let mut kinds: Vec<_> = kinds
            .map(|((job_type, kind), counts)| (job_type.as_str(), kind.as_str(), *counts))
            .collect();
        kinds.sort_by_key(|(.., counts)| (u64::MAX - counts.repeats, u64::MAX - counts.results));
        if self.others.results > 0 {
            kinds.push(("further kinds", "", self.others));
        }
        kinds
    }

    /// What has a price, but no results. It is not known if kinds share their counts.
    pub(super) fn unused_prices(&self) -> Vec<String> {
        let kinds = self.kinds.keys();
        let kinds: Vec<_> = kinds
            .map(|(job_type, kind)| (job_type.as_str(), kind.as_str()))
            .collect();
        match self.others.results {
            0 => self.prices.unused(&kinds),
            _ => Vec::new(),
        }
    }

    /// The groups, the most expensive first, or the largest where there are no prices.
    pub(super) fn groups(&self) -> Vec<&RepeatGroup> {
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by(|one, other| {
            let cost = |group: &RepeatGroup| group.cost.unwrap_or_default();
            let cost = cost(other).total_cmp(&cost(one));
            cost.then(other.repeats.cmp(&one.repeats))
                .then_with(|| one.item.cmp(&other.item))
        });
        groups
    }
}

/// The locations of the first results, without signatures.
fn outputs(results: &[&ProcessingResult]) -> Vec<String> {
    let outputs = results
        .iter()
        .take(MAX_OUTPUTS)
        .map(|result| kept(&result.output_s3_path));
    let outputs = outputs.filter(|output| !output.is_empty());
    outputs.collect()
}

/// The tier or mode of a job, such as `agentic`; empty if it has none.
fn kind(result: &ProcessingResult, contract: &Contract) -> String {
    kept(&parameters::first(result, &KIND, contract).unwrap_or_default())
}

/// A text from the service as it is kept: masked, escaped, and of bounded length.
fn kept(text: &str) -> String {
    shortened(&escaped(&mask::text(text, false)), MAX_LEN).into_owned()
}
