//! The arguments of `report`.

use std::path::PathBuf;

use clap::Args;

use super::price::Price;
use crate::analysis::args::Source;
use crate::service::count;

/// Which histories to report on, what jobs cost, and where the page goes.
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Price, such as parse:agentic=0.1, parse=0.003/page
    #[arg(long, value_name = "PRICE")]
    pub(crate) price: Vec<Price>,

    /// Pages to assume where a result does not say
    #[arg(long, value_name = "N", requires = "price", value_parser = count)]
    pub(crate) pages: Option<u32>,

    /// Output file; `-` for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) source: Source,
}
