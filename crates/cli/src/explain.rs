//! Errors of the library in terms of the command line.
//!
//! The library's messages name settings of the client, such as `max_retries`. Here they name what people at a command
//! line can change: an option, a variable, or the server that was called.
//!
//! ```text
//! error: no connection to the service; 6 attempts (Connection refused (os error 111)); nothing listens at
//! http://127.0.0.1:4010: check --base-url or LLAMA_CLOUD_BASE_URL
//! ```
//!
//! A message is the library's sentence, the innermost cause, a hint, and the server if the hint does not name it.

use std::error::Error as _;
use std::path::Path;
use std::sync::OnceLock;

use processing_results::{Error, ErrorKind, TimeoutKind};

use crate::demo::EXAMPLE;
use crate::environment::{proxy_for, variable};
use crate::error_kinds::facts;
use crate::exit::Failure;
use crate::item_id;
use crate::mask;

/// Where the key comes from if `--demo` is given.
pub(crate) const DEMO: &str = "the demo";

/// Parts of the library's messages that name its settings, and what the command says instead: its option, if there is
/// one.
const SETTINGS: [(&str, &str); 8] = [
    (
        "that is longer than max_retry_after",
        "that is too long to wait for",
    ),
    (
        "raise the deadline to wait longer",
        "--timeout waits longer",
    ),
    (
        "raise max_retries to try more often",
        "--max-retries tries more often",
    ),
    ("try later, or raise retry_budget", "try later"),
    ("try later, or raise max_retry_after", "try later"),
    (
        "allow the host by name",
        "allow it with --allow-plain-http HOST",
    ),
    ("project_id is empty", "--project-id is empty"),
    ("organization_id is empty", "--organization-id is empty"),
];

/// What errors are explained with, beside themselves.
#[derive(Debug)]
pub(crate) struct Context {
    /// The server, without user info.
    pub(crate) server: String,
    /// The variable that the key comes from, or [`DEMO`].
    pub(crate) key: &'static str,
}

/// A process calls one service, so that errors can be explained wherever they become a [`Failure`].
static CONTEXT: OnceLock<Context> = OnceLock::new();

/// Sets what later errors are explained with.
pub(crate) fn explain_with(context: Context) {
    // Set once: a second connection has the same arguments and environment.
    let _ = CONTEXT.set(context);
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::from(&error)
    }
}

/// The failure of an error that is not about one item, or whose item's id is known to be good.
impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        failure(error, None)
    }
}

impl Failure {
    /// The failure of a call for this item. If there is no such item, its id may be that of something else, such as a
    /// batch or a file.
    pub(crate) fn of_item(id: &str, error: &Error) -> Self {
        let is_missing = error.kind() == ErrorKind::NotFound;
        failure(error, is_missing.then(|| item_id::hint(id)).flatten())
    }
}

/// The failure with its message. A hint about the id, if there is one, replaces the others.
fn failure(error: &Error, of_id: Option<String>) -> Failure {
    let kind = error.kind();
    // The service's own words may repeat what it was configured with.
    let mut message = mask::text(&error.to_string(), false).into_owned();
    for (of_library, of_command) in SETTINGS {
        message = message.replace(of_library, of_command);
    }
    let of_library = kind.hint().map(|hint| format!("; {hint}"));
    if let Some(length) = of_library
        .as_ref()
        .and_then(|hint| Some(message.strip_suffix(hint)?.len()))
    {
        message.truncate(length);
    }
    let cause = cause(error).unwrap_or_default();
    if !cause.is_empty() && !message.contains(&cause) {
        message.push_str(&format!(" ({cause})"));
    }
    let context = CONTEXT.get();
    let hint = of_id.or_else(|| hint(error, &cause, context?));
    if let Some(hint) = hint.map(|hint| format!("; {hint}")).or(of_library) {
        message.push_str(&hint);
    }
    if let Some(Context { server, .. }) = context.filter(|_| is_about_the_server(kind))
        && !message.contains(server)
    {
        message.push_str(&format!("; server {server}"));
    }
    Failure::new(facts(kind).exit, message)
}

/// The innermost cause of an error, such as the operating system's own words.
fn cause(error: &Error) -> Option<String> {
    let mut source = error.source();
    let mut last = None;
    while let Some(error) = source {
        last = Some(error.to_string());
        source = error.source();
    }
    last
}

/// What to do about an error, in terms of the command line. `None` leaves the library's hint.
fn hint(error: &Error, cause: &str, context: &Context) -> Option<String> {
    let Context { server, key } = context;
    Some(match error.kind() {
        ErrorKind::Unauthorized => format!(
            "the key is from {key}, and belongs to one region and one project: `processing-results doctor` \
            shows which ones are in use"
        ),
        ErrorKind::RateLimited => {
            "--rate and --concurrency make fewer requests, --timeout and --max-retries wait longer"
                .to_owned()
        }
        ErrorKind::NotFound if *key == DEMO => format!(
            "the demo has {EXAMPLE} and others: `processing-results duplicates --demo` shows some, \
            `export --demo` all"
        ),
        ErrorKind::Gone => {
            "check --base-url or LLAMA_CLOUD_BASE_URL; the call is beta and may have been \
            withdrawn"
                .to_owned()
        }
        ErrorKind::Connect if cause.contains("Connection refused") => refused(server),
        ErrorKind::Connect | ErrorKind::Timeout(TimeoutKind::Connect) => {
            "check the network, HTTPS_PROXY, and --base-url or LLAMA_CLOUD_BASE_URL".to_owned()
        }
        ErrorKind::Tls => return tls_hint(cause, server),
        ErrorKind::Interrupted if server.starts_with("http://") && is_no_response(cause) => {
            format!("{server} may want TLS: write https://")
        }
        ErrorKind::Redirect => "check --base-url or LLAMA_CLOUD_BASE_URL".to_owned(),
        ErrorKind::Timeout(_) => "--timeout waits longer".to_owned(),
        ErrorKind::TooLarge => "this command reads no larger history".to_owned(),
        ErrorKind::Undecodable if error.to_string().contains("HTML") => {
            "a proxy or a login page may be in between".to_owned()
        }
        _ => return None,
    })
}

/// Whether a connection ended before anything arrived that is HTTP, by the messages of the HTTP library.
fn is_no_response(cause: &str) -> bool {
    let signs = ["invalid HTTP", "before message completed", "reset by peer"];
    signs.iter().any(|sign| cause.contains(sign))
}

/// What refused the connection: the proxy if the call uses one, else the server.
fn refused(server: &str) -> String {
    match proxy_for(server) {
        Some(name) => format!("the proxy in {name} does not accept connections"),
        None => format!("nothing listens at {server}: check --base-url or LLAMA_CLOUD_BASE_URL"),
    }
}

/// What to do about a failed TLS handshake, by the two causes that rustls names and people can change.
fn tls_hint(cause: &str, server: &str) -> Option<String> {
    match cause {
        cause if cause.contains("InvalidContentType") => Some(format!(
            "{server} does not speak TLS: write http:// if this is meant"
        )),
        cause if cause.contains("UnknownIssuer") => Some(issuer_hint(variable)),
        _ => None,
    }
}

/// What to do about a certificate of an authority that is not trusted. The variables that name others are not checked
/// before: a file that is not there is no error of TLS.
fn issuer_hint(variable: impl Fn(&'static str) -> Option<String>) -> String {
    let set = ["SSL_CERT_FILE", "SSL_CERT_DIR"].map(|name| Some((name, variable(name)?)));
    match set.into_iter().flatten().next() {
        Some((name, path)) if !Path::new(&path).exists() => {
            format!("{name} names nothing that exists")
        }
        Some((name, _)) => format!("no certificate authority in {name} has signed the certificate"),
        None => "name the file of the certificate authority in SSL_CERT_FILE".to_owned(),
    }
}

/// Whether the message should name the server, which has no part in a mistake in the request.
fn is_about_the_server(kind: ErrorKind) -> bool {
    !matches!(
        kind,
        ErrorKind::Configuration
            | ErrorKind::InvalidRequest
            | ErrorKind::NotFound
            | ErrorKind::Validation
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_leads_to_no_authority_is_named() {
        let hint = |set: &'static str, path: &'static str| {
            issuer_hint(|name| (name == set).then(|| path.to_owned()))
        };
        assert_eq!(
            hint("SSL_CERT_FILE", "/no/such/file"),
            "SSL_CERT_FILE names nothing that exists"
        );
        assert_eq!(
            hint("SSL_CERT_DIR", "/"),
            "no certificate authority in SSL_CERT_DIR has signed the certificate"
        );
        assert!(hint("", "").starts_with("name the file"));
    }
}
