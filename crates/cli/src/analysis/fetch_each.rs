//! Asks for the histories of a collection, one after the other, and tells of those that fail.

use futures_util::StreamExt;
use processing_results::types::ItemProcessingResults;
use processing_results::{Error, ErrorKind};

use crate::collection::{CircuitBreaker, Collection};
use crate::connect::connect;
use crate::exit::{Exit, Failure};
use crate::service::Service;
use crate::text;

/// What is done with the answers.
pub(crate) trait Sink {
    fn history(&mut self, history: &ItemProcessingResults) -> Result<(), Failure>;

    /// An item whose history could not be had; it has been told.
    fn failed(&mut self, _kind: ErrorKind) {}
}

/// How the items fared.
#[derive(Default)]
pub(crate) struct FetchSummary {
    items: u64,
    failed: u64,
    breaker: CircuitBreaker,
    last: Option<Exit>,
}

/// Asks for each item once, in the order of the ids, and holds few histories at a time.
pub(crate) async fn fetch_each(
    collection: &Collection,
    job_type: Option<&str>,
    service: &Service,
    take: &mut impl Sink,
) -> Result<FetchSummary, Failure> {
    let ids = collection.ids()?;
    let connection = connect(service).await?;
    let mut many = collection
        .fetch(&connection.client, ids.stream)
        .ordered(true);
    if let Some(job_type) = job_type {
        many = many.job_type(job_type);
    }
    let mut summary = FetchSummary::default();
    let mut answers = many.stream();
    while let Some((id, answer)) = answers.next().await {
        match answer {
            Ok(history) => {
                take.history(&history)?;
                summary.done();
            }
            Err(error) => {
                let kind = error.kind();
                summary.failed(&id, error)?;
                take.failed(kind);
            }
        }
    }
    ids.end.check()?;
    Ok(summary)
}

impl FetchSummary {
    /// The failure that it is when items failed: that of the item, if it was the only one.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match (self.failed, self.items, self.last) {
            (0, _, _) => Ok(()),
            (1, 1, Some(exit)) => Err(Failure::reported(exit)),
            _ => Err(Failure::reported(Exit::Partial)),
        }
    }

    /// Says what it comes to, and how many failed, if there is more to say than that.
    pub(crate) fn conclude(&self, summary: &str) {
        match (self.failed, self.items) {
            (0, _) => text::note(&format!("note: {summary}")),
            (1, 1) => {}
            (failed, items) => {
                text::note(&format!(
                    "note: {summary}; {failed} of {items} items failed"
                ));
            }
        }
    }

    fn done(&mut self) {
        self.items += 1;
        self.breaker.succeeded();
    }

    /// Tells of the failure; it is one of all items if it has nothing to do with this one.
    fn failed(&mut self, id: &str, error: Error) -> Result<(), Failure> {
        self.items += 1;
        self.failed += 1;
        if let Some(failure) = self.breaker.failed(&error) {
            return Err(failure);
        }
        let failure = Failure::from(error);
        self.last = Some(failure.exit);
        text::note(&format!("error: item {id}: {}", failure.message()));
        Ok(())
    }
}
