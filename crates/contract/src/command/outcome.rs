//! How a subcommand ends: with a verdict, whose sentence goes to standard error, or with a failure, which is a sentence
//! as well. Either way there is an exit code, and it is decided here and in `run` alone.

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
///
/// ```
/// use processing_results_contract::command::Exit;
///
/// assert_eq!([Exit::Good, Exit::Found, Exit::Unusable].map(|exit| exit as u8), [0, 1, 2]);
/// ```
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
    /// A failure of what was requested: a file that can't be read, a rule that does not exist.
    pub(super) fn unusable(message: impl Into<String>) -> Failure {
        Failure {
            exit: Exit::Unusable,
            message: message.into(),
        }
    }
}
