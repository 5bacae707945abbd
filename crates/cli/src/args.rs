//! The command line.

use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use processing_results::{Region, spec};
use processing_results_contract::command::Spec;

use crate::analysis::args::{Diff, Duplicates};
#[cfg(feature = "s3")]
use crate::download::args::{Download, timeout_of_the_call};
use crate::export::args::Export;
use crate::help::{self, Topic};
use crate::report::args::Report;
use crate::serve::args::Serve;

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
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

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
    #[command(visible_alias = "dupes", after_help = help_text!("duplicates"))]
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
    #[command(after_help = help_text!("doctor"))]
    Doctor(Doctor),

    /// Run a local mock of the API with a web UI
    #[command(after_help = help_text!("serve"))]
    Serve(Serve),

    /// Lint, print and compare the OpenAPI document
    #[command(subcommand)]
    Spec(Spec),

    #[command(flatten)]
    Topic(Topic),
}

#[derive(Debug, Args)]
pub(crate) struct Get {
    /// Item whose history to show
    pub(crate) item_id: String,

    /// Only results of this job type: parse, extract, classify
    #[arg(short = 't', long, value_name = "TYPE")]
    pub(crate) job_type: Option<String>,

    /// Output format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: Format,

    /// Do not mask credentials
    #[arg(long)]
    pub(crate) reveal_secrets: bool,

    #[command(flatten)]
    pub(crate) service: Service,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Output format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: DoctorFormat,

    #[command(flatten)]
    pub(crate) service: Service,
}

/// Which service to call, and with which limits.
#[derive(Debug, Args)]
#[command(next_help_heading = "Service")]
pub(crate) struct Service {
    /// Use built-in sample data; needs no key and no network
    #[arg(long, conflicts_with_all = ["region", "base_url", "allow_plain_http"])]
    pub(crate) demo: bool,

    /// Project ID
    #[arg(short, long, value_name = "ID")]
    pub(crate) project_id: Option<String>,

    /// Organization ID
    #[arg(long, value_name = "ID")]
    pub(crate) organization_id: Option<String>,

    /// Region that the API key belongs to
    #[arg(
        short,
        long,
        value_enum,
        value_name = "REGION",
        conflicts_with = "base_url"
    )]
    pub(crate) region: Option<RegionName>,

    /// API base URL, such as https://host or https://host/prefix
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,

    /// Allow unencrypted HTTP to HOST (exposes the API key)
    #[arg(long, value_name = "HOST")]
    pub(crate) allow_plain_http: Vec<String>,

    /// Total timeout per item, including retries [default: 300; doctor: 10]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Option<Duration>,

    /// Maximum retries of transient failures [default: 5]
    #[arg(long, value_name = "N")]
    pub(crate) max_retries: Option<u32>,
}

// The formats are described in `help formats`. A description of a value here would have clap
// print each option of `--help` on three lines.

/// Formats of a history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Table,
    Json,
    Ndjson,
    Csv,
}

/// Formats of what `doctor` finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DoctorFormat {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RegionName {
    Na,
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

    #[test]
    fn every_example_of_the_help_is_a_command_line() {
        let command = super::Cli::command();
        let commands = command.get_subcommands().chain([&command]);
        let helps = commands.filter_map(|command| Some(command.get_after_help()?.to_string()));
        let text: String = helps.collect();
        let examples = text
            .split("Examples:")
            .skip(1)
            .flat_map(|text| text.lines());
        let own = examples.filter_map(|line| line.split_once("processing-results "));
        let own: Vec<_> = own
            .filter(|(before, _)| !before.contains("See also"))
            .collect();
        assert!(own.len() > 12, "{text}");
        for (_, args) in own.iter().filter(|(_, args)| !args.starts_with("help ")) {
            let args = args.split(" | ").next().unwrap_or_default().split(' ');
            let args = ["processing-results"].into_iter().chain(args);
            if let Err(error) = super::Cli::command().try_get_matches_from(args) {
                panic!("{error}");
            }
        }
    }
}
