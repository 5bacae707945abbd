//! Many items: concurrent calls, a bounded number at a time.

use std::fmt::{self, Debug, Formatter};
use std::time::Duration;

use futures_util::future::Either;
use futures_util::{Stream, StreamExt, stream};

use processing_results_runtime::RateLimiter;

use crate::client::Client;
use crate::request::{History, ProcessingResultsRequest};
use crate::types::JobType;

/// Calls that [`FetchMany`] makes at a time: 8, enough to hide the latency of
/// each, few enough for every plan.
pub const CONCURRENCY: usize = 8;

/// Requests for the histories of many items, from [`Client::fetch_many`].
///
/// No more than [`concurrency`](Self::concurrency) histories are in memory at a
/// time, however many ids there are: ids are taken as calls end, and calls begin as
/// results are taken. Dropping the stream cancels what is under way.
///
/// A failure is the result of its item and ends nothing else. Retries come from the
/// budget that all clones of the client share. When the service refuses requests because
/// there are too many, calls wait until it takes them again, and settle at the rate that it
/// allows: that wait counts neither for a call's deadline nor as a retry. Only if the service
/// refuses everything for as long as the deadline, or asks for a wait beyond
/// [`max_retry_after`](crate::ClientBuilder::max_retry_after), do calls fail.
///
/// The time between polls of the stream does not count either: a consumer may take as long as it
/// likes with a result.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use processing_results::{Client, JobType};
/// # use processing_results_mock as mock;
/// # let server = mock::Server::start().await?;
/// # let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
/// use futures_util::StreamExt;
///
/// let ids = ["invoice-0001", "no-such-item", "drift-0001"];
/// let mut histories = client.fetch_many(ids).job_type(JobType::Parse).concurrency(8).stream();
/// while let Some((id, history)) = histories.next().await {
///     match history {
///         Ok(history) => println!("{id}: {} results", history.results().len()),
///         Err(error) => println!("{id}: {error}"),
///     }
/// }
/// # Ok(()) }
/// ```
#[must_use = "nothing is fetched until the stream is polled"]
pub struct FetchMany<S> {
    request: ProcessingResultsRequest,
    ids: S,
    concurrency: usize,
    ordered: bool,
}

/// An item's id, and the result of its call.
type Fetched = (String, History);

impl Client {
    /// The processing histories of many items. Nothing is sent before the stream is polled.
    #[cfg_attr(deprecated = "call", deprecated)]
    pub fn fetch_many<I>(&self, ids: I) -> FetchMany<impl Stream<Item = I::Item> + use<I>>
    where
        I: IntoIterator<Item: Into<String>>,
    {
        self.fetch_many_from(stream::iter(ids))
    }

    /// The processing histories of the items whose ids a stream gives, as it gives them.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::Client;
    /// # use processing_results_mock as mock;
    /// # let server = mock::Server::start().await?;
    /// # let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
    /// let ids = futures_util::stream::iter(["invoice-0001", "drift-0001"]);
    /// assert_eq!(client.fetch_many_from(ids).collect().await.len(), 2);
    /// # Ok(()) }
    /// ```
    #[cfg_attr(deprecated = "call", deprecated)]
    pub fn fetch_many_from<S>(&self, ids: S) -> FetchMany<S>
    where
        S: Stream<Item: Into<String>>,
    {
        FetchMany {
            request: self.processing_results(String::new()),
            ids,
            concurrency: CONCURRENCY,
            ordered: false,
        }
    }
}

impl<S: Stream<Item: Into<String>>> FetchMany<S> {
    /// Only results of this job type.
    #[cfg_attr(deprecated = "job_type", deprecated)]
    pub fn job_type(self, job_type: impl Into<JobType>) -> Self {
        self.each(|request| request.job_type(job_type))
    }

    /// Sets what else each request can have of its own.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # let client = processing_results::Client::builder().api_key("k").build()?;
    /// let many = client
    ///     .fetch_many(["invoice-0001"])
    ///     .each(|request| request.project_id("prj-1").deadline(Duration::from_secs(20)));
    /// # Ok::<(), processing_results::Error>(())
    /// ```
    pub fn each(
        mut self,
        set: impl FnOnce(ProcessingResultsRequest) -> ProcessingResultsRequest,
    ) -> Self {
        self.request = set(self.request);
        self
    }

    /// How many calls are under way at a time, at least 1; by default
    /// [`CONCURRENCY`](crate::defaults::CONCURRENCY).
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// Whether results come in the order of the ids. Otherwise, and by default, they come
    /// as calls end, and a slow one holds up nothing.
    pub fn ordered(mut self, ordered: bool) -> Self {
        self.ordered = ordered;
        self
    }

    /// Sends at most this number of requests per interval, retries included, at even
    /// intervals. Without a limit if either is 0. See [`ClientBuilder::rate_limit`](crate::ClientBuilder::rate_limit)
    /// for a limit on all that a client sends.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # let client = processing_results::Client::builder().api_key("k").build()?;
    /// // What a free plan allows.
    /// let many = client.fetch_many(["invoice-0001"]).rate_limit(20, Duration::from_secs(60));
    /// # Ok::<(), processing_results::Error>(())
    /// ```
    pub fn rate_limit(mut self, requests: u32, per: Duration) -> Self {
        self.request.rate_limiter = RateLimiter::new(requests, per);
        self
    }

    /// The histories, each with its item's id.
    pub fn stream(self) -> impl Stream<Item = Fetched> + Unpin + use<S> {
        let request = self.request;
        let calls = self.ids.map(move |id| {
            let id = id.into();
            let request = request.of_item(id.clone());
            async move { (id, request.send_as_one_of_many().await) }
        });
        Box::pin(match self.ordered {
            true => Either::Left(calls.buffered(self.concurrency)),
            false => Either::Right(calls.buffer_unordered(self.concurrency)),
        })
    }

    /// All of them, for collections that fit in memory.
    pub async fn collect(self) -> Vec<Fetched> {
        self.stream().collect().await
    }
}

/// What all the requests have, and how they are sent.
impl<S> Debug for FetchMany<S> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchMany")
            .field("request", &self.request)
            .field("concurrency", &self.concurrency)
            .field("ordered", &self.ordered)
            .finish_non_exhaustive()
    }
}
