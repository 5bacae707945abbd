//! An answer that a test wants to see.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

/// An answer to give in place of the usual one, for [`Server::respond_with`](super::Server::respond_with).
///
/// Without a body of its own, a 200 is the item's usual answer, and any other status
/// says so in the service's form. A status is enough where a response is wanted.
///
/// ```
/// use std::time::Duration;
/// use processing_results::mock::Response;
///
/// let limited = Response::new(429).header("retry-after", "1");
/// let gateway = Response::new(502).header("content-type", "text/html").body("<h1>Bad gateway</h1>");
/// let slow = Response::new(200).delay(Duration::from_secs(2));
/// let broken_off = Response::new(200).truncate_body(100);
/// let failed = Response::from(503);
/// ```
#[derive(Clone, Debug)]
pub struct Response {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    pub(super) delay: Duration,
    pub(super) truncate: Option<usize>,
}

impl Response {
    /// With this status, from 200 to 599; another number answers 500 and says why.
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
            _ => Self::mistake(&format!("{status} is not a status from 200 to 599")),
        }
    }

    /// With one more header; an impossible one answers 500 and says why.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                self
            }
            _ => Self::mistake(&format!(
                "{name:?} is not a header, or its value cannot be sent"
            )),
        }
    }

    /// With this body, JSON unless a `content-type` header says otherwise.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// After this time.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// With the connection closed after so many bytes of the body, although
    /// `content-length` announces all of them. It is not compressed then.
    #[must_use]
    pub fn truncate_body(mut self, bytes: usize) -> Self {
        self.truncate = Some(bytes);
        self
    }

    /// An error in the service's form.
    pub(super) fn error(status: u16, detail: impl Into<Value>) -> Self {
        Self::new(status).body(json!({ "detail": detail.into() }).to_string())
    }

    /// What the server was told is wrong: its user reads it in the answer, at once.
    pub(super) fn mistake(why: &str) -> Self {
        Self::error(500, format!("mock: {why}")).header("x-should-retry", "false")
    }

    /// Whether it stands for the item's usual answer.
    pub(super) fn is_usual(&self) -> bool {
        self.status == StatusCode::OK && self.body.is_none()
    }

    /// Says what the other says, in its own time and as far as it goes.
    pub(super) fn say(&mut self, other: Self) {
        self.status = other.status;
        self.body = other.body;
        self.headers.extend(other.headers);
    }

    /// With the body that goes without saying.
    pub(super) fn completed(self) -> Self {
        if self.body.is_some() {
            return self;
        }
        let reason = self.status.canonical_reason().unwrap_or("this status");
        let body = json!({ "detail": format!("{reason}, as the mock was told") });
        self.body(body.to_string())
    }
}

impl From<u16> for Response {
    fn from(status: u16) -> Self {
        Self::new(status)
    }
}
