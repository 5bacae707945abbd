//! `export`: the histories of many items as rows, one for each result.
//!
//! Rows go to a stream as they arrive (`stream`), or to a file. Rows for a file are gathered in the directory `OUT.part`:
//!
//! | in `OUT.part` | what it is |
//! |---|---|
//! | `rows` | the rows so far |
//! | `failed-0.ndjson`, `failed-1.ndjson`, ... | the failed items of each round |
//! | `journal.json` | how much of these files counts |
//! | `lock` | locked while an export is writing |
//!
//! ```text
//! open (start, resume or refuse) -> file::fetch -> store -> delivery (rename) -> summary
//! ```
//!
//! When everything is there, the rows get the name of the file, and the directory is removed. Wherever the command is
//! stopped, `--resume` continues from the directory, and the file becomes the same as without a stop.

pub(crate) mod args;
mod delivery;
mod directory;
mod failed;
mod file;
mod input;
mod journal;
mod open;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod pipe;
mod rows;
mod store;
mod stream;
mod summary;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::atomic_file::Target;
use crate::collection::{Calls, Ids};
use crate::connect::{Connection, connect};
use crate::contract::Contract;
use crate::exit::Failure;
use crate::mask;
use crate::output::csv::Dialect;
use crate::paths::beside;
use crate::progress::{Progress, ProgressUnit};
use crate::roles::{check_distinct, is_in, standard_output};
use crate::signals::Signals;
use crate::text;
use args::Export;
use delivery::{Delivery, default_errors};
use file::Writer;
use journal::Settings;
use open::{Opened, named_errors, open};
use rows::Rows;
use store::Store;
use stream::Stream;
use summary::{complete, conclude, kept, partial, summary};

/// Time to commit what is done when a signal arrives, before the process is ended.
const GRACE: Duration = Duration::from_secs(1);

/// Refuses everything that can be known to be wrong before the first call, then exports to a stream or to a file.
pub(crate) async fn run(export: &Export) -> Result<(), Failure> {
    export.check()?;
    let rows = Rows {
        contract: Contract::bundled()?,
        filter: export.filter.clone(),
        table: export.layout.table(Some(export.format()))?,
        columns: export.layout.columns()?,
        format: export.format(),
        reveal: export.reveal_secrets,
    };
    let out = export.out.as_deref().unwrap_or(Path::new("-"));
    check_roles(export, out)?;
    let done = match Target::new(out)? {
        Target::File(out) => to_file(export, &rows, &out).await,
        target if rows.format == Dialect::Parquet || export.resume => {
            let what = match (target, rows.format) {
                (Target::Stdout, Dialect::Parquet) => {
                    "Parquet is written to a file: give one with --out"
                }
                (_, Dialect::Parquet) => "Parquet is written to a file, and --out is none",
                _ => "--resume wants a file, and --out is none",
            };
            Err(Failure::usage(what))
        }
        Target::Stdout => to_stream(export, &rows, None).await,
        Target::Other(path) => to_stream(export, &rows, Some(path)).await,
    };
    export.filter.conclude();
    done
}

/// Refuses a file that would be read and written, or written twice; the lists of ids and failed items must not be in
/// the directory of the export either.
fn check_roles(export: &Export, out: &Path) -> Result<(), Failure> {
    let default_errors = default_errors(out);
    let part = beside(out, ".part");
    let is_stdout = out == Path::new("-");
    let items = export.items.file();
    let mut others = items.into_iter().chain(export.errors.as_deref());
    if let Some(path) = others.find(|path| !is_stdout && is_in(path, &part)) {
        let message = format!("{} is part of this export", path.display());
        return Err(Failure::usage(message));
    }
    let to_stdout = export.errors.as_deref() == Some(Path::new("-"));
    if is_stdout && to_stdout {
        let message =
            "rows and --errors are both written to standard output: give one of them a file";
        return Err(Failure::usage(message));
    }
    check_distinct(&[
        ("--items", items),
        match is_stdout {
            true => standard_output(),
            false => ("standard output", None),
        },
        ("--out", (!is_stdout).then_some(out)),
        match &export.errors {
            Some(errors) => ("--errors", Some(errors)),
            None => (
                "the list of failed items",
                (!is_stdout).then_some(&default_errors),
            ),
        },
    ])
}

/// Exports to a stream: rows are written as they arrive. They cannot be taken back, so that there is no `--resume`.
async fn to_stream(export: &Export, rows: &Rows, out: Option<PathBuf>) -> Result<(), Failure> {
    let errors = export.errors.as_deref().map(named_errors).transpose()?;
    let ids = export.items.ids(&export.service)?;
    let connection = connect(&export.service).await?;
    let progress = Progress::new("items", ProgressUnit::Items, ids.total);
    // A file of failed items gets its name also when a signal arrives; without one the system ends the command.
    let mut signals = match errors {
        Some(Target::File(_)) => Signals::new(GRACE),
        _ => Signals::none(),
    };
    let mut stream = Stream::new(rows, &progress, out, errors)?;
    let calls = calls(export, &connection, &progress, false);
    let all = async {
        stream.write(rows.header()?).await?;
        calls.all(ids.stream, &mut stream).await
    };
    let done = tokio::select! {
        signal = signals.next() => Err(signal.into()),
        done = all => done,
    };
    stream.finish()?;
    done?;
    ids.end.check()?;
    let (counts, items) = (stream.counts, stream.items);
    let failures = std::mem::take(&mut stream.failures);
    drop(stream);
    drop(progress);
    text::info(&summary(counts, items, &failures));
    match failures.count() {
        0 => Ok(()),
        _ => Err(partial(&failures, items, export.errors.as_deref(), "")),
    }
}

/// Exports to a file: rows are gathered in a directory beside it, and the file appears when all of them are there.
async fn to_file(export: &Export, rows: &Rows, out: &Path) -> Result<(), Failure> {
    // Before anything is created: a script may stop the command as soon as it sees a file.
    let mut signals = Signals::new(GRACE);
    let (errors, target) = match &export.errors {
        Some(path) => (path.clone(), named_errors(path)?),
        None => {
            let path = default_errors(out);
            let target = Target::new(&path)?;
            (path, target)
        }
    };
    let ids = export.items.ids(&export.service)?;
    let connection = connect(&export.service).await?;
    let settings = Settings::of(export, &connection);
    let mut store = match open(export, out, settings, &errors, &rows.header()?)? {
        Opened::Store(store) => store,
        Opened::Complete => return complete(out, &errors),
    };
    let fetched = tokio::select! {
        signal = signals.next() => Err(signal.into()),
        fetched = fetch(export, &connection, rows, ids, &mut store) => fetched,
    };
    fetched.map_err(|failure| kept(&mut store, failure))?;
    let delivered = tokio::select! {
        signal = signals.next() => Err(signal.into()),
        delivered = deliver(export, &mut store, rows, target) => delivered,
    };
    delivered.map_err(|failure| kept(&mut store, failure))?;
    conclude(&store.journal, out, &errors)
}

/// Gives the rows and the list of failed items their names. The journal says first that the list is from this export,
/// so that a later run may replace it.
async fn deliver(
    export: &Export,
    store: &mut Store,
    rows: &Rows,
    errors: Target,
) -> Result<(), Failure> {
    if store.journal.round.failures.count() > 0 && export.errors.is_none() {
        let noted = store.has_errors_file();
        noted.map_err(|error| store.unwritable(error))?;
    }
    let delivery = Delivery::new(store, rows, errors, export.errors.is_some());
    delivery.deliver().await
}

/// Fetches what is missing, with a progress bar.
async fn fetch(
    export: &Export,
    connection: &Connection,
    rows: &Rows,
    ids: Ids,
    store: &mut Store,
) -> Result<(), Failure> {
    let progress = Progress::new("items", ProgressUnit::Items, ids.total);
    let calls = calls(export, connection, &progress, store.journal.succeeded() > 0);
    let masker = mask::masker();
    let writer = Writer {
        rows,
        masker,
        store,
    };
    file::fetch(&calls, ids, writer).await
}

/// The calls of an export; `has_succeeded` is whether any of its items is known to exist.
fn calls<'a>(
    export: &'a Export,
    connection: &'a Connection,
    progress: &'a Progress,
    has_succeeded: bool,
) -> Calls<'a> {
    Calls {
        collection: &export.items,
        client: &connection.client,
        job_type: export.filter.job_type.as_deref(),
        progress,
        has_succeeded,
    }
}
