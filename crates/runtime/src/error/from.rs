//! Where errors come from: settings, answers, attempts, the raw client.

use std::error::Error as StdError;
use std::time::Duration;

use reqwest::StatusCode;

use super::kind::{self, Answered};
use super::{CallReport, Context, Error, ErrorKind, Mismatch, answer};
use crate::transport::{Answer, Failure, Limits};
use crate::{api, retry};

impl Error {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Context {
            kind: Some(kind),
            message: message.into(),
            ..Context::default()
        }))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Configuration, message)
    }

    pub(crate) fn invalid_request(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::InvalidRequest, message)
    }

    /// A parameter would have led to another path.
    pub(crate) fn off_route() -> Self {
        Error::invalid_request("a parameter cannot be one path segment")
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// From an answer without success.
    pub(crate) fn from_answer(
        answer: &Answer,
        secrets: &[String],
        retry_after: Option<Duration>,
        report: CallReport,
    ) -> Self {
        let said = answer::read(answer, secrets);
        let kind = ErrorKind::of(answer.status, &said);
        let mut error = Error::new(kind, "");
        error.0.transient = retry::is_transient_answer(answer);
        error.0.status = Some(answer.status);
        error.0.detail = said.detail;
        error.0.validation = said.validation;
        error.0.request_id = said.request_id;
        error.0.retry_after = retry_after;
        error.0.report = report;
        error
    }

    /// From an attempt that got no answer.
    pub(crate) fn from_failure(
        failure: Failure,
        limits: &Limits,
        retry_after: Option<Duration>,
        report: CallReport,
    ) -> Self {
        let mut error = Error::new(
            Answered::Failure(&failure).kind(),
            kind::about(&failure, limits),
        );
        // A later call may find the pause over.
        error.0.transient =
            retry::is_transient_failure(&failure) || matches!(failure, Failure::Paused);
        error.0.retry_after = retry_after;
        error.0.report = report;
        match failure.into_source() {
            Some(source) => error.with_source(source),
            None => error,
        }
    }

    /// From an answer that was read to its end and is not what the contract says.
    pub(crate) fn undecodable(status: Option<StatusCode>, mismatch: Mismatch) -> Self {
        let mut error = Error::new(ErrorKind::Undecodable, format!("the answer {mismatch}"));
        error.0.status = status;
        error.0.json_path = mismatch.path;
        error
    }

    pub(crate) fn with_report(mut self, report: CallReport) -> Self {
        self.0.report = report;
        self
    }
}

/// From the raw generated client's error, which itself prints bodies.
impl From<api::Error<()>> for Error {
    fn from(error: api::Error<()>) -> Self {
        match error {
            api::Error::InvalidResponsePayload(body, error) => {
                // Only a documented success is decoded.
                let mismatch = Mismatch::find(&body, &error);
                Error::undecodable(Some(StatusCode::OK), mismatch)
            }
            api::Error::UnexpectedResponse(mut response) => {
                let status = response.status();
                crate::transport::carried(&mut response).unwrap_or_else(|| {
                    let mut error = Error::new(ErrorKind::of_status(status), "");
                    error.0.status = Some(status);
                    error
                })
            }
            api::Error::InvalidRequest(_) | api::Error::Custom(_) => {
                Error::invalid_request("the request cannot be built from these parameters")
            }
            api::Error::CommunicationError(error)
            | api::Error::InvalidUpgrade(error)
            | api::Error::ResponseBodyError(error) => {
                Error::new(ErrorKind::InvalidRequest, "the request cannot be built")
                    .with_source(error.without_url())
            }
            api::Error::ErrorResponse(response) => {
                let mut error = Error::new(ErrorKind::of_status(response.status()), "");
                error.0.status = Some(response.status());
                error
            }
        }
    }
}
