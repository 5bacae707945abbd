//! A history as JSON, on many lines or one line a result.

use processing_results::types::{ItemProcessingResults, ProcessingResult};
use serde::Serialize;
use serde_json::value::RawValue;

use super::members::quoted;
use super::walk::{Place, Unknown, Walk};
use crate::contract::Contract;
use crate::exit::{Exit, Failure};
use crate::text::escaped_json;

/// The whole answer.
pub(crate) fn history(
    history: &ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
) -> Result<String, Failure> {
    let walk = Walk {
        contract,
        unknown: Unknown::Guess,
        pretty: true,
    };
    let json = raw(history)?;
    let text = walk.written(&json, place(contract, "ItemProcessingResults", reveal));
    Ok(text + "\n")
}

/// One result a line.
pub(crate) fn lines(
    history: &ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
) -> Result<String, Failure> {
    lines_with(history, contract, reveal, |line, _| line)
}

/// One result a line, with the output's bucket and key, for those who fetch it.
pub(crate) fn lines_with_location(
    history: &ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
) -> Result<String, Failure> {
    lines_with(history, contract, reveal, with_location)
}

fn lines_with(
    history: &ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
    more: impl Fn(String, &ProcessingResult) -> String,
) -> Result<String, Failure> {
    let walk = Walk {
        contract,
        unknown: Unknown::Guess,
        pretty: false,
    };
    let place = place(contract, "ProcessingResult", reveal);
    let mut lines = String::new();
    for result in history.results() {
        let json = walk.written(&raw(result)?, place);
        lines.push_str(&more(with_name(&json, result, &history.item_name), result));
        lines.push('\n');
    }
    Ok(lines)
}

/// Puts the item's name first, where the result does not have one itself.
fn with_name(json: &str, result: &ProcessingResult, name: &str) -> String {
    match json.strip_prefix('{') {
        Some(rest) if !result.extra.contains_key("item_name") => {
            format!("{{\"item_name\":{},{rest}", escaped_json(quoted(name)))
        }
        _ => json.to_owned(),
    }
}

/// Puts the output's place last, where the result does not have such fields itself.
fn with_location(json: String, result: &ProcessingResult) -> String {
    let output = result.output();
    let fields = [
        ("output_bucket", output.and_then(|output| output.bucket)),
        ("output_key", output.map(|output| output.key)),
    ];
    let is_free = |(name, _): &(&str, _)| !result.extra.contains_key(*name);
    let Some(rest) = json.strip_suffix('}') else {
        return json;
    };
    let more = fields.into_iter().filter(is_free).map(|(name, value)| {
        let value = value.map_or("null".to_owned(), |text| escaped_json(quoted(text)));
        format!(",\"{name}\":{value}")
    });
    format!("{rest}{}}}", more.collect::<String>())
}

/// The service's text of a job configuration and what the library keeps of the rest.
fn raw(value: &impl Serialize) -> Result<Box<RawValue>, Failure> {
    serde_json::value::to_raw_value(value).map_err(|error| {
        Failure::new(
            Exit::Unreadable,
            format!("the history cannot be written as JSON: {error}"),
        )
    })
}

fn place<'a>(contract: &'a Contract, component: &str, reveal: bool) -> Place<'a> {
    match contract.component(component) {
        _ if reveal => Place::Clear,
        Some(schema) => Place::Known(schema),
        None => Place::Unknown,
    }
}
