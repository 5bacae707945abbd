//! `spec diff`: what an edit does, to the wire and to the Rust API.

use processing_results_contract::Document;
use processing_results_contract::diff::{self, Api, Change, Wire};
use serde_json::{Value, json};

use super::args::{Diff, Format};
use super::file::{document, read};
use super::{concluded, counted};
use crate::exit::Failure;
use crate::text::{self, escaped};

pub(super) fn run(arguments: &Diff) -> Result<(), Failure> {
    let [old, new] = [
        document(&read(&arguments.old)?)?,
        document(&read(&arguments.new)?)?,
    ];
    for document in [&old, &new] {
        // Such a contract is not what it seems, and neither is the comparison.
        if !document.check().is_empty() {
            text::say(&format!(
                "warning: {} has findings, see `spec check`",
                document.file()
            ));
        }
    }
    let changes = diff::compare(&old, &new);
    let placed = changes
        .iter()
        .map(|change| (change, place(change, &old, &new)));
    let output = match arguments.format {
        Format::Text => placed.map(|(change, place)| text(change, &place)).collect(),
        Format::Json => {
            let changes = placed
                .map(|(change, place)| json(change, &place))
                .collect::<Value>();
            text::escaped_json(format!("{changes:#}\n"))
        }
    };
    text::print(output.as_bytes())?;
    conclusion(&changes)
}

/// The worst of it on either side.
fn conclusion(changes: &[Change]) -> Result<(), Failure> {
    let wire = changes
        .iter()
        .map(|change| change.wire)
        .max()
        .unwrap_or(Wire::None);
    let api = changes.iter().map(|change| change.api).max();
    let summary = match api {
        None => "no changes".to_owned(),
        Some(api) => format!(
            "{}, wire: {wire}, Rust API: {api}",
            counted(changes.len(), "change")
        ),
    };
    concluded(wire != Wire::Breaking && api != Some(Api::Major), &summary)
}

/// File, line and column: in the new contract, or in the old one for what is gone.
struct Place {
    file: String,
    at: Option<(usize, usize)>,
}

fn place(change: &Change, old: &Document, new: &Document) -> Place {
    let found = [new, old]
        .into_iter()
        .find_map(|document| Some((document, document.locate(&change.pointer)?)));
    match found {
        Some((document, at)) => Place {
            file: document.file().to_owned(),
            at: Some(at),
        },
        None => Place {
            file: new.file().to_owned(),
            at: None,
        },
    }
}

fn text(change: &Change, place: &Place) -> String {
    let Change {
        wire,
        api,
        what,
        reason,
        ..
    } = change;
    let at = place
        .at
        .map(|(line, column)| format!(":{line}:{column}"))
        .unwrap_or_default();
    let place = format!("{}{at}", place.file);
    format!(
        "wire {wire:<8}  Rust API {api:<5}  {}: {}\n  {}\n  {}\n",
        escaped(&change.place),
        escaped(what),
        escaped(reason),
        escaped(&place),
    )
}

fn json(change: &Change, place: &Place) -> Value {
    json!({
        "place": change.place,
        "what": change.what,
        "wire": change.wire.to_string(),
        "api": change.api.to_string(),
        "reason": change.reason,
        "pointer": change.pointer,
        "file": place.file,
        "line": place.at.map(|(line, _)| line),
        "column": place.at.map(|(_, column)| column),
    })
}
