//! Credentials as headers that do not print.

use reqwest::header::HeaderValue;

use crate::Error;
use crate::generated::SESSION_COOKIE;

/// The API key's header.
pub(crate) fn bearer(key: &str) -> Result<HeaderValue, Error> {
    // Visible ASCII, as RFC 6750 has it, but more lenient about which.
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::configuration(
            "the API key is empty, or has spaces, line breaks or characters beyond ASCII",
        ));
    }
    sensitive(format!("Bearer {key}"))
}

/// The documented cookie, with a value that cannot add another one.
pub(crate) fn cookie(session: &str) -> Result<HeaderValue, Error> {
    let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    if session.is_empty() || !session.bytes().all(fits) {
        return Err(Error::configuration(
            "the session is empty, or has characters that a cookie cannot hold",
        ));
    }
    sensitive(format!("{SESSION_COOKIE}={session}"))
}

fn sensitive(text: String) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::try_from(text)
        .map_err(|_| Error::configuration("a credential does not fit into a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
