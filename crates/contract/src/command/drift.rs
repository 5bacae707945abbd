//! `spec drift`: what real responses contain that the contract does not. Their values are never shown.
//!
//! ```text
//! $ cargo spec drift response.json
//! ProcessingResult.lang: unknown field, string (3 times, first at `/processing_results/0/lang`)
//! # components/schemas/ProcessingResult/properties, after `job_type`
//!         lang:
//!           type: string
//!           nullable: true
//!           description: To be described.
//! error: 1 difference between 1 response and openapi/processing-results.yaml
//! ```
//!
//! With `--write` the document is edited, and shown as a diff; what no edit can describe is listed and fails. The
//! descriptions are left to a person, and a check of the document reminds of them.
//!
//! | case | exit code |
//! |---|---|
//! | no difference | 0 |
//! | a difference, without `--write` | 1 |
//! | `--write`, and all of them are written | 0 |
//! | `--write`, and some are left to a person | 1 |
//! | a file that holds no responses, a document of another kind | 2 |

use super::files;
use super::outcome::{Failure, TextOrJson, Verdict};
use super::output::{counted, escaped, escaped_lines, json_text, print, say};
use crate::describe::TO_BE_DESCRIBED;
use crate::drift::{self, Drift, DriftKind, Inspector, Remedies};
use crate::edit::unified_diff;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct DriftArguments {
    /// Responses of the service as JSON, one or an array of them, or lines of results as `export` writes them; `-` is
    /// standard input
    #[arg(required = true, value_name = "RESPONSE.json")]
    responses: Vec<PathBuf>,

    #[command(flatten)]
    contract: files::Contract,

    /// Format: text, json
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    #[arg(hide_possible_values = true, default_value_t)]
    format: TextOrJson,

    /// Edit the document to describe the responses, and print what changed
    #[arg(long, conflicts_with = "format")]
    write: bool,
}

/// Reads all files before anything is printed, so that one that can't be read leaves no half report.
pub(super) fn run(arguments: &DriftArguments) -> Result<Verdict, Failure> {
    let contract = arguments.contract.read()?;
    let document = files::document(&contract)?;
    let unusable =
        |name: &str, error: &dyn std::fmt::Display| Failure::unusable(format!("{name} {error}"));
    let inspector = Inspector::new(&document);
    let mut inspector = inspector.map_err(|error| unusable(&contract.name, &error))?;
    for path in &arguments.responses {
        let file = files::read_bytes(path)?;
        let responses = drift::read(&file.bytes);
        let responses = responses.map_err(|error| unusable(&file.name, &error))?;
        responses
            .iter()
            .for_each(|response| inspector.add(response));
    }
    let from = counted(inspector.responses(), "response");
    let drifts = inspector.into_drifts();
    let summary = format!(
        "{} between {from} and {}",
        counted(drifts.len(), "difference"),
        contract.name
    );
    if drifts.is_empty() {
        let none = match arguments.format {
            TextOrJson::Text => "",
            TextOrJson::Json => "[]\n",
        };
        print(none)?;
        return Ok(Verdict::Good(summary));
    }
    let remedies = drift::remedies(&document, &contract.text, &drifts);
    match arguments.write {
        true => write(arguments, &contract, &drifts, &remedies),
        false => {
            print(&shown(arguments.format, &drifts, &remedies))?;
            Ok(Verdict::Found(summary))
        }
    }
}

/// All drifts with the YAML to paste, or `null` in JSON where there is none.
fn shown(format: TextOrJson, drifts: &[Drift], remedies: &Remedies) -> String {
    let all = drifts.iter().zip(&remedies.fragments);
    match format {
        TextOrJson::Text => {
            let texts = all.map(|(drift, fragment)| text(drift, fragment.as_deref()));
            texts.collect::<Vec<_>>().join("\n")
        }
        TextOrJson::Json => {
            json_text(&all.map(|(drift, fragment)| json(drift, fragment)).collect())
        }
    }
}

/// Writes what can be written, shows it as a diff, and lists what cannot.
fn write(
    arguments: &DriftArguments,
    contract: &files::TextFile,
    drifts: &[Drift],
    remedies: &Remedies,
) -> Result<Verdict, Failure> {
    arguments.contract.write(&remedies.text)?;
    let diff = unified_diff(&contract.name, &contract.text, &remedies.text);
    print(&escaped_lines(&diff))?;
    let mut left = Vec::new();
    for (drift, fragment) in drifts.iter().zip(&remedies.fragments) {
        if fragment.is_none() {
            say(&format!("not written: {drift}"));
            left.push(drift);
        }
    }
    let written = counted(drifts.len() - left.len(), "difference");
    let summary = format!("{written} written to {}", contract.name);
    match left.is_empty() {
        true => Ok(Verdict::Good(format!(
            "{summary}; replace each `{TO_BE_DESCRIBED}` in it"
        ))),
        false => Ok(Verdict::Found(format!(
            "{summary}; {} to describe by hand",
            counted(left.len(), "difference")
        ))),
    }
}

/// One drift for people, with an empty line between two.
fn text(drift: &Drift, fragment: Option<&str>) -> String {
    let fragment = escaped_lines(fragment.unwrap_or_default());
    format!("{}\n{fragment}", escaped(&drift.to_string()))
}

/// One drift for programs; the names of its kinds are a promise.
fn json(drift: &Drift, fragment: &Option<String>) -> Value {
    let kind = match drift.kind {
        DriftKind::UnknownField => "unknown-field",
        DriftKind::UnknownValue => "unknown-value",
        DriftKind::Null => "null",
        DriftKind::WrongType => "wrong-type",
        DriftKind::Missing => "missing",
        DriftKind::Duplicate => "duplicate",
        DriftKind::NotCompared => "not-compared",
    };
    json!({
        "kind": kind,
        "place": drift.place,
        "pointer": drift.pointer,
        "response": drift.response,
        "count": drift.count,
        "inferred": drift.inferred,
        "value": drift.value,
        "fragment": fragment,
    })
}
