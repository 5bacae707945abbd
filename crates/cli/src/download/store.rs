//! S3, or another store with its protocol, from which one object at a time is requested.
//!
//! The crate `object_store` makes requests, signs and repeats them. Its errors repeat requests and bodies, so none of
//! them is shown: a failure is explained by the last status, by known error codes, and by what the system says about a
//! broken connection.

use std::collections::HashMap;
use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{HttpError, HttpErrorKind};
use object_store::{
    Attribute, ClientOptions, Error, GetOptions, GetResult, ObjectStore, RetryConfig,
};

use tracing::Instrument;

use super::credentials::{Checked, is_missing, is_unusable};
use super::location::Location;
use super::response::Watched;
use super::settings::{Credentials, StoreSettings};
use crate::exit::{Exit, Failure};
use crate::host::is_loopback;
use crate::lock::lock;

/// Retries of a request unless `--max-retries` says otherwise, as many as the library makes.
const RETRIES: u32 = 5;
/// Time after which a request is not repeated. Retries have the credentials of the first attempt, and those may expire.
const RETRY_TIMEOUT: Duration = Duration::from_secs(180);

/// The store, with a client for each bucket that was requested.
pub(crate) struct OutputStore {
    settings: StoreSettings,
    http: Watched,
    retries: usize,
    /// By the name of the bucket. They are kept since each has credentials that it renews when they expire.
    buckets: Mutex<HashMap<String, Arc<AmazonS3>>>,
}

/// Why the store did not send an object, or a part of it.
pub(crate) enum Refusal {
    /// It is the same as the one that is there already.
    Unchanged,
    /// It is no longer the same, or the store knows no ranges.
    NoRange,
    /// Anything else.
    Failed(Failure),
}

impl OutputStore {
    /// A store with these settings. Nothing is requested yet.
    pub(crate) fn new(settings: StoreSettings, retries: Option<u32>) -> Result<Self, Failure> {
        let http = Watched::new(settings.is_plain, is_loopback(&settings.host))?;
        let retries = retries.unwrap_or(RETRIES).try_into().unwrap_or(usize::MAX);
        Ok(OutputStore {
            settings,
            http,
            retries,
            buckets: Mutex::default(),
        })
    }

    /// Requests an object or a range of it. The response has its metadata, and its body as a stream.
    pub(crate) async fn get(
        &self,
        location: &Location,
        options: GetOptions,
    ) -> Result<GetResult, Refusal> {
        let path = location
            .path()
            .map_err(|why| failed(Exit::Unreadable, why))?;
        let store = self
            .bucket(&location.bucket)
            .map_err(|_| failed(Exit::Usage, "the store cannot be set up"))?;
        self.http.last().clear();
        let is_range = options.range.is_some();
        let span = tracing::info_span!(
            "processing_results",
            http.request.method = "GET",
            url.template = location.shown(),
            server.address = self.settings.host,
            server.port = self.settings.port,
        );
        let got = store.get_opts(&path, options).instrument(span).await;
        let got = got.map_err(|error| self.refusal(&error, is_range))?;
        let status = self.http.last().response().map(|response| response.status);
        requested(got, is_range, status)
    }

    /// The client for a bucket, created when it is first needed.
    fn bucket(&self, name: &str) -> object_store::Result<Arc<AmazonS3>> {
        let mut buckets = lock(&self.buckets);
        if let Some(bucket) = buckets.get(name) {
            return Ok(Arc::clone(bucket));
        }
        let bucket = Arc::new(self.build(name)?);
        buckets.insert(name.to_owned(), Arc::clone(&bucket));
        Ok(bucket)
    }

    /// Creates the client for a bucket.
    fn build(&self, name: &str) -> object_store::Result<AmazonS3> {
        let settings = self.settings.clone();
        let retry = RetryConfig {
            max_retries: self.retries,
            retry_timeout: RETRY_TIMEOUT,
            ..RetryConfig::default()
        };
        let builder = match settings.credentials {
            Credentials::Keys {
                key_id,
                secret_key,
                token,
            } => {
                let builder = AmazonS3Builder::new()
                    .with_access_key_id(key_id)
                    .with_secret_access_key(secret_key);
                match token {
                    Some(token) => builder.with_token(token),
                    None => builder,
                }
            }
            Credentials::Provider(_) => AmazonS3Builder::from_env(),
        };
        let is_static = matches!(self.settings.credentials, Credentials::Keys { .. });
        let mut builder = builder
            .with_bucket_name(name)
            .with_region(settings.region)
            .with_retry(retry)
            .with_client_options(ClientOptions::new().with_allow_http(settings.is_plain))
            .with_http_connector(self.http.clone());
        if let Some(endpoint) = settings.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let store = builder.clone().build()?;
        if is_static {
            return Ok(store);
        }
        let checked = Checked(Arc::clone(store.credentials()));
        builder.with_credentials(Arc::new(checked)).build()
    }

    /// What an error means for the request, by the last status.
    fn refusal(&self, error: &Error, is_range: bool) -> Refusal {
        let response = self.http.last().response();
        match (error, response.map(|response| response.status)) {
            (Error::NotModified { .. }, _) => Refusal::Unchanged,
            // A store that ignores ranges responds with 200, for which the client has an error of its own.
            (_, Some(200..=299 | 412 | 416)) if is_range => Refusal::NoRange,
            _ => Refusal::Failed(self.failure(error)),
        }
    }

    /// The failure of a request or of a body that broke off. The error itself is not shown, since it has the request in
    /// it.
    pub(crate) fn failure(&self, error: &Error) -> Failure {
        if let Credentials::Provider(name) = &self.settings.credentials
            && let Some(failure) = of_provider(name, error)
        {
            return failure;
        }
        if let Some(broken) = broken(error, "the store") {
            return Failure::new(Exit::Service, broken);
        }
        match self.http.last().response() {
            Some(response) => response.failure(),
            None => Failure::new(Exit::Service, "the store could not be called"),
        }
    }
}

/// The failure of the provider of the credentials, which the variable `name` says where it is.
fn of_provider(name: &str, error: &Error) -> Option<Failure> {
    if is_unusable(error) {
        let message = format!("the credentials where {name} says cannot be used");
        return Some(Failure::new(Exit::Unauthorized, message));
    }
    let message = format!("there are no credentials where {name} says");
    is_missing(error).then(|| match broken(error, "what should have them") {
        Some(broken) => Failure::new(Exit::Service, format!("{message}: {broken}")),
        None => Failure::new(Exit::Unauthorized, message),
    })
}

/// What went wrong with the connection to the store, or to the provider of credentials, with the innermost cause in the
/// system's words; `None` if something else did.
fn broken(error: &Error, to: &str) -> Option<String> {
    let mut kind = None;
    let mut bottom = None;
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(http) = error.downcast_ref::<HttpError>() {
            kind = Some(http.kind());
        }
        bottom = kind.is_some().then(|| error.to_string());
        source = error.source();
    }
    let what = match kind? {
        HttpErrorKind::Connect => format!("no connection to {to}"),
        HttpErrorKind::Timeout => format!("{to} does not respond in time"),
        _ => format!("the connection to {to} broke off"),
    };
    // Of the network and of TLS; the URL has been taken out by the client.
    Some(match bottom {
        Some(bottom) => format!("{what} ({bottom})"),
        None => what,
    })
}

/// The response, if it is what was requested: with any other status the body is not the object, or not all of it.
fn requested(got: GetResult, is_range: bool, status: Option<u16>) -> Result<GetResult, Refusal> {
    match (is_range, status) {
        (false, Some(200)) if is_page(&got) => {
            let why =
                "a web page came in place of the output: is a proxy or a login page in between?";
            Err(failed(Exit::Unreadable, why))
        }
        (false, Some(200)) | (true, Some(206)) => Ok(got),
        (true, _) => Err(Refusal::NoRange),
        (false, status) => {
            let status = status.unwrap_or_default();
            let why = format!(
                "the store responded with status {status}, which is not the complete output"
            );
            Err(failed(Exit::Unreadable, &why))
        }
    }
}

fn failed(exit: Exit, why: &str) -> Refusal {
    Refusal::Failed(Failure::new(exit, why))
}

/// Whether something else than a store has responded: every store sends an entity tag.
fn is_page(got: &GetResult) -> bool {
    let kind = got.attributes.get(&Attribute::ContentType);
    got.meta.e_tag.is_none() && kind.is_some_and(|kind| kind.starts_with("text/html"))
}
