//! An export to a file: what there is of it so far, in a directory beside the file.
//!
//! It decides nothing about items: it writes what it is given, counts, and keeps journal and files in step.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use futures_util::StreamExt;

use super::directory::{failures, refused, rows_in};
use super::failed::{self, Earlier, Failed};
use super::input::Fingerprint;
use super::journal::{Journal, Round};
use super::part::{Extent, GrowingFile};
use crate::atomic_file::unwritable;
use crate::collection::Ids;
use crate::error_kinds::may_pass;
use crate::exit::Failure;

/// The unfinished export. Nothing of it counts before it is in the journal.
pub(super) struct Store {
    pub(super) out: PathBuf,
    pub(super) directory: PathBuf,
    pub(super) journal: Journal,
    pub(super) is_private: bool,
    rows: GrowingFile,
    failures: GrowingFile,
    fingerprint: Fingerprint,
    /// Whether there is something that the journal does not know.
    pub(super) is_changed: bool,
    /// Held as long as the store is.
    _lock: File,
}

impl Store {
    pub(super) fn with(
        out: &Path,
        directory: PathBuf,
        journal: Journal,
        lock: File,
        is_private: bool,
        header: &[u8],
    ) -> io::Result<Self> {
        let failures = failures(&directory, journal.round.number);
        let mut store = Store {
            rows: GrowingFile::open(&rows_in(&directory), journal.rows, is_private)?,
            failures: GrowingFile::open(&failures, journal.round.written, is_private)?,
            out: out.to_owned(),
            directory,
            is_private,
            fingerprint: Fingerprint::default(),
            is_changed: false,
            journal,
            _lock: lock,
        };
        if store.journal.rows.is_empty() {
            store.rows.append(header)?;
            store.is_changed = true;
        }
        Ok(store)
    }

    /// Takes the items that are done with from those that are given, and makes sure that they are the same.
    pub(super) async fn skip_what_is_done(&mut self, ids: &mut Ids) -> Result<(), Failure> {
        let input = &self.journal.input;
        let mut skipped = 0;
        while skipped < input.items
            && let Some(id) = ids.stream.next().await
        {
            self.fingerprint.add(&id);
            skipped += 1;
        }
        let mut is_same = skipped == input.items
            && (skipped == 0 || self.fingerprint.text() == input.fingerprint);
        if is_same && input.is_complete {
            is_same = ids.stream.next().await.is_none();
        }
        ids.end.check()?;
        match is_same {
            true => Ok(()),
            false => Err(refused(
                &self.out,
                "was begun with other items; give the same ones, or --force to start again",
            )),
        }
    }

    /// Adds the rows of an item that succeeded.
    pub(super) fn append(&mut self, id: &str, rows: &[u8], results: usize) -> io::Result<()> {
        self.rows.append(rows)?;
        self.journal.counts.add(results);
        self.count(id);
        Ok(())
    }

    /// Adds an item that failed to the failures of this round.
    pub(super) fn append_failed(&mut self, failed: &Failed<'_>) -> io::Result<()> {
        self.add_failure(failed.kind, &failed.line()?)?;
        self.count(failed.item_id());
        Ok(())
    }

    /// The rows that decode, and the failure of the others: one item.
    pub(super) fn append_partial(
        &mut self,
        rows: &[u8],
        results: usize,
        failed: &Failed<'_>,
    ) -> io::Result<()> {
        self.rows.append(rows)?;
        self.journal.counts.add(results);
        self.append_failed(failed)
    }

    fn add_failure(&mut self, kind: &str, line: &str) -> io::Result<()> {
        self.failures.append(line.as_bytes())?;
        self.journal.round.failures.add(kind);
        self.journal.round.passing += u64::from(may_pass(kind));
        Ok(())
    }

    fn count(&mut self, id: &str) {
        if self.journal.round.number == 0 {
            self.fingerprint.add(id);
            self.journal.input.items += 1;
        }
        self.journal.round.items += 1;
        self.is_changed = true;
    }

    /// From here on, all that was appended counts.
    pub(super) fn commit(&mut self) -> io::Result<()> {
        if self.is_changed {
            self.journal.rows = self.rows.sync()?;
            self.journal.round.written = self.failures.sync()?;
            if self.journal.round.number == 0 {
                self.journal.input.fingerprint = self.fingerprint.text();
            }
            self.journal.write(&self.directory)?;
            self.is_changed = false;
        }
        Ok(())
    }

    /// There are no more items than those that are done with.
    pub(super) fn input_is_complete(&mut self) -> io::Result<()> {
        self.journal.input.is_complete = true;
        self.is_changed = true;
        self.commit()
    }

    /// The file of failures beside the rows is this export's from now on.
    pub(super) fn has_errors_file(&mut self) -> io::Result<()> {
        self.journal.has_errors_file = true;
        self.is_changed = true;
        self.commit()
    }

    /// Starts a round with the failures that may pass; the others stay failures.
    pub(super) fn next_round(&mut self) -> io::Result<()> {
        let number = self.journal.round.number + 1;
        let path = failures(&self.directory, number);
        self.failures = GrowingFile::open(&path, Extent::default(), self.is_private)?;
        self.journal.round = Round {
            number,
            ..Round::default()
        };
        for earlier in self.earlier()? {
            let Earlier { kind, line, .. } = earlier?;
            if !may_pass(&kind) {
                self.add_failure(&kind, &line)?;
            }
        }
        self.is_changed = true;
        self.commit()
    }

    /// The items of a later round that are not done with.
    pub(super) fn to_retry(&self) -> io::Result<impl Iterator<Item = io::Result<String>> + use<>> {
        let done = usize::try_from(self.journal.round.items).unwrap_or(usize::MAX);
        let passing = |earlier: &io::Result<Earlier>| match earlier {
            Ok(earlier) => may_pass(&earlier.kind),
            Err(_) => true,
        };
        let ids = self.earlier()?.filter(passing).skip(done);
        Ok(ids.map(|earlier| earlier.map(|earlier| earlier.item_id)))
    }

    /// The failures of the round before.
    fn earlier(&self) -> io::Result<impl Iterator<Item = io::Result<Earlier>> + use<>> {
        let round = self.journal.round.number.saturating_sub(1);
        let lines = File::open(failures(&self.directory, round))?;
        Ok(failed::earlier(BufReader::new(lines)))
    }

    pub(super) fn failures_path(&self) -> PathBuf {
        failures(&self.directory, self.journal.round.number)
    }

    /// For a failure to write.
    pub(super) fn unwritable(&self, error: io::Error) -> Failure {
        unwritable(&self.out, error)
    }
}
