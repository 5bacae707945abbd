//! What an error says of an attempt without a response, and of a response that is not the service's.
//!
//! ```text
//! no complete response within the attempt timeout of 60 s
//! the response is larger than the limit of 67108864 bytes
//! the response has the character set utf-16, which was not requested
//! the proxy wants a login (status 407); write it into the proxy's variable, as in HTTPS_PROXY=http://...
//! ```

use std::time::Duration;

use reqwest::StatusCode;

use super::ErrorKind;
use crate::response::{Limits, TimeoutKind, TransportError};

/// What something in front of the service said by its status, and what to do; without a status, a proxy on the way to
/// it wants a login.
pub(super) fn gateway(status: Option<StatusCode>) -> (&'static str, &'static str) {
    match status.map(|status| status.as_u16()) {
        None | Some(407) => (
            "the proxy wants a login",
            "write it into the proxy's variable, as in HTTPS_PROXY=http://user:password@host",
        ),
        Some(511) => (
            "the network wants somebody to sign in",
            "sign in with a browser",
        ),
        Some(_) => (
            ErrorKind::Gateway.as_sentence(),
            "a firewall or a proxy blocks it: ask whoever runs that",
        ),
    }
}

/// The message for an attempt without a response, with the limit that was exceeded.
pub(super) fn message(error: &TransportError, limits: &Limits) -> String {
    let sentence = match error {
        TransportError::Timeout(kind) => return timeout(*kind, limits),
        TransportError::RateLimit => return later_than(limits.deadline),
        TransportError::TooLarge => {
            let limit = limits.max_response_bytes;
            return format!("the response is larger than the limit of {limit} bytes");
        }
        TransportError::Encoded(_, how) => {
            return format!("the response has the {how}, which was not requested");
        }
        TransportError::Paused => {
            "the service asked every call to wait, for longer than the deadline allows"
        }
        TransportError::ClientTimeout => {
            "no complete response within the HTTP client's own timeout"
        }
        TransportError::Redirected => {
            "the HTTP client that was given has followed a redirect: turn that off"
        }
        TransportError::Unsendable(_) => "the request cannot be sent",
        TransportError::NoTls(_) => {
            "the HTTP client that was given has no TLS: turn on one of reqwest's features for it"
        }
        TransportError::ProxyLogin(_) => gateway(None).0,
        other => ErrorKind::of_transport_error(other).as_sentence(),
    };
    sentence.to_owned()
}

/// Names the limit and its value, so that the reader knows which setting to raise.
fn timeout(kind: TimeoutKind, limits: &Limits) -> String {
    let (what, limit) = match kind {
        TimeoutKind::Attempt => (
            "no complete response within the attempt timeout",
            limits.attempt_timeout,
        ),
        TimeoutKind::ReadIdle => (
            "the response stopped for longer than the read timeout",
            limits.read_timeout,
        ),
        TimeoutKind::Deadline => ("no response within the deadline", limits.deadline),
        TimeoutKind::Connect => return "no connection within the connect timeout".to_owned(),
        TimeoutKind::Service => return ErrorKind::Timeout(kind).as_sentence().to_owned(),
    };
    format!("{what} of {} s", limit.as_secs_f64())
}

/// For a call that the caller's own rate limit lets go too late.
fn later_than(deadline: Duration) -> String {
    let deadline = deadline.as_secs_f64();
    format!(
        "the client's own rate limit lets the request go later than the deadline of {deadline} s"
    )
}
