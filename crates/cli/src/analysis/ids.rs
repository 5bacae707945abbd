//! Ids of results: shortened for tables, and found again by their beginning.
//!
//! Result ids are UUIDs, mostly. A table on a terminal shows as much of each as distinguishes it from the others of its
//! item, 8 characters at least, and every argument that takes an id takes a beginning too, as `git` does with hashes.

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use crate::exit::{Exit, Failure};
use crate::text::{escaped, shortened};
use crate::words::{grouped, moment, number};

/// Characters that a shortened id has at least.
const MIN_LEN: usize = 8;
/// If all ids of an item are at most this long, none is shortened.
const SHORT_LEN: usize = 16;
/// Results that an error lists, the latest ones.
const MAX_LISTED: usize = 12;

/// The number of characters with which all ids of a history differ; `usize::MAX` if they are short.
pub(crate) fn short_len(history: &ItemProcessingResults) -> usize {
    let mut ids: Vec<Vec<char>> = history
        .results()
        .iter()
        .map(|result| result.result_id.chars().collect())
        .collect();
    ids.sort();
    ids.dedup();
    let common = ids.windows(2).map(|pair| {
        let same = pair[0].iter().zip(&pair[1]);
        same.take_while(|(one, other)| one == other).count()
    });
    let len = common.max().map_or(0, |common| common + 1).max(MIN_LEN);
    match ids.iter().all(|id| id.len() <= SHORT_LEN) {
        true => usize::MAX,
        false => len,
    }
}

/// The beginning of an id, without an ellipsis: it can be copied into an argument.
pub(crate) fn short(id: &str, len: usize) -> String {
    escaped(shortened(id, len).trim_end_matches('…'))
}

/// The result with this id, or the only one whose id begins with it.
///
/// An id that begins others too, such as `run-1` beside `run-10`, is found. `missing` is the exit code for an id that no
/// result has: it is 4 for `download`, which looks for an output, and 2 for `diff`, whose arguments are wrong.
pub(crate) fn find<'a>(
    history: &'a ItemProcessingResults,
    id: &str,
    missing: Exit,
) -> Result<&'a ProcessingResult, Failure> {
    let results = history.results();
    if let Some(found) = results.iter().find(|result| result.result_id == id) {
        return Ok(found);
    }
    let begins = |result: &&ProcessingResult| result.result_id.starts_with(id) && !id.is_empty();
    let found: Vec<_> = results.iter().filter(begins).collect();
    let item = &history.item_id;
    match found[..] {
        [found] => Ok(found),
        [] => Err(Failure::new(
            missing,
            format!("item {item} has no result {id}; {}", listed(history, "")),
        )),
        _ => Err(Failure::usage(format!(
            "several results of item {item} begin with {id}; {}",
            listed(history, id)
        ))),
    }
}

/// The ids that could have been meant, the latest first, with job type and time. `prefix` is empty for all.
fn listed(history: &ItemProcessingResults, prefix: &str) -> String {
    let mut results = history.chronological();
    results.retain(|result| result.result_id.starts_with(prefix));
    let count = results.len();
    let mut listed: Vec<_> = results
        .into_iter()
        .rev()
        .take(MAX_LISTED)
        .map(|result| {
            let job_type = result.job_type.as_str();
            format!("{} ({job_type}, {})", result.result_id, moment(result))
        })
        .collect();
    if count > MAX_LISTED {
        listed.push(format!("and {} more", grouped(number(count - MAX_LISTED))));
    }
    match listed.is_empty() {
        true => "it has none".to_owned(),
        false => format!("there are {}", listed.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn history(ids: &[&str]) -> ItemProcessingResults {
        let result = |id: &&str| {
            json!({
                "item_id": "a", "result_id": id, "job_type": "parse", "job_config": {},
                "processed_at": "2026-01-01T00:00:00Z", "parameters_hash": "", "output_s3_path": "",
            })
        };
        let results: Vec<_> = ids.iter().map(result).collect();
        serde_json::from_value(
            json!({"item_id": "a", "item_name": "", "processing_results": results}),
        )
        .unwrap()
    }

    #[test]
    fn a_short_id_leads_back_to_its_result() {
        let ids = [
            "8d1c7b30-52e4-4a6f",
            "8d1c7b30-52e5-4a6f",
            "8d1c7b31-0000-4a6f",
        ];
        let history = history(&ids);
        let len = short_len(&history);
        assert_eq!(len, 13);
        for id in ids {
            assert_eq!(
                find(&history, &short(id, len), Exit::Usage)
                    .unwrap()
                    .result_id,
                id
            );
        }
        let failure = find(&history, "8d1c7b30", Exit::NotFound).unwrap_err();
        assert!(
            failure.message().starts_with("several results"),
            "{}",
            failure.message()
        );
        assert!(!failure.message().contains("8d1c7b31"));
        assert!(find(&history, "", Exit::Usage).is_err());
        assert_eq!(failure.exit, Exit::Usage);
        let failure = find(&history, "9", Exit::NotFound).unwrap_err();
        assert_eq!(failure.exit, Exit::NotFound);
    }

    #[test]
    fn an_id_that_begins_another_is_found_and_short_ids_stay() {
        let history = history(&["run-1", "run-10"]);
        assert_eq!(
            find(&history, "run-1", Exit::Usage).unwrap().result_id,
            "run-1"
        );
        assert_eq!(short("run-10", short_len(&history)), "run-10");
    }
}
