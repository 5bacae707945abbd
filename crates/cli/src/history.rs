//! The history of one item, or the part of it that decodes.
//!
//! Commands for one item fetch it here, so that all of them do the same about ids with spaces around them, results that
//! do not decode, and responses that are of another item. What decodes of a history is shown, and the
//! command ends with the exit code 7 and a message about the rest.

use processing_results::types::ItemProcessingResults;
use processing_results::{Client, Error, Partial};

use crate::exit::{Exit, Failure};
use crate::progress::watched;
use crate::{item_id, mask, text};

/// Results that do not decode and are named in a message, each with its reason.
const MAX_NAMED: usize = 3;

/// A history, and what is missing of it.
pub(crate) struct Fetched {
    pub(crate) history: ItemProcessingResults,
    /// To be returned at the end, when the rest has been printed.
    missing: Option<Failure>,
}

/// Fetches the history of the item with this id, as it was given on the command line.
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
    let what = format!(
        "waiting for {} (item {})",
        client.base_url(),
        mask::text(id, false)
    );
    let fetched = match watched(&what, request.send()).await {
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
    /// An error if not all results could be shown, for the end of the command.
    pub(crate) fn check(self) -> Result<(), Failure> {
        self.missing.map_or(Ok(()), Err)
    }
}

/// The part of a history that decodes, if it has results. Without results it may be any JSON object, such as an error
/// page of a proxy.
pub(crate) fn usable(error: &Error) -> Option<&Partial> {
    let partial: Option<&Partial> = error.partial();
    partial.filter(|partial| !partial.history.results().is_empty())
}

/// The failure that says which results are missing, and why. Results are counted from 1 there.
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

/// A warning if the response is of another item than the one that was requested.
pub(crate) fn of_another(id: &str, history: &ItemProcessingResults) -> Option<String> {
    let other = &history.item_id;
    (other != id).then(|| format!("warning: item {id}: the response is of item {other}"))
}
