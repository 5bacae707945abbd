//! Which parameters are set to what, in how many runs. Only values that are one text,
//! number or yes or no, of parameters that the contract knows.

use std::collections::{BTreeMap, HashSet};

use processing_results::JobType;
use processing_results::types::ProcessingResult;

use super::count::Counts;
use crate::contract::Contract;
use crate::output::parameters;

/// Different values of a parameter that are told apart.
const VALUES: usize = 200;
/// Settings that are listed for a job type.
const LISTED: usize = 15;
/// Components whose fields are parameters, and parameters that stand beside them.
const COMPONENTS: [&str; 2] = ["BatchParseJobConfig", "ClassifyParsingConfiguration"];
const BESIDE: [&str; 1] = ["mode"];
/// Job types with parameters that the contract knows.
pub(super) const TYPES: [JobType; 2] = [JobType::Parse, JobType::Classify];

pub(super) struct Settings {
    known: HashSet<String>,
    /// By job type and name; there are as many names as the contract has.
    values: BTreeMap<(&'static str, String), Counts<String>>,
}

/// A parameter, its value as far as it may be shown, and in how many runs it has that.
pub(super) struct Setting<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) runs: u64,
}

impl Settings {
    pub(super) fn new(contract: &Contract) -> Self {
        let components = COMPONENTS
            .iter()
            .filter_map(|name| contract.component(name));
        let fields = components.map(|schema| schema.fields.keys().cloned());
        let beside = BESIDE.iter().map(|name| (*name).to_owned());
        Settings {
            known: fields.flatten().chain(beside).collect(),
            values: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, result: &ProcessingResult, contract: &Contract) {
        let Some(job_type) = name(&result.job_type) else {
            return;
        };
        for parameter in parameters::set(result, contract, false) {
            let json = parameter.after.unwrap_or_default();
            let is_one = !json.starts_with(['{', '[']);
            if is_one && self.known.contains(&parameter.name) {
                let values = self.values.entry((job_type, parameter.name));
                let values = values.or_insert_with(|| Counts::new(VALUES));
                values.add(parameters::shown(&json));
            }
        }
    }

    /// What most runs of a job type have, the most frequent first.
    pub(super) fn most_common(&self, job_type: &JobType) -> Vec<Setting<'_>> {
        let wanted = name(job_type);
        let of_type = self
            .values
            .iter()
            .filter(|((job_type, _), _)| Some(*job_type) == wanted);
        let mut settings: Vec<_> = of_type
            .flat_map(|((_, name), values)| {
                values
                    .sorted()
                    .into_iter()
                    .map(move |(value, runs)| Setting { name, value, runs })
            })
            .collect();
        settings.sort_by_key(|setting| u64::MAX - setting.runs);
        settings.truncate(LISTED);
        settings
    }

    /// Parameters with more values than are told apart.
    pub(super) fn too_many(&self, job_type: &JobType) -> Vec<&str> {
        let wanted = name(job_type);
        let many = self
            .values
            .iter()
            .filter(|((job_type, _), values)| Some(*job_type) == wanted && values.others() > 0);
        many.map(|((_, name), _)| name.as_str()).collect()
    }
}

/// None for job types whose parameters are not known.
fn name(job_type: &JobType) -> Option<&'static str> {
    match job_type {
        JobType::Parse => Some("parse"),
        JobType::Classify => Some("classify"),
        _ => None,
    }
}
