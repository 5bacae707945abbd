//! Which parameters have which values, in how many results, by job type.
//!
//! Only values that are one text, number or boolean are counted, of parameters that the contract knows: a list or an
//! object is hardly ever the same twice, and an unknown parameter has no place in a table that people compare.
//! Credentials are masked before they are counted, so all keys are one value, `***`.

use std::collections::BTreeMap;

use processing_results::types::ProcessingResult;

use super::count::BoundedCounts;
use crate::contract::Contract;
use crate::history_table::TELLING;
use crate::output::{parameters, shown};
use crate::text::shortened;

/// Different values of a parameter that are counted one by one.
const MAX_VALUES: usize = 200;
/// Values of a parameter that the page lists, the most frequent ones.
const MAX_LISTED: usize = 5;
/// Characters of a value that are kept. Values that are the same up to there count as one.
const MAX_LEN: usize = 120;

/// Counts of the values of each parameter, by job type. Names are bounded by the contract, values by [`MAX_VALUES`].
#[derive(Default)]
pub(super) struct SettingCounts {
    /// By job type; there are as many as the contract has.
    types: BTreeMap<String, OfType>,
}

/// The counts of one job type.
#[derive(Default)]
struct OfType {
    /// Results of the type, with parameters or without.
    results: u64,
    /// By name, with the path of a nested one: `parsing_configuration.lang`.
    values: BTreeMap<String, BoundedCounts<String>>,
    /// The JSON of the parameters that came last, and what is counted of them: most results have the same ones.
    last: (String, Vec<(String, String)>),
}

/// A parameter of a job type.
pub(super) struct Setting<'a> {
    pub(super) name: &'a str,
    /// Its most frequent values, and in how many results it has them.
    pub(super) values: Vec<(&'a str, u64)>,
    /// Results in which it has another value.
    pub(super) others: u64,
    /// Results in which it is not set.
    pub(super) unset: u64,
}

/// The settings of a job type, sorted for the page.
pub(super) struct Summary<'a> {
    pub(super) job_type: &'a str,
    pub(super) results: u64,
    /// Parameters that have several values, or are not always set. What says most about quality and price comes first.
    pub(super) varying: Vec<Setting<'a>>,
    /// Name and value of the parameters that are the same in all results.
    pub(super) constant: Vec<(&'a str, &'a str)>,
}

impl SettingCounts {
    /// Counts the parameters of a result. A job type without a configuration in the contract has none to count.
    pub(super) fn add(&mut self, result: &ProcessingResult, contract: &Contract) {
        let job_type = result.job_type.as_str();
        if contract.job_config(job_type).is_none() {
            return;
        }
        let of_type = self.types.entry(job_type.to_owned()).or_default();
        of_type.results += 1;
        let json = parameters::json(result, contract);
        if of_type.last.0 != json {
            let is_counted = |(name, json): &(String, String)| {
                !json.starts_with(['{', '[']) && contract.parameter(job_type, name).is_some()
            };
            let counted = parameters::flat(result, contract).into_iter();
            let counted = counted.filter(is_counted).map(|(name, json)| {
                let value = shortened(&shown(&json), MAX_LEN).into_owned();
                (name, value)
            });
            of_type.last = (json.to_owned(), counted.collect());
        }
        for (name, value) in &of_type.last.1 {
            let values = of_type.values.entry(name.clone());
            let values = values.or_insert_with(|| BoundedCounts::new(MAX_VALUES));
            values.add(value.clone());
        }
    }

    /// A summary for each job type that occurred, in the contract's order.
    pub(super) fn summaries<'a>(&'a self, contract: &'a Contract) -> Vec<Summary<'a>> {
        let types = contract.job_types();
        let found = types.filter_map(|name| Some(self.types.get(name)?.summary(name)));
        found.collect()
    }
}

impl OfType {
    /// Separates what varies from what is the same everywhere.
    fn summary<'a>(&'a self, job_type: &'a str) -> Summary<'a> {
        let (mut varying, mut constant) = (Vec::new(), Vec::new());
        for (name, counts) in &self.values {
            let all = counts.sorted();
            match all[..] {
                [(value, count)] if count == self.results => {
                    constant.push((name.as_str(), value.as_str()))
                }
                _ => varying.push(Setting::of(name, &all, counts.others(), self.results)),
            }
        }
        // Those that say most come first, then those that are set most often.
        let rank = |name: &str| TELLING.iter().position(|telling| *telling == name);
        varying.sort_by_key(|it| (rank(it.name).unwrap_or(TELLING.len()), it.unset));
        Summary {
            job_type,
            results: self.results,
            varying,
            constant,
        }
    }
}

impl<'a> Setting<'a> {
    /// `all` are its values with their counts, `uncounted` the results with a value beyond [`MAX_VALUES`], `results` all
    /// results of the job type.
    fn of(name: &'a str, all: &[(&'a String, u64)], uncounted: u64, results: u64) -> Self {
        let set = all.iter().map(|(_, count)| count).sum::<u64>() + uncounted;
        let values: Vec<_> = all
            .iter()
            .take(MAX_LISTED)
            .map(|(value, count)| (value.as_str(), *count))
            .collect();
        let listed: u64 = values.iter().map(|(_, count)| count).sum();
        Setting {
            name,
            values,
            others: set - listed,
            unset: results.saturating_sub(set),
        }
    }
}
