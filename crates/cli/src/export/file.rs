//! An export to a file: fetches what is still missing, into the [`Store`].
//!
//! Round 0 fetches the items of the input. Each later round, one per `--resume`, fetches the failed items of the round
//! before that may succeed now. Rows are appended, so an item that succeeds late has its rows at the end.

use std::future::ready;
use std::io;

use futures_util::{StreamExt, stream};

use super::rows::Rows;
use super::store::Store;
use crate::collection::{Calls, End, FetchedItem, Ids, Sink};
use crate::exit::Failure;
use crate::mask::Masker;

/// Writes histories as rows into the store.
pub(super) struct Writer<'a> {
    pub(super) rows: &'a Rows,
    pub(super) masker: Masker<'static>,
    pub(super) store: &'a mut Store,
}

/// Fetches the items that are left of the current round. If items had failed before this run began, and may succeed now,
/// a round for them follows: what fails in this run is left to the next one.
pub(super) async fn fetch(
    calls: &Calls<'_>,
    mut ids: Ids,
    mut writer: Writer<'_>,
) -> Result<(), Failure> {
    let had_failed = writer.store.journal.round.passing > 0;
    writer.store.skip_what_is_done(&mut ids).await?;
    calls.progress.skip(writer.store.journal.succeeded());
    if writer.store.journal.round.number > 0 {
        again(calls, &mut writer).await?;
    } else if !writer.store.journal.input.is_complete {
        calls.all(ids.stream, &mut writer).await?;
        ids.end.check()?;
        writer.step(Store::input_is_complete)?;
    }
    if had_failed && writer.store.journal.round.passing > 0 {
        writer.step(Store::next_round)?;
        again(calls, &mut writer).await?;
    }
    Ok(())
}

/// Fetches the items of a later round. They are read from the list of the round before, as they are needed.
async fn again(calls: &Calls<'_>, writer: &mut Writer<'_>) -> Result<(), Failure> {
    let unreadable = |error: io::Error| {
        let message = format!("the items that failed cannot be read: {error}");
        Failure::output(message)
    };
    let end = End::default();
    let reader_end = end.clone();
    let ids = stream::iter(writer.store.to_retry().map_err(unreadable)?);
    let ids = ids.map(move |id| id.map_err(|error| reader_end.set(unreadable(error))).ok());
    let ids = ids.take_while(|id| ready(id.is_some())).filter_map(ready);
    calls.all(ids, writer).await?;
    end.check()
}

impl Writer<'_> {
    /// Does something with the store. An error of the system is one of the output file.
    fn step(&mut self, step: impl FnOnce(&mut Store) -> io::Result<()>) -> Result<(), Failure> {
        step(self.store).map_err(|error| self.store.unwritable(error))
    }
}

impl Sink for Writer<'_> {
    async fn item(&mut self, id: &str, fetched: FetchedItem<'_>) -> Result<(), Failure> {
        let written = self.rows.item(id, fetched, &mut self.masker);
        self.step(|store| store.append(id, &written))
    }

    fn is_changed(&self) -> bool {
        self.store.is_changed
    }

    fn commit(&mut self) -> Result<(), Failure> {
        self.step(Store::commit)
    }
}
