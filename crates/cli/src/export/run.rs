//! Asks for one item after the other, and hands on what comes, in the order of the items.

use std::time::Duration;

use futures_util::Stream;
use processing_results::Client;
use processing_results::types::ItemProcessingResults;
use tokio::time::{Instant, sleep_until};

use super::args::Export;
use super::failed::Failed;
use super::order::{Gate, InOrder};
use super::rows::Rows;
use crate::collection::CircuitBreaker;
use crate::exit::Failure;
use crate::progress::Progress;

/// What is lost at most to a power failure: it is asked for again then.
const COMMIT_EVERY: Duration = Duration::from_millis(500);
/// Histories in memory at most, for each call at a time, while one before them is not there.
const WINDOW: usize = 8;

/// Where rows and failures go.
pub(super) trait Sink {
    fn item(&mut self, id: &str, rows: &[u8], results: usize) -> Result<(), Failure>;
    fn failed(&mut self, failed: &Failed<'_>) -> Result<(), Failure>;
    /// Whether a commit would change anything.
    fn is_changed(&self) -> bool;
    fn commit(&mut self) -> Result<(), Failure>;
}

pub(super) struct Run<'a> {
    pub(super) export: &'a Export,
    pub(super) client: &'a Client,
    pub(super) rows: &'a Rows,
    pub(super) progress: &'a Progress,
    /// Whether some items are done already.
    pub(super) has_results: bool,
}

impl Run<'_> {
    /// Until there are no more ids, or nothing is to be had any more.
    pub(super) async fn all<S>(&self, ids: S, sink: &mut impl Sink) -> Result<(), Failure>
    where
        S: Stream<Item = String>,
    {
        let items = &self.export.items;
        let gate = Gate::new(items.concurrency.get().saturating_mul(WINDOW));
        let mut many = items.fetch(self.client, gate.through(ids));
        if let Some(job_type) = &self.export.job_type {
            many = many.job_type(job_type.as_str());
        }
        let mut histories = InOrder::new(gate, many.stream());
        let mut due = Instant::now() + COMMIT_EVERY;
        let mut breaker = match self.has_results {
            true => CircuitBreaker::after_success(),
            false => CircuitBreaker::default(),
        };
        loop {
            let next = tokio::select! {
                next = histories.next() => next,
                () = sleep_until(due), if sink.is_changed() => {
                    sink.commit()?;
                    due = Instant::now() + COMMIT_EVERY;
                    continue;
                }
            };
            match next {
                None => return sink.commit(),
                Some((id, Ok(history))) => {
                    breaker.succeeded();
                    self.fetched(&id, &history, sink)?;
                }
                Some((id, Err(error))) => {
                    // Not the item's failure: it is requested again when the export is resumed.
                    if let Some(failure) = breaker.failed(&error) {
                        return Err(failure);
                    }
                    sink.failed(&Failed::new(&id, error))?;
                    self.progress.failed();
                }
            }
        }
    }

    fn fetched(
        &self,
        id: &str,
        history: &ItemProcessingResults,
        sink: &mut impl Sink,
    ) -> Result<(), Failure> {
        match self.rows.of(history) {
            Ok(rows) => {
                sink.item(id, &rows, history.results().len())?;
                self.progress.done(1);
            }
            Err(failure) => {
                sink.failed(&Failed::unwritten(id, failure))?;
                self.progress.failed();
            }
        }
        Ok(())
    }
}
