//! The client.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use crate::base_url::BaseUrl;
use crate::request::ProcessingResultsRequest;
use crate::transport::Transport;
use crate::{ClientBuilder, Error, api};

/// Fetches processing histories. Clones are cheap and share connections, the
/// pause that the service asked for, and the budget for retries.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # #[cfg(feature = "mock")] {
/// use processing_results::{Client, JobType, mock};
///
/// let server = mock::Server::start().await?;
/// let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
///
/// let history = client.processing_results("invoice-0001").job_type(JobType::Parse).send().await?;
/// for result in history.results() {
///     println!("{} {} {}", result.processed_at, result.job_type, result.output_s3_path);
/// }
/// # }
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) base: Arc<BaseUrl>,
    pub(crate) http: reqwest::Client,
    pub(crate) transport: Transport,
    pub(crate) project_id: Option<String>,
    pub(crate) organization_id: Option<String>,
}

impl Client {
    /// A client as the environment describes it: see [`ClientBuilder::from_env`].
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), with the
    /// names of the variables, if there is no key or a setting is unusable.
    ///
    /// ```no_run
    /// let client = processing_results::Client::from_env()?;
    /// # Ok::<(), processing_results::Error>(())
    /// ```
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// A builder that knows nothing of the environment.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// The processing history of one item. Nothing is sent before
    /// [`send`](ProcessingResultsRequest::send).
    pub fn processing_results(&self, item_id: impl Into<String>) -> ProcessingResultsRequest<'_> {
        ProcessingResultsRequest::new(self, item_id.into())
    }

    /// The raw generated client. It travels with the same credential, limits
    /// and retries, and never leaves the documented route. Beware of two things:
    /// its own error type prints response bodies, and so the secrets in them;
    /// convert it to [`Error`] with `?` or `Error::from`. And an id with a
    /// backslash may reach another item; [`Client::processing_results`] refuses it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # #[cfg(feature = "mock")] {
    /// # use processing_results::{Client, Error, mock};
    /// # let server = mock::Server::start().await?;
    /// # let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
    /// let answer = client.api().get_item_processing_results("invoice-0001", None, None, None).await;
    /// assert_eq!(answer.map_err(Error::from)?.item_id, "invoice-0001");
    /// # }
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn api(&self) -> api::Client {
        self.api_with(self.transport.clone())
    }

    pub(crate) fn api_with(&self, mut transport: Transport) -> api::Client {
        // Each call reports for itself.
        transport.report = Arc::default();
        api::Client::new_with_client(&self.base.text, self.http.clone(), transport)
    }

    /// Where requests go, without a trailing slash.
    ///
    /// ```
    /// let client = processing_results::Client::builder().api_key("k").base_url("example.com/x/").build()?;
    /// assert_eq!(client.base_url(), "https://example.com/x");
    /// # Ok::<(), processing_results::Error>(())
    /// ```
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base.text
    }
}

/// No credential is shown.
impl Debug for Client {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base.text)
            .field("project_id", &self.project_id)
            .field("organization_id", &self.organization_id)
            .field("limits", &self.transport.limits)
            .finish_non_exhaustive()
    }
}
