//! One opaque error, with a predicate for each thing that a caller can act on.

mod answer;
mod kind;
mod mismatch;
mod predicates;

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};
use std::time::Duration;

use reqwest::StatusCode;

pub use answer::ValidationError;
pub(crate) use answer::request_id;
pub(crate) use kind::Answered;
pub use kind::{ErrorKind, TimeoutKind};
pub(crate) use mismatch::Mismatch;

use crate::transport::{Answer, Failure, Limits};
use crate::{api, retry};

/// Why a call gave no history.
///
/// `Display` is one line that says what was wrong and what to do; `source`
/// says what lies beneath. Neither shows a response body, a header or a
/// credential.
///
/// ```
/// use processing_results::{Client, ErrorKind};
///
/// let error = Client::builder().api_key("llx-example").base_url("http://example.com").build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Configuration);
/// assert!(error.to_string().contains("https"));
/// ```
pub struct Error(Box<Context>);

#[derive(Default)]
struct Context {
    kind: Option<ErrorKind>,
    message: String,
    status: Option<StatusCode>,
    detail: Option<String>,
    validation: Vec<ValidationError>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    json_path: Option<String>,
    transient: bool,
    report: CallReport,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What it took to get an answer, or to give up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallReport {
    /// How many times the request was sent.
    pub attempts: u32,
    /// Time from the first attempt to the end, waiting included.
    pub elapsed: Duration,
    /// The waits before attempts, in their order.
    pub delays: Vec<Duration>,
    /// What to quote to the service's support, if an answer named it: from
    /// `x-request-id`, `x-correlation-id` or `cf-ray`.
    pub request_id: Option<String>,
}

impl CallReport {
    /// Counts an attempt and returns how many came before it.
    pub(crate) fn begin(&mut self) -> u32 {
        self.attempts += 1;
        self.attempts - 1
    }
}

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

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind.unwrap_or(ErrorKind::Unexpected)
    }

    /// Status of the last answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// What the service said in its `detail`: one line of at most 500
    /// characters, without the credentials in use.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// What the service found wrong with the request (422).
    #[must_use]
    pub fn validation_errors(&self) -> &[ValidationError] {
        &self.0.validation
    }

    /// What to quote to the service's support: from `x-request-id`,
    /// `x-correlation-id` or `cf-ray`, else from the `detail`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0
            .report
            .request_id
            .as_deref()
            .or(self.0.request_id.as_deref())
    }

    /// How long the service asked to wait before the next call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many times the request was sent; 0 if it never was.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.report.attempts
    }

    /// Attempts, time and waits of the call.
    #[must_use]
    pub fn report(&self) -> &CallReport {
        &self.0.report
    }

    /// Where in the response body the mismatch is, as in
    /// `processing_results[0].processed_at`, for [`ErrorKind::Undecodable`].
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.transient
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let context = &*self.0;
        match context.message.as_str() {
            "" => f.write_str(self.kind().as_sentence())?,
            message => f.write_str(message)?,
        }
        if let Some(status) = context.status {
            write!(f, " (status {})", status.as_u16())?;
        }
        if let Some(detail) = &context.detail {
            write!(f, ": {detail}")?;
        }
        if let Some(delay) = context.retry_after {
            write!(f, "; the service asks to wait {:.1} s", delay.as_secs_f64())?;
        }
        if context.report.attempts > 1 {
            write!(f, "; {} attempts", context.report.attempts)?;
        }
        if let Some(id) = self.request_id() {
            write!(f, "; request id {id}")?;
        }
        match self.kind().hint() {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl Debug for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &self.to_string())
            .field("report", &self.0.report)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// From the raw generated client's error, which itself prints bodies.
impl From<api::Error<()>> for Error {
    fn from(error: api::Error<()>) -> Self {
        match error {
            api::Error::InvalidResponsePayload(body, error) => {
                // Only a documented success is decoded.
                let mismatch = Mismatch::find::<crate::types::ItemProcessingResults>(&body, &error);
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
