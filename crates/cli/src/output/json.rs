//! A history as JSON, on many lines or one line a result.

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use super::members::quoted;
use crate::exit::Failure;
use crate::mask;
use crate::text::escaped_json;

/// The complete history.
pub(crate) fn history(history: &ItemProcessingResults, reveal: bool) -> Result<String, Failure> {
    Ok(mask::json(history, true, reveal)? + "\n")
}

/// One result a line.
pub(crate) fn lines(history: &ItemProcessingResults, reveal: bool) -> Result<String, Failure> {
    lines_with(history, reveal, |line, _| line)
}

/// One result a line, with the output's bucket and key, for those who fetch it.
pub(crate) fn lines_with_location(
    history: &ItemProcessingResults,
    reveal: bool,
) -> Result<String, Failure> {
    lines_with(history, reveal, |line, result| {
        with_location(line, result, reveal)
    })
}

fn lines_with(
    history: &ItemProcessingResults,
    reveal: bool,
    more: impl Fn(String, &ProcessingResult) -> String,
) -> Result<String, Failure> {
    let mut lines = String::new();
    for result in history.results() {
        let json = mask::json(result, false, reveal)?;
        let line = with_name(&json, result, &history.item_name, reveal);
        lines.push_str(&more(line, result));
        lines.push('\n');
    }
    Ok(lines)
}

/// Puts the item's name first, where the result does not have one itself.
fn with_name(json: &str, result: &ProcessingResult, name: &str, reveal: bool) -> String {
    match json.strip_prefix('{') {
        Some(rest) if !result.extra.contains_key("item_name") => {
            format!("{{\"item_name\":{},{rest}", shown(name, reveal))
        }
        _ => json.to_owned(),
    }
}

/// Puts the output's place last, where the result does not have such fields itself.
fn with_location(json: String, result: &ProcessingResult, reveal: bool) -> String {
    let output = result.output();
    let fields = [
        ("output_bucket", output.and_then(|output| output.bucket)),
        ("output_key", output.map(|output| output.key)),
    ];
    let is_free = |(name, _): &(&str, _)| !result.extra.contains_key(name);
    let Some(rest) = json.strip_suffix('}') else {
        return json;
    };
    let more = fields.into_iter().filter(is_free).map(|(name, value)| {
        let value = value.map_or("null".to_owned(), |text| shown(text, reveal));
        format!(",\"{name}\":{value}")
    });
    format!("{rest}{}}}", more.collect::<String>())
}

/// A text as JSON.
fn shown(text: &str, reveal: bool) -> String {
    escaped_json(quoted(&mask::text(text, reveal)))
}
