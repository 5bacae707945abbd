//! `spec check`: findings, with the place of each.
//!
//! ```text
//! $ cargo spec check
//! openapi/processing-results.yaml:14:7: unknown-key: `info` has no key `titel`
//!   help: did you mean `title`?
//! error: 1 finding in openapi/processing-results.yaml
//! ```
//!
//! Several files are checked one after the other, and one that can't be read does not keep the others from it. Then the
//! exit code is that of the worse: what was not read was not checked.
//!
//! `--fix` writes the corrections first and prints them as a diff; the findings are those that are left after them.

use super::files;
use super::outcome::{Failure, Verdict};
use super::output::{counted, escaped_json, escaped_lines, print, say};
use crate::document::check;
use crate::edit::unified_diff;
use crate::finding::Finding;
use crate::fix::fix;
use crate::render;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct CheckArguments {
    /// OpenAPI documents; `-` is standard input [default: openapi/processing-results.yaml, here or above]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Format: text, github (annotations), json
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    #[arg(hide_possible_values = true, default_value_t)]
    format: CheckFormat,

    /// Correct what needs no decision, and print the corrections as a diff
    #[arg(long, conflicts_with = "format")]
    fix: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// A line each, with help below it
    #[default]
    Text,
    /// Annotations that GitHub shows at their lines
    Github,
    /// An array of objects
    Json,
}

/// Checks all files, prints what was found, and sums it up.
pub(super) fn run(arguments: &CheckArguments) -> Result<Verdict, Failure> {
    let paths = match arguments.files.as_slice() {
        [] => vec![files::find()?],
        named => named.to_vec(),
    };
    let mut findings = Vec::new();
    let mut unreadable = 0;
    for path in &paths {
        match checked(path, arguments) {
            Ok(found) => findings.extend(found),
            Err(Failure { message, .. }) => {
                unreadable += 1;
                say(&format!("error: {message}"));
            }
        }
    }
    print(&match arguments.format {
        CheckFormat::Text => escaped_lines(&render::text(&findings)),
        CheckFormat::Github => escaped_lines(&render::github(&findings)),
        CheckFormat::Json => escaped_json(&render::json(&findings)),
    })?;
    let summary = summary(&findings, &paths);
    match (unreadable, findings.is_empty()) {
        (0, true) => Ok(Verdict::Good(summary)),
        (0, false) => Ok(Verdict::Found(summary)),
        _ => Err(Failure::unusable(format!(
            "{} could not be read; {summary}",
            counted(unreadable, "file")
        ))),
    }
}

/// The findings of one file, after its corrections if they are to be made.
fn checked(path: &Path, arguments: &CheckArguments) -> Result<Vec<Finding>, Failure> {
    let mut file = files::read(path)?;
    if arguments.fix {
        file = fixed(path, file)?;
    }
    let name = match arguments.format {
        CheckFormat::Github => files::in_repository(path),
        _ => file.name,
    };
    Ok(check(&name, &file.text))
}

/// The file with its corrections, which are written and shown.
fn fixed(path: &Path, file: files::TextFile) -> Result<files::TextFile, Failure> {
    let text = fix(&file.text);
    if text != file.text {
        files::write(path, &text)?;
        print(&escaped_lines(&unified_diff(&file.name, &file.text, &text)))?;
    }
    Ok(files::TextFile { text, ..file })
}

/// How many findings, and in what: the one file by its name, several by their number.
fn summary(findings: &[Finding], paths: &[PathBuf]) -> String {
    let count = counted(findings.len(), "finding");
    match paths {
        [path] if path.to_str() == Some("-") => format!("{count} in standard input"),
        [path] => format!("{count} in {}", path.display()),
        several => format!("{count} in {}", counted(several.len(), "file")),
    }
}
