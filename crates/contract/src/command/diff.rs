//! `spec diff`: what an edit does, to the wire and to the Rust API.

use super::files::{document, read};
use super::output::{counted, escaped, escaped_json, print, say};
use super::{Failure, Format, Verdict};
use crate::diff::{self, Api, Change, Wire};
use crate::document::Document;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The document before; `-` is standard input, as in `git show main:FILE | cargo spec diff - FILE`
    old: PathBuf,

    /// The document after
    new: PathBuf,

    /// Write changes in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let [old, new] = [
        document(&read(&arguments.old)?)?,
        document(&read(&arguments.new)?)?,
    ];
    for document in [&old, &new] {
        // Such a contract is not what it seems, and neither is the comparison.
        if !document.check().is_empty() {
            say(&format!(
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
            escaped_json(&format!("{changes:#}\n"))
        }
    };
    print(&output)?;
    Ok(conclusion(&changes))
}

/// The worst of it on either side.
fn conclusion(changes: &[Change]) -> Verdict {
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
    match wire == Wire::Breaking || api == Some(Api::Major) {
        true => Verdict::Found(summary),
        false => Verdict::Good(summary),
    }
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
