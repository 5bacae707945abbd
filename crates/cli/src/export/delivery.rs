//! The last steps of an export to a file: each leaves whole files behind, wherever it is stopped.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use tokio::sync::oneshot;

use super::args::{Export, Format};
use super::directory::discarded;
#[cfg(feature = "parquet")]
use super::parquet;
use super::store::Store;
use crate::atomic_file::{beside, permissions, remove, unwritable, write_as};
use crate::exit::Failure;

pub(super) struct Delivery {
    out: PathBuf,
    folder: PathBuf,
    rows: PathBuf,
    format: Format,
    failures: PathBuf,
    has_failures: bool,
    /// Where the failures go, and whether they were asked for.
    pub(super) errors: PathBuf,
    wants_errors: bool,
}

impl Delivery {
    pub(super) fn new(export: &Export, store: &Store) -> Self {
        Delivery {
            out: store.out.clone(),
            folder: store.folder.clone(),
            rows: store.rows_path(),
            format: export.format(),
            failures: store.failures_path(),
            has_failures: store.journal.round.failed > 0,
            errors: match &export.errors {
                Some(path) => path.clone(),
                None => beside(&store.out, ".errors.ndjson"),
            },
            wants_errors: export.errors.is_some(),
        }
    }

    /// On a thread of its own, so that a signal is heard meanwhile.
    pub(super) async fn deliver(self) -> Result<(), Failure> {
        let (done, is_done) = oneshot::channel();
        let out = self.out.clone();
        thread::spawn(move || done.send(self.steps()));
        let delivered = is_done
            .await
            .unwrap_or_else(|_| Err(io::Error::other("it broke off")));
        delivered.map_err(|error| unwritable(&out, error))
    }

    /// The folder goes last, and stays if there are items to ask for again.
    fn steps(&self) -> io::Result<()> {
        self.deliver_errors()?;
        match self.format {
            Format::Parquet => {
                let temporary = self.folder.join("table");
                write_as(
                    &self.out,
                    &temporary,
                    permissions(&self.out, false),
                    |file| table(&self.rows, file),
                )?
            }
            _ if self.has_failures => copied(&self.rows, &self.out, &self.folder.join("copy"))?,
            _ => fs::rename(&self.rows, &self.out)?,
        }
        match self.has_failures {
            true => Ok(()),
            false => discarded(&self.folder),
        }
    }

    fn deliver_errors(&self) -> io::Result<()> {
        let path = &self.errors;
        if self.has_failures || self.wants_errors {
            return copied(&self.failures, path, &beside(path, ".new"));
        }
        // One from before would be read as today's.
        remove(path)
    }
}

fn copied(from: &Path, to: &Path, by: &Path) -> io::Result<()> {
    write_as(to, by, permissions(to, false), |file| {
        io::copy(&mut File::open(from)?, file).map(drop)
    })
}

#[cfg(feature = "parquet")]
fn table(rows: &Path, file: &mut File) -> io::Result<()> {
    parquet::write(rows, file)
}

#[cfg(not(feature = "parquet"))]
fn table(_: &Path, _: &mut File) -> io::Result<()> {
    Err(io::Error::other(super::NO_PARQUET))
}
