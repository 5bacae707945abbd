//! The arguments of `report`.

use std::path::PathBuf;

use clap::Args;

use crate::collection::Collection;
use crate::service::Service;

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
