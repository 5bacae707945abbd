//! The arguments of `report`.

use std::path::PathBuf;

use clap::Args;

use super::price::Price;
use crate::analysis::args::Source;

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Price per job or page, to show what repeats cost: parse:agentic=0.1, parse=0.003/page (repeatable)
    #[arg(long, value_name = "TYPE[:TIER]=AMOUNT")]
    pub(crate) price: Vec<Price>,

    /// Pages of a document whose results do not say how many it has, for prices per page
    #[arg(long, value_name = "N", requires = "price")]
    pub(crate) pages: Option<u32>,

    /// Output file; `-` for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) source: Source,
}
