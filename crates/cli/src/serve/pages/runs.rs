//! A history as the runs of a timeline: in the order of time, each compared
//! with the run of the same job type before it.

use std::time::Duration;

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use crate::contract::Contract;
use crate::output::parameters::{self, Parameter};

/// One run, and what is different about it.
pub(super) struct Run<'a> {
    pub(super) result: &'a ProcessingResult,
    /// The time since the run before it, of whatever job type.
    pub(super) since: Option<Duration>,
    /// The run of the same job type that it is compared with, by its place in the timeline.
    pub(super) before: Option<usize>,
    /// Whether that run had the same parameters hash.
    pub(super) is_same_hash: bool,
    pub(super) entries: Vec<Entry>,
}

/// A parameter in a run, or one that was set in the run before and no longer is.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) name: String,
    /// As far as it may be shown.
    pub(super) value: String,
    pub(super) change: Change,
}

/// What became of a parameter since the run of the same job type before.
#[derive(Debug, PartialEq)]
pub(super) enum Change {
    /// It is as it was, or there is nothing to compare with.
    None,
    Added,
    /// It had the value that is given here, as far as that may be shown.
    Changed(String),
    Removed,
}

impl Run<'_> {
    /// How many parameters are not what they were.
    pub(super) fn changes(&self) -> usize {
        let changed = |entry: &&Entry| entry.change != Change::None;
        self.entries.iter().filter(changed).count()
    }
}

/// The runs, the earliest first; of two at the same time, the one that the service sent first.
pub(super) fn of<'a>(history: &'a ItemProcessingResults, contract: &Contract) -> Vec<Run<'a>> {
    let results = history.chronological();
    let all: Vec<_> = results
        .iter()
        .map(|result| parameters::each(result, contract))
        .collect();
    let run = |at: usize| {
        let result: &ProcessingResult = results[at];
        let before = (0..at).rfind(|before| results[*before].job_type == result.job_type);
        let since = at.checked_sub(1).map(|last| {
            let span = result
                .processed_at
                .duration_since(*results[last].processed_at);
            span.unsigned_abs()
        });
        Run {
            result,
            since,
            before,
            is_same_hash: before
                .is_some_and(|before| results[before].parameters_hash == result.parameters_hash),
            entries: compared(before.map(|before| &all[before][..]), &all[at]),
        }
    };
    (0..results.len()).map(run).collect()
}

fn compared(before: Option<&[Parameter]>, now: &[Parameter]) -> Vec<Entry> {
    let Some(before) = before else {
        return now.iter().map(|now| entry(now, Change::None)).collect();
    };
    let same = |name: &str, list: &[Parameter]| list.iter().position(|other| other.name == name);
    let entries = now.iter().map(|now| {
        let change = match same(&now.name, before).map(|at| &before[at]) {
            None => Change::Added,
            Some(before) if before.value == now.value => Change::None,
            Some(before) => Change::Changed(before.shown.clone()),
        };
        entry(now, change)
    });
    let gone = before
        .iter()
        .filter(|before| same(&before.name, now).is_none());
    let gone = gone.map(|before| entry(before, Change::Removed));
    entries.chain(gone).collect()
}

fn entry(parameter: &Parameter, change: Change) -> Entry {
    Entry {
        name: parameter.name.clone(),
        value: parameter.shown.clone(),
        change,
    }
}

#[cfg(test)]
mod tests {
    use processing_results_mock as mock;
    use serde_json::json;

    use super::*;

    fn history(json: &str) -> ItemProcessingResults {
        serde_json::from_str(json).unwrap()
    }

    fn parse(at: &str, parameters: serde_json::Value) -> serde_json::Value {
        json!({
            "item_id": "a", "result_id": at, "job_type": "parse", "processed_at": at,
            "job_config": {"parameters": parameters}, "parameters_hash": "h", "output_s3_path": "",
        })
    }

    #[test]
    fn runs_stand_in_the_order_of_time_whatever_their_offsets() {
        let (_, json) = mock::EXAMPLES[1];
        let history = history(json);
        let runs = of(&history, &Contract::bundled().unwrap());
        let types: Vec<_> = runs
            .iter()
            .map(|run| run.result.job_type.as_str())
            .collect();
        assert_eq!(types, ["parse", "classify", "parse", "extract"]);
        assert_eq!(runs[3].since.map(|since| since.as_secs()), Some(156));
        assert_eq!(runs[2].before, Some(0));
        assert_eq!(runs[0].changes(), 0);
    }

    #[test]
    fn what_changed_is_told_without_secrets() {
        let json = json!({"item_id": "a", "item_name": "a.pdf", "processing_results": [
            parse("2026-01-02T00:00:00Z", json!({"lang": "de", "gpt4o_api_key": "sk-new", "fast_mode": true, "x": 1})),
            parse("2026-01-01T00:00:00Z", json!({"lang": "en", "gpt4o_api_key": "sk-old", "preset": "p", "x": 1})),
        ]});
        let history = history(&json.to_string());
        let runs = of(&history, &Contract::bundled().unwrap());
        let changed = |value: &str| Change::Changed(value.to_owned());
        let told: Vec<_> = runs[1]
            .entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.value.as_str(), &entry.change))
            .collect();
        assert_eq!(
            told,
            [
                ("fast_mode", "true", &Change::Added),
                ("gpt4o_api_key", "***", &changed("***")),
                ("lang", "de", &changed("en")),
                ("x", "<number>", &Change::None),
                ("preset", "p", &Change::Removed),
            ]
        );
    }
}
