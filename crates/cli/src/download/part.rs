//! A file on its way: written beside its name, continued by a later run, and complete once it has the name.
//!
//! The bytes that were kept are read and compared with the note before any more are requested. What was
//! changed, by whomever, is downloaded from the beginning, so that the checksum that is written in the end is
//! one of the store's bytes.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::record::{Record, digest, is_etag, small_text};
use crate::atomic_file::{beside, remove, unwritable, write_as};
use crate::exit::Failure;
use crate::text::hex;

/// Ends of the names of what is beside an output.
const PART: &str = ".part";
const NOTE: &str = ".part.json";
const NEW_NOTE: &str = ".part.json.new";
/// A run that is killed loses at most what arrived in this time.
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// What is known about a partial file: the version of the object, and what the first bytes are.
#[derive(Serialize, Deserialize)]
struct Note {
    etag: String,
    bytes: u64,
    sha256: String,
}

/// Locked until it is dropped, so that no two runs write it at a time.
pub(crate) struct Part {
    /// What it becomes.
    path: PathBuf,
    file: File,
    written: u64,
    hash: Sha256,
    /// The version of the object, if the file can be resumed.
    etag: Option<String>,
    /// When the last note was written, and how many bytes it is about.
    noted: (Instant, u64),
    is_finished: bool,
}

impl Part {
    /// Opens what an earlier run left, or a new file.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let part = beside(path, PART);
        check_place(&part)?;
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&part);
        let file = file.map_err(|error| unwritable(&part, error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(unwritable(
                    &part,
                    io::Error::other("another download is writing it"),
                ));
            }
            // There are file systems without locks.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        // Another run may have been done with it between the two.
        if !part.exists() {
            let why = "another download has just been writing it: try again";
            return Err(unwritable(&part, io::Error::other(why)));
        }
        Ok(Part {
            path: path.to_owned(),
            file,
            written: 0,
            hash: Sha256::new(),
            etag: None,
            noted: (Instant::now(), 0),
            is_finished: false,
        })
    }

    /// Reads what is there, and returns the version of the object that it belongs to; none if there is
    /// nothing, or it is not what was written. What came after the note is fetched again.
    pub(crate) fn resume(&mut self) -> Result<Option<String>, Failure> {
        let note = small_text(&beside(&self.path, NOTE));
        let note = note.and_then(|text| serde_json::from_str::<Note>(&text).ok());
        let Some(note) = note.filter(|note| note.bytes > 0 && is_etag(&note.etag)) else {
            return Ok(None);
        };
        let mut hash = Sha256::new();
        let read = self
            .file
            .rewind()
            .and_then(|()| digest(&mut (&self.file).take(note.bytes), &mut hash))
            .map_err(|error| self.unwritable(error))?;
        if read != note.bytes || hex(&hash.clone().finalize()) != note.sha256 {
            return Ok(None);
        }
        let cut = self.file.set_len(read);
        cut.and_then(|()| self.file.seek(SeekFrom::End(0)))
            .map_err(|error| self.unwritable(error))?;
        (self.written, self.hash, self.noted.1) = (read, hash, read);
        self.etag = Some(note.etag.clone());
        Ok(Some(note.etag))
    }

    /// Forgets what is there. With an ETag that distinguishes versions, a later run can continue.
    pub(crate) fn restart(&mut self, etag: Option<&str>) -> Result<(), Failure> {
        let note = beside(&self.path, NOTE);
        // In this order: a note never stands beside bytes of another version.
        let emptied = remove(&note)
            .and_then(|()| self.file.set_len(0))
            .and_then(|()| self.file.seek(SeekFrom::Start(0)));
        emptied.map_err(|error| self.unwritable(error))?;
        (self.written, self.hash) = (0, Sha256::new());
        let is_strong = |etag: &&str| is_etag(etag) && !etag.starts_with("W/");
        self.etag = etag.filter(is_strong).map(str::to_owned);
        self.noted = (Instant::now(), 0);
        Ok(())
    }

    /// Writes down what there is, if a later run can use it.
    fn note(&mut self) -> Result<(), Failure> {
        let Some(etag) = self.etag.clone().filter(|_| self.written != self.noted.1) else {
            return Ok(());
        };
        let sha256 = hex(&self.hash.clone().finalize());
        let bytes = self.written;
        let (note, temporary) = (beside(&self.path, NOTE), beside(&self.path, NEW_NOTE));
        let written = write_as(&note, &temporary, None, |file| {
            Ok(serde_json::to_writer(
                file,
                &Note {
                    etag,
                    bytes,
                    sha256,
                },
            )?)
        });
        self.noted = (Instant::now(), bytes);
        written.map_err(|error| unwritable(&note, error))
    }

    /// Appends bytes, and now and then writes down how far it is.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file
            .write_all(bytes)
            .map_err(|error| self.unwritable(error))?;
        self.hash.update(bytes);
        self.written += bytes.len() as u64;
        match self.noted.0.elapsed() >= NOTE_EVERY {
            true => self.note(),
            false => Ok(()),
        }
    }

    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// Gives the file its name, and writes beside it what it is.
    pub(crate) fn finish(mut self, location: String, etag: Option<String>) -> Result<(), Failure> {
        let (part, note) = (beside(&self.path, PART), beside(&self.path, NOTE));
        let named = self
            .file
            .sync_all()
            .and_then(|()| fs::rename(&part, &self.path));
        named.map_err(|error| self.unwritable(error))?;
        self.is_finished = true;
        let sha256 = hex(&self.hash.clone().finalize());
        let record = Record {
            location,
            etag,
            size: self.written,
            sha256,
        };
        record.write(&self.path)?;
        remove(&note).map_err(|error| unwritable(&note, error))
    }

    fn unwritable(&self, error: io::Error) -> Failure {
        unwritable(&beside(&self.path, PART), error)
    }
}

/// Something else under the name is left alone, and a link is not written through.
fn check_place(part: &Path) -> Result<(), Failure> {
    match fs::symlink_metadata(part) {
        Ok(found) if !found.is_file() => {
            let why = "it exists, and is not a file";
            Err(unwritable(part, io::Error::other(why)))
        }
        // The same file under another name would be written to.
        Ok(found) if has_other_names(&found) => {
            remove(part).map_err(|error| unwritable(part, error))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

#[cfg(unix)]
fn has_other_names(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

/// Leaves what can be resumed, and nothing else.
impl Drop for Part {
    fn drop(&mut self) {
        let is_resumable = self.written > 0 && self.etag.is_some();
        if self.is_finished || (is_resumable && self.note().is_ok()) {
            return;
        }
        let _ = remove(&beside(&self.path, NOTE));
        let _ = remove(&beside(&self.path, PART));
    }
}
