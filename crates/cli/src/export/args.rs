//! The arguments of `export`: which items, which results and columns, and where the rows go.
//!
//! The format is that of `-o`, else the one that the ending of `--out` names, else NDJSON.

use std::path::PathBuf;

use clap::Args;

use crate::collection::Collection;
use crate::exit::Failure;
use crate::filter::Filter;
use crate::output::csv::Dialect;
use crate::output::layout::Layout;
use crate::service::Service;

/// Which items, which results and columns of them, and where the rows go.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) items: Collection,

    #[command(flatten)]
    pub(crate) filter: Filter,

    /// Format: ndjson, csv, tsv, parquet; else by --out
    #[arg(
        short,
        long,
        value_enum,
        ignore_case = true,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    pub(crate) output: Option<Dialect>,

    #[command(flatten)]
    pub(crate) layout: Layout,

    /// Output file, written atomically [default: stdout]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Resume an interrupted export and retry failed items
    #[arg(long, requires = "out", conflicts_with = "force")]
    pub(crate) resume: bool,

    /// Overwrite an existing or partial export
    #[arg(long, requires = "out")]
    pub(crate) force: bool,

    /// File for failed items [default: OUT.errors.ndjson]
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,

    /// Do not mask credentials
    #[arg(long)]
    pub(crate) reveal_secrets: bool,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// The message of a build without the feature `parquet`.
pub(super) const NO_PARQUET: &str = without_feature!("parquet");

/// Endings of files that no export has. With one of them `results.json` would be NDJSON, which no JSON parser reads.
const OTHER_FORMATS: [&str; 12] = [
    "json", "yaml", "yml", "xls", "xlsx", "html", "xml", "pdf", "md", "gz", "zst", "zip",
];

impl Export {
    /// Refuses what can be known to be wrong before anything is done.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let failure = |message: &str| Err(Failure::usage(message));
        self.filter.check()?;
        if self.format() == Dialect::Parquet && !cfg!(feature = "parquet") {
            return failure(NO_PARQUET);
        }
        match self.extension() {
            Some(name) if self.output.is_none() && OTHER_FORMATS.contains(&name.as_str()) => {
                failure(&format!(
                    "rows are written as ndjson, csv, tsv or parquet, not as {name}: choose one with --output"
                ))
            }
            _ => Ok(()),
        }
    }

    /// The ending of the output file's name, in lower case.
    fn extension(&self) -> Option<String> {
        let extension = self.out.as_ref().and_then(|path| path.extension())?;
        Some(extension.to_string_lossy().to_lowercase())
    }

    /// The format that is given, else that of the file's ending, else NDJSON.
    pub(super) fn format(&self) -> Dialect {
        self.output.unwrap_or(match self.extension().as_deref() {
            Some("csv") => Dialect::Csv,
            Some("tsv") => Dialect::Tsv,
            Some("parquet") => Dialect::Parquet,
            _ => Dialect::Ndjson,
        })
    }
}
