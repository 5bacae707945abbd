//! `spec diff`: what an edit does, to the wire and to the Rust API.
//!
//! ```text
//! $ git show main:openapi/processing-results.yaml | cargo spec diff - openapi/processing-results.yaml
//! wire additive  Rust API minor  ProcessingResult.lang: optional field added
//!   + openapi/processing-results.yaml:210:9  lang: optional string
//!   unknown keys are kept anyway; the struct is `non_exhaustive`
//! note: 1 change, wire: additive, Rust API: minor
//! ```
//!
//! The summary names the worst on each scale, and `--fail-on` chooses what of it is an error, for CI.

use super::files::{document, in_repository, read};
use super::outcome::{Failure, Verdict};
use super::output::{counted, escaped_json, escaped_lines, print, say};
use crate::diff::render::{self, FailOn, Files};
use crate::diff::{self, Change, Wire};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct DiffArguments {
    /// The document before; `-` is standard input, as in `git show main:FILE | cargo spec diff - FILE`
    old: PathBuf,

    /// The document after
    new: PathBuf,

    /// Format: text, github (annotations), markdown, json
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    #[arg(hide_possible_values = true, default_value_t)]
    format: DiffFormat,

    /// Exit with 1 on breaking changes of this kind: any, wire, api, none
    #[arg(long, value_enum, value_name = "KIND")]
    #[arg(hide_possible_values = true, default_value_t)]
    fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people: what both files say at which line
    #[default]
    Text,
    /// Annotations that GitHub shows at their lines
    Github,
    /// A list for a changelog or a pull request
    Markdown,
    /// An array of objects
    Json,
}

pub(super) fn run(arguments: &DiffArguments) -> Result<Verdict, Failure> {
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
    let (files, fail_on) = (
        Files {
            old: old.file(),
            new: new.file(),
        },
        arguments.fail_on,
    );
    let annotated = in_repository(&arguments.new);
    print(&match arguments.format {
        DiffFormat::Text => escaped_lines(&render::text(&changes, files)),
        DiffFormat::Github => {
            let files = Files {
                new: &annotated,
                ..files
            };
            escaped_lines(&render::github(&changes, files, fail_on))
        }
        DiffFormat::Markdown => escaped_lines(&render::markdown(&changes)),
        DiffFormat::Json => escaped_json(&render::json(&changes, files)),
    })?;
    Ok(conclusion(&changes, fail_on))
}

/// The worst of it on either side.
fn conclusion(changes: &[Change], fail_on: FailOn) -> Verdict {
    let wire = changes.iter().map(Change::wire).max();
    let wire = wire.unwrap_or(Wire::None);
    let summary = match changes.iter().map(|change| change.api).max() {
        None => "no changes".to_owned(),
        Some(api) => format!(
            "{}, wire: {wire}, Rust API: {api}",
            counted(changes.len(), "change")
        ),
    };
    match changes.iter().any(|change| fail_on.is_met_by(change)) {
        true => Verdict::Found(summary),
        false => Verdict::Good(summary),
    }
}
