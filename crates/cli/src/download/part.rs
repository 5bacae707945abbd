//! A partial file: `NAME.part`, which gets its name when it is complete, and its note `NAME.part.json`.
//!
//! A later run continues it. The bytes that were kept are read and compared with the note before more are requested:
//! what was changed, by whomever, is downloaded from the beginning. So the checksum in `NAME.sha256` is always one of
//! bytes that came from the store.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::record::{Record, is_etag, small_text};
use crate::atomic_file::{each_chunk, remove, unwritable, write_as};
use crate::exit::Failure;
use crate::paths::beside;
use crate::text::hex;

/// What is appended to the name of an output.
const PART: &str = ".part";
const NOTE: &str = ".part.json";
const NEW_NOTE: &str = ".part.json.new";
/// Time between two notes: a run that is killed loses at most what arrived in it.
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// What is known about a partial file: the version of the object, and what the first bytes are.
#[derive(Serialize, Deserialize)]
struct Note {
    etag: String,
    /// How many bytes the checksum is of. The file may have more, which arrived after the note.
    bytes: u64,
    sha256: String,
}

/// A partial file, locked until it is dropped: no two runs write it at the same time. If it is dropped before it is
/// complete, what can be continued stays, and everything else is removed.
pub(crate) struct Part {
    /// The name that it gets.
    path: PathBuf,
    file: File,
    /// Bytes so far, and their checksum.
    written: u64,
    hash: Sha256,
    /// The version of the object, if the file can be resumed.
    etag: Option<String>,
    /// When the last note was written, and how many bytes it is about.
    noted: (Instant, u64),
    is_finished: bool,
}

impl Part {
    /// Opens what an earlier run left, or a new file. Nothing of it is trusted before [`Part::resume`].
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
        // Another run may have completed it between opening and locking.
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

    /// Reads what is there, and returns the ETag of the object that it is a part of; `None` if there is nothing, or it is
    /// not what was written. What arrived after the note is requested again.
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
            .and_then(|()| each_chunk((&self.file).take(note.bytes), |chunk| hash.update(chunk)))
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

    /// Begins with an empty file. A later run can continue it if the object has a strong ETag: a weak one, `W/"..."`,
    /// does not promise the same bytes.
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

    /// Writes the note, if a later run can continue from here.
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

    /// Appends bytes, and writes the note every second.
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

    /// Bytes that are there already.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// Gives the file its name, and writes its record. In between, a crash costs a download, and no data.
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

    /// The failure for an error of the partial file.
    fn unwritable(&self, error: io::Error) -> Failure {
        unwritable(&beside(&self.path, PART), error)
    }
}

/// An error if something else has the name of the partial file, such as a directory or a link: it is left alone. A file
/// with a second name (a hard link) is replaced, since writing to it would change the other one too.
fn check_place(part: &Path) -> Result<(), Failure> {
    match fs::symlink_metadata(part) {
        Ok(found) if !found.is_file() => {
            let why = "it exists, and is not a file";
            Err(unwritable(part, io::Error::other(why)))
        }
        Ok(found) if has_other_names(&found) => {
            remove(part).map_err(|error| unwritable(part, error))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether a file has hard links.
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
