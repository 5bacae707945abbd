//! A history as JSON: the complete response, or a line for each result (NDJSON).
//!
//! Numbers, unknown fields and the order of members are as the service sent them. A line has the item's name too, and in
//! an export the bucket and the key of the output, since a row has to be of use without its history.

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use super::members::quoted;
use crate::exit::Failure;
use crate::mask::{self, Masker};
use crate::text::escaped_json;

/// About how many bytes a result has beside its configuration.
const ROW: usize = 1024;

/// The complete history, indented.
pub(crate) fn history(history: &ItemProcessingResults, reveal: bool) -> Result<String, Failure> {
    Ok(mask::history(history, reveal)? + "\n")
}

/// A line for each result.
pub(crate) fn lines(history: &ItemProcessingResults, reveal: bool) -> Result<String, Failure> {
    lines_with(history, &mut mask::masker(), reveal, |_, _| {})
}

/// A line for each result, with bucket and key of its output at the end.
pub(crate) fn lines_with_location(
    history: &ItemProcessingResults,
    masker: &mut Masker<'_>,
    reveal: bool,
) -> Result<String, Failure> {
    lines_with(history, masker, reveal, |result, lines| {
        add_location(result, lines, reveal);
    })
}

/// A line for each result. `more` may change the end of a line, which is that of its object. A field that the service
/// calls `item_name` itself is left as it is.
fn lines_with(
    history: &ItemProcessingResults,
    masker: &mut Masker<'_>,
    reveal: bool,
    more: impl Fn(&ProcessingResult, &mut String),
) -> Result<String, Failure> {
    let name = shown(&history.item_name, reveal);
    let lengths = history
        .results()
        .iter()
        .map(|it| it.job_config.raw().len() + ROW);
    let mut lines = String::with_capacity(lengths.sum());
    for result in history.results() {
        let json = mask::result(result, masker, reveal)?;
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

/// Adds `output_bucket` and `output_key`, unless the result has fields of these names itself.
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

/// A text as JSON, masked.
fn shown(text: &str, reveal: bool) -> String {
    escaped_json(quoted(&mask::text(text, reveal)))
}
