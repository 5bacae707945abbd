//! The arguments of `report`: those of every command over many items, and prices.
//!
//! Without `--price` the report counts results; with it, it also says what the repeats cost. A price is a number
//! without a currency: whatever the caller has in mind is what the page shows.

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
    // Without a price there is nothing that a number of pages could change.
    #[arg(long, value_name = "N", requires = "price", value_parser = count)]
    pub(crate) pages: Option<u32>,

    /// Output file; `-` for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) source: Source,
}
