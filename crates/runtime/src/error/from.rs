//! How errors are made: from settings, responses, and attempts without a response.

use std::error::Error as StdError;
use std::time::Duration;

use reqwest::StatusCode;

use super::{CallReport, Context, DecodeError, Error, ErrorKind, Secrets, body, message};
use crate::response::{Limits, Response, TransportError};
use crate::retry;

impl Error {
    /// An empty message stands for the sentence of the kind, with what the response adds to it.
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Context {
            kind: Some(kind),
            message: message.into(),
            ..Context::default()
        }))
    }

    /// A client that cannot be built. The message names the setting and what to write instead.
    pub fn configuration(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Configuration, message)
    }

    /// A request that cannot be sent.
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::InvalidRequest, message)
    }

    /// A parameter would have led to another path.
    pub(crate) fn off_route() -> Self {
        Error::invalid_request("a parameter cannot be one path segment")
    }

    /// The same error, caused by `source`, whose text is not repeated in the message: a program that prints an error with
    /// all of its sources prints each sentence once.
    ///
    /// ```
    /// use std::error::Error as _;
    /// use processing_results_runtime::Error;
    ///
    /// let error = Error::configuration("the file of keys cannot be read").with_source("no such file");
    /// assert_eq!(error.to_string(), "the file of keys cannot be read");
    /// assert_eq!(error.source().unwrap().to_string(), "no such file");
    /// ```
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// An error of this kind, as tests of callers need it: with the usual status, and retryable if the kind usually is.
    #[doc(hidden)]
    #[must_use]
    pub fn of_kind(kind: ErrorKind) -> Self {
        let mut error = Error::new(kind, "");
        error.0.status = kind.usual_status();
        error.0.transient = kind.is_usually_transient();
        error
    }

    /// From a response without success. The status alone does not decide on the kind: a 404 whose `detail` is the words of
    /// the service's framework for an unknown path is [`ErrorKind::Gone`], and a 403 in HTML is [`ErrorKind::Gateway`].
    pub(crate) fn from_response(
        response: &Response,
        secrets: &Secrets,
        retry_after: Option<Duration>,
        report: CallReport,
    ) -> Self {
        let body = body::read(response, secrets);
        let kind = ErrorKind::of_response(response.status, &body);
        let message = match kind {
            ErrorKind::Gateway => message::gateway(Some(response.status)).0,
            _ => "",
        };
        let mut error = Error::new(kind, message);
        error.0.transient = retry::is_transient_response(response);
        error.0.status = Some(response.status);
        error.0.detail = body.detail;
        error.0.validation = body.validation;
        error.0.request_id = body.request_id;
        error.0.retry_after = retry_after;
        error.0.report = report;
        error
    }

    /// From a status alone.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let mut error = Error::new(ErrorKind::of_status(status), "");
        error.0.status = Some(status);
        error
    }

    /// From an attempt without a response. The message has the limit that was exceeded, so that its reader knows what to
    /// raise and from what value.
    pub(crate) fn from_transport(
        error: TransportError,
        limits: &Limits,
        retry_after: Option<Duration>,
        report: CallReport,
    ) -> Self {
        let kind = ErrorKind::of_transport_error(&error);
        let mut converted = Error::new(kind, message::message(&error, limits));
        // For a later call, the wait may be over.
        let had_to_wait = matches!(error, TransportError::Paused | TransportError::RateLimit);
        converted.0.transient = retry::is_transient_failure(&error) || had_to_wait;
        converted.0.retry_after = retry_after;
        if let TransportError::Encoded(status, _) = error {
            converted.0.status = Some(status);
        }
        converted.0.report = report;
        match error.into_source() {
            Some(source) => converted.with_source(source),
            None => converted,
        }
    }

    /// From a response that was read to its end and is not what the contract says.
    pub(crate) fn undecodable(status: Option<StatusCode>, found: DecodeError) -> Self {
        let mut error = Error::new(ErrorKind::Undecodable, format!("the response {found}"));
        error.0.status = status;
        error.0.json_path = found.path;
        error
    }

    /// The same error, with the report of its call.
    #[must_use]
    pub fn with_report(mut self, report: CallReport) -> Self {
        self.0.report = report;
        self
    }
}
