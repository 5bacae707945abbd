//! A history as JSON, on many lines or one line a result.

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use super::members::quoted;
use crate::exit::Failure;
use crate::mask;
use crate::text::escaped_json;

/// The complete history.
pub(crate) fn history(history: &ItemProcessingResults, reveal: bool) -> Result<String, Failure> {
    Ok(mask::history(history, reveal)? + "\n")
}

/// One result a line.
pub(crate) fn lines(history: &ItemProcessingResults, reveal: bool) -> Result<String, Failure> {
    lines_with(history, reveal, |_, _| {})
}

/// One result a line, with the output's bucket and key, for those who fetch it.
pub(crate) fn lines_with_location(
    history: &ItemProcessingResults,
    reveal: bool,
) -> Result<String, Failure> {
    lines_with(history, reveal, |result, lines| {
        add_location(result, lines, reveal);
    })
}

/// A line for each result, with what `more` adds to it.
fn lines_with(
    history: &ItemProcessingResults,
    reveal: bool,
    more: impl Fn(&ProcessingResult, &mut String),
) -> Result<String, Failure> {
    let name = shown(&history.item_name, reveal);
    let mut lines = String::new();
    for result in history.results() {
        let json = mask::result(result, reveal)?;
        match json.strip_prefix('{') {
            Some(rest) if !result.extra.contains_key("item_name") => {
                lines.extend(["{\"item_name\":", &name, ",", rest]);
            }
            _ => lines.push_str(&json),
        }
        more(result, &mut lines);
        lines.push('\n');
    }
    Ok(lines)
}

/// Puts the output's place last, where the result does not have such fields itself.
fn add_location(result: &ProcessingResult, lines: &mut String, reveal: bool) {
    let output = result.output();
    let fields = [
        ("output_bucket", output.and_then(|output| output.bucket)),
        ("output_key", output.map(|output| output.key)),
    ];
    lines.pop();
    for (name, value) in fields {
        if !result.extra.contains_key(name) {
            let value = value.map_or("null".to_owned(), |text| shown(text, reveal));
            lines.extend([",\"", name, "\":", &value]);
        }
    }
    lines.push('}');
}

/// A text as JSON.
fn shown(text: &str, reveal: bool) -> String {
    escaped_json(quoted(&mask::text(text, reveal)))
}
