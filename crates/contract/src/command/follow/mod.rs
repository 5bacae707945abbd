//! `spec upstream` and `spec page`: what the vendor publishes against the contract.
//!
//! ```text
//! $ curl ... | cargo spec upstream -
//! ProcessingResult.lang: new field: optional string
//!   vendor    standard input:4211:13
//!   contract  openapi/processing-results.yaml:196:5
//!   wire: additive, Rust API: minor: unknown keys are kept anyway; the struct is `non_exhaustive`
//! # line 214
//!         lang:
//!           type: string
//! error: 1 difference between standard input and openapi/processing-results.yaml
//! ```
//!
//! Both subcommands are one: they differ in how the published file is read ([`Source`]).

mod show;
mod write;

use super::files;
use super::outcome::{Failure, Verdict};
use super::output::{counted, escaped, print, say};
use crate::upstream::{Comparison, Source, Texts, compare, inventory};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct FollowArguments {
    /// What the vendor publishes; `-` is standard input, as in `curl ... | cargo spec upstream -`
    #[arg(value_name = "FILE")]
    published: PathBuf,

    #[command(flatten)]
    contract: files::Contract,

    /// The file with the ledger [default: README.md beside the contract]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,

    /// Edit the contract to agree, with its ledger and its changelog
    #[arg(short, long, conflicts_with_all = ["format", "inventory"])]
    write: bool,

    /// The changelog to add an entry to [default: the nearest CHANGELOG.md]
    #[arg(long, value_name = "FILE", requires = "write")]
    changelog: Option<PathBuf>,

    /// The day that new rows of the ledger have [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", requires = "write")]
    date: Option<String>,

    /// Only list the parameters and fields of the file, as TSV
    #[arg(long, conflicts_with = "format")]
    inventory: bool,

    /// Format: text, json, markdown (a report), github (annotations)
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    #[arg(hide_possible_values = true, default_value_t)]
    format: FollowFormat,
}

/// Formats of differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum FollowFormat {
    /// For people
    #[default]
    Text,
    /// An array of objects
    Json,
    /// A report to open as an issue
    Markdown,
    /// Workflow commands that GitHub shows as annotations
    Github,
}

/// The files, read. A ledger that nobody named and that is not there is empty.
struct Inputs {
    contract: files::TextFile,
    vendor: files::TextFile,
    ledger: files::TextFile,
}

impl Inputs {
    fn texts(&self) -> Texts<'_> {
        let [contract, vendor, ledger] =
            [&self.contract, &self.vendor, &self.ledger].map(|file| file.text.as_str());
        Texts {
            contract,
            vendor,
            ledger,
        }
    }

    fn unusable(&self, message: &str) -> Failure {
        Failure::unusable(format!(
            "{} cannot be compared: {message}",
            self.vendor.name
        ))
    }
}

pub(super) fn run(source: Source, arguments: &FollowArguments) -> Result<Verdict, Failure> {
    let path = arguments.contract.path()?;
    let named = arguments.ledger.clone();
    let ledger = named.unwrap_or_else(|| path.with_file_name("README.md"));
    let inputs = Inputs {
        vendor: files::read(&arguments.published)?,
        contract: files::read(&path)?,
        ledger: optional(&ledger, arguments.ledger.is_some())?,
    };
    files::document(&inputs.contract)?;
    let unusable = |message: String| inputs.unusable(&message);
    if arguments.inventory {
        let rows = inventory(source, inputs.texts()).map_err(unusable)?;
        print(&escaped_rows(&rows))?;
        return Ok(Verdict::Shown);
    }
    if arguments.write {
        return write::run(source, arguments, &inputs, (path, ledger));
    }
    let report = compare(source, inputs.texts()).map_err(unusable)?;
    print(&show::report(
        arguments.format,
        &report,
        &inputs,
        &path,
        &ledger,
    ))?;
    Ok(verdict(&report, &inputs))
}

/// A file that may be absent unless it was named.
fn optional(path: &Path, is_named: bool) -> Result<files::TextFile, Failure> {
    match is_named || path.is_file() {
        true => files::read(path),
        false => Ok(files::TextFile {
            name: path.display().to_string(),
            text: String::new(),
        }),
    }
}

/// Tabs separate the cells, so they stay.
fn escaped_rows(rows: &str) -> String {
    let row = |row: &str| row.split('\t').map(escaped).collect::<Vec<_>>().join("\t") + "\n";
    rows.lines().map(row).collect()
}

/// In sync, or how many differences there are. Defaults are no difference, but are mentioned.
fn verdict(report: &Comparison, inputs: &Inputs) -> Verdict {
    let (contract, vendor) = (&inputs.contract.name, &inputs.vendor.name);
    if report.defaults > 0 {
        let what = counted(report.defaults, "default");
        say(&format!(
            "note: {what} in {vendor} not as in {contract}; `--write` takes them over"
        ));
    }
    let (found, stale) = (report.differences.len(), report.stale.len());
    if found + stale == 0 {
        let kept = counted(report.explained, "difference");
        return Verdict::Good(format!(
            "{contract} is in sync with {vendor}, with {kept} by the ledger"
        ));
    }
    let stale = match stale {
        0 => String::new(),
        count => format!(
            ", and {} of {} without a difference",
            counted(count, "row"),
            inputs.ledger.name
        ),
    };
    Verdict::Found(format!(
        "{} between {vendor} and {contract}{stale}",
        counted(found, "difference")
    ))
}
