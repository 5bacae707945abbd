//! A response that a test wants the server to send.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

/// A response in place of the default one, for [`Server::respond_with`](crate::Server::respond_with).
///
/// Without a body, a 200 is the item's default response, and any other status has an
/// error body in the service's form. Where a response is expected, a status is enough.
///
/// ```
/// use std::time::Duration;
/// use processing_results_mock::Response;
///
/// let limited = Response::new(429).header("retry-after", "1");
/// let gateway = Response::new(502).header("content-type", "text/html").body("<h1>Bad gateway</h1>");
/// let slow = Response::new(200).delay(Duration::from_secs(2));
/// let broken_off = Response::new(200).truncate_body(100);
/// let failed = Response::from(503);
/// ```
#[derive(Clone, Debug)]
pub struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) delay: Duration,
    pub(crate) truncate: Option<usize>,
}

impl Response {
    /// A response with this status, from 200 to 599. Any other number makes it a 500 with the reason.
    #[must_use]
    pub fn new(status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) if (200..600).contains(&status.as_u16()) => Response {
                status,
                headers: HeaderMap::new(),
                body: None,
                delay: Duration::ZERO,
                truncate: None,
            },
            _ => Self::misconfigured(&format!("{status} is not a status from 200 to 599")),
        }
    }

    /// Adds a header. One that HTTP does not allow makes the response a 500 with the reason.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                self
            }
            _ => Self::misconfigured(&format!(
                "{name:?} is not a header, or its value cannot be sent"
            )),
        }
    }

    /// Sets the body, which is JSON unless a `content-type` header says otherwise.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Delays the response by this time.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Closes the connection after this number of bytes of the body, although `content-length` announces all of them. The
    /// body is not compressed then.
    #[must_use]
    pub fn truncate_body(mut self, bytes: usize) -> Self {
        self.truncate = Some(bytes);
        self
    }

    /// An error in the service's form.
    pub(crate) fn error(status: u16, detail: impl Into<Value>) -> Self {
        Self::new(status).body(json!({ "detail": detail.into() }).to_string())
    }

    /// A misconfigured mock responds with 500 and the reason, so that the test shows it.
    pub(crate) fn misconfigured(why: &str) -> Self {
        Self::error(500, format!("mock: {why}")).header("x-should-retry", "false")
    }

    /// Whether the item's default response is sent instead.
    pub(crate) fn is_default(&self) -> bool {
        self.status == StatusCode::OK && self.body.is_none()
    }

    /// Takes status, headers and body from `other`; keeps its own delay and truncation.
    pub(crate) fn merge(&mut self, other: Self) {
        self.status = other.status;
        self.body = other.body;
        self.headers.extend(other.headers);
    }

    /// Adds an error body if there is no body.
    pub(crate) fn with_default_body(self) -> Self {
        if self.body.is_some() {
            return self;
        }
        let reason = self.status.canonical_reason().unwrap_or("this status");
        let body = json!({ "detail": format!("{reason}, as configured in the mock") });
        self.body(body.to_string())
    }
}

impl From<u16> for Response {
    fn from(status: u16) -> Self {
        Self::new(status)
    }
}
