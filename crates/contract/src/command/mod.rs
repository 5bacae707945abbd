//! The command `spec`, for those who edit the contract: as `cargo spec` in a checkout, and as a subcommand of
//! `processing-results`. It needs no network and no key, and works on a document that the bindings do not build from.
//!
//! ```text
//! SpecCommand -> run -> check::run, show::run, ...     reads files, calls the library, prints the result
//!                    <- Ok(Verdict) or Err(Failure)    one sentence, which goes to standard error
//!             <- Exit                                  0, 1 or 2
//! ```
//!
//! Each subcommand is a file with its arguments and its `run`, and a line in [`SpecCommand`] and in [`run`]. The comments
//! on arguments are their help.

mod check;
mod diff;
mod drift;
mod explain;
mod files;
mod follow;
mod outcome;
mod output;
mod show;
mod table;

pub use outcome::Exit;

use crate::upstream::Source;
use clap::{Parser, Subcommand};
use outcome::{Failure, Verdict};

/// The text behind the options: examples of the subcommand, then the exit codes, which all of them share. Lines are
/// short enough for 60 columns, since clap breaks longer ones without an indent.
macro_rules! examples {
    ($($example:literal),*) => {
        concat!(
            "Examples:\n",
            $("  cargo spec ", $example, "\n",)*
            "
Exit codes:
  0  no finding, no breaking change, no drift, in sync
  1  a finding, a breaking change, drift, or a difference
     from the vendor; or output that cannot be written
  2  usage, or a file that cannot be read or used"
        )
    };
}

/// The command line of `spec`.
#[derive(Debug, Subcommand)]
pub enum SpecCommand {
    /// Check OpenAPI documents: each error with its line, and what to write instead
    #[command(after_help = examples!("check", "check --fix", "check NEW.yaml --format github"))]
    Check(check::CheckArguments),

    /// Show the components of the document, one of them, or the fields of a name
    #[command(after_help = examples!("show", "show ProcessingResult", "show lang"))]
    Show(show::ShowArguments),

    /// Show what an edit does to the wire and to the Rust API
    #[command(after_help = examples!("diff OLD.yaml NEW.yaml", "diff OLD.yaml NEW.yaml --format markdown"))]
    Diff(diff::DiffArguments),

    /// Show what real responses contain that the document lacks, with YAML to paste
    #[command(after_help = examples!("drift RESPONSE.json", "drift results.ndjson --write"))]
    Drift(drift::DriftArguments),

    /// Compare the vendor's OpenAPI document with ours, or follow it
    #[command(after_help = examples!("upstream openapi.json", "upstream openapi.json --write"))]
    Upstream(follow::FollowArguments),

    /// Compare the vendor's documentation page with our document, or follow it
    #[command(after_help = examples!("page page.md", "page page.md --write"))]
    Page(follow::FollowArguments),

    /// Explain a rule of `check`
    #[command(after_help = examples!("explain", "explain unknown-key"))]
    Explain(explain::ExplainArguments),
}

/// Runs a subcommand: the result goes to standard output, the verdict to standard error.
///
/// ```
/// use clap::Parser;
/// use processing_results_contract::command::{Exit, SpecCommand, run};
///
/// #[derive(Parser)]
/// struct Cli {
///     #[command(subcommand)]
///     spec: SpecCommand,
/// }
///
/// let cli = Cli::parse_from(["spec", "explain", "duplicate-key"]);
/// assert_eq!(run(&cli.spec), Exit::Good);
/// ```
pub fn run(spec: &SpecCommand) -> Exit {
    let verdict = match spec {
        SpecCommand::Check(arguments) => check::run(arguments),
        SpecCommand::Show(arguments) => show::run(arguments),
        SpecCommand::Diff(arguments) => diff::run(arguments),
        SpecCommand::Drift(arguments) => drift::run(arguments),
        SpecCommand::Upstream(arguments) => follow::run(Source::Document, arguments),
        SpecCommand::Page(arguments) => follow::run(Source::Page, arguments),
        SpecCommand::Explain(arguments) => explain::run(arguments),
    };
    match verdict {
        Ok(Verdict::Shown) => Exit::Good,
        Ok(Verdict::Good(summary)) => {
            output::say(&format!("note: {summary}"));
            Exit::Good
        }
        Ok(Verdict::Found(summary)) => {
            output::say(&format!("error: {summary}"));
            Exit::Found
        }
        Err(Failure { exit, message }) => {
            output::say(&format!("error: {message}"));
            exit
        }
    }
}

/// Reads the command line, or prints what is wrong with it, or the help.
///
/// # Errors
/// The exit code then. Arguments are shown with escapes in place of characters that act on a terminal or cannot be seen:
/// clap leaves some of them out, by its features.
///
/// ```no_run
/// use clap::Parser;
/// use processing_results_contract::command::{SpecCommand, parse, run};
///
/// #[derive(Parser)]
/// struct Cli {
///     #[command(subcommand)]
///     spec: SpecCommand,
/// }
///
/// let exit = parse::<Cli>().map_or_else(|exit| exit, |cli| run(&cli.spec));
/// std::process::exit(exit as i32);
/// ```
pub fn parse<T: Parser>() -> Result<T, Exit> {
    let shown = |error| {
        let args = std::env::args_os().map(|arg| output::escaped(&arg.to_string_lossy()));
        T::try_parse_from(args).err().unwrap_or(error)
    };
    T::try_parse().map_err(|error| usage(&shown(error)))
}

/// Help and version go to standard output and are no error.
fn usage(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        // If standard output is closed, there is nobody to read it.
        let _ = error.print();
        return Exit::Good;
    }
    error.to_string().lines().for_each(output::say);
    Exit::Unusable
}
