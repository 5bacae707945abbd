//! Base URLs, as people write them.
//!
//! The generated client glues path to base URL by `format!`, so that `https://host/` would give two slashes, and `host`
//! would fail at the first call with "builder error". The vendor's own documentation has base URLs without a scheme. What
//! is read here is complete, or refused with what to write instead, and never repeated: it may have a password in it.

use std::net::IpAddr;

use reqwest::Url;

use crate::error::Error;

/// A base URL to which requests may be sent.
///
/// ```
/// use processing_results_runtime::BaseUrl;
///
/// assert_eq!(BaseUrl::read("example.com/prefix/", &[])?.text, "https://example.com/prefix");
/// # Ok::<(), processing_results_runtime::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BaseUrl {
    /// The URL without a trailing slash, as the generated client expects it.
    pub text: String,
    /// Whether the host is this machine.
    pub is_loopback: bool,
    /// The host.
    pub host: String,
    /// The port, also where the URL leaves it out.
    pub port: u16,
}

impl BaseUrl {
    /// Whether requests go through TLS. Without it, only to this machine and to hosts that the caller named.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// Reads what people write: `host`, `https://host`, with and without a
    /// trailing slash or a path. Plain http is for loopback, where it is the default, and for `plain_hosts`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), with what to write instead.
    pub fn read(text: &str, plain_hosts: &[String]) -> Result<Self, Error> {
        let refuse = |why: &str| Error::configuration(format!("the base URL {why}"));
        let mut url = parse(text.trim()).map_err(refuse)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if host.is_empty() {
            return Err(refuse("has no host: write it like https://host"));
        }
        check_parts(&url).map_err(refuse)?;
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        let is_loopback = is_loopback(&host);
        let is_plain = |plain: &String| plain.eq_ignore_ascii_case(&host);
        match url.scheme() {
            "https" => {}
            "http" if is_loopback || plain_hosts.iter().any(is_plain) => {}
            "http" => {
                return Err(refuse(
                    "is plain http, which would show the credential to the network: \
                    write https, or allow the host by name",
                ));
            }
            _ => return Err(refuse("has an unknown scheme: write https")),
        }
        let port = url.port_or_known_default().unwrap_or_default();
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(BaseUrl {
            text,
            is_loopback,
            host,
            port,
        })
    }
}

/// A URL with its scheme; where that is left out, it is https, and http for this machine.
fn parse(text: &str) -> Result<Url, &'static str> {
    const USAGE: &str = "is not a URL: write it like https://host or https://host/prefix";
    // The parser would leave out a line break, and call another host.
    if text.contains(|c: char| c.is_control() || c == '"') {
        return Err(USAGE);
    }
    if text.contains("://") {
        return Url::parse(text).map_err(|_| USAGE);
    }
    let url = Url::parse(&format!("https://{text}")).map_err(|_| USAGE)?;
    let host = url.host_str().unwrap_or_default();
    // Of `https:/host`, the scheme would be the host.
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    if first.ends_with(':') || ["http", "https"].contains(&host) {
        return Err(USAGE);
    }
    match is_loopback(host) {
        true => Url::parse(&format!("http://{text}")).map_err(|_| USAGE),
        false => Ok(url),
    }
}

/// What else than scheme, host and port a base URL may have.
fn check_parts(url: &Url) -> Result<(), &'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has user info: remove the part before the @, and set an API key");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("has a query or a fragment: remove the part after the ? or #");
    }
    let path = url.path().to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    if path.ends_with("/api/v1") || path.contains("/api/v1/beta") {
        return Err("has the path of the call, /api/v1: leave that out, each call adds it");
    }
    Ok(())
}

/// Whether a host is this machine: `localhost` and all names below it (RFC 6761), and the loopback addresses.
fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let address = host.parse::<IpAddr>().map(|address| address.to_canonical());
    name == "localhost"
        || name.ends_with(".localhost")
        || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        let plain = ["gateway.internal".to_owned()];
        BaseUrl::read(text, &plain)
            .map(|url| url.text)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_people_write_works() {
        for (text, url) in [
            ("example.com", "https://example.com"),
            (" example.com:8443/ ", "https://example.com:8443"),
            ("https://example.com", "https://example.com"),
            ("https://example.com/", "https://example.com"),
            ("https://example.com/prefix/", "https://example.com/prefix"),
            ("https://example.com/prefix//", "https://example.com/prefix"),
            ("HTTPS://Example.COM", "https://example.com"),
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010"),
            ("http://127.9.9.9", "http://127.9.9.9"),
            ("http://[::1]:80/", "http://[::1]"),
            ("http://localhost:1/x", "http://localhost:1/x"),
            ("http://Gateway.internal", "http://gateway.internal"),
            ("localhost:8080", "http://localhost:8080"),
            ("127.0.0.1:4010/x", "http://127.0.0.1:4010/x"),
            ("[::1]:4010", "http://[::1]:4010"),
            ("https://localhost:1", "https://localhost:1"),
            ("http://localhost.:1", "http://localhost.:1"),
            ("http://app.LocalHost", "http://app.localhost"),
            ("http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]"),
            ("http.example.com", "https://http.example.com"),
            ("https:///example.com", "https://example.com"),
            ("https://example.com/api/v1x", "https://example.com/api/v1x"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(url), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_the_fix() {
        for (text, fix) in [
            ("", "write it like https://host"),
            ("https://", "write it like https://host"),
            ("ht!tp://x", "write it like https://host"),
            ("\"https://example.com\"", "write it like https://host"),
            ("\"example.com\"", "write it like https://host"),
            ("https://exa\nmple.com", "write it like https://host"),
            ("exa\tmple.com", "write it like https://host"),
            ("https:/example.com", "write it like https://host"),
            ("https:example.com", "write it like https://host"),
            ("http:/127.0.0.1", "write it like https://host"),
            ("HTTPS/example.com", "write it like https://host"),
            ("https", "write it like https://host"),
            ("htps:/example.com", "write it like https://host"),
            ("https://user:CANARY@example.com", "user info"),
            ("https://CANARY@example.com", "user info"),
            ("https://example.com?key=CANARY", "query"),
            ("https://example.com/#CANARY", "fragment"),
            ("https://example.com/api/v1", "leave that out"),
            ("https://example.com/prefix/api/v1/", "leave that out"),
            ("https://example.com/API/V1", "leave that out"),
            ("https://example.com/api/v1/beta", "leave that out"),
            (
                "https://example.com/api/v1/beta/batch-processing/",
                "leave that out",
            ),
            ("http://example.com", "plain http"),
            ("http://127.0.0.1.example.com", "plain http"),
            ("http://localhost.example.com", "plain http"),
            ("http://10.0.0.1", "plain http"),
            ("http://notlocalhost", "plain http"),
            ("http://[::ffff:10.0.0.1]", "plain http"),
            ("ftp://example.com", "unknown scheme"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.contains(fix), "{text}: {message}");
            assert!(!message.contains("CANARY"), "{message}");
        }
    }
}
