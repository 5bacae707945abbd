//! The kinds of failure: names, sentences, hints.

use reqwest::StatusCode;

use super::ErrorKind::*;
use super::body::ErrorBody;
use crate::response::{TimeoutKind, TransportError};

/// Kinds of failure, named after what a caller can do about them. Each has a
/// predicate on [`Error`](crate::Error) whose documentation says what to do.
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
    /// See [`Error::is_gateway`](crate::Error::is_gateway).
    Gateway,
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
    /// A status without a meaning in the documentation or in this crate.
    Unexpected,
}

impl ErrorKind {
    pub(super) fn of_response(status: StatusCode, body: &ErrorBody) -> Self {
        match Self::of_status(status) {
            // The default 404 of the service's framework, or a 404 of a gateway: the path is wrong, not the item.
            NotFound if body.detail.as_deref() == Some("Not Found") || body.is_foreign => Gone,
            // The service refuses in JSON.
            Forbidden if body.is_foreign => Gateway,
            kind => kind,
        }
    }

    pub(super) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            // A success that is not documented: there is no history in it.
            200..300 => Undecodable,
            300..400 => Redirect,
            400 => InvalidRequest,
            401 => Unauthorized,
            402 => PaymentRequired,
            403 => Forbidden,
            404 => NotFound,
            407 | 511 => Gateway,
            408 => Timeout(TimeoutKind::Service),
            409 => Conflict,
            410 => Gone,
            422 => Validation,
            429 => RateLimited,
            500.. => Server,
            _ => Unexpected,
        }
    }

    /// The status that such an error has most of the time.
    pub(super) fn usual_status(self) -> Option<StatusCode> {
        let status = match self {
            Undecodable => 200,
            Redirect => 302,
            InvalidRequest => 400,
            Unauthorized => 401,
            PaymentRequired => 402,
            Forbidden => 403,
            Gateway => 407,
            NotFound => 404,
            Timeout(TimeoutKind::Service) => 408,
            Conflict => 409,
            Gone => 410,
            Unexpected => 418,
            Validation => 422,
            RateLimited => 429,
            Server => 503,
            Configuration | Timeout(_) | Connect | Tls | Interrupted | TooLarge => return None,
        };
        StatusCode::from_u16(status).ok()
    }

    /// Whether the same call may succeed later, most of the time.
    pub(super) fn is_usually_transient(self) -> bool {
        matches!(
            self,
            RateLimited | Conflict | Server | Timeout(_) | Connect | Interrupted
        )
    }

    pub(crate) fn of_transport_error(error: &TransportError) -> Self {
        match error {
            TransportError::Timeout(kind) => Timeout(*kind),
            TransportError::ClientTimeout => Timeout(TimeoutKind::Attempt),
            TransportError::Connect(_) => Connect,
            TransportError::Tls(_) => Tls,
            TransportError::Interrupted(_) => Interrupted,
            TransportError::Unsendable(_) => InvalidRequest,
            TransportError::TooLarge => TooLarge,
            TransportError::Redirected => Redirect,
            TransportError::Encoded(..) => Undecodable,
            TransportError::ProxyLogin(_) => Gateway,
            TransportError::NoTls(_) => Configuration,
            TransportError::Paused => RateLimited,
            TransportError::RateLimit => Timeout(TimeoutKind::Deadline),
        }
    }

    /// What happened, for an error without a message of its own.
    pub(super) fn as_sentence(self) -> &'static str {
        match self {
            Configuration => "the client cannot be built",
            InvalidRequest => "the service refused the request as malformed",
            Unauthorized => "the service does not accept the credential",
            PaymentRequired => "the account is out of credits",
            Forbidden => "the credential may not read this item",
            Gateway => "something in front of the service refused the request",
            NotFound => "there is no such item",
            Gone => "the service no longer has this call",
            Validation => "the service found a parameter invalid",
            RateLimited => "too many requests",
            Conflict => "the item is in use",
            Server => "the service failed",
            Timeout(_) => "no response in time",
            Connect => "no connection to the service",
            Tls => "the service's certificate or TLS handshake was not accepted",
            Interrupted => "the connection broke off",
            Redirect => "the service redirects, which is not followed",
            Undecodable => "the response is not a history",
            TooLarge => "the response is too large",
            Unexpected => "the service sent a status of unknown meaning",
        }
    }

    /// What to do, where there is something to do: the end of the error's text.
    ///
    /// ```
    /// use processing_results_runtime::ErrorKind;
    ///
    /// assert_eq!(ErrorKind::Redirect.hint(), Some("check the base URL"));
    /// assert_eq!(ErrorKind::Server.hint(), None);
    /// ```
    #[must_use]
    pub fn hint(self) -> Option<&'static str> {
        Some(match self {
            Unauthorized => "a key belongs to one region and one project: check both",
            PaymentRequired => "add credits, or use another organization's key",
            Forbidden => "check the project and the organization",
            NotFound => "check the item id, the project and the region",
            Gone => "check the base URL; the call is beta and may have been withdrawn",
            RateLimited => "send fewer requests, or try later",
            Connect => "check the base URL, the network and the proxy",
            Tls => {
                "check the host name and the trusted certificates; SSL_CERT_FILE names a file of others"
            }
            Gateway => "look at proxies, firewalls and the network's sign-in",
            Redirect => "check the base URL",
            TooLarge => "raise max_response_bytes",
            _ => return None,
        })
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
            Gateway => "gateway",
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
