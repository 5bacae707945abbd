//! `spec drift`: what real answers hold that the contract does not. Their
//! values are never shown.

use processing_results_contract::drift::{self, Drift, Kind};
use serde_json::{Value, json};

use super::args::{Drift as Arguments, Format};
use super::{concluded, counted, file};
use crate::exit::{Exit, Failure};
use crate::text::{self, escaped, escaped_lines};

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let contract = file::contract(arguments.contract.file.as_deref())?;
    let document = file::document(&contract)?;
    let answers = arguments
        .answers
        .iter()
        .map(|path| answer(&file::read(path)?));
    let answers = answers.collect::<Result<Vec<_>, _>>()?;
    let drifts = drift::inspect_all(&document, &answers);
    let output = match arguments.format {
        Format::Text => drifts.iter().map(text).collect::<Vec<_>>().join("\n"),
        Format::Json => text::escaped_json(format!(
            "{:#}\n",
            drifts.iter().map(json).collect::<Value>()
        )),
    };
    text::print(output.as_bytes())?;
    let what = counted(drifts.len(), "difference");
    let from = counted(answers.len(), "answer");
    concluded(
        drifts.is_empty(),
        &format!("{what} between {from} and {}", contract.name),
    )
}

fn answer(file: &file::Text) -> Result<Value, Failure> {
    serde_json::from_str(&file.text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Failure::new(Exit::Usage, format!("{} is not JSON at {place}", file.name))
    })
}

fn text(drift: &Drift) -> String {
    let fragment = drift.fragment.as_deref().unwrap_or_default();
    format!(
        "{}\n{}",
        escaped(&drift.to_string()),
        escaped_lines(fragment)
    )
}

fn json(drift: &Drift) -> Value {
    let kind = match drift.kind {
        Kind::UnknownField => "unknown-field",
        Kind::UnknownValue => "unknown-value",
        Kind::Null => "null",
        Kind::WrongType => "wrong-type",
        Kind::Missing => "missing",
    };
    json!({
        "kind": kind,
        "place": drift.place,
        "pointer": drift.pointer,
        "count": drift.count,
        "inferred": drift.inferred,
        "value": drift.value,
        "fragment": drift.fragment,
    })
}
