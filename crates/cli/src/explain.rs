//! What an error of the library means to somebody at the command line: which server, which variable or option.

use std::error::Error as _;
use std::sync::OnceLock;

use processing_results::{Error, ErrorKind};

use crate::error_kinds::facts;
use crate::exit::Failure;

/// What errors are explained with.
#[derive(Debug)]
pub(crate) struct Context {
    /// The server, without user info.
    pub(crate) server: String,
    /// Where the key comes from.
    pub(crate) key: &'static str,
}

/// There is one service a process.
static CONTEXT: OnceLock<Context> = OnceLock::new();

/// Says what later errors are explained with.
pub(crate) fn explain_with(context: Context) {
    // Set once: a second connection has the same arguments and environment.
    let _ = CONTEXT.set(context);
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::from(&error)
    }
}

/// With the cause at the bottom, since "no connection" alone does not help, and with what to do.
impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let mut message = error.to_string();
        let cause = cause(error);
        if let Some(cause) = cause.as_ref().filter(|cause| !message.contains(*cause)) {
            message.push_str(&format!(" ({cause})"));
        }
        if let Some(context) = CONTEXT.get() {
            let hint = hint(error, cause.as_deref().unwrap_or_default(), context);
            message.push_str(&hint.unwrap_or_default());
        }
        Failure::new(facts(error.kind()).exit, message)
    }
}

fn cause(error: &Error) -> Option<String> {
    let mut source = error.source();
    let mut last = None;
    while let Some(error) = source {
        last = Some(error.to_string());
        source = error.source();
    }
    last
}

fn hint(error: &Error, cause: &str, context: &Context) -> Option<String> {
    let Context { server, key } = context;
    let hint = match error.kind() {
        ErrorKind::Unauthorized => {
            format!("; the key is from {key}; `processing-results doctor` shows the settings")
        }
        ErrorKind::RateLimited => {
            "; --rate and --concurrency make fewer requests, --timeout waits longer".to_owned()
        }
        ErrorKind::Tls if cause.contains("InvalidContentType") => {
            format!("; {server} does not speak TLS: is it http://?")
        }
        ErrorKind::Tls if cause.contains("UnknownIssuer") => {
            "; SSL_CERT_FILE names a file of certificates to trust".to_owned()
        }
        ErrorKind::Undecodable if error.to_string().contains("HTML") => {
            "; is a proxy or a login page in between?".to_owned()
        }
        ErrorKind::Timeout(_) => "; --timeout waits longer".to_owned(),
        _ => String::new(),
    };
    let names_server = hint.contains(server.as_str());
    let is_remote = !matches!(
        error.kind(),
        ErrorKind::Configuration
            | ErrorKind::InvalidRequest
            | ErrorKind::NotFound
            | ErrorKind::Validation
    );
    match is_remote && !names_server {
        true => Some(format!("{hint}; server {server}")),
        false => Some(hint).filter(|hint| !hint.is_empty()),
    }
}
