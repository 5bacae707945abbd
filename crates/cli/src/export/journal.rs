//! The journal of an export to a file: how far it has come, in a small file that is replaced atomically.
//!
//! Rows and failures are appended and synced first; then the journal says how many bytes of them count. What is behind
//! that length belongs to items that are fetched again, and is cut off when the export is resumed. So a crash, at
//! whatever moment, leaves a journal that is true.
//!
//! The settings are in it too: rows of two servers, projects or formats are not mixed in one file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::args::Export;
use super::part::Extent;
use crate::atomic_file::write_as;
use crate::connect::{Connection, tenant};
use crate::error_kinds::Failures;
use crate::output::csv::Dialect;

/// Version of the journal's form. An export that another version began cannot be resumed, only started again.
const VERSION: u32 = 3;
/// The name of the journal in the directory.
pub(super) const NAME: &str = "journal.json";
/// The journal while it is being written.
pub(super) const TEMPORARY: &str = "journal.new";

/// The journal as it is in its file, with a checksum of its text: a journal that was edited or damaged is refused.
#[derive(Serialize, Deserialize)]
struct Sealed {
    version: u32,
    crc32: u32,
    journal: Box<RawValue>,
}

/// What has to be known to resume an export: what it is an export of, and how much of each file counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) settings: Settings,
    pub(super) input: Input,
    pub(super) round: Round,
    pub(super) counts: Counts,
    /// The rows of the items that are done.
    pub(super) rows: Extent,
    /// Whether the list of failed items under its default name is from this export.
    pub(super) has_errors_file: bool,
}

/// The settings of an export. All rows of a file have the same, so `--resume` refuses others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Settings {
    format: Dialect,
    job_type: Option<String>,
    /// The other options that select results, and the columns, as text.
    selection: String,
    reveal_secrets: bool,
    /// The base URL, or `demo`, which listens on another port each time.
    server: String,
    project_id: Option<String>,
    organization_id: Option<String>,
}

/// The items of round 0 that are done, from the first one on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Input {
    pub(super) items: u64,
    /// Of their ids.
    pub(super) fingerprint: String,
    /// Whether these are all.
    pub(super) is_complete: bool,
}

/// A round: the first, number 0, fetches the items of the input, each later one the failed items of the one before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Round {
    pub(super) number: u32,
    /// Items of this round that are done, failed ones included.
    pub(super) items: u64,
    pub(super) failures: Failures,
    /// How many of the failures may pass, so that `--resume` requests the items again.
    pub(super) passing: u64,
    /// The failures of the items that are done.
    pub(super) written: Extent,
}

/// Counts for the summary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) results: u64,
    /// Items that have no results.
    pub(super) without_results: u64,
}

impl Settings {
    /// The settings of this command line and environment.
    pub(super) fn of(export: &Export, connection: &Connection) -> Self {
        let [project_id, organization_id] = tenant(&export.service);
        Settings {
            format: export.format(),
            job_type: export.filter.job_type.clone(),
            selection: format!("{:?} {:?}", export.filter, export.layout),
            reveal_secrets: export.reveal_secrets,
            server: match export.service.demo {
                true => "demo".to_owned(),
                false => connection.client.base_url().to_owned(),
            },
            project_id,
            organization_id,
        }
    }

    /// The first setting that differs, as the message names it.
    pub(super) fn difference(&self, other: &Self) -> Option<&'static str> {
        let differences = [
            (self.format != other.format, "--output"),
            (self.job_type != other.job_type, "--job-type"),
            (
                self.selection != other.selection,
                "selection of results and fields",
            ),
            (
                self.reveal_secrets != other.reveal_secrets,
                "--reveal-secrets",
            ),
            (self.server != other.server, "server"),
            (self.project_id != other.project_id, "--project-id"),
            (
                self.organization_id != other.organization_id,
                "--organization-id",
            ),
        ];
        let mut different = differences.into_iter().filter(|(differs, _)| *differs);
        different.next().map(|(_, name)| name)
    }
}

impl Counts {
    /// Counts one item with this number of results.
    pub(super) fn add(&mut self, results: usize) {
        self.results = self.results.saturating_add(results as u64);
        self.without_results += u64::from(results == 0);
    }
}

impl Journal {
    /// The journal of an export that has not fetched anything.
    pub(super) fn new(settings: Settings) -> Self {
        Journal {
            settings,
            input: Input::default(),
            round: Round::default(),
            counts: Counts::default(),
            rows: Extent::default(),
            has_errors_file: false,
        }
    }

    /// Reads the journal of a directory; `None` if none has been written yet.
    ///
    /// # Errors
    /// It cannot be read, was changed, or is of another version.
    pub(super) fn read(directory: &Path) -> io::Result<Option<Self>> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let text = match fs::read(directory.join(NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        match serde_json::from_slice(&text)? {
            Version { version: VERSION } => {
                serde_json::from_slice::<Sealed>(&text)?.open().map(Some)
            }
            Version { version } => Err(io::Error::other(format!(
                "its version {version} is unknown"
            ))),
        }
    }

    /// Items that are done and did not fail.
    pub(super) fn succeeded(&self) -> u64 {
        self.input.items.saturating_sub(self.round.failures.count())
    }

    /// Replaces the journal: a reader finds the old one or this one, never a part.
    pub(super) fn write(&self, directory: &Path) -> io::Result<()> {
        let temporary = directory.join(TEMPORARY);
        write_as(&directory.join(NAME), &temporary, None, |file| {
            file.write_all(&serde_json::to_vec(&Sealed::of(self)?)?)
        })
    }
}

impl Sealed {
    /// Adds the checksum.
    fn of(journal: &Journal) -> io::Result<Self> {
        let journal = serde_json::value::to_raw_value(journal)?;
        Ok(Sealed {
            version: VERSION,
            crc32: crc32fast::hash(journal.get().as_bytes()),
            journal,
        })
    }

    /// Compares the checksum.
    fn open(&self) -> io::Result<Journal> {
        if crc32fast::hash(self.journal.get().as_bytes()) != self.crc32 {
            return Err(io::Error::other("it has been changed since it was written"));
        }
        Ok(serde_json::from_str(self.journal.get())?)
    }
}
