use reqwest::StatusCode;

use super::ErrorKind::*;
use super::answer::Said;
use crate::transport::{Failure, Limits};

/// Kinds of failure, named after what a caller can do about them. Each has a
/// predicate on [`Error`](crate::Error) that says how to get rid of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built: see [`Error::is_configuration`](crate::Error::is_configuration).
    Configuration,
    /// Nothing was sent, or the service refused it as malformed: see [`Error::is_invalid_request`](crate::Error::is_invalid_request).
    InvalidRequest,
    /// See [`Error::is_unauthorized`](crate::Error::is_unauthorized).
    Unauthorized,
    /// See [`Error::is_payment_required`](crate::Error::is_payment_required).
    PaymentRequired,
    /// See [`Error::is_forbidden`](crate::Error::is_forbidden).
    Forbidden,
    /// See [`Error::is_not_found`](crate::Error::is_not_found).
    NotFound,
    /// See [`Error::is_gone`](crate::Error::is_gone).
    Gone,
    /// See [`Error::is_validation`](crate::Error::is_validation).
    Validation,
    /// See [`Error::is_rate_limited`](crate::Error::is_rate_limited).
    RateLimited,
    /// See [`Error::is_conflict`](crate::Error::is_conflict).
    Conflict,
    /// See [`Error::is_server`](crate::Error::is_server).
    Server,
    /// See [`Error::is_timeout`](crate::Error::is_timeout).
    Timeout(TimeoutKind),
    /// See [`Error::is_connect`](crate::Error::is_connect).
    Connect,
    /// See [`Error::is_tls`](crate::Error::is_tls).
    Tls,
    /// See [`Error::is_interrupted`](crate::Error::is_interrupted).
    Interrupted,
    /// See [`Error::is_redirect`](crate::Error::is_redirect).
    Redirect,
    /// See [`Error::is_undecodable`](crate::Error::is_undecodable).
    Undecodable,
    /// See [`Error::is_too_large`](crate::Error::is_too_large).
    TooLarge,
    /// A status that neither the documentation nor this crate has a meaning for.
    Unexpected,
}

/// Which limit of time was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// No connection in time.
    Connect,
    /// One attempt took too long, body included.
    Attempt,
    /// Too long between two pieces of the body.
    ReadIdle,
    /// The whole call took too long, or would have with the next wait.
    Deadline,
    /// The service gave up waiting (408).
    Service,
}

impl ErrorKind {
    /// Of an answer without success.
    pub(super) fn of(status: StatusCode, said: &Said) -> Self {
        match Self::of_status(status) {
            // The framework's own words for a path that it does not know. An
            // answer that is no JSON comes from a gateway that does not either.
            NotFound if said.detail.as_deref() == Some("Not Found") || said.is_foreign => Gone,
            kind => kind,
        }
    }

    pub(super) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            // A success that the contract does not have: no history in it.
            200..300 => Undecodable,
            300..400 => Redirect,
            400 => InvalidRequest,
            401 => Unauthorized,
            402 => PaymentRequired,
            403 => Forbidden,
            404 => NotFound,
            408 => Timeout(TimeoutKind::Service),
            409 => Conflict,
            410 => Gone,
            422 => Validation,
            429 => RateLimited,
            500.. => Server,
            _ => Unexpected,
        }
    }

    /// What happened, for an error that has no better words.
    pub(super) fn as_sentence(self) -> &'static str {
        match self {
            Configuration => "the client cannot be built",
            InvalidRequest => "the service refused the request as malformed",
            Unauthorized => "the service does not accept the credential",
            PaymentRequired => "the account is out of credits",
            Forbidden => "the credential may not read this item",
            NotFound => "there is no such item",
            Gone => "the service no longer has this call",
            Validation => "the service found a parameter invalid",
            RateLimited => "too many requests",
            Conflict => "the item is in use",
            Server => "the service failed",
            Timeout(_) => "no answer in time",
            Connect => "no connection to the service",
            Tls => "the service's certificate or TLS handshake was not accepted",
            Interrupted => "the connection broke off",
            Redirect => "the service redirects, which is not followed",
            Undecodable => "the answer holds no history",
            TooLarge => "the answer is too large",
            Unexpected => "the service gave an answer of unknown meaning",
        }
    }

    /// What to do, where there is something to do.
    pub(super) fn hint(self) -> Option<&'static str> {
        Some(match self {
            Unauthorized => "a key belongs to one region and one project: check both",
            PaymentRequired => "add credits, or use another organization's key",
            Forbidden => "check the project and the organization",
            NotFound => "check the item id, the project and the region",
            Gone => "check the base URL; the call is beta and may have been withdrawn",
            RateLimited => "ask less often, or raise the deadline",
            Connect => "check the base URL, the network and the proxy",
            Tls => "check the host name and the trusted certificates",
            Redirect => "check the base URL",
            TooLarge => "raise max_response_bytes",
            _ => return None,
        })
    }
}

/// What came of an attempt.
pub(crate) enum Answered<'a> {
    Status(StatusCode),
    Failure(&'a Failure),
}

impl Answered<'_> {
    pub(super) fn kind(&self) -> ErrorKind {
        match self {
            Answered::Status(status) => ErrorKind::of_status(*status),
            Answered::Failure(failure) => match failure {
                Failure::Timeout(kind) => Timeout(*kind),
                Failure::Connect(_) => Connect,
                Failure::Tls(_) => Tls,
                Failure::Interrupted(_) => Interrupted,
                Failure::Unsendable(_) => InvalidRequest,
                Failure::TooLarge => TooLarge,
                Failure::Paused => RateLimited,
            },
        }
    }

    /// Names the outcome on a span, in OpenTelemetry's words.
    pub(crate) fn record(&self, span: &tracing::Span) {
        if let Answered::Status(status) = self {
            span.record("http.response.status_code", status.as_u16());
            if *status != StatusCode::OK {
                span.record("error.type", status.as_str());
            }
        } else {
            span.record("error.type", self.kind().error_type());
        }
    }
}

/// What to say of an attempt without an answer, with the limit in numbers.
pub(super) fn about(failure: &Failure, limits: &Limits) -> String {
    let seconds = |limit: std::time::Duration| limit.as_secs_f64();
    match failure {
        Failure::Timeout(TimeoutKind::Attempt) => {
            format!(
                "no complete answer within the attempt timeout of {} s",
                seconds(limits.attempt_timeout)
            )
        }
        Failure::Timeout(TimeoutKind::ReadIdle) => {
            format!(
                "the answer stopped for longer than the read timeout of {} s",
                seconds(limits.read_idle)
            )
        }
        Failure::Timeout(TimeoutKind::Deadline) => {
            format!(
                "no answer within the deadline of {} s",
                seconds(limits.deadline)
            )
        }
        Failure::Timeout(TimeoutKind::Connect) => {
            "no connection within the connect timeout".to_owned()
        }
        Failure::TooLarge => {
            format!(
                "the answer is larger than the limit of {} bytes",
                limits.response_bytes
            )
        }
        Failure::Paused => {
            "the service asked every call to wait, for longer than the deadline allows".to_owned()
        }
        Failure::Unsendable(_) => "the request cannot be sent".to_owned(),
        other => Answered::Failure(other).kind().as_sentence().to_owned(),
    }
}

impl ErrorKind {
    /// A stable, lower-case name, as in the `error.type` of spans.
    #[must_use]
    pub fn error_type(self) -> &'static str {
        match self {
            Configuration => "configuration",
            InvalidRequest => "invalid_request",
            Unauthorized => "unauthorized",
            PaymentRequired => "payment_required",
            Forbidden => "forbidden",
            NotFound => "not_found",
            Gone => "gone",
            Validation => "validation",
            RateLimited => "rate_limited",
            Conflict => "conflict",
            Server => "server",
            Timeout(TimeoutKind::Connect) => "connect_timeout",
            Timeout(TimeoutKind::Attempt) => "attempt_timeout",
            Timeout(TimeoutKind::ReadIdle) => "read_timeout",
            Timeout(TimeoutKind::Deadline) => "deadline",
            Timeout(TimeoutKind::Service) => "request_timeout",
            Connect => "connect",
            Tls => "tls",
            Interrupted => "interrupted",
            Redirect => "redirect",
            Undecodable => "undecodable",
            TooLarge => "too_large",
            Unexpected => "unexpected",
        }
    }
}
