//! How an export to a file starts: from the beginning, from what an earlier run left, or not at all.
//!
//! | there is | no option | `--resume` | `--force` |
//! |---|---|---|---|
//! | nothing | starts | starts | starts |
//! | the file | refuses | is complete | starts again |
//! | `FILE.part` | refuses | continues | starts again |
//! | `FILE.part` of another program | refuses | refuses | refuses |
//!
//! Only what the arguments allow is touched, and only what an export has written is removed.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::Path;

use super::args::Export;
use super::directory::{check, discard, is_delivered, locked, refused};
use super::failed;
use super::journal::{Journal, Settings};
use super::store::Store;
use crate::atomic_file::{Target, unwritable};
use crate::collection::bounded::{Bounded, MAX_LINE};
use crate::exit::Failure;
use crate::paths::beside;

/// How an export begins.
pub(super) enum Opened {
    /// With something to do.
    Store(Box<Store>),
    /// With the complete file: there is nothing left to do.
    Complete,
}

/// Starts or continues an export, or refuses. `header` is what the rows begin with, such as the names of CSV columns.
pub(super) fn open(
    export: &Export,
    out: &Path,
    settings: Settings,
    errors: &Path,
    header: &[u8],
) -> Result<Opened, Failure> {
    let directory = beside(out, ".part");
    match (directory.exists(), out.exists()) {
        (false, true) if export.resume => return Ok(Opened::Complete),
        (false, true) if !export.force => {
            return Err(refused(out, "exists already; --force overwrites it"));
        }
        (true, _) if !export.resume && !export.force => {
            let what = "was begun before; --resume resumes it, --force starts again";
            return Err(refused(out, what));
        }
        _ => {}
    }
    if directory.exists() {
        // Before the journal is read, which may be a pipe.
        check(&directory)?;
    }
    let is_ours = owns(export, &directory, errors)?;
    let lock = locked(out, &directory, export.reveal_secrets)?;
    let mut found = journal(export, out, &directory, settings)?;
    if export.errors.is_none() {
        found.has_errors_file = is_ours;
    }
    if is_delivered(&found, out, &directory) {
        discard(&directory).map_err(|error| unwritable(&directory, error))?;
        return Ok(Opened::Complete);
    }
    let store = Store::with(out, directory, found, lock, export.reveal_secrets, header);
    let store = store.map_err(|error| unwritable(out, error))?;
    Ok(Opened::Store(Box::new(store)))
}

/// Whether the list of failed items that exists is from this export: the journal says so, or it looks like one and
/// `--force` is given. Another file is not overwritten.
fn owns(export: &Export, directory: &Path, errors: &Path) -> Result<bool, Failure> {
    if export.errors.is_some() || !errors.exists() {
        return Ok(false);
    }
    let journal = match Journal::read(directory) {
        Err(error) if !export.force => return Err(unreadable(directory, &error)),
        journal => journal.ok().flatten(),
    };
    let is_known = journal.is_some_and(|journal| journal.has_errors_file);
    match is_known || (export.force && is_list(errors)) {
        true => Ok(true),
        false => Err(refused(
            errors,
            "exists already, and is not of this export; --errors FILE names another one",
        )),
    }
}

/// Where the list of failed items goes that `--errors` names. A file of something else is not replaced.
pub(super) fn named_errors(path: &Path) -> Result<Target, Failure> {
    match Target::new(path)? {
        Target::File(file) if file.exists() && !is_list(&file) => {
            let what = "exists already, and is not a list of failed items: name another file";
            Err(refused(path, what))
        }
        target => Ok(target),
    }
}

/// Whether each line of a file is a failed item. An empty file is a list.
fn is_list(path: &Path) -> bool {
    let lines = File::open(path).map(|file| BufReader::new(Bounded::new(file, MAX_LINE)));
    let lines = lines.map(failed::earlier);
    lines.is_ok_and(|mut lines| lines.all(|line| line.is_ok()))
}

/// The journal to continue. With `--force` it is a new one, and nothing that was there counts.
fn journal(
    export: &Export,
    out: &Path,
    directory: &Path,
    settings: Settings,
) -> Result<Journal, Failure> {
    let found = match export.force {
        true => None,
        false => Journal::read(directory).map_err(|error| unreadable(directory, &error))?,
    };
    let Some(journal) = found else {
        // Before any other file: it says whose they are.
        let journal = Journal::new(settings);
        let written = journal.write(directory);
        return written
            .map(|()| journal)
            .map_err(|error| unwritable(out, error));
    };
    match journal.settings.difference(&settings) {
        None => Ok(journal),
        Some(option) => {
            let what = format!(
                "was begun with another {option}: give the same one, or --force to start again"
            );
            Err(refused(out, &what))
        }
    }
}

/// The failure for a journal that cannot be read.
fn unreadable(directory: &Path, error: &io::Error) -> Failure {
    let what = format!("cannot be read: {error}; --force starts again");
    refused(directory, &what)
}

/// Whether a file is not empty.
pub(super) fn is_filled(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() > 0)
}
