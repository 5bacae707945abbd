//! Which parameters have which values, in how many results. Only values that are one text, number or
//! boolean, of parameters that the contract knows.

use std::collections::BTreeMap;

use processing_results::types::ProcessingResult;

use super::count::BoundedCounts;
use crate::contract::Contract;
use crate::history_table::TELLING;
use crate::output::{parameters, shown};
use crate::text::shortened;

/// Number of values of a parameter that are listed.
const MAX_VALUES: usize = 200;
/// Values of a parameter that are listed.
const MAX_LISTED: usize = 5;
/// The longest value that is shown.
const MAX_LEN: usize = 120;

/// Counts of values of each parameter, by job type. Numbers of names and values are bounded.
#[derive(Default)]
pub(super) struct SettingCounts {
    /// By job type; there are as many as the contract has.
    types: BTreeMap<String, OfType>,
}

#[derive(Default)]
struct OfType {
    results: u64,
    /// By name; there are as many as the contract has.
    values: BTreeMap<String, BoundedCounts<String>>,
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

/// What is known of the settings of a job type.
pub(super) struct Summary<'a> {
    pub(super) job_type: &'a str,
    pub(super) results: u64,
    /// What says most about quality and price comes first.
    pub(super) varying: Vec<Setting<'a>>,
    /// The same in all results.
    pub(super) constant: Vec<(&'a str, &'a str)>,
}

impl SettingCounts {
    pub(super) fn add(&mut self, result: &ProcessingResult, contract: &Contract) {
        let job_type = result.job_type.as_str();
        if contract.job_config(job_type).is_none() {
            return;
        }
        let of_type = self.types.entry(job_type.to_owned()).or_default();
        of_type.results += 1;
        for (name, json) in parameters::flat(result, contract) {
            let is_one = !json.starts_with(['{', '[']);
            if is_one && contract.parameter(job_type, &name).is_some() {
                let values = of_type.values.entry(name);
                let values = values.or_insert_with(|| BoundedCounts::new(MAX_VALUES));
                values.add(shortened(&shown(&json), MAX_LEN).into_owned());
            }
        }
    }

    /// The job types in the contract's order.
    pub(super) fn summaries<'a>(&'a self, contract: &'a Contract) -> Vec<Summary<'a>> {
        let types = contract.job_types();
        let found = types.filter_map(|name| Some(self.types.get(name)?.summary(name)));
        found.collect()
    }
}

impl OfType {
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
        // Then what is set most often.
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
    fn of(name: &'a str, all: &[(&'a String, u64)], untold: u64, results: u64) -> Self {
        let set = all.iter().map(|(_, count)| count).sum::<u64>() + untold;
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
