//! The arguments of `report`.

use std::path::PathBuf;

use clap::Args;

use super::price::Price;
use crate::analysis::args::Source;

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Price of a job, to show what repeats cost: parse=0.05 or parse:agentic=0.1 (repeatable)
    #[arg(long, value_name = "TYPE[:TIER]=AMOUNT")]
    pub(crate) price: Vec<Price>,

    /// Output file; `-` for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) source: Source,
}
