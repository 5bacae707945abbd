//! Base URLs, as people write them.

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
    /// Whether requests go through TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// Reads what people write: `host`, `https://host`, with and without a
    /// trailing slash or a path. Plain http is for loopback and `plain_hosts`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), with what to write instead.
    pub fn read(text: &str, plain_hosts: &[String]) -> Result<Self, Error> {
        let text = text.trim();
        let refuse = |why: &str| Err(Error::configuration(format!("the base URL {why}")));
        let with_scheme = match text.contains("://") {
            true => text.to_owned(),
            false => format!("https://{text}"),
        };
        let Ok(mut url) = Url::parse(&with_scheme) else {
            return refuse("is not a URL: write it like https://host or https://host/prefix");
        };
        let Some(host) = url
            .host_str()
            .filter(|host| !host.is_empty())
            .map(str::to_owned)
        else {
            return refuse("has no host: write it like https://host");
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("has user info: remove the part before the @, and set an API key");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("has a query or a fragment: remove the part after the ? or #");
        }
        let path = url.path().trim_end_matches('/').to_owned();
        if path.ends_with("/api/v1") {
            return refuse("ends in /api/v1: leave that out, each call adds it");
        }
        url.set_path(&path);
        let is_loopback = is_loopback(&host);
        match url.scheme() {
            "https" => {}
            "http"
                if is_loopback
                    || plain_hosts
                        .iter()
                        .any(|plain| plain.eq_ignore_ascii_case(&host)) => {}
            "http" => {
                return refuse(
                    "is plain http, which would show the credential to the network: \
                    write https, or allow the host by name",
                );
            }
            _ => return refuse("has an unknown scheme: write https"),
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

fn is_loopback(host: &str) -> bool {
    let address = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
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
            ("https://user:CANARY@example.com", "user info"),
            ("https://CANARY@example.com", "user info"),
            ("https://example.com?key=CANARY", "query"),
            ("https://example.com/#CANARY", "fragment"),
            ("https://example.com/api/v1", "leave that out"),
            ("https://example.com/prefix/api/v1/", "leave that out"),
            ("http://example.com", "plain http"),
            ("http://127.0.0.1.example.com", "plain http"),
            ("http://localhost.example.com", "plain http"),
            ("http://10.0.0.1", "plain http"),
            ("ftp://example.com", "unknown scheme"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.contains(fix), "{text}: {message}");
            assert!(!message.contains("CANARY"), "{message}");
        }
    }
}
