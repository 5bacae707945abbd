//! Fetches the histories of a collection, and hands them to a [`Sink`] in the order of the ids.
//!
//! ```text
//! ids -> gate (bounds what is in memory) -> calls, several at a time -> in order -> sink
//! ```
//!
//! While a sink waits for a disk or a reader, the calls under way continue and what arrives is kept, up to a bound. So
//! a slow output slows the command down, and no call times out because of it.

use std::time::Duration;

use futures_util::Stream;
use processing_results::types::ItemProcessingResults;
use processing_results::{Client, Error, Partial, ResponseValue};
use tokio::time::{Instant, sleep_until};

use super::args::{Collection, Rate};
use super::circuit_breaker::CircuitBreaker;
use super::in_order::{Gate, InOrder};
use crate::exit::Failure;
use crate::history::{of_another, usable};
use crate::progress::Progress;
use crate::text;

/// Time between two commits. What arrived since the last one is fetched again after a crash.
const COMMIT_EVERY: Duration = Duration::from_millis(500);
/// Histories per concurrent call that may wait in memory for a slow one before them.
const WINDOW: usize = 8;

/// Where histories and failures go. Its methods are called in the order of the ids, and calls continue while they wait.
pub(crate) trait Sink {
    /// What was fetched for the item with this id.
    async fn item(&mut self, id: &str, fetched: FetchedItem<'_>) -> Result<(), Failure>;

    /// Whether a commit would change anything.
    fn is_changed(&self) -> bool {
        false
    }

    /// Makes what has arrived so far permanent.
    fn commit(&mut self) -> Result<(), Failure> {
        Ok(())
    }
}

/// What was fetched for one item.
#[derive(Clone, Copy)]
pub(crate) enum FetchedItem<'a> {
    /// A history that decodes completely.
    Complete(&'a ItemProcessingResults),
    /// The results of a history that decode, and the error about the others.
    Partial(&'a Partial, &'a Error),
    /// No result that can be used.
    Failed(&'a Error),
}

/// Everything that the calls for a collection need.
pub(crate) struct Calls<'a> {
    /// With the limits of requests.
    pub(crate) collection: &'a Collection,
    pub(crate) client: &'a Client,
    /// Selected by the service; other selections are up to the sink.
    pub(crate) job_type: Option<&'a str>,
    pub(crate) progress: &'a Progress,
    /// Whether some items of the collection exist, as far as is known.
    pub(crate) has_succeeded: bool,
}

impl Calls<'_> {
    /// Fetches until there are no more ids.
    ///
    /// # Errors
    /// The sink failed, or the next items would fail too: see [`CircuitBreaker`]. What was handed on before is not
    /// committed then; the sink's owner decides about that.
    pub(crate) async fn all<S>(&self, ids: S, sink: &mut impl Sink) -> Result<(), Failure>
    where
        S: Stream<Item = String> + Send + 'static,
    {
        let mut histories = self.histories(ids);
        let mut breaker = CircuitBreaker::new(self.has_succeeded);
        let mut due = Instant::now() + COMMIT_EVERY;
        loop {
            let next = tokio::select! {
                next = histories.next() => next,
                () = sleep_until(due), if sink.is_changed() => {
                    sink.commit()?;
                    due = Instant::now() + COMMIT_EVERY;
                    continue;
                }
            };
            let Some((id, fetched)) = next else {
                return sink.commit();
            };
            let taken = self.take(&id, fetched, &mut breaker, sink);
            histories.while_waiting(taken).await?;
        }
    }

    /// Hands on the history or the failure of an item, unless it ends the command.
    async fn take(
        &self,
        id: &str,
        fetched: Result<ResponseValue<ItemProcessingResults>, Error>,
        breaker: &mut CircuitBreaker,
        sink: &mut impl Sink,
    ) -> Result<(), Failure> {
        let error = match fetched {
            Ok(history) => {
                breaker.succeeded();
                self.check_id(id, &history);
                sink.item(id, FetchedItem::Complete(&history)).await?;
                self.progress.done(1);
                return Ok(());
            }
            Err(error) => error,
        };
        if let Some(partial) = usable(&error) {
            // It came from the service, so it is no outage.
            breaker.succeeded();
            self.check_id(id, &partial.history);
            let fetched = FetchedItem::Partial(partial, &error);
            sink.item(id, fetched).await?;
        } else if let Some(failure) = breaker.failed(&error) {
            // Not the item's failure: it is fetched again when the command is repeated.
            return Err(failure);
        } else {
            sink.item(id, FetchedItem::Failed(&error)).await?;
        }
        self.progress.failed();
        Ok(())
    }

    /// The stream of histories, within the limits of the command line. Calls start when it is polled.
    fn histories<S>(
        &self,
        ids: S,
    ) -> InOrder<'static, Result<ResponseValue<ItemProcessingResults>, Error>>
    where
        S: Stream<Item = String> + Send + 'static,
    {
        let concurrency = self.collection.concurrency.get();
        let gate = Gate::new(concurrency.saturating_mul(WINDOW));
        let mut many = self
            .client
            .fetch_many_from(gate.through(ids))
            .concurrency(concurrency);
        if let Some(Rate { requests, per }) = self.collection.rate {
            many = many.rate_limit(requests, per);
        }
        if let Some(job_type) = self.job_type {
            many = many.job_type(job_type);
        }
        InOrder::new(gate, many.stream())
    }

    /// Warns if a response is of another item, which only a broken proxy or cache would send.
    fn check_id(&self, id: &str, history: &ItemProcessingResults) {
        if let Some(warning) = of_another(id, history) {
            self.progress.around(|| text::note(&warning));
        }
    }
}
