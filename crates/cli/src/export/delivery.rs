//! The last steps of an export to a file: the list of failed items and the rows get their names.
//!
//! Each step leaves complete files behind, wherever the process is killed, and `--resume` does the rest. The order
//! matters:
//!
//! 1. the list of failed items, so that nobody takes the rows for complete before it is there;
//! 2. the rows, renamed, copied, or turned into Parquet;
//! 3. the directory is removed, unless there are items to fetch again.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::directory::{COPIES, discard, rows_in};
#[cfg(feature = "parquet")]
use super::parquet;
use super::rows::Rows;
use super::store::Store;
use crate::atomic_file::{
    Target, begin, finish, keep_owner, open, permissions, remove, unwritable, write_as,
};
use crate::exit::Failure;
use crate::output::columns::Column;
use crate::output::csv::Dialect;
use crate::paths::beside;
use crate::stdout::{blocking, print};

/// Everything that the last steps need. It is a copy, so that they can run on another thread.
pub(super) struct Delivery {
    out: PathBuf,
    directory: PathBuf,
    format: Dialect,
    columns: Vec<&'static Column>,
    /// Whether new files are readable by their owner only.
    is_private: bool,
    /// The failed items so far, in the directory.
    failures: PathBuf,
    has_failures: bool,
    /// Whether some failed items may succeed later.
    may_resume: bool,
    /// Where the list of failed items goes, and whether `--errors` named it.
    errors: Target,
    wants_errors: bool,
    /// Whether the list that exists under its default name is from this export.
    has_errors_file: bool,
}

impl Delivery {
    pub(super) fn new(store: &Store, rows: &Rows, errors: Target, wants_errors: bool) -> Self {
        let round = &store.journal.round;
        Delivery {
            out: store.out.clone(),
            directory: store.directory.clone(),
            format: rows.format,
            columns: rows.columns.clone(),
            is_private: store.is_private,
            failures: store.failures_path(),
            has_failures: round.failures.count() > 0,
            may_resume: round.passing > 0,
            errors,
            wants_errors,
            has_errors_file: store.journal.has_errors_file,
        }
    }

    /// Does the steps on another thread, so that a signal is received meanwhile.
    pub(super) async fn deliver(self) -> Result<(), Failure> {
        let out = self.out.clone();
        let delivered = blocking(move || Ok(self.steps())).await;
        delivered.unwrap_or_else(|error| Err(unwritable(&out, error)))
    }

    /// The steps, in their order.
    fn steps(&self) -> Result<(), Failure> {
        self.deliver_errors()?;
        self.deliver_rows()
            .map_err(|error| unwritable(&self.out, error))?;
        match self.may_resume {
            true => Ok(()),
            false => discard(&self.directory).map_err(|error| unwritable(&self.directory, error)),
        }
    }

    /// Gives the rows their name. They are copied if the export can be resumed, since it continues with the original.
    fn deliver_rows(&self) -> io::Result<()> {
        let rows = rows_in(&self.directory);
        let [table_copy, copy, _] = COPIES.map(|name| self.directory.join(name));
        let permissions = permissions(&self.out, self.is_private);
        match self.format {
            Dialect::Parquet => write_as(&self.out, &table_copy, permissions, |file| {
                table(&rows, &self.columns, file)
            }),
            _ if self.may_resume => {
                write_as(&self.out, &copy, permissions, |file| copied(&rows, file))
            }
            _ => {
                keep_owner(&File::open(&rows)?, &self.out);
                if let Some(permissions) = permissions {
                    fs::set_permissions(&rows, permissions)?;
                }
                fs::rename(&rows, &self.out)
            }
        }
    }

    /// Writes the list of failed items, or removes this export's list from before.
    fn deliver_errors(&self) -> Result<(), Failure> {
        if self.wants_errors && self.has_errors_file {
            // It is out of date beside the one that is named.
            let earlier = default_errors(&self.out);
            remove(&earlier).map_err(|error| unwritable(&earlier, error))?;
        }
        let is_due = self.has_failures || self.wants_errors;
        let (path, written) = match &self.errors {
            Target::Stdout => return printed(&self.failures),
            Target::Other(path) if is_due => (
                path,
                open(path).and_then(|mut file| copied(&self.failures, &mut file)),
            ),
            Target::File(path) if is_due => (path, self.replace_errors(path)),
            // The list of an earlier run would be taken for that of this one.
            Target::File(path) if self.has_errors_file => (path, remove(path)),
            Target::File(_) | Target::Other(_) => return Ok(()),
        };
        written.map_err(|error| unwritable(path, error))
    }

    /// Replaces the list atomically. One that `--errors` names may be on another file system than the directory.
    fn replace_errors(&self, path: &Path) -> io::Result<()> {
        if self.wants_errors {
            let mut file = begin(path, self.is_private)?;
            copied(&self.failures, file.as_file_mut())?;
            return finish(file, path);
        }
        let [.., copy] = COPIES.map(|name| self.directory.join(name));
        write_as(path, &copy, permissions(path, self.is_private), |file| {
            copied(&self.failures, file)
        })
    }
}

/// Where the list of failed items goes unless `--errors` names another file.
pub(super) fn default_errors(out: &Path) -> PathBuf {
    beside(out, ".errors.ndjson")
}

/// Copies the content of a file to standard output.
fn printed(from: &Path) -> Result<(), Failure> {
    let unreadable = |error| unwritable(from, error);
    let mut file = BufReader::new(File::open(from).map_err(unreadable)?);
    loop {
        let chunk = file.fill_buf().map_err(unreadable)?;
        let len = chunk.len();
        if len == 0 {
            return Ok(());
        }
        print(chunk)?;
        file.consume(len);
    }
}

/// Copies the content of a file.
fn copied(from: &Path, to: &mut File) -> io::Result<()> {
    io::copy(&mut File::open(from)?, to).map(drop)
}

/// Writes rows as a Parquet file.
#[cfg(feature = "parquet")]
fn table(rows: &Path, columns: &[&'static Column], file: &mut File) -> io::Result<()> {
    parquet::write(rows, columns, file)
}

#[cfg(not(feature = "parquet"))]
fn table(_: &Path, _: &[&'static Column], _: &mut File) -> io::Result<()> {
    Err(io::Error::other(super::args::NO_PARQUET))
}
