//! Masking: histories, results, configurations and texts without credentials, the same in every format.
//!
//! The masking itself is the library's, whose `masked()` shows no value that the contract does not know. The command
//! shows such values, since its user has to see what was processed, unless their name or their form says that they are
//! credentials. `***` stands for what is masked. `--reveal-secrets` (`reveal`) masks nothing.

use std::borrow::Cow;
use std::collections::HashMap;

use processing_results::__private::{Field, Masking, SensitiveNames, Unknown};
pub(crate) use processing_results::__private::{MASK, Masker};
use processing_results::types::{ItemProcessingResults, JobConfig, ProcessingResult, SensitiveUrl};
use processing_results_contract::is_credential;
use serde::Serialize;

use crate::exit::{Exit, Failure};
use crate::text::escaped_json;

/// Names that are a credential anywhere in the contract. An unknown field of such a name is one too.
static SENSITIVE: SensitiveNames = SensitiveNames::new(&ItemProcessingResults::SHAPE);

/// The masking of the command.
static MASKING: Masking = Masking {
    unknown: Unknown::Recognized(is_credential),
    sensitive: &SENSITIVE,
    is_pretty: false,
};

/// A history as JSON, with a line for each member.
pub(crate) fn history(history: &ItemProcessingResults, reveal: bool) -> Result<String, Failure> {
    let masking = Masking {
        is_pretty: true,
        ..MASKING
    };
    let json = to_json(history)?;
    Ok(escaped_json(match reveal {
        true => masking.reveal(&json),
        false => masking.mask(&json, &ItemProcessingResults::SHAPE),
    }))
}

/// For results that are masked one after the other.
pub(crate) fn masker() -> Masker<'static> {
    Masker::new(&MASKING)
}

/// A result as JSON on one line.
pub(crate) fn result(
    result: &ProcessingResult,
    masker: &mut Masker<'_>,
    reveal: bool,
) -> Result<String, Failure> {
    let json = to_json(result)?;
    let job_type = result.job_type.as_str();
    Ok(escaped_json(match reveal {
        true => MASKING.reveal(&json),
        false => masker.mask_typed(&json, &ProcessingResult::SHAPE, job_type),
    }))
}

/// A value as JSON, unmasked.
fn to_json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| {
        Failure::new(
            Exit::Unreadable,
            format!("the history cannot be written as JSON: {error}"),
        )
    })
}

/// The configuration of a job as JSON on one line.
pub(crate) fn config(result: &ProcessingResult, reveal: bool) -> String {
    let json = result.job_config.raw();
    escaped_json(match reveal {
        true => MASKING.reveal(json),
        false => MASKING.mask(json, JobConfig::SHAPE.typed(Some(result.job_type.as_str()))),
    })
}

/// A text without what looks like a credential, such as the signature of a location or a key.
pub(crate) fn text(text: &str, reveal: bool) -> Cow<'_, str> {
    match reveal {
        true => Cow::Borrowed(text),
        false => MASKING.mask_text(text),
    }
}

/// A history whose names and ids of results are as they may be shown, where they are not shown as JSON: nobody puts a
/// credential there on purpose. The item's id is the caller's. Hashes that differ still do, since they say what is repeated.
pub(crate) fn names(mut history: ItemProcessingResults, reveal: bool) -> ItemProcessingResults {
    let masked = |value: &mut String| {
        if let Cow::Owned(shown) = text(value, reveal) {
            *value = shown;
        }
    };
    let mut hashes = HashMap::new();
    masked(&mut history.item_name);
    for result in history.processing_results.iter_mut().flatten() {
        masked(&mut result.result_id);
        if let Cow::Owned(shown) = text(&result.parameters_hash, reveal) {
            let number = hashes.len() + 1;
            let hash = std::mem::take(&mut result.parameters_hash);
            let number = *hashes.entry(hash).or_insert(number);
            result.parameters_hash = format!("{shown}{number}");
        }
        if let Cow::Owned(shown) = text(result.job_type.as_str(), reveal) {
            result.job_type = shown.as_str().into();
        }
        // The library reads what is no time, too.
        if let Cow::Owned(shown) = text(result.processed_at.as_str(), reveal)
            && let Ok(time) = serde_json::from_value(shown.into())
        {
            result.processed_at = time;
        }
    }
    history
}

/// A URL without user info, query and fragment.
pub(crate) fn url(text: &str) -> String {
    SensitiveUrl::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_that_are_masked_still_say_what_is_repeated() {
        let results = ["llx-CANARY01", "llx-CANARY02", "llx-CANARY01", "h"].map(|hash| {
            serde_json::json!({
                "item_id": "a", "result_id": hash, "job_type": "parse", "job_config": {},
                "processed_at": "2026-01-01T00:00:00Z", "parameters_hash": hash, "output_s3_path": "",
            })
        });
        let history = serde_json::json!({
            "item_id": "a", "item_name": "a.pdf", "processing_results": results,
        });
        let history: ItemProcessingResults = serde_json::from_value(history).unwrap();
        let shown = names(history, false);
        let hashes: Vec<_> = shown
            .results()
            .iter()
            .map(|it| &*it.parameters_hash)
            .collect();
        assert_eq!(hashes, ["***1", "***2", "***1", "h"]);
        assert_eq!(shown.duplicates().len(), 1);
    }
}
