//! What can be shown of an item's data: all of it, or the results that decode.
//!
//! The commands use what decodes of a history and say what is missing; so do the pages.

use processing_results::types::{ItemProcessingResults, ProcessingResult};
use serde_json::Error;
use serde_json::value::RawValue;

use crate::output::members::Members;

/// A history, and which of its results are missing because they do not decode, from 1.
pub(super) struct Decoded {
    pub(super) history: ItemProcessingResults,
    pub(super) missing: Vec<usize>,
}

/// Decodes the complete response of an item.
///
/// # Errors
/// The data is no history, and no part of it is.
pub(super) fn decoded(json: &str) -> Result<Decoded, Error> {
    match serde_json::from_str(json) {
        Ok(history) => Ok(Decoded {
            history,
            missing: Vec::new(),
        }),
        Err(error) => partly(json).ok_or(error),
    }
}

/// The history without the results that do not decode; `None` if none of them does.
fn partly(json: &str) -> Option<Decoded> {
    let fields = Members::read(json)?;
    let results = fields.get("processing_results")?;
    let results: Vec<&RawValue> = serde_json::from_str(results).ok()?;
    let decodes =
        |result: &RawValue| serde_json::from_str::<ProcessingResult>(result.get()).is_ok();
    let (mut kept, mut missing) = (Vec::new(), Vec::new());
    for (at, result) in results.into_iter().enumerate() {
        match decodes(result) {
            true => kept.push(result.get()),
            false => missing.push(at + 1),
        }
    }
    let (id, name) = (fields.get("item_id")?, fields.get("item_name")?);
    let kept = kept.join(",");
    let json = format!(r#"{{"item_id":{id},"item_name":{name},"processing_results":[{kept}]}}"#);
    let history = serde_json::from_str(&json)
        .ok()
        .filter(|_| !kept.is_empty())?;
    Some(Decoded { history, missing })
}
