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
    let exit = match Cli::try_parse() {
        Ok(cli) => command::run(&cli.spec),
        Err(error) => command::usage(&error),
    };
    exit.into()
}
