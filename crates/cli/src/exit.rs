//! How the command ends: the exit code, and one line on standard error that says why.
//!
//! `processing-results help exit-codes` has the codes in the words of a user.

use std::process::ExitCode;

use crate::text;

/// Exit codes. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    /// The output could not be written; a finding of `spec`.
    Output = 1,
    /// Arguments, configuration or input that cannot be used.
    Usage = 2,
    /// The key, the credits or the permissions.
    Unauthorized = 3,
    NotFound = 4,
    /// The service failed, or could not be reached.
    Service = 5,
    /// The response could not be decoded.
    Unreadable = 6,
    /// Some items, results or outputs failed, and others did not.
    Partial = 7,
    /// 128 and the number of SIGINT, as shells have it.
    Interrupted = 130,
    /// 128 and the number of SIGTERM.
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
    /// In lower case, without a full stop. `None` if it has been printed already.
    message: Option<String>,
}

impl Failure {
    /// A failure with a message, which is printed when the command ends.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        let message = Some(message.into());
        Failure { exit, message }
    }

    /// A failure of arguments, configuration or input.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A failure of the output.
    pub(crate) fn output(message: impl Into<String>) -> Self {
        Self::new(Exit::Output, message)
    }

    /// A failure whose message has been printed already.
    pub(crate) fn reported(exit: Exit) -> Self {
        Failure {
            exit,
            message: None,
        }
    }

    /// The message; empty if it has been printed already.
    pub(crate) fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }

    /// Prints the message on standard error, and returns the exit code.
    pub(crate) fn report(self) -> Exit {
        if let Some(message) = self.message {
            text::note(&format!("error: {message}"));
        }
        self.exit
    }
}
