//! The histories of many items, one after the other: from the service, or from an earlier export.
//!
//! `duplicates` and `report` use it. A failed item is reported on standard error as it fails, and does not end the
//! command; the exit code is 7 then. A history that decodes in part is used, reported, and counted as a failure: no
//! count is too low without a message.

use std::path::Path;

use indicatif::HumanCount;
use processing_results::types::ItemProcessingResults;

use super::args::Source;
use super::source;
use crate::collection::{self, Calls, FetchedItem};
use crate::connect::connect;
use crate::contract::Contract;
use crate::error_kinds::{Failures, PARTLY_UNDECODABLE, facts, name};
use crate::exit::{Exit, Failure};
use crate::progress::{Progress, ProgressUnit};
use crate::text::counted;
use crate::words::number;
use crate::{history, stdout, text};

/// What a command does with the histories. They come in the order of the ids.
pub(crate) trait HistorySink {
    /// Takes a history that has only the selected results, and returns what to print for it, which may be nothing.
    fn history(&mut self, history: &ItemProcessingResults) -> Result<String, Failure>;

    /// An item failed for this reason, which has been reported already.
    fn failed(&mut self, _reason: &'static str) {}

    /// Some results of the next history do not decode, which has been reported already.
    fn partial(&mut self) {}
}

/// How many items there were, and how many of them failed.
#[derive(Default)]
pub(crate) struct FetchSummary {
    items: u64,
    failures: Failures,
    /// Failures of items with some results that could be used.
    partial: u64,
    /// The exit code of the last failure, for a command with one item.
    last: Option<Exit>,
    /// Why there are items that were not fetched.
    ended_early: Option<Failure>,
}

/// The sink of a command, with what is the same for all of them: selection, counts, messages.
struct Counted<'a, S> {
    sink: &'a mut S,
    progress: &'a Progress,
    source: &'a Source,
    contract: &'static Contract,
    summary: FetchSummary,
}

/// Hands each history to the sink, in the order of the ids. Each item is fetched once, and few histories are in memory.
///
/// # Errors
/// Nothing could be fetched, or the output could not be written. A failure after the first history is part of the
/// summary instead: what was printed counts, and [`FetchSummary::check`] returns the failure.
pub(crate) async fn fetch_each(
    source: &Source,
    sink: &mut impl HistorySink,
) -> Result<FetchSummary, Failure> {
    source.filter.check()?;
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
    source.filter.conclude();
    Ok(summary)
}

/// Does the same with the histories of an export.
fn read_each(
    path: &Path,
    source: &Source,
    sink: &mut impl HistorySink,
) -> Result<FetchSummary, Failure> {
    let contract = Contract::bundled()?;
    let mut summary = FetchSummary::default();
    let progress = Progress::new("items", ProgressUnit::Items, None);
    source::each(path, |mut history| {
        summary.items += 1;
        progress.done(1);
        source.filter.apply(&mut history, contract);
        match sink.history(&history)? {
            text if text.is_empty() => Ok(()),
            text => progress.around(|| stdout::print_on(text.as_bytes())),
        }
    })?;
    drop(progress);
    source.filter.conclude();
    if let Some((list, kinds)) = source::failed(path)? {
        let (count, list) = (counted(number(kinds.len()), "item"), list.display());
        text::note(&format!(
            "warning: {count} failed in this export, see {list}"
        ));
        kinds.iter().for_each(|kind| summary.earlier(kind, sink));
    }
    Ok(summary)
}

impl<S: HistorySink> collection::Sink for Counted<'_, S> {
    async fn item(&mut self, id: &str, fetched: FetchedItem<'_>) -> Result<(), Failure> {
        self.summary.items += 1;
        match fetched {
            FetchedItem::Complete(history) => self.take(history).await,
            FetchedItem::Partial(partial, _) => {
                self.summary.partial += 1;
                self.failure(history::missing(id, partial), PARTLY_UNDECODABLE);
                self.sink.partial();
                self.take(&partial.history).await
            }
            FetchedItem::Failed(error) => {
                let failure = Failure::of_item(id, error);
                let message = format!("item {id}: {}", failure.message());
                self.failure(Failure::new(failure.exit, message), name(error.kind()));
                self.sink.failed(facts(error.kind()).reason);
                Ok(())
            }
        }
    }
}

impl<S: HistorySink> Counted<'_, S> {
    /// Counts a failure, and prints it above the progress bar.
    fn failure(&mut self, failure: Failure, kind: &str) {
        self.summary.failures.add(kind);
        self.summary.last = Some(failure.exit);
        self.progress.around(|| failure.report());
    }

    /// Selects the results, hands the history on, and prints what comes back.
    async fn take(&mut self, history: &ItemProcessingResults) -> Result<(), Failure> {
        let history = self.source.filter.selected(history, self.contract);
        let text = self.sink.history(&history)?;
        self.progress.print(text.into_bytes()).await
    }
}

impl FetchSummary {
    /// Counts an item that failed when it was exported. One that decoded in part has rows, and is counted already.
    fn earlier(&mut self, kind: &str, sink: &mut impl HistorySink) {
        self.failures.add(kind);
        if kind == PARTLY_UNDECODABLE {
            self.partial += 1;
            sink.partial();
        } else {
            self.items += 1;
            sink.failed("it failed when it was exported");
        }
    }

    /// Whether anything arrived that can be shown.
    fn has_results(&self) -> bool {
        self.items + self.partial > self.failures.count()
    }

    /// The exit code, as a failure: that of the item if it was the only one, else 7 if any item failed.
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

    /// Prints the summary of the command with how many items failed, by kind. Of a single item that failed the message
    /// has said enough.
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
