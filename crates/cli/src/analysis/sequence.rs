//! The results of a history in the order of time, each compared with the one before it.
//!
//! The table of `get` and the timeline of `serve` are made from it. A result is compared with the last one of the same
//! job type before it. Whether it repeats an earlier one is decided by the parameters hash that the service gave, not
//! by the parameters: a part of them may not be in the history.

use std::collections::HashMap;
use std::time::Duration;

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use crate::contract::Contract;
use crate::output::parameters::{self, Parameter};
use crate::words::between;

/// One result, and how it differs from earlier ones. Other results are named by their place in the sequence, from 0.
pub(crate) struct Step<'a> {
    pub(crate) result: &'a ProcessingResult,
    /// The time since the result before it, of whatever job type; none if one of the two has no time.
    pub(crate) since: Option<Duration>,
    /// The last result of the same job type, which this one is compared with.
    pub(crate) before: Option<usize>,
    /// The first result of the same job type with the same parameters hash; none if that is this one, or the hash is
    /// empty.
    pub(crate) repeats: Option<usize>,
    /// Parameters that are not what they were in `before`.
    pub(crate) changes: Vec<Parameter>,
}

/// The sequence of a history, the earliest result first; of two at the same time, the one that the service sent first.
/// It takes time in proportion to the number of results. With `reveal`, changed credentials are not masked.
pub(crate) fn of<'a>(
    history: &'a ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
) -> Vec<Step<'a>> {
    let results = history.chronological();
    let mut last = HashMap::new();
    let mut first = HashMap::new();
    let step = |(at, result): (usize, &&'a ProcessingResult)| {
        let result: &ProcessingResult = result;
        let before = last.insert(&result.job_type, at);
        let hash = result.parameters_hash.as_str();
        let earliest = *first.entry((&result.job_type, hash)).or_insert(at);
        let since = at
            .checked_sub(1)
            .and_then(|last| between(results[last], result));
        let changes =
            before.map(|before| parameters::changes(result, results[before], contract, reveal));
        Step {
            result,
            since,
            before,
            repeats: (earliest < at && !hash.is_empty()).then_some(earliest),
            changes: changes.unwrap_or_default(),
        }
    };
    results.iter().enumerate().map(step).collect()
}

#[cfg(test)]
mod tests {
    use processing_results_mock as mock;
    use serde_json::json;

    use super::*;

    fn history(json: &str) -> ItemProcessingResults {
        serde_json::from_str(json).unwrap()
    }

    fn parse(at: &str, hash: &str, parameters: serde_json::Value) -> serde_json::Value {
        json!({
            "item_id": "a", "result_id": at, "job_type": "parse", "processed_at": at,
            "job_config": {"parameters": parameters}, "parameters_hash": hash, "output_s3_path": "",
        })
    }

    #[test]
    fn results_are_in_the_order_of_time_whatever_their_offsets() {
        let (_, json) = mock::EXAMPLES[1];
        let history = history(json);
        let steps = of(&history, Contract::bundled().unwrap(), false);
        let types: Vec<_> = steps
            .iter()
            .map(|step| step.result.job_type.as_str())
            .collect();
        assert_eq!(types, ["parse", "classify", "parse", "extract"]);
        assert_eq!(steps[3].since.map(|since| since.as_secs()), Some(156));
        assert_eq!(steps[2].before, Some(0));
        assert!(steps[0].changes.is_empty() && steps[2].repeats.is_none());
    }

    #[test]
    fn changes_are_shown_without_secrets_and_repeats_are_found() {
        let json = json!({"item_id": "a", "item_name": "a.pdf", "processing_results": [
            parse("2026-01-02T00:00:00Z", "h", json!({"lang": "de", "gpt4o_api_key": "sk-new", "fast_mode": true, "x": 1})),
            parse("2026-01-01T00:00:00Z", "h", json!({"lang": "en", "gpt4o_api_key": "sk-old", "preset": "p", "x": 1})),
        ]});
        let history = history(&json.to_string());
        let steps = of(&history, Contract::bundled().unwrap(), false);
        assert_eq!(steps[1].repeats, Some(0));
        let shown: Vec<_> = steps[1]
            .changes
            .iter()
            .map(|it| (it.name.as_str(), it.before.as_deref(), it.after.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("fast_mode", None, Some("true")),
                ("gpt4o_api_key", Some("\"***\""), Some("\"***\"")),
                ("lang", Some("\"en\""), Some("\"de\"")),
                ("preset", Some("\"p\""), None),
            ]
        );
    }

    #[test]
    fn a_long_history_takes_time_in_proportion_to_its_length() {
        let of_length = |len: usize| {
            let result = |at: usize| {
                let mut result = parse("2026-01-01T00:00:00Z", "h", json!({}));
                result["job_type"] = json!(format!("type-{at}"));
                result
            };
            let results: Vec<_> = (0..len).map(result).collect();
            let json = json!({"item_id": "a", "item_name": "", "processing_results": results});
            history(&json.to_string())
        };
        let contract = Contract::bundled().unwrap();
        let work = |len| assert_eq!(of(&of_length(len), contract, false).len(), len);
        crate::linear::grows_linearly(work, 1_000);
    }
}
