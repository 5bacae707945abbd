//! The arguments of `diff` and `duplicates`, and those that `report` shares with `duplicates`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::collection::Collection;
use crate::filter::{Filter, job_type};
use crate::output::format::Output;
use crate::service::Service;

/// Which two results of an item to compare.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Item whose results to compare
    pub(crate) item_id: String,

    /// Earlier result, by id or unambiguous prefix [default: the last two of a type]
    #[arg(value_name = "OLD_RESULT", requires = "after")]
    pub(crate) before: Option<String>,

    /// Result to compare with it
    #[arg(value_name = "NEW_RESULT")]
    pub(crate) after: Option<String>,

    /// Compare the last two of this type: parse, extract, ...
    #[arg(short = 't', long, value_name = "TYPE", conflicts_with = "before", value_parser = job_type)]
    pub(crate) job_type: Option<String>,

    #[command(flatten)]
    pub(crate) output: Output<DiffFormat>,

    /// Do not mask credentials
    #[arg(long)]
    pub(crate) reveal_secrets: bool,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// Whose duplicates to list, and how.
#[derive(Debug, Args)]
pub(crate) struct Duplicates {
    // First: options behind those of the source would stand below its heading `Service`.
    #[command(flatten)]
    pub(crate) output: Output<DuplicatesFormat>,

    #[command(flatten)]
    pub(crate) source: Source,
}

/// Where many histories come from, the service or an earlier export, and which of their results count.
///
/// Reading an export costs no requests: a report on 100,000 items takes seconds then, and not hours.
#[derive(Debug, Args)]
pub(crate) struct Source {
    #[command(flatten)]
    pub(crate) collection: Collection,

    /// Read an earlier export of any format instead; `-` is stdin
    #[arg(long, value_name = "FILE", conflicts_with_all = ["ids", "items", "demo"])]
    pub(crate) from: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) filter: Filter,

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
