//! The command `spec`, which `cargo spec` runs. It builds without the bindings.

use clap::Parser;
use processing_results_contract::command::{self, SpecCommand};
use std::process::ExitCode;

/// Checks, shows and compares OpenAPI documents of processing-results
#[derive(Debug, Parser)]
#[command(name = "spec", bin_name = "cargo spec", version)]
struct Cli {
    #[command(subcommand)]
    spec: SpecCommand,
}

fn main() -> ExitCode {
    let exit = command::parse::<Cli>().map_or_else(|exit| exit, |cli| command::run(&cli.spec));
    exit.into()
}
