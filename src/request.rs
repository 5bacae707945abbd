//! The request: one call, before it is sent.

use std::fmt::{self, Debug, Formatter};
use std::time::Duration;

use processing_results_runtime::{
    CallReport, Error, RateLimiter, Transport, bearer, check_path_segment, cookie,
};
use progenitor_client::{Error as ApiError, ResponseValue};
use reqwest::header::{HeaderName, HeaderValue};
use tracing::Instrument;

use crate::client::Client;
use crate::generated::Parameters;
use crate::partial;
use crate::spec::SESSION_COOKIE;
use crate::types::{ItemProcessingResults, JobType};

/// What a request results in.
pub(crate) type History = Result<ResponseValue<ItemProcessingResults>, Error>;

/// A request for the history of one item, from [`Client::processing_results`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use std::time::Duration;
/// # use processing_results::{Client, JobType};
/// # use processing_results_mock as mock;
/// # let server = mock::Server::start().await?;
/// # let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
/// let request = client
///     .processing_results("invoice-0001")
///     .job_type(JobType::Classify)
///     .deadline(Duration::from_secs(10));
/// let (history, report) = request.send_with_report().await;
/// assert_eq!(history?.results().len(), 1);
/// assert_eq!(report.attempts, 1);
/// # Ok(()) }
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct ProcessingResultsRequest {
    client: Client,
    item_id: String,
    job_type: Option<JobType>,
    project_id: Option<String>,
    organization_id: Option<String>,
    api_key: Option<String>,
    session: Option<String>,
    pub(crate) rate_limiter: RateLimiter,
}

impl Client {
    /// The processing history of one item. Nothing is sent before
    /// [`send`](ProcessingResultsRequest::send).
    #[cfg_attr(deprecated = "call", deprecated)]
    pub fn processing_results(&self, item_id: impl Into<String>) -> ProcessingResultsRequest {
        ProcessingResultsRequest {
            client: self.clone(),
            item_id: item_id.into(),
            job_type: None,
            project_id: self.shared.project_id.clone(),
            organization_id: self.shared.organization_id.clone(),
            api_key: None,
            session: None,
            rate_limiter: RateLimiter::default(),
        }
    }
}

impl ProcessingResultsRequest {
    /// Only results of this job type.
    #[cfg_attr(deprecated = "job_type", deprecated)]
    pub fn job_type(mut self, job_type: impl Into<JobType>) -> Self {
        self.job_type = Some(job_type.into());
        self
    }

    /// The project on whose behalf the call is made, in place of the client's.
    #[cfg_attr(deprecated = "project_id", deprecated)]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// The organization on whose behalf the call is made, in place of the client's.
    #[cfg_attr(deprecated = "organization_id", deprecated)]
    pub fn organization_id(mut self, id: impl Into<String>) -> Self {
        self.organization_id = Some(id.into());
        self
    }

    /// The session of a signed-in user, in place of the client's.
    #[cfg_attr(deprecated = "session", deprecated)]
    pub fn session(mut self, session: impl Into<String>) -> Self {
        self.session = Some(session.into());
        self
    }

    /// The API key, in place of the client's.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// One more header, as for a gateway in front of the service. Credentials and the user agent stay what they are.
    /// Mark a value that is a credential with `set_sensitive(true)`: no error, log or span repeats it then.
    ///
    /// ```
    /// # let client = processing_results::Client::builder().api_key("k").build()?;
    /// use processing_results::reqwest::header::{HeaderName, HeaderValue};
    ///
    /// let team = HeaderValue::from_static("billing");
    /// let request = client.processing_results("a").header(HeaderName::from_static("x-team"), team);
    /// # Ok::<(), processing_results::Error>(())
    /// ```
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.client.transport = self.client.transport.with_header(name, value);
        self
    }

    /// Time for one attempt, body included, in place of the client's.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.client.transport.limits_mut().attempt_timeout = limit;
        self
    }

    /// Time for the complete call, in place of the client's.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.client.transport.limits_mut().deadline = limit;
        self
    }

    /// The same request for another item.
    pub(crate) fn of_item(&self, item_id: String) -> Self {
        ProcessingResultsRequest {
            item_id,
            ..self.clone()
        }
    }

    /// Fetches the history, however long the service makes it wait for its turn.
    pub(crate) async fn send_as_one_of_many(mut self) -> History {
        self.client.transport = self.client.transport.patient();
        self.send().await
    }

    /// Fetches the history.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind) for what can go wrong. Nothing is
    /// sent if the item id is not one path segment, or a parameter is empty.
    pub async fn send(self) -> History {
        self.send_with_report().await.0
    }

    /// Fetches the history, and reports attempts, time and waits.
    pub async fn send_with_report(self) -> (History, CallReport) {
        let span = self.span();
        let response = match self.transport() {
            Ok(transport) => {
                // A text that can be an id may still be a key that was passed by mistake.
                if !span.is_disabled() {
                    span.record("item_id", transport.scrub(&self.item_id));
                }
                self.call(transport).instrument(span.clone()).await
            }
            Err(error) => (Err(error), CallReport::default()),
        };
        if let Err(error) = &response.0 {
            span.record("error.type", error.kind().error_type());
            span.record("otel.status_code", "ERROR");
        }
        response
    }

    async fn call(self, transport: Transport) -> (History, CallReport) {
        let api = self.client.api_with(transport);
        #[allow(clippy::needless_update, reason = "not needless for another contract")]
        let parameters = Parameters {
            item_id: &self.item_id,
            job_type: self.job_type.as_ref(),
            organization_id: self.organization_id.as_deref(),
            project_id: self.project_id.as_deref(),
            // A parameter that the contract has beyond these is not sent.
            ..Parameters::default()
        };
        let result = api.call(parameters).await;
        let report = api.inner.report();
        let undecodable = matches!(result, Err(ApiError::InvalidResponsePayload(..)));
        let result = result.map_err(|error| match undecodable {
            true => partial::error(error).with_report(report.clone()),
            // The transport has added the report.
            false => error.into(),
        });
        (result, report)
    }

    /// The client's transport with the settings of this request.
    fn transport(&self) -> Result<Transport, Error> {
        check_path_segment("item id", &self.item_id)?;
        for (name, value) in [
            ("job_type", self.job_type.as_ref().map(JobType::as_str)),
            ("project_id", self.project_id.as_deref()),
            ("organization_id", self.organization_id.as_deref()),
        ] {
            if value == Some("") {
                let message = format!("{name} is empty: leave it out, or name one");
                return Err(Error::invalid_request(message));
            }
        }
        let mut transport = self.client.transport.clone();
        if let Some(key) = &self.api_key {
            transport = transport.with_authorization(bearer(key)?, key);
        }
        if let Some(session) = &self.session {
            transport = transport.with_cookie(cookie(SESSION_COOKIE, session)?, session);
        }
        Ok(transport.with_rate_limiter(self.rate_limiter.clone()))
    }

    /// The span of the call; each of its attempts has a span of an HTTP client in it.
    fn span(&self) -> tracing::Span {
        tracing::info_span!(
            "processing_results",
            otel.status_code = tracing::field::Empty,
            server.address = self.client.shared.base_url.host,
            server.port = i64::from(self.client.shared.base_url.port),
            item_id = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
        )
    }
}

/// Ids, the filter and the limits; no credential.
impl Debug for ProcessingResultsRequest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessingResultsRequest")
            .field("item_id", &self.item_id)
            .field("job_type", &self.job_type)
            .field("project_id", &self.project_id)
            .field("organization_id", &self.organization_id)
            .field("limits", self.client.transport.limits())
            .finish_non_exhaustive()
    }
}
