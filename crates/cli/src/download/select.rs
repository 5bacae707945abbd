//! Which outputs are meant: of the results that the arguments name, each output once.

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use super::args::Download;
use super::location::Location;
use crate::exit::{Exit, Failure};
use crate::text;

/// The outputs, in the service's order. Of results without any, standard error is told.
pub(crate) fn outputs(
    history: &ItemProcessingResults,
    download: &Download,
) -> Result<Vec<Location>, Failure> {
    let mut outputs: Vec<Location> = Vec::new();
    for result in results(history, download)? {
        match location(result, download.bucket.as_deref())? {
            Some(location) if outputs.contains(&location) => {}
            Some(location) => outputs.push(location),
            None => text::note(&format!("note: result {} has no output", result.result_id)),
        }
    }
    if outputs.is_empty() {
        let of = download
            .job_type
            .as_ref()
            .map(|job_type| format!(" of job type {job_type}"));
        text::note(&format!(
            "note: item {} has no outputs{}",
            history.item_id,
            of.unwrap_or_default()
        ));
    }
    Ok(outputs)
}

fn results<'a>(
    history: &'a ItemProcessingResults,
    download: &Download,
) -> Result<Vec<&'a ProcessingResult>, Failure> {
    let all = history.results();
    let missing = |id: &&String| all.iter().all(|result| result.result_id != **id);
    if let Some(id) = download.result.iter().find(missing) {
        let message = format!("item {} has no processing result {id}", history.item_id);
        return Err(Failure::new(Exit::NotFound, message));
    }
    let is_latest = |result: &ProcessingResult| {
        let latest = history.latest(&result.job_type);
        latest.is_some_and(|latest| std::ptr::eq(latest, result))
    };
    let is_meant = |result: &&ProcessingResult| {
        let is_named = download.result.is_empty() || download.result.contains(&result.result_id);
        is_named && (!download.latest || is_latest(result))
    };
    Ok(all.iter().filter(is_meant).collect())
}

/// Where the output lies, if there is one.
fn location(result: &ProcessingResult, bucket: Option<&str>) -> Result<Option<Location>, Failure> {
    let Some(output) = result.output() else {
        return Ok(None);
    };
    let Some(bucket) = output.bucket.or(bucket) else {
        let id = &result.result_id;
        let message =
            format!("the output of result {id} has no bucket: say with --bucket where it is");
        return Err(Failure::new(Exit::Usage, message));
    };
    Ok(Some(Location {
        bucket: bucket.to_owned(),
        key: output.key.to_owned(),
    }))
}
