//! `spec drift`: what real answers hold that the contract does not. Their
//! values are never shown.

use super::files;
use super::outcome::{Failure, Format, Verdict};
use super::output::{counted, escaped, escaped_json, escaped_lines, print};
use crate::drift::{self, Drift, Kind};
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Responses of the service as JSON, such as `get -o json` writes; `-` is standard input
    #[arg(required = true, value_name = "RESPONSE.json")]
    answers: Vec<PathBuf>,

    #[command(flatten)]
    contract: files::Contract,

    /// Write differences in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let contract = arguments.contract.read()?;
    let document = files::document(&contract)?;
    let answers = arguments
        .answers
        .iter()
        .map(|path| answer(&files::read(path)?));
    let answers = answers.collect::<Result<Vec<_>, _>>()?;
    let drifts = drift::inspect_all(&document, &answers);
    let output = match arguments.format {
        Format::Text => drifts.iter().map(text).collect::<Vec<_>>().join("\n"),
        Format::Json => escaped_json(&format!(
            "{:#}\n",
            drifts.iter().map(json).collect::<Value>()
        )),
    };
    print(&output)?;
    let what = counted(drifts.len(), "difference");
    let from = counted(answers.len(), "response");
    let summary = format!("{what} between {from} and {}", contract.name);
    Ok(match drifts.is_empty() {
        true => Verdict::Good(summary),
        false => Verdict::Found(summary),
    })
}

fn answer(file: &files::Text) -> Result<Value, Failure> {
    serde_json::from_str(&file.text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Failure::unusable(format!("{} is not JSON at {place}", file.name))
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
