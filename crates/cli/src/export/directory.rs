//! The directory of an unfinished export, and the files in it.
//!
//! A directory that has other files in it is somebody else's, and refused. The lock keeps a second export
//! away; it ends with the process that holds it, however that ends.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::journal::{self, Journal};
use crate::atomic_file::{options, remove, unwritable};
use crate::exit::{Exit, Failure};

const LOCK: &str = "lock";
const ROWS: &str = "rows";
/// Copies that get another name in the end.
pub(super) const COPIES: [&str; 3] = ["table", "copy", "errors"];

/// Makes the directory this process's own. Only the files of an export may be in it: they are removed later.
pub(super) fn locked(out: &Path, directory: &Path, is_private: bool) -> Result<File, Failure> {
    let made = match builder(is_private).create(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    };
    made.map_err(|error| unwritable(directory, error))?;
    // What is behind a link could not be removed in the end.
    let is_directory = fs::symlink_metadata(directory).is_ok_and(|data| data.is_dir());
    if !is_directory {
        return Err(refused(directory, "exists, and is not a directory"));
    }
    let others = foreign(directory).map_err(|error| unwritable(directory, error))?;
    if !others.is_empty() {
        let what = format!("has files that are not of an export: {}", others.join(", "));
        return Err(refused(directory, &what));
    }
    let lock = options(is_private)
        .write(true)
        .create(true)
        .truncate(false)
        .open(directory.join(LOCK));
    let lock = lock.map_err(|error| unwritable(directory, error))?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Err(refused(out, "is being written by another export")),
        // There are file systems without locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(lock),
    }
}

/// Directories for private rows are closed to everyone else.
fn builder(is_private: bool) -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    if is_private {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder
}

/// Removes the files of an export, the journal last, and the directory.
pub(super) fn discard(directory: &Path) -> io::Result<()> {
    let mut names = own(directory)?;
    names.sort_by_key(|name| (name == journal::NAME, name == LOCK));
    for name in names {
        remove(&directory.join(name))?;
    }
    fs::remove_dir(directory)
}

/// Names of files that no export writes; with those, the directory is somebody else's.
fn foreign(directory: &Path) -> io::Result<Vec<String>> {
    Ok(names(directory)?
        .into_iter()
        .filter(|name| !is_own(name))
        .collect())
}

fn own(directory: &Path) -> io::Result<Vec<String>> {
    Ok(names(directory)?
        .into_iter()
        .filter(|name| is_own(name))
        .collect())
}

fn names(directory: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(directory)?;
    let name =
        |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    entries.map(name).collect()
}

/// Whether a file of an export has this name.
fn is_own(name: &str) -> bool {
    let round = name
        .strip_prefix("failed-")
        .and_then(|name| name.strip_suffix(".ndjson"));
    [LOCK, ROWS, journal::NAME, journal::TEMPORARY].contains(&name)
        || COPIES.contains(&name)
        || round.is_some_and(|round| round.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether an export was killed after the rows got their name.
pub(super) fn is_delivered(journal: &Journal, out: &Path, directory: &Path) -> bool {
    journal.input.is_complete
        && journal.round.passing == 0
        && out.exists()
        && !rows_in(directory).exists()
}

pub(super) fn rows_in(directory: &Path) -> PathBuf {
    directory.join(ROWS)
}

pub(super) fn failures(directory: &Path, round: u32) -> PathBuf {
    directory.join(format!("failed-{round}.ndjson"))
}

/// The failure for a path that is not to be touched.
pub(super) fn refused(path: &Path, what: &str) -> Failure {
    Failure::new(Exit::Usage, format!("{} {what}", path.display()))
}
