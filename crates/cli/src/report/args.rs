//! The arguments of `report`.

use std::path::PathBuf;

use clap::Args;

use crate::analysis::args::Source;

#[derive(Debug, Args)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) source: Source,

    /// Output file; `-` for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}
