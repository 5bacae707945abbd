//! The command line of `download`.

use std::path::PathBuf;

use clap::{Arg, Args};

use crate::service::Service;

#[derive(Debug, Args)]
pub(crate) struct Download {
    /// Item whose outputs to download
    pub(crate) item_id: String,

    /// Directory for the outputs, created if it does not exist
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) to: PathBuf,

    /// Download outputs of one job type only: parse, extract or classify
    #[arg(short = 't', long, value_name = "TYPE")]
    pub(crate) job_type: Option<String>,

    /// Download the output of this result, by id or unambiguous prefix (repeatable)
    #[arg(long, value_name = "RESULT_ID", conflicts_with = "latest")]
    pub(crate) result: Vec<String>,

    /// Download the output of the latest result of each job type only
    #[arg(long)]
    pub(crate) latest: bool,

    /// Bucket of the outputs that the service names without one
    #[arg(long, value_name = "BUCKET")]
    pub(crate) bucket: Option<String>,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// What `--timeout` means here.
pub(crate) fn timeout_of_the_call(timeout: Arg) -> Arg {
    timeout.help(
        "Timeout of the call to the service, including retries, such as 30s or 2m [default: 300s]",
    )
}
