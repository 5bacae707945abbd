//! Which outputs to download: those of the results that the arguments select.
//!
//! `--result` names results by id or by its beginning, `--latest` selects the latest of each job type, and without them
//! all results are meant. Results may share an output, which is downloaded once.

use std::collections::{HashMap, HashSet};

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use super::args::Download;
use super::location::Location;
use crate::analysis::ids;
use crate::exit::{Exit, Failure};
use crate::text;

/// The outputs in the service's order. A result without an output is a note on standard error, and so is an item without
/// any: neither is an error.
pub(crate) fn outputs(
    history: &ItemProcessingResults,
    download: &Download,
) -> Result<Vec<Location>, Failure> {
    let mut outputs = Vec::new();
    let mut seen = HashSet::new();
    for result in results(history, download)? {
        match location(result, download.bucket.as_deref())? {
            Some(location) if seen.insert(location.clone()) => outputs.push(location),
            Some(_) => {}
            None => text::info(&format!("note: result {} has no output", result.result_id)),
        }
    }
    if outputs.is_empty() {
        let of = download
            .job_type
            .as_ref()
            .map(|job_type| format!(" of job type {job_type}"));
        text::info(&format!(
            "note: item {} has no outputs{}",
            history.item_id,
            of.unwrap_or_default()
        ));
    }
    Ok(outputs)
}

/// The selected results, in the service's order.
fn results<'a>(
    history: &'a ItemProcessingResults,
    download: &Download,
) -> Result<Vec<&'a ProcessingResult>, Failure> {
    let all = history.results();
    let named = download
        .result
        .iter()
        .map(|id| ids::find(history, id, Exit::NotFound));
    let named: HashSet<_> = named
        .map(|it| it.map(|it| &it.result_id))
        .collect::<Result<_, _>>()?;
    let mut latest = HashMap::new();
    if download.latest {
        for result in all {
            let job_type = &result.job_type;
            let find = || history.latest(job_type).map(std::ptr::from_ref);
            latest.entry(job_type).or_insert_with(find);
        }
    }
    let is_latest = |result: &ProcessingResult| {
        latest.get(&result.job_type) == Some(&Some(std::ptr::from_ref(result)))
    };
    let is_meant = |result: &&ProcessingResult| {
        let is_named = named.is_empty() || named.contains(&result.result_id);
        is_named && (!download.latest || is_latest(result))
    };
    Ok(all.iter().filter(is_meant).collect())
}

/// Where the output of a result is stored; `None` if it has none. A location without a bucket takes that of `--bucket`.
fn location(result: &ProcessingResult, bucket: Option<&str>) -> Result<Option<Location>, Failure> {
    let Some(output) = result.output() else {
        return Ok(None);
    };
    let Some(bucket) = output.bucket.or(bucket) else {
        let id = &result.result_id;
        let what = match output.key.contains("://") {
            true => "is at a URL, and outputs are downloaded from S3 alone",
            false => "has no bucket: say with --bucket where it is",
        };
        return Err(Failure::usage(format!("the output of result {id} {what}")));
    };
    Ok(Some(Location {
        bucket: bucket.to_owned(),
        key: output.key.to_owned(),
    }))
}
