//! How far an export to a file has come, in a small file that is replaced atomically.
//!
//! Rows and failures are appended and synced first; then the journal says how long they are. What is behind
//! that length belongs to items that are fetched again, and is cut off when the export is resumed. The
//! settings are in it too: rows of two servers, projects or formats are not mixed in one file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::args::{Export, Format};
use super::part::Extent;
use crate::atomic_file::write_as;
use crate::connect::{Connection, tenant};
use crate::error_kinds::Failures;

/// Version of the journal's form; another one is not understood.
const VERSION: u32 = 3;
pub(super) const NAME: &str = "journal.json";
pub(super) const TEMPORARY: &str = "journal.new";

/// The journal as it is in its file, with a checksum of its text: one that was edited is not believed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    version: u32,
    crc32: u32,
    journal: Box<RawValue>,
}

/// What has to be known to resume: what the export is of, and how much of each file counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) settings: Settings,
    pub(super) input: Input,
    pub(super) round: Round,
    pub(super) counts: Counts,
    /// The part of the rows that belongs to what is done.
    pub(super) rows: Extent,
    /// Whether the file of failures beside the rows is this export's.
    pub(super) has_errors_file: bool,
}

/// What all rows of a file have in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Settings {
    format: Format,
    job_type: Option<String>,
    /// What else selects results, and the columns.
    selection: String,
    reveal_secrets: bool,
    server: String,
    project_id: Option<String>,
    organization_id: Option<String>,
}

/// The items that were given, from the first one to the last that is done with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Input {
    pub(super) items: u64,
    pub(super) fingerprint: String,
    /// Whether there are no more.
    pub(super) is_complete: bool,
}

/// Round 0 fetches the items that were given, each later one those that failed before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Round {
    pub(super) number: u32,
    /// Items of this round that are done with.
    pub(super) items: u64,
    pub(super) failures: Failures,
    /// Failures that may pass, so that the item is worth another request.
    pub(super) passing: u64,
    /// The part of the failures that belongs to what is done.
    pub(super) written: Extent,
}

/// For the summary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) results: u64,
    /// Items that have none.
    pub(super) without_results: u64,
}

impl Settings {
    pub(super) fn of(export: &Export, connection: &Connection) -> Self {
        let [project_id, organization_id] = tenant(&export.service);
        Settings {
            format: export.format(),
            job_type: export.filter.job_type.clone(),
            selection: format!("{:?} {:?}", export.filter, export.layout),
            reveal_secrets: export.reveal_secrets,
            // The demo listens elsewhere each time.
            server: match export.service.demo {
                true => "demo".to_owned(),
                false => connection.client.base_url().to_owned(),
            },
            project_id,
            organization_id,
        }
    }

    /// What differs, as an option of the command.
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
        self.results += results as u64;
        self.without_results += u64::from(results == 0);
    }
}

impl Journal {
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

    /// None if none has been written yet.
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

    /// Items that are done with and did not fail.
    pub(super) fn succeeded(&self) -> u64 {
        self.input.items.saturating_sub(self.round.failures.count())
    }

    /// In one step: a reader finds the old one or this one.
    pub(super) fn write(&self, directory: &Path) -> io::Result<()> {
        let temporary = directory.join(TEMPORARY);
        write_as(&directory.join(NAME), &temporary, None, |file| {
            file.write_all(&serde_json::to_vec(&Sealed::of(self)?)?)
        })
    }
}

impl Sealed {
    fn of(journal: &Journal) -> io::Result<Self> {
        let journal = serde_json::value::to_raw_value(journal)?;
        Ok(Sealed {
            version: VERSION,
            crc32: crc32fast::hash(journal.get().as_bytes()),
            journal,
        })
    }

    fn open(&self) -> io::Result<Journal> {
        if crc32fast::hash(self.journal.get().as_bytes()) != self.crc32 {
            return Err(io::Error::other("it has been changed since it was written"));
        }
        Ok(serde_json::from_str(self.journal.get())?)
    }
}
