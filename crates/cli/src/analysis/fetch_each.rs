//! The histories of many items, one after the other: from the service, or from an earlier export.
//!
//! A history that decodes in part is used, reported, and counted as a failure: no count is wrong without a
//! word.

use std::path::Path;

use indicatif::HumanCount;
use processing_results::types::ItemProcessingResults;
use processing_results::{Error, ErrorKind, Partial};

use super::args::Source;
use super::source;
use crate::collection::{self, Calls};
use crate::connect::connect;
use crate::contract::Contract;
use crate::error_kinds::{Failures, PARTLY_UNDECODABLE, name};
use crate::exit::{Exit, Failure};
use crate::progress::{Progress, ProgressUnit};
use crate::{history, stdout, text};

/// What is done with the histories.
pub(crate) trait HistorySink {
    /// Takes a history, and returns what to print for it.
    fn history(&mut self, history: &ItemProcessingResults) -> Result<String, Failure>;

    /// An item failed, which has been reported.
    fn failed(&mut self, _kind: ErrorKind) {}

    /// Some results of the next history do not decode, which has been reported.
    fn partial(&mut self) {}
}

/// How the items fared.
#[derive(Default)]
pub(crate) struct FetchSummary {
    items: u64,
    failures: Failures,
    /// Failures of items with some results that could be used.
    partial: u64,
    last: Option<Exit>,
    /// Why there are items that were not fetched.
    ended_early: Option<Failure>,
}

/// A sink, and what is counted beside it.
struct Counted<'a, S> {
    sink: &'a mut S,
    progress: &'a Progress,
    source: &'a Source,
    contract: &'static Contract,
    summary: FetchSummary,
}

/// Fetches each item once, in the order of the ids, and holds few histories at a time.
pub(crate) async fn fetch_each(
    source: &Source,
    sink: &mut impl HistorySink,
) -> Result<FetchSummary, Failure> {
    if let Some(path) = &source.from {
        return read_each(path, source, sink);
    }
    let collection = &source.collection;
    let ids = collection.ids(&source.service)?;
    let connection = connect(&source.service).await?;
    let progress = Progress::new("items", ProgressUnit::Items, ids.total);
    let mut counted = Counted {
        sink,
        progress: &progress,
        source,
        contract: Contract::bundled()?,
        summary: FetchSummary::default(),
    };
    let calls = Calls {
        collection,
        client: &connection.client,
        job_type: source.filter.job_type.as_deref(),
        progress: &progress,
        has_succeeded: false,
    };
    let fetched = calls.all(ids.stream, &mut counted).await;
    let mut summary = counted.summary;
    match fetched.and_then(|()| ids.end.check()) {
        Err(failure)
            if summary.has_results() && !matches!(failure.exit, Exit::Done | Exit::Output) =>
        {
            summary.ended_early = Some(failure);
        }
        fetched => fetched?,
    }
    Ok(summary)
}

/// Reads the histories of an export.
fn read_each(
    path: &Path,
    source: &Source,
    sink: &mut impl HistorySink,
) -> Result<FetchSummary, Failure> {
    let contract = Contract::bundled()?;
    let mut summary = FetchSummary::default();
    source::each(path, |mut history| {
        summary.items += 1;
        source.filter.apply(&mut history, contract);
        stdout::print_on(sink.history(&history)?.as_bytes())
    })?;
    Ok(summary)
}

impl<S: HistorySink> collection::Sink for Counted<'_, S> {
    async fn history(&mut self, _: &str, history: &ItemProcessingResults) -> Result<(), Failure> {
        self.summary.items += 1;
        self.take(history).await
    }

    async fn partial(&mut self, id: &str, partial: &Partial, _: &Error) -> Result<(), Failure> {
        self.summary.items += 1;
        self.summary.partial += 1;
        let failure = history::missing(id, partial);
        self.failure(failure, PARTLY_UNDECODABLE);
        self.sink.partial();
        self.take(&partial.history).await
    }

    async fn failed(&mut self, id: &str, error: &Error) -> Result<(), Failure> {
        self.summary.items += 1;
        let failure = Failure::of_item(id, error);
        let message = format!("item {id}: {}", failure.message());
        self.failure(Failure::new(failure.exit, message), name(error.kind()));
        self.sink.failed(error.kind());
        Ok(())
    }
}

impl<S: HistorySink> Counted<'_, S> {
    /// Counts and reports it.
    fn failure(&mut self, failure: Failure, kind: &str) {
        self.summary.failures.add(kind);
        self.summary.last = Some(failure.exit);
        self.progress.around(|| failure.report());
    }

    async fn take(&mut self, history: &ItemProcessingResults) -> Result<(), Failure> {
        let text = match self.source.filter.accepts_all() {
            true => self.sink.history(history)?,
            false => {
                let mut history = history.clone();
                self.source.filter.apply(&mut history, self.contract);
                self.sink.history(&history)?
            }
        };
        self.progress.print(text.into_bytes()).await
    }
}

impl FetchSummary {
    /// Whether anything arrived that can be shown.
    fn has_results(&self) -> bool {
        self.items + self.partial > self.failures.count()
    }

    /// The failure that it is when items failed: that of the item, if it was the only one.
    pub(crate) fn check(self) -> Result<(), Failure> {
        if let Some(failure) = self.ended_early {
            return Err(failure);
        }
        match (self.failures.count(), self.items, self.last) {
            (0, _, _) => Ok(()),
            (1, 1, Some(exit)) => Err(Failure::reported(exit)),
            _ => Err(Failure::reported(Exit::Partial)),
        }
    }

    /// Prints the summary, and how many items failed, if there is more to say than that.
    pub(crate) fn conclude(&self, summary: &str) {
        match (self.failures.count(), self.items) {
            (0, _) => text::info(&format!("note: {summary}")),
            (1, 1) if self.partial == 0 => {}
            (failed, items) => {
                let (failed, items) = (HumanCount(failed), text::counted(items, "item"));
                let kinds = &self.failures;
                text::info(&format!(
                    "note: {summary}; {failed} of {items} failed: {kinds}"
                ));
            }
        }
    }
}
