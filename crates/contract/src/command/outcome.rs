//! How a subcommand ends.

use clap::ValueEnum;
use std::process::ExitCode;

/// Formats of everything but findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TextOrJson {
    /// For people
    #[default]
    Text,
    /// An array of objects
    Json,
}

/// The exit codes. Scripts rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to report.
    Good = 0,
    /// Something was found, or the output could not be written.
    Found = 1,
    /// The command could not do what was requested.
    Unusable = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// What a subcommand ends with.
pub(super) enum Verdict {
    /// What was requested is printed, and there is nothing to judge.
    Shown,
    /// All is well, as the sentence says.
    Good(String),
    /// Something was found, as the sentence says.
    Found(String),
}

/// Why a subcommand could not do what was requested, in one line.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn unusable(message: impl Into<String>) -> Failure {
        Failure {
            exit: Exit::Unusable,
            message: message.into(),
        }
    }
}
