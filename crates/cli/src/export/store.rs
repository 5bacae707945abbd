//! The unfinished export in its directory: rows, failed items, and the journal that says how much of them counts.
//!
//! It decides nothing about items. It appends what it is given, counts, and keeps journal and files in step: what was
//! appended since the last commit does not count after a crash.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use futures_util::StreamExt;

use super::directory::{failures, refused, rows_in};
use super::failed::{self, Earlier};
use super::input::Fingerprint;
use super::journal::{Journal, Round};
use super::part::{Extent, GrowingFile};
use super::rows::WrittenItem;
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
    /// Of the ids of round 0 so far.
    fingerprint: Fingerprint,
    /// Whether something was appended since the last commit.
    pub(super) is_changed: bool,
    /// Held as long as the store is.
    _lock: File,
}

impl Store {
    /// Opens the files of an export, and cuts off what the journal does not count. A new one begins with the header.
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

    /// Takes the ids that are done from the stream.
    ///
    /// # Errors
    /// They are not the ids with which the export began, in the same order; or there are more or fewer than there were
    /// when all of them had been fetched.
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

    /// Adds the rows of an item, its failure to those of this round, or both.
    pub(super) fn append(&mut self, id: &str, (rows, failed): &WrittenItem<'_>) -> io::Result<()> {
        if let Some((rows, results)) = rows {
            self.rows.append(rows)?;
            self.journal.counts.add(*results);
        }
        if let Some(failed) = failed {
            self.add_failure(failed.kind, &failed.line()?)?;
        }
        self.count(id);
        Ok(())
    }

    /// Appends a line to the failures of this round.
    fn add_failure(&mut self, kind: &str, line: &str) -> io::Result<()> {
        self.failures.append(line.as_bytes())?;
        self.journal.round.failures.add(kind);
        self.journal.round.passing += u64::from(may_pass(kind));
        Ok(())
    }

    /// Counts an item that is done. Items of later rounds are part of the input already.
    fn count(&mut self, id: &str) {
        if self.journal.round.number == 0 {
            self.fingerprint.add(id);
            self.journal.input.items += 1;
        }
        self.journal.round.items += 1;
        self.is_changed = true;
    }

    /// Makes everything that was appended count: the files are synced before the journal names their lengths.
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

    /// There are no more items than those that are done.
    pub(super) fn input_is_complete(&mut self) -> io::Result<()> {
        self.journal.input.is_complete = true;
        self.is_changed = true;
        self.commit()
    }

    /// The list of failed items under its default name is from this export from now on.
    pub(super) fn has_errors_file(&mut self) -> io::Result<()> {
        self.journal.has_errors_file = true;
        self.is_changed = true;
        self.commit()
    }

    /// Starts the next round, for the failed items that may succeed now. The others are failures of the new round too.
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

    /// The items of a later round that are not done, in the order of the list.
    pub(super) fn to_retry(&self) -> io::Result<impl Iterator<Item = io::Result<String>> + use<>> {
        let done = usize::try_from(self.journal.round.items).unwrap_or(usize::MAX);
        let passing = |earlier: &io::Result<Earlier>| match earlier {
            Ok(earlier) => may_pass(&earlier.kind),
            Err(_) => true,
        };
        let ids = self.earlier()?.filter(passing).skip(done);
        Ok(ids.map(|earlier| earlier.map(|earlier| earlier.item_id)))
    }

    /// The failed items of the round before.
    fn earlier(&self) -> io::Result<impl Iterator<Item = io::Result<Earlier>> + use<>> {
        let round = self.journal.round.number.saturating_sub(1);
        let lines = File::open(failures(&self.directory, round))?;
        Ok(failed::earlier(BufReader::new(lines)))
    }

    /// Where the failed items of this round are.
    pub(super) fn failures_path(&self) -> PathBuf {
        failures(&self.directory, self.journal.round.number)
    }

    /// The failure for an error of the system: it is about the output file, whatever file of the directory it was.
    pub(super) fn unwritable(&self, error: io::Error) -> Failure {
        unwritable(&self.out, error)
    }
}
