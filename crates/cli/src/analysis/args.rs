//! The arguments of `diff` and `duplicates`.

use clap::{Args, ValueEnum};

use crate::collection::Collection;
use crate::service::Service;

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Item whose results to compare
    pub(crate) item_id: String,

    /// Earlier result, by id or unambiguous prefix [default: the last two of a job type]
    #[arg(value_name = "OLD_RESULT", requires = "after")]
    pub(crate) before: Option<String>,

    /// Result to compare with it
    #[arg(value_name = "NEW_RESULT")]
    pub(crate) after: Option<String>,

    /// Compare the last two results of this job type: parse, extract, classify
    #[arg(short = 't', long, value_name = "TYPE", conflicts_with = "before")]
    pub(crate) job_type: Option<String>,

    /// Output format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: DiffFormat,

    #[command(flatten)]
    pub(crate) service: Service,
}

#[derive(Debug, Args)]
pub(crate) struct Duplicates {
    #[command(flatten)]
    pub(crate) collection: Collection,

    /// Only results of this job type: parse, extract, classify
    #[arg(short = 't', long, value_name = "TYPE")]
    pub(crate) job_type: Option<String>,

    /// Output format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: DuplicatesFormat,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// Formats of what changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    #[default]
    Table,
    Json,
}

/// Formats of duplicates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DuplicatesFormat {
    #[default]
    Table,
    Json,
    Ndjson,
}
