//! An export to a file: everything that is still to be done for it.

use futures_util::{StreamExt, stream};
use std::future::ready;
use std::io;

use super::failed::Failed;
use super::run::{Run, Sink};
use super::store::Store;
use crate::collection::{End, Ids};
use crate::exit::{Exit, Failure};

/// Asks for the items that are left, and once more for those that had failed before.
pub(super) async fn fetch(run: &Run<'_>, mut ids: Ids, store: &mut Store) -> Result<(), Failure> {
    let had_failed = store.journal.round.failed > 0;
    store.pass_by_what_is_done(&mut ids).await?;
    let done = store
        .journal
        .input
        .items
        .saturating_sub(store.journal.round.failed);
    run.progress.skip(done);
    if store.journal.round.number > 0 {
        again(run, store).await?;
    } else if !store.journal.input.is_whole {
        run.all(ids.stream, store).await?;
        ids.end.check()?;
        told(store, Store::input_is_whole)?;
    }
    if had_failed && store.journal.round.failed > 0 {
        told(store, Store::next_round)?;
        again(run, store).await?;
    }
    Ok(())
}

/// Asks for the items that failed in the round before.
async fn again(run: &Run<'_>, store: &mut Store) -> Result<(), Failure> {
    let unreadable = |error: io::Error| {
        Failure::new(
            Exit::Output,
            format!("the items that failed cannot be read: {error}"),
        )
    };
    let end = End::default();
    let told = end.clone();
    let ids = stream::iter(store.failed_before().map_err(unreadable)?);
    let ids = ids.map(move |id| id.map_err(|error| told.set(unreadable(error))).ok());
    let ids = ids.take_while(|id| ready(id.is_some())).filter_map(ready);
    run.all(ids, store).await?;
    end.check()
}

fn told(store: &mut Store, step: impl FnOnce(&mut Store) -> io::Result<()>) -> Result<(), Failure> {
    step(store).map_err(|error| store.unwritable(error))
}

impl Sink for Store {
    fn item(&mut self, id: &str, rows: &[u8], results: usize) -> Result<(), Failure> {
        told(self, |store| store.append(id, rows, results))
    }

    fn failed(&mut self, failed: &Failed<'_>) -> Result<(), Failure> {
        told(self, |store| store.append_failed(failed))
    }

    fn is_changed(&self) -> bool {
        self.is_changed
    }

    fn commit(&mut self) -> Result<(), Failure> {
        told(self, Store::commit)
    }
}
