//! The history of one item, or what decodes of it.
//!
//! Commands of one item fetch it here, so that they treat the same: ids with spaces around them, results that
//! do not decode, and responses of another item.

use processing_results::types::ItemProcessingResults;
use processing_results::{Client, Error, Partial};

use crate::exit::{Exit, Failure};
use crate::{item_id, text};

/// Results that a message names when they do not decode.
const MAX_NAMED: usize = 3;

/// A history, and what is missing of it.
pub(crate) struct Fetched {
    pub(crate) history: ItemProcessingResults,
    missing: Option<Failure>,
}

/// Fetches the history of one item, as it is given on the command line.
pub(crate) async fn fetch(
    client: &Client,
    given: &str,
    job_type: Option<&str>,
) -> Result<Fetched, Failure> {
    let id = item_id::argument(given)?;
    let mut request = client.processing_results(id);
    if let Some(job_type) = job_type {
        request = request.job_type(job_type);
    }
    let fetched = match request.send().await {
        Ok(response) => Fetched {
            history: response.into_inner(),
            missing: None,
        },
        Err(error) => match usable(&error) {
            Some(partial) => Fetched {
                history: partial.history.clone(),
                missing: Some(missing(id, partial)),
            },
            None => return Err(Failure::of_item(id, &error)),
        },
    };
    if let Some(warning) = of_another(id, &fetched.history) {
        text::note(&warning);
    }
    Ok(fetched)
}

impl Fetched {
    /// The failure that it is when not all results could be shown.
    pub(crate) fn check(self) -> Result<(), Failure> {
        self.missing.map_or(Ok(()), Err)
    }
}

/// What decodes of a history, if it has results: any JSON object would do for a history without.
pub(crate) fn usable(error: &Error) -> Option<&Partial> {
    let partial: Option<&Partial> = error.partial();
    partial.filter(|partial| !partial.history.results().is_empty())
}

/// Which results are missing, and why.
pub(crate) fn missing(id: &str, partial: &Partial) -> Failure {
    let skipped = &partial.skipped;
    let named = skipped.iter().take(MAX_NAMED);
    let mut named: Vec<_> = named
        .map(|result| format!("result {} ({})", result.index() + 1, result.reason()))
        .collect();
    if skipped.len() > MAX_NAMED {
        named.push(format!("and {} more", skipped.len() - MAX_NAMED));
    }
    let all = skipped.len() + partial.history.results().len();
    let message = match skipped.len() {
        0 => format!(
            "item {id}: a field of the history itself does not decode; its {all} results do"
        ),
        count => format!(
            "item {id}: {count} of {all} results cannot be decoded, and the others are used: {}",
            named.join(", ")
        ),
    };
    Failure::new(Exit::Partial, message)
}

/// A warning if the results are of another item than the one that was requested.
pub(crate) fn of_another(id: &str, history: &ItemProcessingResults) -> Option<String> {
    let other = &history.item_id;
    (other != id).then(|| format!("warning: item {id}: the response is of item {other}"))
}
