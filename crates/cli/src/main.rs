//! The command `processing-results`.
//!
//! | what | where |
//! |---|---|
//! | arguments and help | `args`, `help`, `service`, `filter`, `usage` |
//! | the commands | `get`, `analysis` (`diff`, `duplicates`), `export`, `report`, `download`, `serve`, `doctor` |
//! | one history, many histories | `history`, `collection` |
//! | formats and masking | `output`, `history_table`, `mask` |
//! | messages and exit codes | `exit`, `explain`, `error_kinds`, `text`, `words` |
//! | waiting, logging, signals | `progress`, `waits`, `verbose`, `signals` |
//! | files and streams | `atomic_file`, `paths`, `roles`, `stdout`, `terminal` |
//!
//! `spec` is a library function of the package `processing-results-contract`, the same as `cargo spec`.
#![allow(
    deprecated,
    reason = "what the contract deprecates is shown until it is gone"
)]

#[macro_use]
mod help;

mod analysis;
mod args;
mod atomic_file;
mod collection;
mod connect;
mod contract;
mod demo;
mod doctor;
#[cfg(feature = "s3")]
mod download;
mod environment;
mod error_kinds;
mod exit;
mod explain;
mod export;
mod filter;
mod get;
mod history;
mod history_table;
mod host;
mod item_id;
#[cfg(test)]
#[path = "../../contract/tests/it/linear.rs"]
mod linear;
mod lock;
mod mask;
mod output;
mod paths;
mod progress;
mod report;
mod roles;
mod serve;
mod service;
mod signals;
mod stdout;
mod terminal;
mod text;
mod usage;
mod verbose;
mod waits;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use processing_results_contract::command::{self, SpecCommand};
use tokio::runtime::Runtime;

use args::{Cli, Command};
use exit::{Exit, Failure};

fn main() -> ExitCode {
    let mut line = Cli::command().color(terminal::color_of_help());
    let parsed = line.try_get_matches_from_mut(std::env::args_os());
    let parsed = parsed.and_then(|matches| {
        Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut line))
    });
    let done = match parsed {
        Ok(cli) => run(&cli),
        Err(error) => usage::report(error),
    };
    done.map_or_else(Failure::report, |()| Exit::Done).into()
}

/// Sets up what is the same for all commands: output, logging, and the runtime that calls need.
fn run(cli: &Cli) -> Result<(), Failure> {
    text::set_quiet(cli.quiet);
    terminal::set_color(cli.color);
    verbose::start(cli.verbose);
    // One call at a time needs no threads.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Service, format!("no runtime: {error}")))?;
    let done = command(cli, &runtime);
    // Dropping it would wait for threads that resolve a name or write to a pipe.
    runtime.shutdown_background();
    done
}

/// Runs the command itself. All but two check first that their output can go somewhere.
fn command(cli: &Cli, runtime: &Runtime) -> Result<(), Failure> {
    // These two check their destination, which may be a file.
    if !matches!(cli.command, Command::Export(_) | Command::Report(_)) {
        stdout::check()?;
    }
    match &cli.command {
        Command::Spec(spec) => spec_command(spec),
        Command::Completions { shell } => stdout::print(&help::completions(*shell, Cli::command())),
        Command::Man => stdout::written(help::manual(Cli::command).and_then(|page| {
            let mut out = std::io::stdout().lock();
            text::write_all(&mut out, &page)
        })),
        Command::Topic(topic) => stdout::print((topic.text() + "\n").as_bytes()),
        Command::Get(get) => runtime.block_on(get::run(get)),
        Command::Export(export) => runtime.block_on(export::run(export)),
        #[cfg(feature = "s3")]
        Command::Download(download) => runtime.block_on(download::run(download)),
        #[cfg(not(feature = "s3"))]
        Command::Download { .. } => Err(Failure::usage(without_feature!("s3"))),
        Command::Latest(get) => runtime.block_on(get::latest(get)),
        Command::Diff(diff) => runtime.block_on(analysis::diff::run(diff)),
        Command::Duplicates(duplicates) => runtime.block_on(analysis::duplicates::run(duplicates)),
        Command::Report(report) => runtime.block_on(report::run(report)),
        Command::Doctor(doctor) => runtime.block_on(doctor::run(doctor)),
        Command::Serve(serve) => runtime.block_on(serve::run(serve, cli.verbose)),
    }
}

/// `spec`, which prints its own messages. Its exit codes are a part of the command's.
fn spec_command(spec: &SpecCommand) -> Result<(), Failure> {
    match command::run(spec) {
        command::Exit::Good => Ok(()),
        command::Exit::Found => Err(Failure::reported(Exit::Output)),
        command::Exit::Unusable => Err(Failure::reported(Exit::Usage)),
    }
}
