//! Credentials as header values that do not print.

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
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the key is empty, or has a space, a control
/// character or a character beyond ASCII.
pub fn bearer(key: &str) -> Result<HeaderValue, Error> {
    // RFC 6750 allows fewer characters; be lenient about visible ones.
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::configuration(
            "the API key is empty, or has spaces, line breaks or characters beyond ASCII",
        ));
    }
    sensitive(format!("Bearer {key}"))
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
