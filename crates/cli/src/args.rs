//! The command line: the commands, the options of all of them, and the arguments of `get`, `latest` and `doctor`.
//!
//! The other commands have their arguments beside their code. Doc comments of fields are the help texts: one line each,
//! short enough for 80 columns, without a full stop. What is longer is in `help/`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use processing_results::spec;
use processing_results_contract::command::SpecCommand;

use crate::analysis::args::{Diff, Duplicates};
#[cfg(feature = "s3")]
use crate::download::args::{Download, timeout_of_the_call};
use crate::export::args::Export;
use crate::filter::Filter;
use crate::help::{self, Topic};
use crate::output::format::Output;
use crate::output::layout::Layout;
use crate::report::args::Report;
use crate::serve::args::Serve;
use crate::service::Service;
use crate::terminal::Color;

/// The order of the options of all commands in the help of each: behind its own options, which count from 0.
const GLOBAL: usize = 900;

/// Inspect and export the processing history of LlamaCloud batch items
#[derive(Debug, Parser)]
#[command(
    name = "processing-results",
    version = version(),
    long_version = long_version(),
    after_help = help_text!("main"),
    max_term_width = help::MAX_WIDTH,
)]
pub(crate) struct Cli {
    /// Log each request to standard error
    #[arg(short, long, global = true, display_order = GLOBAL)]
    pub(crate) verbose: bool,

    /// Print no summaries, notes or progress
    #[arg(short, long, global = true, display_order = GLOBAL, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Colors: auto, always, never [default: auto]
    #[arg(long, global = true, display_order = GLOBAL, value_enum, ignore_case = true, value_name = "WHEN", hide_default_value = true, hide_possible_values = true, default_value_t)]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands. Their names and exit codes are a promise to scripts.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the processing history of one item
    #[command(after_help = help_text!("get"))]
    Get(Get),

    /// Show the latest result of each job type of one item
    #[command(after_help = help_text!("latest"))]
    Latest(Get),

    /// Show which parameters changed between two results of one item
    #[command(after_help = help_text!("diff"))]
    Diff(Diff),

    /// List results that repeat an earlier one with identical parameters
    #[command(
        visible_alias = "dupes",
        after_help = help_text!("duplicates"),
    )]
    Duplicates(Duplicates),

    /// Export the history of many items as NDJSON, CSV or Parquet
    #[command(after_help = help_text!("export"))]
    Export(Export),

    /// Download the outputs of one item's processing results from S3
    #[cfg(feature = "s3")]
    #[command(
        mut_arg("demo", |demo| demo.hide(true)),
        mut_arg("timeout", timeout_of_the_call),
        after_help = help_text!("download"),
    )]
    Download(Download),

    /// Download outputs from S3: not in this build, which lacks the feature `s3`
    #[cfg(not(feature = "s3"))]
    #[command(hide = true, disable_help_flag = true)]
    Download {
        #[arg(hide = true, num_args = 0.., trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<std::ffi::OsString>,
    },

    /// Create an HTML report: results over time, repeats, parameters, schema drift
    #[command(after_help = help_text!("report"))]
    Report(Report),

    /// Check configuration and connectivity
    #[command(
        mut_arg("timeout", |timeout| timeout.help("Time limit of the check [default: 10s]")),
        after_help = help_text!("doctor"),
    )]
    Doctor(Doctor),

    /// Run a local mock of the API with a web UI
    #[command(after_help = help_text!("serve"))]
    Serve(Serve),

    /// Lint, print and compare the OpenAPI document
    #[command(subcommand, after_help = help_text!("spec"))]
    Spec(SpecCommand),

    /// Print completions for a shell
    #[command(after_help = help_text!("completions"))]
    Completions {
        /// Shell to print them for
        shell: Shell,
    },

    /// Print the manual, as a man page
    #[command(hide = true)]
    Man,

    #[command(flatten)]
    Topic(Topic),
}

/// The arguments of `get` and of `latest`, which differ in the results that they select.
#[derive(Debug, Args)]
pub(crate) struct Get {
    /// Item whose history to show
    pub(crate) item_id: String,

    #[command(flatten)]
    pub(crate) filter: Filter,

    /// Show all parameters of each result
    #[arg(long)]
    pub(crate) params: bool,

    #[command(flatten)]
    pub(crate) output: Output<HistoryFormat>,

    #[command(flatten)]
    pub(crate) layout: Layout,

    /// Do not mask credentials
    #[arg(long)]
    pub(crate) reveal_secrets: bool,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// The arguments of `doctor`.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) output: Output<DoctorFormat>,

    #[command(flatten)]
    pub(crate) service: Service,
}

// The formats are described in `help formats`. A description of a value here would have clap
// print each option of `--help` on three lines.

/// Formats of a history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum HistoryFormat {
    #[default]
    Table,
    Json,
    Ndjson,
    Csv,
    Tsv,
}

/// Formats of what `doctor` finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DoctorFormat {
    #[default]
    Text,
    Json,
}

/// What `-V` prints: the version of this package, and the date of the contract that it was built from.
fn version() -> String {
    format!(
        "{} (contract {})",
        env!("CARGO_PKG_VERSION"),
        spec::API_VERSION
    )
}

/// What `--version` prints: also what somebody who helps needs to know, such as the features of this build.
fn long_version() -> String {
    let features = [
        ("parquet", cfg!(feature = "parquet")),
        ("s3", cfg!(feature = "s3")),
    ];
    let features: Vec<_> = features
        .iter()
        .filter_map(|(name, is_on)| is_on.then_some(*name))
        .collect();
    let features = match features.is_empty() {
        true => "none".to_owned(),
        false => features.join(", "),
    };
    format!(
        "{}\ncontract sha256 {}\nfeatures {features}\ncommit {}",
        version(),
        spec::SHA256,
        env!("PROCESSING_RESULTS_COMMIT")
    )
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    #[test]
    fn the_command_line_has_no_contradictions() {
        super::Cli::command().debug_assert();
    }

    /// The commands in the examples of a command and of those below it, without what a pipe does with their output.
    fn examples(command: &Command, found: &mut Vec<Vec<String>>) {
        let help = command.get_after_help().map(ToString::to_string);
        let help = help.unwrap_or_default().replace(" \\\n", " ");
        let (_, lines) = help.split_once("Examples:\n").unwrap_or_default();
        for line in lines.lines().take_while(|line| !line.is_empty()) {
            let line = line.replace("cargo spec ", "processing-results spec ");
            let Some((_, args)) = line.split_once("processing-results ") else {
                continue;
            };
            let args = args.split(['|', '>']).next().unwrap_or_default();
            let args = ["processing-results"]
                .into_iter()
                .chain(args.split_whitespace());
            found.push(args.map(str::to_owned).collect());
        }
        let below = command.get_subcommands();
        below.for_each(|command| examples(command, found));
    }

    #[test]
    fn every_example_of_the_help_is_a_command_line() {
        let mut found = Vec::new();
        examples(&super::Cli::command(), &mut found);
        assert!(found.len() > 30, "{found:?}");
        for args in found {
            match super::Cli::command().try_get_matches_from(&args) {
                // Help is an error of its own kind.
                Err(error) if error.use_stderr() => panic!("{args:?}: {error}"),
                _ => {}
            }
        }
    }

    #[test]
    fn every_command_that_selects_a_job_type_knows_it_in_any_case() {
        let command = super::Cli::command();
        let has_type = |command: &&Command| {
            let mut arguments = command.get_arguments();
            arguments.any(|argument| argument.get_id() == "job_type")
        };
        let commands: Vec<_> = command.get_subcommands().filter(has_type).collect();
        assert!(commands.len() > 5);
        for command in commands {
            let required = command.get_arguments().filter(|it| it.is_required_set());
            let required = required.filter_map(|it| it.get_long());
            let required = required.map(|long| format!("--{long}=x"));
            let args = ["x", "item", "--job-type", "PARSE"].map(str::to_owned);
            let matches = command
                .clone()
                .get_matches_from(args.into_iter().chain(required));
            let found = matches.get_one::<String>("job_type");
            assert_eq!(found.map(String::as_str), Some("parse"), "{command}");
        }
    }
}
