//! The directory of an unfinished export, and the files in it.
//!
//! A directory with other files in it is somebody else's, and is refused: nothing is ever removed that no export has
//! written. The lock keeps a second export away; it ends with the process that holds it, however that ends.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::journal::{self, Journal};
use crate::atomic_file::{options, remove, unwritable};
use crate::exit::Failure;

/// An empty file that is locked while an export writes.
const LOCK: &str = "lock";
/// The rows so far.
const ROWS: &str = "rows";
/// Copies that are renamed to what they are copies for: the Parquet file, the rows, the list of failed items.
pub(super) const COPIES: [&str; 3] = ["table", "copy", "errors"];

/// Creates the directory if need be, and locks it until the file that is returned is dropped.
///
/// # Errors
/// It is not a directory, has files that no export writes, or is locked by another export.
pub(super) fn locked(out: &Path, directory: &Path, is_private: bool) -> Result<File, Failure> {
    let made = match builder(is_private).create(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    };
    made.map_err(|error| unwritable(directory, error))?;
    check(directory)?;
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

/// Refuses what is not a directory, or has files in it that are not of an export.
pub(super) fn check(directory: &Path) -> Result<(), Failure> {
    // A link to a directory could not be removed at the end.
    let is_directory = fs::symlink_metadata(directory).is_ok_and(|data| data.is_dir());
    if !is_directory {
        return Err(refused(directory, "exists, and is not a directory"));
    }
    let (own, mut others) = names(directory).map_err(|error| unwritable(directory, error))?;
    if !own.iter().any(|name| name == journal::NAME) {
        // The journal is the first file but these.
        let is_first = |name: &String| [LOCK, journal::TEMPORARY].contains(&name.as_str());
        others.extend(own.into_iter().filter(|name| !is_first(name)));
    }
    if !others.is_empty() {
        let what = format!("has files that are not of an export: {}", others.join(", "));
        return Err(refused(directory, &what));
    }
    Ok(())
}

/// For a new directory, which is closed to everyone else if its rows are private.
fn builder(is_private: bool) -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    if is_private {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder
}

/// Removes the files of an export, then the directory. The journal goes last: as long as it is there, another
/// run recognizes the rest.
pub(super) fn discard(directory: &Path) -> io::Result<()> {
    let (mut names, _) = names(directory)?;
    names.sort_by_key(|name| (name == journal::NAME, name == LOCK));
    for name in names {
        remove(&directory.join(name))?;
    }
    fs::remove_dir(directory)
}

/// Names of the files that an export has written, and of all others: with those, the directory is somebody else's. A
/// link or a pipe is never of an export, whatever its name.
fn names(directory: &Path) -> io::Result<(Vec<String>, Vec<String>)> {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        match is_own(&name) && entry.file_type()?.is_file() {
            true => own.push(name),
            false => others.push(name),
        }
    }
    Ok((own, others))
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

/// Whether an export was killed after the rows got their name and before the directory was removed.
pub(super) fn is_delivered(journal: &Journal, out: &Path, directory: &Path) -> bool {
    journal.input.is_complete
        && journal.round.passing == 0
        && out.exists()
        && !rows_in(directory).exists()
}

/// Where the rows are.
pub(super) fn rows_in(directory: &Path) -> PathBuf {
    directory.join(ROWS)
}

/// Where the failed items of a round are.
pub(super) fn failures(directory: &Path, round: u32) -> PathBuf {
    directory.join(format!("failed-{round}.ndjson"))
}

/// The failure for a path that is not to be touched.
pub(super) fn refused(path: &Path, what: &str) -> Failure {
    Failure::usage(format!("{} {what}", path.display()))
}
