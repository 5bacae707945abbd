//! The arguments of `report`.

use std::path::PathBuf;

use clap::Args;

use crate::args::Service;
use crate::collection::Collection;

#[derive(Debug, Args)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) collection: Collection,

    /// Output file; `-` for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) service: Service,
}
