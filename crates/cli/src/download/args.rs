//! The arguments of `download`: which outputs of one item, and where to.
//!
//! Where the store is, and with which credentials, is in the AWS variables, as for other tools of AWS.

use std::path::PathBuf;

use clap::{Arg, Args};

use crate::filter::job_type;
use crate::service::Service;

/// Which outputs of an item to download, and where to.
#[derive(Debug, Args)]
pub(crate) struct Download {
    /// Item whose outputs to download
    pub(crate) item_id: String,

    /// Directory for the outputs, created if missing
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) to: PathBuf,

    /// Only outputs of this type: parse, extract, classify
    #[arg(short = 't', long, value_name = "TYPE", value_parser = job_type)]
    pub(crate) job_type: Option<String>,

    /// Output of this result, by id or prefix (repeatable)
    #[arg(long, value_name = "RESULT_ID", conflicts_with = "latest")]
    pub(crate) result: Vec<String>,

    /// Only the output of the latest result of each type
    #[arg(long)]
    pub(crate) latest: bool,

    /// Bucket of outputs that are named without one
    #[arg(long, value_name = "BUCKET")]
    pub(crate) bucket: Option<String>,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// `--timeout` is for the call to the service here: an output may be large, and takes as long as it takes.
pub(crate) fn timeout_of_the_call(timeout: Arg) -> Arg {
    timeout.help("Time of the call to the service [default: 300s]")
}
