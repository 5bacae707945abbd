//! What one attempt results in, and the limits that it has to keep: the leaf that error, retry and transport build on.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::pace::Backoff;

/// Limits of one call.
///
/// ```
/// use std::time::Duration;
/// use processing_results_runtime::{Limits, defaults};
///
/// let mut limits = Limits::default();
/// assert_eq!(limits.deadline, defaults::DEADLINE);
/// limits.deadline = Duration::from_secs(10); // an attempt then has no more than these 10 s either
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Time to connect, for connections of our own.
    pub connect_timeout: Duration,
    /// Time for one attempt, body included.
    pub attempt_timeout: Duration,
    /// Time between two pieces of a body.
    pub read_timeout: Duration,
    /// Time for the complete call, all attempts and waits included.
    pub deadline: Duration,
    /// Retries after the first attempt.
    pub max_retries: u32,
    /// Retries that all clones of a client can make in a row while the service fails.
    pub retry_budget: u32,
    /// Size of a body after decompression, in bytes.
    pub max_response_bytes: u64,
    /// The longest wait that the service may ask for.
    pub max_retry_after: Duration,
    /// Upper bound of the first wait that the service did not ask for; it doubles with every retry.
    pub first_delay: Duration,
    /// Upper bound of every wait that the service did not ask for.
    pub max_delay: Duration,
}

impl Limits {
    pub(crate) fn backoff(&self) -> Backoff {
        Backoff {
            first: self.first_delay,
            max: self.max_delay,
        }
    }
}

impl Default for Limits {
    /// The values of the documented defaults.
    fn default() -> Self {
        Limits {
            connect_timeout: defaults::CONNECT_TIMEOUT,
            attempt_timeout: defaults::ATTEMPT_TIMEOUT,
            read_timeout: defaults::READ_TIMEOUT,
            deadline: defaults::DEADLINE,
            max_retries: defaults::MAX_RETRIES,
            retry_budget: defaults::RETRY_BUDGET,
            max_response_bytes: defaults::MAX_RESPONSE_BYTES,
            max_retry_after: defaults::MAX_RETRY_AFTER,
            first_delay: defaults::FIRST_DELAY,
            max_delay: defaults::MAX_DELAY,
        }
    }
}

/// The numbers behind the defaults.
pub mod defaults {
    use std::time::Duration;

    /// Time to connect: 5 s, as in the official SDKs.
    pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
    /// Time for one attempt: 60 s as in the official SDKs, here with the body included.
    pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);
    /// Time between two pieces of a body: 30 s, half an attempt.
    pub const READ_TIMEOUT: Duration = Duration::from_secs(30);
    /// Time for the complete call: 5 min, five full attempts.
    pub const DEADLINE: Duration = Duration::from_secs(300);
    /// Retries after the first attempt: 5, as in the official Python SDK.
    pub const MAX_RETRIES: u32 = 5;
    /// Size of a response after decompression: 64 MiB, some thousand full results.
    pub const MAX_RESPONSE_BYTES: u64 = 64 * 1024 * 1024;
    /// The longest wait that the service may ask for: 2 min. Plans count requests by the minute; twice that leaves room
    /// for clocks and for a second refusal, and beyond it a person should decide.
    pub const MAX_RETRY_AFTER: Duration = Duration::from_secs(120);
    /// Upper bound of the first wait that the service did not ask for: 0.5 s, as in the official SDKs.
    pub const FIRST_DELAY: Duration = Duration::from_millis(500);
    /// Upper bound of every wait that the service did not ask for: 8 s, as in the official SDKs.
    pub const MAX_DELAY: Duration = Duration::from_secs(8);
    /// Retries that all clones of a client can make in a row while the service fails: 100. A response that needed no
    /// retry gives back a fifth of one.
    pub const RETRY_BUDGET: u32 = 100;
}

/// Which limit of time was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// No connection in time.
    Connect,
    /// One attempt took too long, body included.
    Attempt,
    /// Too long between two pieces of the body.
    ReadIdle,
    /// The complete call took too long, or would have with the next wait.
    Deadline,
    /// The service gave up waiting (408).
    Service,
}

/// A response, read to its end.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Response {
    /// Stands for a response that never came. No service uses this status.
    pub(crate) fn none() -> Self {
        Response {
            status: StatusCode::from_u16(599).unwrap_or(StatusCode::BAD_GATEWAY),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }
}

/// Why an attempt got no response.
#[derive(Debug)]
pub(crate) enum TransportError {
    Timeout(TimeoutKind),
    /// A limit of the HTTP client itself: one that the caller set, or its pings got no reply.
    ClientTimeout,
    /// No connection: no such host, nobody listens, no way to the network.
    Connect(reqwest::Error),
    /// A certificate or a handshake was refused, by either side.
    Tls(reqwest::Error),
    /// The connection ended, or its data was damaged, after the request had been sent.
    Interrupted(Box<dyn Error + Send + Sync>),
    /// The HTTP client refuses the request itself, as for a scheme that it does not know.
    Unsendable(reqwest::Error),
    /// The body is larger than `max_response_bytes`, by what it announces or by what arrived.
    TooLarge,
    /// The caller's HTTP client has followed a redirect.
    Redirected,
    /// The body of a success is in an encoding or a character set, named here, that was not requested.
    Encoded(StatusCode, String),
    /// The caller's HTTP client has no TLS.
    NoTls(reqwest::Error),
    /// A proxy on the way to the service wants a login.
    ProxyLogin(reqwest::Error),
    /// What is left of the pause of all clones is longer than the call may take.
    Paused,
    /// The caller's own rate limit lets the request go later than the call may take.
    RateLimit,
}

impl TransportError {
    /// The cause, if there is one.
    pub(crate) fn into_source(self) -> Option<Box<dyn Error + Send + Sync>> {
        match self {
            TransportError::Connect(error)
            | TransportError::Tls(error)
            | TransportError::NoTls(error)
            | TransportError::ProxyLogin(error)
            | TransportError::Unsendable(error) => Some(error.into()),
            TransportError::Interrupted(error) => Some(error),
            TransportError::Timeout(_)
            | TransportError::ClientTimeout
            | TransportError::TooLarge
            | TransportError::Redirected
            | TransportError::Encoded(..)
            | TransportError::Paused
            | TransportError::RateLimit => None,
        }
    }
}
