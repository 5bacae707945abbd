//! How far an export to a file has come, in a small file that is replaced as a whole.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::args::{Export, Format};
use crate::atomic_file::write_as;

/// Of this form of the journal; another one is not understood.
const VERSION: u32 = 1;
const NAME: &str = "journal.json";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Journal {
    version: u32,
    pub(super) settings: Settings,
    pub(super) input: Input,
    pub(super) round: Round,
    pub(super) counts: Counts,
    /// Bytes of the rows that belong to what is done.
    pub(super) rows_bytes: u64,
}

/// What all rows of a file have in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Settings {
    format: Format,
    job_type: Option<String>,
    reveal_secrets: bool,
}

/// The items that were given, from the first one to the last that is done with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Input {
    pub(super) items: u64,
    pub(super) fingerprint: String,
    /// Whether there are no more.
    pub(super) is_whole: bool,
}

/// Round 0 asks for the items that were given, each later one for those that failed before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Round {
    pub(super) number: u32,
    /// Items of this round that are done with.
    pub(super) items: u64,
    pub(super) failed: u64,
    /// Bytes of the failures that belong to what is done.
    pub(super) failed_bytes: u64,
}

/// For the summary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) results: u64,
    /// Items that have none.
    pub(super) without_results: u64,
}

impl Settings {
    pub(super) fn of(export: &Export) -> Self {
        Settings {
            format: export.format(),
            job_type: export.job_type.clone(),
            reveal_secrets: export.reveal_secrets,
        }
    }
}

impl Counts {
    /// One item more, with so many results.
    pub(super) fn add(&mut self, results: usize) {
        self.results += results as u64;
        self.without_results += u64::from(results == 0);
    }
}

impl Journal {
    pub(super) fn new(settings: Settings) -> Self {
        Journal {
            version: VERSION,
            settings,
            input: Input::default(),
            round: Round::default(),
            counts: Counts::default(),
            rows_bytes: 0,
        }
    }

    /// None if none has been written yet.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Self>> {
        let text = match fs::read(folder.join(NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let journal: Journal = serde_json::from_slice(&text)?;
        match journal.version {
            VERSION => Ok(Some(journal)),
            other => Err(io::Error::other(format!("its version {other} is unknown"))),
        }
    }

    /// In one step: whoever reads it finds the old one or this one.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let temporary = folder.join("journal.new");
        write_as(&folder.join(NAME), &temporary, None, |file| {
            file.write_all(&serde_json::to_vec(self)?)
        })
    }
}
