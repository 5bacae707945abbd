//! A file on its way: written beside its name, continued by a later run, and whole once it has the name.

use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::record::{Record, digest, is_etag, small_text};
use crate::atomic_file::{beside, remove, unwritable, write_as};
use crate::exit::Failure;
use crate::text::hex;

/// Ends of the names of what is beside an output.
const PART: &str = ".part";
const ETAG: &str = ".part.etag";

/// Locked until it is dropped, so that no two runs write it at a time.
pub(crate) struct Part {
    /// What it becomes.
    path: PathBuf,
    file: File,
    written: u64,
    hash: Sha256,
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
        let written = file
            .metadata()
            .map_err(|error| unwritable(&part, error))?
            .len();
        Ok(Part {
            path: path.to_owned(),
            file,
            written,
            hash: Sha256::new(),
            is_finished: false,
        })
    }

    /// The version of the object that the partial file belongs to, if known.
    pub(crate) fn resumable(&self) -> Option<String> {
        let etag = small_text(&beside(&self.path, ETAG))?;
        (self.written > 0 && is_etag(&etag)).then_some(etag)
    }

    /// Reads what is there, to go on behind it.
    pub(crate) fn resume(&mut self) -> Result<(), Failure> {
        let read = self
            .file
            .rewind()
            .and_then(|()| digest(&mut self.file, &mut self.hash));
        self.written = read.map_err(|error| self.unwritable(error))?;
        Ok(())
    }

    /// Forgets what is there. With an ETag that tells versions apart a later run can go on.
    pub(crate) fn restart(&mut self, etag: Option<&str>) -> Result<(), Failure> {
        let note = beside(&self.path, ETAG);
        // In this order: a note never stands beside bytes of another version.
        let emptied = remove(&note)
            .and_then(|()| self.file.set_len(0))
            .and_then(|()| self.file.seek(SeekFrom::Start(0)));
        emptied.map_err(|error| self.unwritable(error))?;
        (self.written, self.hash) = (0, Sha256::new());
        match etag.filter(|etag| is_etag(etag) && !etag.starts_with("W/")) {
            Some(etag) => {
                let temporary = beside(&self.path, ".part.etag.new");
                write_as(&note, &temporary, None, |file| {
                    file.write_all(etag.as_bytes())
                })
                .map_err(|error| unwritable(&note, error))
            }
            None => Ok(()),
        }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file
            .write_all(bytes)
            .map_err(|error| self.unwritable(error))?;
        self.hash.update(bytes);
        self.written += bytes.len() as u64;
        Ok(())
    }

    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// Gives the file its name, and writes beside it what it is.
    pub(crate) fn finish(mut self, location: String, etag: Option<String>) -> Result<(), Failure> {
        let (part, note) = (beside(&self.path, PART), beside(&self.path, ETAG));
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

/// Nothing that can be continued is nothing to leave.
impl Drop for Part {
    fn drop(&mut self) {
        if self.written == 0 && !self.is_finished {
            let _ = remove(&beside(&self.path, ETAG));
            let _ = remove(&beside(&self.path, PART));
        }
    }
}
