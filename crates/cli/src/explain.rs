//! What an error of the library means to somebody at the command line: which server, which variable or option.
//!
//! The library's errors speak of the client's settings. Here they name what people at a command line can
//! change: an option, a variable, or the server that was called.

use std::error::Error as _;
use std::sync::OnceLock;

use processing_results::{Error, ErrorKind, TimeoutKind};

use crate::demo::EXAMPLE;
use crate::environment::proxy_for;
use crate::error_kinds::facts;
use crate::exit::Failure;
use crate::item_id;

/// What the key of the demo is from.
pub(crate) const DEMO: &str = "the demo";

/// What the library says of its own settings, and what the command says instead: an option, if it has one.
const SETTINGS: [(&str, &str); 5] = [
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
];

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

/// With the cause at the bottom, since "no connection" alone does not help, and with what to do here.
impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        failure(error, None)
    }
}

impl Failure {
    /// The failure of a call for this item, whose id may be that of something else.
    pub(crate) fn of_item(id: &str, error: &Error) -> Self {
        let is_missing = error.kind() == ErrorKind::NotFound;
        failure(error, is_missing.then(|| item_id::hint(id)).flatten())
    }
}

/// The library's sentence, its cause, and a hint in terms of this command. A hint about the id goes before
/// others.
fn failure(error: &Error, of_id: Option<String>) -> Failure {
    let kind = error.kind();
    let mut message = error.to_string();
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

/// What to do, in terms of the command.
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

/// Whether a connection ended before anything came that is HTTP, in the HTTP library's words.
fn is_no_response(cause: &str) -> bool {
    let signs = ["invalid HTTP", "before message completed", "reset by peer"];
    signs.iter().any(|sign| cause.contains(sign))
}

/// Where nothing listens: at the proxy, if the call goes through one, else at the server.
fn refused(server: &str) -> String {
    match proxy_for(server) {
        Some(name) => format!("the proxy in {name} does not accept connections"),
        None => format!("nothing listens at {server}: check --base-url or LLAMA_CLOUD_BASE_URL"),
    }
}

/// What to do about a failed handshake, as far as its cause is a known one.
fn tls_hint(cause: &str, server: &str) -> Option<String> {
    match cause {
        cause if cause.contains("InvalidContentType") => Some(format!(
            "{server} does not speak TLS: write http:// if this is meant"
        )),
        cause if cause.contains("UnknownIssuer") => {
            Some("name the file of the certificate authority in SSL_CERT_FILE".to_owned())
        }
        _ => None,
    }
}

/// Whether the message should name the server: not for mistakes in the request itself.
fn is_about_the_server(kind: ErrorKind) -> bool {
    !matches!(
        kind,
        ErrorKind::Configuration
            | ErrorKind::InvalidRequest
            | ErrorKind::NotFound
            | ErrorKind::Validation
    )
}
