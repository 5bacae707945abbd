//! The client.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use processing_results_runtime::{BaseUrl, Error, Transport, bearer};

use crate::generated;

/// Fetches processing histories. Clones are cheap and share connections, the
/// pause that the service asked for, and the budget for retries.
///
/// A client may be used in several runtimes, at the same time or one after another: it keeps connections for each of the
/// last few.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use processing_results::{Client, JobType};
/// use processing_results_mock as mock;
///
/// let server = mock::Server::start().await?;
/// let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
///
/// let history = client.processing_results("invoice-0001").job_type(JobType::Parse).send().await?;
/// for result in history.results() {
///     println!("{} {} {}", result.processed_at, result.job_type, result.output_s3_path);
/// }
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    pub(crate) transport: Transport,
}

/// What never changes in a client, and is not copied with it.
pub(crate) struct Shared {
    pub(crate) base_url: BaseUrl,
    pub(crate) http: reqwest::Client,
    pub(crate) project_id: Option<String>,
    pub(crate) organization_id: Option<String>,
}

impl Client {
    /// The raw generated client. It sends with the same credential, limits and
    /// retries, and only to the documented route. Two warnings: its own error
    /// type prints response bodies, and so the secrets in them; convert it to
    /// [`Error`](crate::Error) with `?` or `Error::from`. And an id with a
    /// backslash may reach another item; [`Client::processing_results`] refuses it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::{Client, Error};
    /// # use processing_results_mock as mock;
    /// # let server = mock::Server::start().await?;
    /// # let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
    /// let response = client.api().get_item_processing_results("invoice-0001", None, None, None).await;
    /// assert_eq!(response.map_err(Error::from)?.item_id, "invoice-0001");
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn api(&self) -> generated::Client {
        self.api_with(self.transport.clone())
    }

    pub(crate) fn api_with(&self, transport: Transport) -> generated::Client {
        let (base_url, http) = (&self.shared.base_url.text, self.shared.http.clone());
        generated::Client::new_with_client(base_url, http, transport.for_one_call())
    }

    /// The same client with another key, as when keys are rotated or tenants have their own: with the same
    /// connections, and the same pace and retry budget.
    ///
    /// ```
    /// # let client = processing_results::Client::builder().api_key("llx-old").build()?;
    /// let client = client.with_api_key("llx-new")?;
    /// # Ok::<(), processing_results::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the key cannot be one.
    pub fn with_api_key(&self, key: &str) -> Result<Self, Error> {
        let mut client = self.clone();
        client.transport = client.transport.with_authorization(bearer(key)?, key);
        Ok(client)
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
        &self.shared.base_url.text
    }
}

/// No credential is shown.
impl Debug for Client {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url.text)
            .field("project_id", &self.shared.project_id)
            .field("organization_id", &self.shared.organization_id)
            .field("limits", self.transport.limits())
            .finish_non_exhaustive()
    }
}
