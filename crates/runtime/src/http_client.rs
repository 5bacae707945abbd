//! The HTTP client that is used unless the caller has one.

use std::time::Duration;

use crate::error::Error;

/// An HTTP client that follows no redirects, retries nothing, and reaches this machine without a proxy.
///
/// # Errors
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if TLS cannot be set up.
pub fn http_client(connect_timeout: Duration, is_loopback: bool) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        // A redirect could carry the request to another host.
        .redirect(reqwest::redirect::Policy::none())
        // Retries are ours, with their reasons.
        .retry(reqwest::retry::never());
    // A proxy is for the network, not for this machine.
    let builder = if is_loopback {
        builder.no_proxy()
    } else {
        builder
    };
    builder.build().map_err(|error| {
        Error::configuration("the HTTP client cannot be built").with_source(error.without_url())
    })
}
