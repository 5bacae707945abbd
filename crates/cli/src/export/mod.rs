//! `export`: the processing results of many items, as rows.

pub(crate) mod args;
mod delivery;
mod directory;
mod failed;
mod file;
mod input;
mod journal;
mod order;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod rows;
mod run;
mod store;
mod stream;

use std::path::Path;
use std::time::Duration;

use indicatif::HumanCount;

use crate::connect::connect;
use crate::contract::Contract;
use crate::exit::{Exit, Failure};
use crate::progress::{Progress, Unit};
use crate::signals::Signals;
use crate::text::{self, counted};
use args::{Export, Format};
use delivery::Delivery;
use journal::Counts;
use rows::Rows;
use run::Run;
use store::{Found, Store};
use stream::Stream;

/// Time to keep what is done when a signal arrives.
const GRACE: Duration = Duration::from_secs(1);
const NO_PARQUET: &str = "this command was built without Parquet: \
    `cargo install processing-results-cli --features parquet` has it";

pub(crate) async fn run(export: &Export) -> Result<(), Failure> {
    let format = export.format();
    if format == Format::Parquet && !cfg!(feature = "parquet") {
        return Err(Failure::new(Exit::Usage, NO_PARQUET));
    }
    let rows = Rows {
        contract: Contract::bundled()?,
        format,
        reveal: export.reveal_secrets,
    };
    if export.errors.is_some() && export.errors == export.out {
        let message = "--out and --errors are the same file";
        return Err(Failure::new(Exit::Usage, message));
    }
    match &export.out {
        Some(out) => to_file(export, &rows, out).await,
        None if format == Format::Parquet => Err(Failure::new(
            Exit::Usage,
            "Parquet is written to a file: give one with --out",
        )),
        None => to_stdout(export, &rows).await,
    }
}

async fn to_stdout(export: &Export, rows: &Rows) -> Result<(), Failure> {
    let ids = export.items.ids()?;
    let connection = connect(&export.service).await?;
    let progress = Progress::new("items", Unit::Items, export.items.total());
    let mut stream = Stream::new(&progress, export.errors.as_deref())?;
    stream.write(&rows::header(rows.format)?)?;
    let run = Run {
        export,
        client: &connection.client,
        rows,
        progress: &progress,
        has_results: false,
    };
    let done = run.all(ids.stream, &mut stream).await;
    stream.finish()?;
    done?;
    ids.end.check()?;
    let (counts, items, failed) = (stream.counts, stream.items, stream.failed);
    drop(progress);
    text::note(&summary(counts, items, failed));
    match failed {
        0 => Ok(()),
        _ => Err(partial(failed, items, export.errors.as_deref(), "")),
    }
}

async fn to_file(export: &Export, rows: &Rows, out: &Path) -> Result<(), Failure> {
    // First: whoever sees the first file may stop the command at once.
    let mut signals = Signals::new(GRACE);
    let ids = export.items.ids()?;
    let connection = connect(&export.service).await?;
    let mut store = match Store::open(export, out)? {
        Found::Store(store) => store,
        Found::Whole => {
            text::note(&format!(
                "note: {} is whole; there is nothing left to do",
                out.display()
            ));
            return Ok(());
        }
    };
    let progress = Progress::new("items", Unit::Items, export.items.total());
    let run = Run {
        export,
        client: &connection.client,
        rows,
        progress: &progress,
        has_results: store.journal.input.items > store.journal.round.failed,
    };
    let fetched = tokio::select! {
        signal = signals.next() => Err(signal.into()),
        fetched = file::fetch(&run, ids, &mut store) => fetched,
    };
    drop(progress);
    if let Err(failure) = fetched {
        return Err(kept(&mut store, failure));
    }
    let delivery = Delivery::new(export, &store);
    let errors = delivery.errors.clone();
    tokio::select! {
        signal = signals.next() => return Err(kept(&mut store, signal.into())),
        delivered = delivery.deliver() => delivered.map_err(|failure| kept(&mut store, failure))?,
    }
    let (items, failed) = (store.journal.input.items, store.journal.round.failed);
    let summary = summary(store.journal.counts, items, failed);
    text::note(&format!("{summary}: {}", out.display()));
    match failed {
        0 => Ok(()),
        _ => Err(partial(
            failed,
            items,
            Some(&errors),
            "; --resume asks for them again",
        )),
    }
}

/// Keeps what is done, and says what can be done with it.
fn kept(store: &mut Store, failure: Failure) -> Failure {
    let is_kept = store.commit().is_ok();
    let items = store.journal.input.items;
    if failure.exit != Exit::Usage && items > 0 {
        let what = match is_kept {
            true => format!("done so far: {}", counted(items, "item")),
            false => "what was done until a moment ago is kept".to_owned(),
        };
        text::note(&format!("note: {what}; --resume goes on from there"));
    }
    failure
}

fn summary(counts: Counts, items: u64, failed: u64) -> String {
    let empty = match counts.without_results {
        0 => String::new(),
        empty => format!(", {} of them without", HumanCount(empty)),
    };
    let done = items.saturating_sub(failed);
    let (results, items) = (counted(counts.results, "result"), counted(done, "item"));
    format!("{results} of {items}{empty}")
}

fn partial(failed: u64, items: u64, errors: Option<&Path>, what_to_do: &str) -> Failure {
    let see = errors.map(|path| format!(", see {}", path.display()));
    let message = format!(
        "{} of {} items failed{}{what_to_do}",
        HumanCount(failed),
        HumanCount(items),
        see.unwrap_or_default()
    );
    Failure::new(Exit::Partial, message)
}
