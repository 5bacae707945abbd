//! How the command ends: exit codes, and the one line that says why.

use std::process::ExitCode;

use processing_results::{Error, ErrorKind};

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

impl From<ErrorKind> for Exit {
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Configuration | ErrorKind::InvalidRequest | ErrorKind::Validation => {
                Exit::Usage
            }
            ErrorKind::Unauthorized | ErrorKind::PaymentRequired | ErrorKind::Forbidden => {
                Exit::Unauthorized
            }
            ErrorKind::NotFound => Exit::NotFound,
            // Not the item is missing but the call: a script must not skip the item for that.
            ErrorKind::Gone => Exit::Service,
            ErrorKind::RateLimited | ErrorKind::Conflict | ErrorKind::Server => Exit::Service,
            ErrorKind::Timeout(_)
            | ErrorKind::Connect
            | ErrorKind::Tls
            | ErrorKind::Interrupted => Exit::Service,
            ErrorKind::Redirect | ErrorKind::Unexpected => Exit::Service,
            ErrorKind::Undecodable | ErrorKind::TooLarge => Exit::Unreadable,
            // The library may learn kinds; nobody but the service is then known to blame.
            _ => Exit::Service,
        }
    }
}

/// Why the command did not do what it was asked to.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// None if it has been told already.
    message: Option<String>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        let message = Some(message.into());
        Failure { exit, message }
    }

    /// One that standard error has been told of.
    pub(crate) fn told(exit: Exit) -> Self {
        Failure {
            exit,
            message: None,
        }
    }

    /// Why, in one line; nothing if it has been told.
    pub(crate) fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }

    /// Says so on standard error, in one line.
    pub(crate) fn report(self) -> Exit {
        if let Some(message) = self.message {
            text::say(&format!("error: {message}"));
        }
        self.exit
    }
}

/// With what lies at the bottom of it, since "no connection" alone does not help.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut message = error.to_string();
        let mut source = std::error::Error::source(&error);
        let mut last = None;
        while let Some(error) = source {
            last = Some(error.to_string());
            source = error.source();
        }
        if let Some(last) = last.filter(|last| !message.contains(last.as_str())) {
            message.push_str(&format!(" ({last})"));
        }
        Failure::new(error.kind().into(), message)
    }
}
