//! An export to standard output.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::failed::Failed;
use super::journal::Counts;
use super::run::Sink;
use crate::atomic_file::{beside, unwritable};
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::{stdout, text};

/// Rows go out as they come; failures to a file, or to standard error.
pub(super) struct Stream<'a> {
    progress: &'a Progress,
    errors: Option<Errors>,
    pub(super) counts: Counts,
    pub(super) items: u64,
    pub(super) failed: u64,
}

/// A file of failures, which gets its name in the end.
struct Errors {
    path: PathBuf,
    file: File,
}

impl<'a> Stream<'a> {
    pub(super) fn new(progress: &'a Progress, errors: Option<&Path>) -> Result<Self, Failure> {
        let errors = errors.map(|path| {
            let file =
                File::create(beside(path, ".part")).map_err(|error| unwritable(path, error))?;
            Ok::<_, Failure>(Errors {
                path: path.to_owned(),
                file,
            })
        });
        Ok(Stream {
            progress,
            errors: errors.transpose()?,
            counts: Counts::default(),
            items: 0,
            failed: 0,
        })
    }

    /// Nobody who reads on is a reason to stop, and none to complain.
    pub(super) fn write(&self, rows: &[u8]) -> Result<(), Failure> {
        let written = self.progress.around(|| {
            let mut out = io::stdout().lock();
            out.write_all(rows).and_then(|()| out.flush())
        });
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                Err(Failure::reported(Exit::Done))
            }
            written => stdout::written(written),
        }
    }

    /// Gives the file of failures its name.
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        let Some(Errors { path, file }) = self.errors.take() else {
            return Ok(());
        };
        let named = file
            .sync_all()
            .and_then(|()| fs::rename(beside(&path, ".part"), &path));
        named.map_err(|error| unwritable(&path, error))
    }
}

impl Sink for Stream<'_> {
    fn item(&mut self, _: &str, rows: &[u8], results: usize) -> Result<(), Failure> {
        self.write(rows)?;
        self.items += 1;
        self.counts.add(results);
        Ok(())
    }

    fn failed(&mut self, failed: &Failed<'_>) -> Result<(), Failure> {
        self.items += 1;
        self.failed += 1;
        let Some(Errors { path, file }) = &mut self.errors else {
            self.progress
                .around(|| text::note(&format!("error: {}", failed.sentence())));
            return Ok(());
        };
        let written = failed
            .line()
            .and_then(|line| file.write_all(line.as_bytes()));
        written.map_err(|error| unwritable(path, error))
    }

    fn is_changed(&self) -> bool {
        false
    }

    fn commit(&mut self) -> Result<(), Failure> {
        Ok(())
    }
}
