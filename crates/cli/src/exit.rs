//! How the command ends: exit codes, and the one line that says why.

use std::process::ExitCode;

use crate::text;

/// Exit codes. Scripts rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    Output = 1,
    Usage = 2,
    Unauthorized = 3,
    NotFound = 4,
    Service = 5,
    Unreadable = 6,
    Partial = 7,
    Interrupted = 130,
    Terminated = 143,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Why the command did not do what it was meant to.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// None if it has been printed already.
    message: Option<String>,
}

impl Failure {
    /// A failure with a message, which is printed when the command ends.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        let message = Some(message.into());
        Failure { exit, message }
    }

    /// A failure whose message has been printed already.
    pub(crate) fn reported(exit: Exit) -> Self {
        Failure {
            exit,
            message: None,
        }
    }

    /// Why, in one line; empty if it has been printed.
    pub(crate) fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }

    /// Prints the message on standard error, in one line.
    pub(crate) fn report(self) -> Exit {
        if let Some(message) = self.message {
            text::note(&format!("error: {message}"));
        }
        self.exit
    }
}
