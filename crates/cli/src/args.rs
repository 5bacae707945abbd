//! The command line.

use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use processing_results::{Region, spec};

use crate::analysis::args::{Diff, Duplicates};
#[cfg(feature = "s3")]
use crate::download::args::{Download, timeout_of_the_call};
use crate::exit;
use crate::export::args::Export;
use crate::report::args::Report;
use crate::serve::args::Serve;
use crate::spec::args::Spec;

/// Shows what has been done to the items of LlamaCloud batches.
#[derive(Debug, Parser)]
#[command(
    name = "processing-results",
    version = version(),
    long_version = long_version(),
    after_help = exit::HELP,
    after_long_help = concat!(environment!(), "\n\n", exit_help!()),
    max_term_width = 100,
)]
pub(crate) struct Cli {
    /// Tell of each attempt, or of each request served, on standard error
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the processing history of one item
    #[command(
        after_help = exit::HELP,
        after_long_help = concat!(secrets!(), "\n\n", environment!(), "\n\n", exit_help!()),
    )]
    Get(Get),

    /// Write the processing results of many items to a file or a stream, as rows
    #[command(
        after_help = concat!(many_exit_help!(), "\n", signal_exit_help!()),
        after_long_help = concat!(
            export_help!(), "\n\n", secrets!(), "\n\n", environment!(), "\n\n",
            many_exit_help!(), "\n", signal_exit_help!()
        ),
    )]
    Export(Export),

    /// Download the outputs of one item's processing results from S3
    #[cfg(feature = "s3")]
    #[command(
        mut_arg("demo", |demo| demo.hide(true)),
        mut_arg("timeout", timeout_of_the_call),
        after_help = download_exit_help!(),
        after_long_help = concat!(download_help!(), "\n\n", download_exit_help!()),
    )]
    Download(Download),

    /// Download outputs from S3: not in this build, which lacks the feature `s3`
    #[cfg(not(feature = "s3"))]
    #[command(hide = true, disable_help_flag = true)]
    Download {
        #[arg(hide = true, num_args = 0.., trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<std::ffi::OsString>,
    },

    /// Show the latest result of each job type of one item
    #[command(
        after_help = exit::HELP,
        after_long_help = concat!(secrets!(), "\n\n", environment!(), "\n\n", exit_help!()),
    )]
    Latest(Get),

    /// Show which parameters changed between two results of one item
    #[command(
        after_help = exit::HELP,
        after_long_help = concat!(diff_help!(), "\n\n", environment!(), "\n\n", exit_help!()),
    )]
    Diff(Diff),

    /// Show what was processed again with the same parameters, in one item or many
    #[command(
        after_help = many_exit_help!(),
        after_long_help = concat!(duplicates_help!(), "\n\n", environment!(), "\n\n", many_exit_help!()),
    )]
    Duplicates(Duplicates),

    /// Write a page about many items: runs over time, repeats, settings and drift
    #[command(
        after_help = many_exit_help!(),
        after_long_help = concat!(report_help!(), "\n\n", environment!(), "\n\n", many_exit_help!()),
    )]
    Report(Report),

    /// Show which settings are in use and whether the service answers
    #[command(after_help = exit::HELP, after_long_help = concat!(environment!(), "\n\n", exit_help!()))]
    Doctor(Doctor),

    /// Serve the API on this machine, with pages to look at, for trying and testing clients
    #[command(after_help = serve_exit_help!(), after_long_help = concat!(serve_data!(), "\n\n", serve_exit_help!()))]
    Serve(Serve),

    /// Check, show and compare the contract that the bindings are made from
    #[command(subcommand)]
    Spec(Spec),
}

#[derive(Debug, Args)]
pub(crate) struct Get {
    /// Item whose history to fetch, such as `invoice-0001` with --demo
    pub(crate) item_id: String,

    /// Show results of one job type only: parse, extract or classify
    #[arg(short = 't', long, value_name = "TYPE")]
    pub(crate) job_type: Option<String>,

    /// Write the history in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: Format,

    /// Show credentials in clear, also in the output of other programs that read this one's
    #[arg(long)]
    pub(crate) reveal_secrets: bool,

    #[command(flatten)]
    pub(crate) service: Service,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Write the findings in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: DoctorFormat,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// What to ask, and with how much patience.
#[derive(Debug, Args)]
#[command(next_help_heading = "Service")]
pub(crate) struct Service {
    /// Ask a server in this process that has an example item; no key, no network
    #[arg(long, conflicts_with_all = ["region", "base_url", "allow_plain_http"])]
    pub(crate) demo: bool,

    /// Project on whose behalf the call is made
    #[arg(short, long, value_name = "ID")]
    pub(crate) project_id: Option<String>,

    /// Organization on whose behalf the call is made
    #[arg(long, value_name = "ID")]
    pub(crate) organization_id: Option<String>,

    /// Region of the service, to which the key belongs
    #[arg(
        short,
        long,
        value_enum,
        value_name = "REGION",
        conflicts_with = "base_url"
    )]
    pub(crate) region: Option<RegionName>,

    /// Server to ask in place of a region's, like https://host or https://host/prefix
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,

    /// Allow http without TLS to this host; anyone on the way can then read the key
    #[arg(long, value_name = "HOST")]
    pub(crate) allow_plain_http: Vec<String>,

    /// Seconds for everything, retries and waits included [default: 300, doctor 10]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Option<Duration>,

    /// Retries after a failure that may pass, 0 for none [default: 5]
    #[arg(long, value_name = "N")]
    pub(crate) max_retries: Option<u32>,
}

/// Formats of a history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, as wide as the terminal
    #[default]
    Table,
    /// The whole answer, unknown fields and nulls included
    Json,
    /// One processing result a line, with the item's id and name
    Ndjson,
    /// One processing result a line, in columns that stay as they are
    Csv,
}

/// Formats of what `doctor` finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DoctorFormat {
    /// One setting a line
    #[default]
    Text,
    /// One object, with the same settings as fields
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RegionName {
    /// North America
    Na,
    /// European Union
    Eu,
}

impl From<RegionName> for Region {
    fn from(name: RegionName) -> Self {
        match name {
            RegionName::Na => Region::NorthAmerica,
            RegionName::Eu => Region::Eu,
        }
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "write a number above 0, such as 30 or 2.5".to_owned())
}

fn version() -> String {
    format!(
        "{} (contract {})",
        env!("CARGO_PKG_VERSION"),
        spec::API_VERSION
    )
}

fn long_version() -> String {
    format!("{}\ncontract sha256 {}", version(), spec::SHA256)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_has_no_contradictions() {
        super::Cli::command().debug_assert();
    }
}
