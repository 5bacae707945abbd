//! The arguments of `diff` and `duplicates`.

use clap::{Args, ValueEnum};

use crate::args::Service;
use crate::collection::Collection;

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Item whose results to compare, such as `invoice-0001` with --demo
    pub(crate) item_id: String,

    /// Result to compare with, by its id [default: the last two of a job type]
    #[arg(value_name = "RESULT", requires = "after")]
    pub(crate) before: Option<String>,

    /// Result that is compared with it
    #[arg(value_name = "LATER RESULT")]
    pub(crate) after: Option<String>,

    /// Compare the last two results of this job type: parse, extract or classify
    /// [default: the type of the latest result that has an earlier one of its type]
    #[arg(short = 't', long, value_name = "TYPE", conflicts_with = "before")]
    pub(crate) job_type: Option<String>,

    /// Write the changes in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: DiffFormat,

    #[command(flatten)]
    pub(crate) service: Service,
}

#[derive(Debug, Args)]
pub(crate) struct Duplicates {
    #[command(flatten)]
    pub(crate) collection: Collection,

    /// Look at results of one job type only: parse, extract or classify
    #[arg(short = 't', long, value_name = "TYPE")]
    pub(crate) job_type: Option<String>,

    /// Write the duplicates in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: DuplicatesFormat,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// Formats of what changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people, as wide as the terminal; long texts are shortened
    #[default]
    Table,
    /// One object: item_id, item_name, before, after and changes
    Json,
}

/// Formats of duplicates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DuplicatesFormat {
    /// For people, as wide as the terminal
    #[default]
    Table,
    /// One list, with an object for each group of results that are the same
    Json,
    /// One such object a line
    Ndjson,
}
