//! What was received, as callers' tests look at it.

use axum::extract::Request as Received;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

/// A request as the server received it, with its credentials masked.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use processing_results::Client;
/// # use processing_results_mock as mock;
/// # let server = mock::Server::start().await?;
/// # let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
/// client.processing_results("invoice-0001").job_type("parse").send().await?;
///
/// let [request] = &server.requests()[..] else { panic!("one request") };
/// assert_eq!(request.method, "GET");
/// assert!(request.path.ends_with("/items/invoice-0001/processing-results"));
/// assert_eq!(request.query.as_deref(), Some("job_type=parse"));
/// assert_eq!(request.headers["authorization"], "Bearer ***");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path as it was on the wire, percent-encoding and dots untouched.
    pub path: String,
    /// What followed the question mark, untouched too.
    pub query: Option<String>,
    /// The headers. Of `Authorization` only the scheme is left, of `Cookie` only the names.
    pub headers: HeaderMap,
}

impl Request {
    pub(crate) fn of(received: &Received) -> Self {
        let mut headers = received.headers().clone();
        mask(&mut headers, &AUTHORIZATION, |value| {
            let scheme = value
                .split_once(' ')
                .map(|(scheme, _)| format!("{scheme} "));
            scheme.unwrap_or_default() + "***"
        });
        mask(&mut headers, &COOKIE, |value| {
            let name = |pair: &str| {
                pair.split_once('=')
                    .map(|(name, _)| name.trim().to_owned() + "=")
            };
            let pairs = value
                .split(';')
                .map(|pair| name(pair).unwrap_or_default() + "***");
            pairs.collect::<Vec<_>>().join("; ")
        });
        Request {
            method: received.method().to_string(),
            path: received.uri().path().to_owned(),
            query: received.uri().query().map(str::to_owned),
            headers,
        }
    }
}

fn mask(headers: &mut HeaderMap, name: &HeaderName, masked: impl Fn(&str) -> String) {
    let values = headers.get_all(name).iter();
    let values: Vec<_> = values
        .map(|value| masked(value.to_str().unwrap_or_default()))
        .collect();
    headers.remove(name);
    for value in values {
        let value = HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("***"));
        headers.append(name, value);
    }
}
