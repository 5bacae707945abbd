//! Credentials as header values that do not print.
//!
//! What cannot be a key is refused before it is sent: most wrong keys are a copy with quotes, a line break or the word
//! `Bearer`, and "401" would not say so. Whether a key is a good one, only the service knows.

use reqwest::header::HeaderValue;

use crate::error::Error;

/// The `Authorization` header of an API key.
///
/// ```
/// let header = processing_results_runtime::bearer("llx-example")?;
/// assert_eq!(format!("{header:?}"), "Sensitive");
/// # Ok::<(), processing_results_runtime::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the key can be seen to be something else: empty, in
/// quotes, a complete header, with a space, a control character or a character beyond ASCII.
pub fn bearer(key: &str) -> Result<HeaderValue, Error> {
    match key_problem(key) {
        Some(problem) => Err(Error::configuration(format!("the API key {problem}"))),
        None => sensitive(format!("Bearer {key}")),
    }
}

/// What is wrong with a key, as far as can be seen; it is not repeated.
pub(crate) fn key_problem(key: &str) -> Option<&'static str> {
    let is_quote = |c| matches!(c, '"' | '\'' | '`' | '\u{201c}' | '\u{201d}');
    match key {
        _ if key.trim().is_empty() => Some("is empty"),
        // As an env file has them that is not read by a shell.
        _ if key.contains(is_quote) => Some("has quotes around it: leave them out"),
        _ if key.to_lowercase().starts_with("bearer ") => {
            Some("begins with `Bearer`: leave that out")
        }
        _ if key.contains(char::is_whitespace) => Some("has a space or a line break in it"),
        // RFC 6750 allows fewer characters; be lenient about visible ones.
        _ if !key.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Some("has characters that no key has: copy it again")
        }
        _ => None,
    }
}

/// The `Cookie` header of a session; its value cannot add another cookie.
///
/// ```
/// assert!(processing_results_runtime::cookie("session", "a; b=c").is_err());
/// ```
///
/// # Errors
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the session is empty, or has a character that a
/// cookie cannot hold.
pub fn cookie(name: &str, session: &str) -> Result<HeaderValue, Error> {
    let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    if session.is_empty() || !session.bytes().all(fits) {
        return Err(Error::configuration(
            "the session is empty, or has characters that a cookie cannot hold",
        ));
    }
    sensitive(format!("{name}={session}"))
}

fn sensitive(text: String) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::try_from(text)
        .map_err(|_| Error::configuration("a credential does not fit into a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
