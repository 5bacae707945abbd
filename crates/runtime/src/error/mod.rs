//! One opaque error, with a predicate for each thing that a caller can act on.
//!
//! An error is a kind, a message, what is known of the response, and the report of the call. All text of the service goes
//! through `scrub`, and of a body nothing is kept but the documented `detail`: an error ends in logs, tickets and chats.
//! What is added to a sentence follows one order: what happened, the status, the service's words, how long it asks to
//! wait, the attempts, why there were no more, the request id, what to do.

mod body;
mod decode_error;
mod from;
mod json_path;
mod kind;
mod message;
mod partial;
mod predicates;
mod report;
mod scrub;
#[cfg(test)]
mod tests;

use std::any::Any;
use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};
use std::time::Duration;

use reqwest::StatusCode;

pub use body::ValidationError;
pub(crate) use body::request_id;
pub use decode_error::DecodeError;
pub use kind::ErrorKind;
pub use partial::CarriesPartial;
pub use report::{CallReport, GaveUp};
pub(crate) use scrub::Secrets;

/// Why a call failed.
///
/// `Display` is one line that says what was wrong and what to do; `source`
/// returns the cause. Neither shows a response body, a header or a credential.
///
/// ```
/// use processing_results_runtime::{BaseUrl, ErrorKind};
///
/// let error = BaseUrl::read("http://example.com", &[]).unwrap_err();
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
    partial: Option<Box<dyn Any + Send + Sync>>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind.unwrap_or(ErrorKind::Unexpected)
    }

    /// Status of the last response, if there was one. A response that could not be read to its end has one as well, if its
    /// status was no success.
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

    /// How long the service asked to wait before the next call; of a call that did not fit into the pause of all clones, what
    /// is left of that pause. Waits that the call itself has already made are in the [`report`](Self::report).
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

    /// What to do, where there is something to do: the end of the message.
    ///
    /// ```
    /// # use processing_results_runtime::{Error, ErrorKind};
    /// let error = Error::of_kind(ErrorKind::Unauthorized);
    /// assert!(error.hint().unwrap().contains("region"));
    /// ```
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self.0.report.gave_up {
            Some(GaveUp::MaxRetries) | None if self.kind() == ErrorKind::Gateway => {
                Some(message::gateway(self.0.status).1)
            }
            Some(GaveUp::MaxRetries) | None => self.kind().hint(),
            Some(why) => Some(why.hint()),
        }
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
        // The number of attempts says that they were as many as allowed.
        if let Some(why) = (context.report.gave_up).filter(|why| *why != GaveUp::MaxRetries) {
            write!(f, "; {why}")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, "; request id {id}")?;
        }
        match self.hint() {
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
