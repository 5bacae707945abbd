//! The command line of `export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::args::Service;
use crate::collection::Collection;

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) items: Collection,

    /// Export results of one job type only: parse, extract or classify
    #[arg(short = 't', long, value_name = "TYPE")]
    pub(crate) job_type: Option<String>,

    /// Write rows in this format [default: what --out ends in, else ndjson]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<Format>,

    /// Write to this file, which appears once it is whole [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Go on where an export to this file was stopped, and ask again for what failed
    #[arg(long, requires = "out", conflicts_with = "force")]
    pub(crate) resume: bool,

    /// Begin anew, whatever is there of this file
    #[arg(long, requires = "out")]
    pub(crate) force: bool,

    /// Write the items that failed to this file [default: FILE.errors.ndjson beside --out FILE]
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,

    /// Export credentials in clear
    #[arg(long)]
    pub(crate) reveal_secrets: bool,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// Formats of many histories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// One processing result a line, as `get` writes it, with the output's bucket and key
    Ndjson,
    /// One processing result a line, in the columns of `get`, with the output's bucket and key
    Csv,
    /// Columns with types, parameters among them; needs --out
    Parquet,
}

impl Export {
    /// What is asked for, else what the file's name says.
    pub(super) fn format(&self) -> Format {
        let ending = self.out.as_ref().and_then(|path| path.extension());
        let ending = ending.map(|ending| ending.to_string_lossy().to_lowercase());
        self.output.unwrap_or(match ending.as_deref() {
            Some("csv") => Format::Csv,
            Some("parquet") => Format::Parquet,
            _ => Format::Ndjson,
        })
    }
}
