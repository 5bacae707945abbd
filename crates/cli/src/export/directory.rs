//! The folder of an unfinished export, and the files in it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::journal::Journal;
use crate::atomic_file::{beside, unwritable};
use crate::exit::{Exit, Failure};

/// Removes what an earlier removal has left, and says where that would be.
pub(super) fn forgotten(folder: &Path) -> io::Result<PathBuf> {
    let old = beside(folder, ".old");
    match fs::remove_dir_all(&old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(old),
    }
}

/// Removes the folder. Under its name it is there as a whole or not at all.
pub(super) fn discarded(folder: &Path) -> io::Result<()> {
    let old = forgotten(folder)?;
    fs::rename(folder, &old)?;
    fs::remove_dir_all(&old)
}

const LOCK: &str = "lock";

/// Makes the folder this process's own.
pub(super) fn locked(out: &Path, folder: &Path) -> Result<File, Failure> {
    let made = match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    };
    let lock = made.and_then(|()| File::create(folder.join(LOCK)));
    let lock = lock.map_err(|error| unwritable(out, error))?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Err(refused(out, "is being written by another export")),
        // Where there are no locks, one has to take care oneself.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(lock),
    }
}

/// Whether an export was killed between its last two steps.
pub(super) fn is_delivered(journal: &Journal, out: &Path, folder: &Path) -> bool {
    journal.input.is_whole && journal.round.failed == 0 && out.exists() && !rows_in(folder).exists()
}

pub(super) fn rows_in(folder: &Path) -> PathBuf {
    folder.join("rows")
}

pub(super) fn failures(folder: &Path, round: u32) -> PathBuf {
    folder.join(format!("failed-{round}.ndjson"))
}

pub(super) fn refused(path: &Path, what: &str) -> Failure {
    Failure::new(Exit::Usage, format!("{} {what}", path.display()))
}
