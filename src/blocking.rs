//! The same calls for programs without async code (feature `blocking`).

use std::sync::Arc;

use futures_util::{Stream, StreamExt};
use tokio::runtime::{Builder, Runtime};

use crate::request::History;
use crate::{Error, FetchMany, ProcessingResultsRequest};

/// A [`Client`](crate::Client) whose calls block the thread. Not for use within async code, where it panics, as
/// reqwest's does.
///
/// ```
/// # let runtime = tokio::runtime::Runtime::new()?;
/// # let server = runtime.block_on(processing_results_mock::Server::start())?;
/// # let (key, url) = (processing_results_mock::API_KEY, server.base_url());
/// use processing_results::{Client, JobType, blocking};
///
/// let client = blocking::Client::new(Client::builder().api_key(key).base_url(url).build()?)?;
/// let history = client.processing_results("invoice-0001").job_type(JobType::Parse);
/// assert!(!client.send(history)?.results().is_empty());
///
/// for (id, history) in client.iter(client.fetch_many(["invoice-0001", "drift-0001"])) {
///     println!("{id}: {} results", history?.results().len());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    client: crate::Client,
    driver: Arc<Driver>,
}

/// The runtime of a client and its clones, until the last of them is dropped.
#[derive(Debug)]
struct Driver(Option<Runtime>);

impl Driver {
    fn block_on<F: Future>(&self, future: F) -> Option<F::Output> {
        self.0.as_ref().map(|runtime| runtime.block_on(future))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // It would wait for a name that is being resolved.
            runtime.shutdown_background();
        }
    }
}

/// Requests are made as with the client within.
impl std::ops::Deref for Client {
    type Target = crate::Client;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl Client {
    /// Blocks for the calls of this client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the system has no event queue to spare.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| {
            Error::configuration("no event queue can be created").with_source(error)
        })?;
        Ok(Client {
            client,
            driver: Arc::new(Driver(Some(runtime))),
        })
    }

    /// Fetches the history.
    ///
    /// # Errors
    /// As [`ProcessingResultsRequest::send`].
    pub fn send(&self, request: ProcessingResultsRequest) -> History {
        let history = self.driver.block_on(request.send());
        history.unwrap_or_else(|| Err(Error::configuration("the client is being dropped")))
    }

    /// The histories, each with its item's id, as they arrive.
    pub fn iter<S>(&self, many: FetchMany<S>) -> impl Iterator<Item = (String, History)>
    where
        S: Stream<Item: Into<String>>,
    {
        let mut histories = many.stream();
        std::iter::from_fn(move || self.driver.block_on(histories.next()).flatten())
    }
}
