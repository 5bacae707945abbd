//! The kinds of failure: names, sentences, hints.

use reqwest::StatusCode;

use super::ErrorKind::*;
use super::body::ErrorBody;
use crate::response::TimeoutKind::{self, Service};
use crate::response::TransportError;

/// Kinds of failure, named after what a caller can do about them. Each has a
/// predicate on [`Error`](crate::Error) whose documentation says what to do.
///
/// ```
/// use processing_results_runtime::{Error, ErrorKind, TimeoutKind};
///
/// fn is_worth_a_later_call(error: &Error) -> bool {
///     match error.kind() {
///         ErrorKind::RateLimited | ErrorKind::Server | ErrorKind::Timeout(TimeoutKind::Attempt) => true,
///         _ => error.is_retryable(), // kinds may be added
///     }
/// }
/// assert!(is_worth_a_later_call(&Error::of_kind(ErrorKind::RateLimited)));
/// ```
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
    /// Of a response without success, by its status and by who has sent it: see [`ErrorBody`].
    pub(super) fn of_response(status: StatusCode, body: &ErrorBody) -> Self {
        match Self::of_status(status) {
            // The default 404 of the service's framework, or a 404 of a gateway: the path is wrong, not the item.
            NotFound if body.detail.as_deref() == Some("Not Found") || body.is_foreign => Gone,
            // The service refuses in JSON.
            Forbidden if body.is_foreign => Gateway,
            kind => kind,
        }
    }

    /// Of a status alone.
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
            408 => Timeout(Service),
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
        StatusCode::from_u16(self.facts().status).ok()
    }

    /// Whether the same call may succeed later, most of the time.
    pub(super) fn is_usually_transient(self) -> bool {
        self.facts().is_transient
    }

    /// Of an attempt without a response, by what a caller can do about it: a proxy that wants a login is a gateway, whatever
    /// the layer at which it says so.
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
        self.facts().sentence
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
        Some(self.facts().hint).filter(|hint| !hint.is_empty())
    }

    /// A stable, lower-case name, as in the `error.type` of spans.
    ///
    /// ```
    /// use processing_results_runtime::ErrorKind;
    ///
    /// assert_eq!(ErrorKind::NotFound.error_type(), "not_found");
    /// ```
    #[must_use]
    pub fn error_type(self) -> &'static str {
        self.facts().name
    }

    /// All that is said about a kind: its name, its usual status (0 where there is no response), whether the same call
    /// may succeed later, what happened, and what to do.
    #[rustfmt::skip]
    fn facts(self) -> Facts {
        let (name, status, is_transient, sentence, hint) = match self {
            Configuration   => ("configuration",    0,   NEVER, "the client cannot be built", ""),
            InvalidRequest  => ("invalid_request",  400, NEVER, "the service refused the request as malformed", ""),
            Unauthorized    => ("unauthorized",     401, NEVER, "the service does not accept the credential",
                "a key belongs to one region and one project: check both"),
            PaymentRequired => ("payment_required", 402, NEVER, "the account is out of credits",
                "add credits, or use another organization's key"),
            Forbidden       => ("forbidden",        403, NEVER, "the credential may not read this item",
                "check the project and the organization"),
            Gateway         => ("gateway",          407, NEVER, "something in front of the service refused the request",
                "look at proxies, firewalls and the network's sign-in"),
            NotFound        => ("not_found",        404, NEVER, "there is no such item",
                "check the item id, the project and the region"),
            Gone            => ("gone",             410, NEVER, "the service no longer has this call",
                "check the base URL; the call is beta and may have been withdrawn"),
            Validation      => ("validation",       422, NEVER, "the service found a parameter invalid", ""),
            RateLimited     => ("rate_limited",     429, LATER, "too many requests",
                "send fewer requests, or try later"),
            Conflict        => ("conflict",         409, LATER, "the item is in use", ""),
            Server          => ("server",           503, LATER, "the service failed", ""),
            Timeout(limit)  => (timeout(limit),     if limit == Service { 408 } else { 0 }, LATER, "no response in time", ""),
            Connect         => ("connect",          0,   LATER, "no connection to the service",
                "check the base URL, the network and the proxy"),
            Tls             => ("tls",              0,   NEVER, "the service's certificate or TLS handshake was not accepted",
                "check the host name and the trusted certificates; SSL_CERT_FILE names a file of others"),
            Interrupted     => ("interrupted",      0,   LATER, "the connection broke off", ""),
            Redirect        => ("redirect",         302, NEVER, "the service redirects, which is not followed",
                "check the base URL"),
            Undecodable     => ("undecodable",      200, NEVER, "the response is not a history", ""),
            TooLarge        => ("too_large",        0,   NEVER, "the response is too large", "raise max_response_bytes"),
            Unexpected      => ("unexpected",       418, NEVER, "the service sent a status of unknown meaning", ""),
        };
        Facts { name, status, is_transient, sentence, hint }
    }
}

/// A row of the table of kinds.
struct Facts {
    name: &'static str,
    status: u16,
    is_transient: bool,
    sentence: &'static str,
    hint: &'static str,
}

/// The same call may succeed later.
const LATER: bool = true;
/// The same call would fail again.
const NEVER: bool = false;

/// The name of a limit of time, as in the `error.type` of spans.
fn timeout(limit: TimeoutKind) -> &'static str {
    match limit {
        TimeoutKind::Connect => "connect_timeout",
        TimeoutKind::Attempt => "attempt_timeout",
        TimeoutKind::ReadIdle => "read_timeout",
        TimeoutKind::Deadline => "deadline",
        Service => "request_timeout",
    }
}
