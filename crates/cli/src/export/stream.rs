//! An export to a stream: rows are written as they arrive, and cannot be resumed.
//!
//! A reader that closes the pipe, such as `head`, has enough, which is no error. One that pauses holds up the rows, not
//! the calls that are under way. Failed items go to `--errors`, else to standard error.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use tempfile::NamedTempFile;

use super::failed::Failed;
use super::journal::Counts;
use super::pipe::Pipe;
use super::rows::Rows;
use crate::atomic_file::{Target, begin, finish, unwritable};
use crate::collection::{FetchedItem, Sink};
use crate::error_kinds::Failures;
use crate::exit::{Exit, Failure};
use crate::mask::{self, Masker};
use crate::progress::Progress;
use crate::{stdout, text};

/// Writes rows to a stream, and failed items to another place.
pub(super) struct Stream<'a> {
    rows: &'a Rows,
    masker: Masker<'static>,
    progress: &'a Progress,
    out: Pipe,
    /// `None` is standard output.
    path: Option<PathBuf>,
    errors: Errors,
    pub(super) counts: Counts,
    /// Items so far, failed ones included.
    pub(super) items: u64,
    pub(super) failures: Failures,
}

/// Where failed items go.
enum Errors {
    Stderr,
    /// A file, which gets its name at the end.
    File(PathBuf, NamedTempFile),
    /// A pipe or a device, which is written to as items fail.
    Pipe(PathBuf, Pipe),
}

impl<'a> Stream<'a> {
    /// An export to standard output, or to the pipe or device at this path.
    pub(super) fn new(
        rows: &'a Rows,
        progress: &'a Progress,
        path: Option<PathBuf>,
        errors: Option<Target>,
    ) -> Result<Self, Failure> {
        let errors = match errors {
            None => Errors::Stderr,
            Some(Target::Stdout) => Errors::Pipe("standard output".into(), Pipe::new(None)),
            Some(Target::Other(path)) => Errors::Pipe(path.clone(), Pipe::new(Some(path))),
            Some(Target::File(path)) => match begin(&path, rows.reveal) {
                Ok(file) => Errors::File(path, file),
                Err(error) => return Err(unwritable(&path, error)),
            },
        };
        Ok(Stream {
            rows,
            masker: mask::masker(),
            progress,
            out: Pipe::new(path.clone()),
            path,
            errors,
            counts: Counts::default(),
            items: 0,
            failures: Failures::default(),
        })
    }

    /// Writes rows. A reader that closes the pipe ends the export, with the exit code 0.
    pub(super) async fn write(&mut self, rows: Vec<u8>) -> Result<(), Failure> {
        if self.path.is_none() && io::stdout().is_terminal() {
            return self.progress.print(rows).await;
        }
        match (self.out.write(rows).await, &self.path) {
            (Err(error), _) if error.kind() == io::ErrorKind::BrokenPipe => {
                Err(Failure::reported(Exit::Done))
            }
            (written, Some(path)) => written.map_err(|error| unwritable(path, error)),
            (written, None) => stdout::written(written),
        }
    }

    /// Gives the list of failed items its name.
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        match std::mem::replace(&mut self.errors, Errors::Stderr) {
            Errors::File(path, file) => {
                finish(file, &path).map_err(|error| unwritable(&path, error))
            }
            Errors::Stderr | Errors::Pipe(..) => Ok(()),
        }
    }

    /// Counts a failed item, and writes it to where they go.
    async fn report(&mut self, failed: Failed<'_>) -> Result<(), Failure> {
        self.failures.add(failed.kind);
        let line = failed.line();
        let (path, written) = match &mut self.errors {
            Errors::Stderr => {
                let message = format!("error: {}", failed.sentence());
                self.progress.around(|| text::note(&message));
                return Ok(());
            }
            Errors::File(path, file) => {
                (path, line.and_then(|line| file.write_all(line.as_bytes())))
            }
            Errors::Pipe(path, pipe) => match line {
                Ok(line) => (path, pipe.write(line.into_bytes()).await),
                Err(error) => (path, Err(error)),
            },
        };
        written.map_err(|error| unwritable(path, error))
    }
}

impl Sink for Stream<'_> {
    async fn item(&mut self, id: &str, fetched: FetchedItem<'_>) -> Result<(), Failure> {
        let (rows, failed) = self.rows.item(id, fetched, &mut self.masker);
        if let Some((rows, results)) = rows {
            self.write(rows).await?;
            self.counts.add(results);
        }
        self.items += 1;
        match failed {
            Some(failed) => self.report(failed).await,
            None => Ok(()),
        }
    }
}
