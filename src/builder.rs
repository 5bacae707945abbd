//! The client's builder.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;
use std::time::Duration;

use processing_results_runtime::{
    BaseUrl, Connections, Error, Limits, RateLimiter, Transport, bearer, cookie, environment,
};

use crate::client::{Client, Shared};
use crate::generated::Region;
use crate::spec::{PATH, SESSION_COOKIE, SPAN_NAME};

const AGENT: &str = concat!("processing-results/", env!("CARGO_PKG_VERSION"));

/// Builds a [`Client`]. Without a region or a base URL, requests go to the default [`Region`]; limits have the values of
/// [`defaults`](crate::defaults). With a time limit of zero no call succeeds.
///
/// ```
/// use std::time::Duration;
/// use processing_results::{Client, Region};
///
/// let client = Client::builder()
///     .api_key("llx-example")
///     .region(Region::Eu)
///     .deadline(Duration::from_secs(30))
///     .max_retries(2)
///     .build()?;
/// assert!(!format!("{client:?}").contains("llx-example"));
/// # Ok::<(), processing_results::Error>(())
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct ClientBuilder {
    api_key: Option<String>,
    session: Option<String>,
    base_url: Option<String>,
    plain_hosts: Vec<String>,
    project_id: Option<String>,
    organization_id: Option<String>,
    pub(crate) limits: Limits,
    rate_limiter: RateLimiter,
    http: Option<reqwest::Client>,
}

/// No credential is shown, and no base URL that has not been checked yet.
impl Debug for ClientBuilder {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    /// Creates a builder from environment variables: `LLAMA_CLOUD_API_KEY` (else
    /// `LLAMA_PARSE_API_KEY`), `LLAMA_CLOUD_BASE_URL`, `LLAMA_CLOUD_PROJECT_ID`
    /// and `LLAMA_CLOUD_ORGANIZATION_ID`. An empty variable counts as not set.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a
    /// variable cannot be used, with its name. A missing key is reported by [`build`](Self::build).
    ///
    /// ```no_run
    /// let client = processing_results::ClientBuilder::from_env()?.max_retries(0).build()?;
    /// # Ok::<(), processing_results::Error>(())
    /// ```
    pub fn from_env() -> Result<Self, Error> {
        Ok(ClientBuilder {
            api_key: environment::api_key()?,
            base_url: environment::read(environment::BASE_URL)?,
            project_id: environment::read(environment::PROJECT_ID)?,
            organization_id: environment::read(environment::ORGANIZATION_ID)?,
            ..Self::default()
        })
    }

    /// The API key, sent as `Authorization: Bearer`.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// The session of a signed-in user, sent as the documented cookie.
    #[cfg_attr(deprecated = "session", deprecated)]
    pub fn session(mut self, session: impl Into<String>) -> Self {
        self.session = Some(session.into());
        self
    }

    /// The region whose server receives the requests.
    pub fn region(self, region: Region) -> Self {
        self.base_url(region.base_url())
    }

    /// Where requests go, in place of a region: `https://host`, with a path
    /// prefix if need be, without `/api/v1`. Plain http is for loopback only.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows plain http to one more host, named without port. Anyone between
    /// here and there can read the credential.
    pub fn allow_plain_http(mut self, host: impl Into<String>) -> Self {
        self.plain_hosts.push(host.into());
        self
    }

    /// The project of every request that does not name its own.
    #[cfg_attr(deprecated = "project_id", deprecated)]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// The organization of every request that does not name its own.
    #[cfg_attr(deprecated = "organization_id", deprecated)]
    pub fn organization_id(mut self, id: impl Into<String>) -> Self {
        self.organization_id = Some(id.into());
        self
    }

    /// Sends at most this number of requests per interval, evenly spaced, by all clones together and retries
    /// included. Without a limit if either is 0. What the service itself limits need not be known: see
    /// [`FetchMany`](crate::FetchMany).
    ///
    /// ```
    /// # use std::time::Duration;
    /// // What a free plan allows.
    /// let client = processing_results::Client::builder()
    ///     .api_key("llx-example")
    ///     .rate_limit(20, Duration::from_secs(60))
    ///     .build()?;
    /// # Ok::<(), processing_results::Error>(())
    /// ```
    pub fn rate_limit(mut self, requests: u32, per: Duration) -> Self {
        self.rate_limiter = RateLimiter::new(requests, per);
        self
    }

    /// A client of your own, for proxies, certificates or other resolvers.
    /// Path, credentials, retries and limits stay ours, but for the connect
    /// timeout and the handling of redirects, which it should not follow. Its
    /// connections are its own as well: for HTTP/2, turn on
    /// `http2_keep_alive_interval`, or a retry may go to the connection that fell
    /// silent; and it serves one runtime only.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// The client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if there
    /// is neither key nor session, or if a setting is unusable; the message
    /// says how to correct it and never repeats a credential.
    pub fn build(self) -> Result<Client, Error> {
        let url = self
            .base_url
            .as_deref()
            .unwrap_or(Region::default().base_url());
        let base_url = BaseUrl::read(url, &self.plain_hosts)?;
        if self.api_key.is_none() && self.session.is_none() {
            return Err(environment::no_api_key());
        }
        let connections = match self.http {
            Some(http) => Connections::of_caller(http),
            None => Connections::new(self.limits.connect_timeout, &base_url)?,
        };
        let http = connections.http();
        let mut transport = Transport::new(AGENT, self.limits)
            .with_destination(SPAN_NAME, PATH, &base_url)
            .with_connections(connections)
            .with_client_rate_limiter(self.rate_limiter);
        if let Some(key) = &self.api_key {
            transport = transport.with_authorization(bearer(key)?, key);
        }
        if let Some(session) = &self.session {
            transport = transport.with_cookie(cookie(SESSION_COOKIE, session)?, session);
        }
        let shared = Shared {
            base_url,
            http,
            project_id: self.project_id,
            organization_id: self.organization_id,
        };
        Ok(Client {
            shared: Arc::new(shared),
            transport,
        })
    }
}

impl Client {
    /// Creates a client from environment variables: see [`ClientBuilder::from_env`].
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

    /// A builder that does not read the environment.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}
