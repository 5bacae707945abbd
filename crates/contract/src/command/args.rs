//! The command line of `spec`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum Spec {
    /// Check a contract: each slip with its line, and what to write instead
    #[command(after_help = spec_exit_help!())]
    Check(Check),

    /// Show the contract's components, or one of them, as a table
    Show(Show),

    /// Show what an edit does to the wire and to the Rust API
    #[command(after_help = spec_exit_help!())]
    Diff(Diff),

    /// Show what real answers hold that the contract does not, with YAML to paste
    #[command(after_help = spec_exit_help!())]
    Drift(Drift),
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The contract; `-` is standard input [default: openapi/processing-results.yaml, else the
    /// bundled one]
    pub(crate) file: Option<PathBuf>,

    /// Write findings in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: CheckFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Component to show, such as ProcessingResult; without it, all are listed
    pub(crate) component: Option<String>,

    #[command(flatten)]
    pub(crate) contract: ContractFile,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The contract before; `-` is standard input, as in `git show main:FILE | ... diff - FILE`
    pub(crate) old: PathBuf,

    /// The contract after
    pub(crate) new: PathBuf,

    /// Write changes in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Drift {
    /// Answers of the service as JSON, such as `get -o json` writes; `-` is standard input
    #[arg(required = true, value_name = "RESPONSE.json")]
    pub(crate) answers: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) contract: ContractFile,

    /// Write differences in this format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: Format,
}

/// The contract to look at.
#[derive(Debug, Args)]
pub(crate) struct ContractFile {
    /// The contract [default: openapi/processing-results.yaml, else the bundled one]
    #[arg(short = 'c', long = "contract", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

/// Formats of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// A line each, with help below it
    #[default]
    Text,
    /// Annotations that GitHub shows at their lines
    Github,
    /// An array of objects
    Json,
}

/// Formats of everything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// An array of objects
    Json,
}
