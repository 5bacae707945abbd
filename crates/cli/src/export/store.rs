//! An export to a file: what there is of it so far, in a folder beside the file.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use futures_util::StreamExt;

use super::args::Export;
use super::directory::{discarded, failures, forgotten, is_delivered, locked, refused, rows_in};
use super::failed::{self, Failed};
use super::input::Fingerprint;
use super::journal::{Journal, Round, Settings};
use super::part::Part;
use super::rows;
use crate::atomic_file::{beside, unwritable};
use crate::collection::Ids;
use crate::exit::Failure;

/// The unfinished export. Nothing of it counts before it is in the journal.
pub(super) struct Store {
    pub(super) out: PathBuf,
    pub(super) folder: PathBuf,
    pub(super) journal: Journal,
    rows: Part,
    failures: Part,
    fingerprint: Fingerprint,
    /// Whether there is something that the journal does not know.
    pub(super) is_changed: bool,
    /// Held as long as the store is.
    _lock: File,
}

/// What there is of a file at the beginning.
pub(super) enum Found {
    /// Something to do.
    Store(Box<Store>),
    /// The whole file.
    Whole,
}

impl Store {
    /// Begins, or goes on.
    pub(super) fn open(export: &Export, out: &Path) -> Result<Found, Failure> {
        let folder = beside(out, ".part");
        let settings = Settings::of(export);
        if fs::metadata(out).is_ok_and(|data| !data.is_file()) {
            return Err(refused(
                out,
                "is not a file; without --out, rows go to standard output",
            ));
        }
        match (folder.exists(), out.exists()) {
            (false, true) if export.resume => {
                forgotten(&folder).map_err(|error| unwritable(out, error))?;
                return Ok(Found::Whole);
            }
            (false, true) if !export.force => {
                return Err(refused(out, "is there already; --force replaces it"));
            }
            (true, _) if !export.resume && !export.force => {
                let what = "was begun before; --resume goes on with it, --force begins anew";
                return Err(refused(out, what));
            }
            _ => {}
        }
        let lock = locked(out, &folder)?;
        if export.force {
            // Without a word in the journal, nothing of what is there counts.
            let forgotten = Journal::new(settings.clone()).write(&folder);
            forgotten.map_err(|error| unwritable(out, error))?;
        }
        let found = Journal::read(&folder).map_err(|error| {
            refused(
                &folder,
                &format!("cannot be read: {error}; --force begins anew"),
            )
        })?;
        if found
            .as_ref()
            .is_some_and(|journal| journal.settings != settings)
        {
            let what = "was begun with another --output, --job-type or --reveal-secrets; \
                give the same ones, or --force to begin anew";
            return Err(refused(out, what));
        }
        let journal = found.unwrap_or_else(|| Journal::new(settings));
        if is_delivered(&journal, out, &folder) {
            discarded(&folder).map_err(|error| unwritable(out, error))?;
            return Ok(Found::Whole);
        }
        let header = rows::header(export.format())?;
        let store = Self::with(out, folder, journal, lock, &header);
        let store = store.map_err(|error| unwritable(out, error))?;
        Ok(Found::Store(Box::new(store)))
    }

    fn with(
        out: &Path,
        folder: PathBuf,
        journal: Journal,
        lock: File,
        header: &[u8],
    ) -> io::Result<Self> {
        let failures = failures(&folder, journal.round.number);
        let mut store = Store {
            rows: Part::open(&rows_in(&folder), journal.rows_bytes)?,
            failures: Part::open(&failures, journal.round.failed_bytes)?,
            out: out.to_owned(),
            folder,
            fingerprint: Fingerprint::default(),
            is_changed: false,
            journal,
            _lock: lock,
        };
        if store.journal.rows_bytes == 0 {
            store.rows.append(header)?;
            store.is_changed = true;
        }
        Ok(store)
    }

    /// Takes the items that are done with from those that are given, and makes sure that they are the same.
    pub(super) async fn pass_by_what_is_done(&mut self, ids: &mut Ids) -> Result<(), Failure> {
        let input = &self.journal.input;
        let mut passed = 0;
        while passed < input.items
            && let Some(id) = ids.stream.next().await
        {
            self.fingerprint.add(&id);
            passed += 1;
        }
        let mut is_same =
            passed == input.items && (passed == 0 || self.fingerprint.text() == input.fingerprint);
        if is_same && input.is_whole {
            is_same = ids.stream.next().await.is_none();
        }
        ids.end.check()?;
        match is_same {
            true => Ok(()),
            false => Err(refused(
                &self.out,
                "was begun with other items; give the same ones, or --force to begin anew",
            )),
        }
    }

    pub(super) fn append(&mut self, id: &str, rows: &[u8], results: usize) -> io::Result<()> {
        self.rows.append(rows)?;
        self.journal.counts.add(results);
        self.count(id);
        Ok(())
    }

    pub(super) fn append_failed(&mut self, failed: &Failed<'_>) -> io::Result<()> {
        self.failures.append(failed.line()?.as_bytes())?;
        self.journal.round.failed += 1;
        self.count(failed.item_id());
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
            self.journal.rows_bytes = self.rows.sync()?;
            self.journal.round.failed_bytes = self.failures.sync()?;
            if self.journal.round.number == 0 {
                self.journal.input.fingerprint = self.fingerprint.text();
            }
            self.journal.write(&self.folder)?;
            self.is_changed = false;
        }
        Ok(())
    }

    /// There are no more items than those that are done with.
    pub(super) fn input_is_whole(&mut self) -> io::Result<()> {
        self.journal.input.is_whole = true;
        self.is_changed = true;
        self.commit()
    }

    /// Begins a round with the items that failed in the one before.
    pub(super) fn next_round(&mut self) -> io::Result<()> {
        let number = self.journal.round.number + 1;
        self.failures = Part::open(&failures(&self.folder, number), 0)?;
        self.journal.round = Round {
            number,
            ..Round::default()
        };
        self.is_changed = true;
        self.commit()
    }

    /// The items of a later round that are not done with.
    pub(super) fn failed_before(
        &self,
    ) -> io::Result<impl Iterator<Item = io::Result<String>> + use<>> {
        let round = &self.journal.round;
        let lines = File::open(failures(&self.folder, round.number.saturating_sub(1)))?;
        let done = usize::try_from(round.items).unwrap_or(usize::MAX);
        Ok(failed::ids(BufReader::new(lines)).skip(done))
    }

    pub(super) fn rows_path(&self) -> PathBuf {
        rows_in(&self.folder)
    }

    pub(super) fn failures_path(&self) -> PathBuf {
        failures(&self.folder, self.journal.round.number)
    }

    /// For a failure to write.
    pub(super) fn unwritable(&self, error: io::Error) -> Failure {
        unwritable(&self.out, error)
    }
}
