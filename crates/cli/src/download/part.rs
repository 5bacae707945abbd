//! A file on its way: written beside its name, continued by a later run, and whole once it has the name.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::record::{Record, hex};
use crate::exit::{Exit, Failure};
use crate::text;

/// Ends of the names of what is beside an output.
const PART: &str = ".part";
const ETAG: &str = ".part.etag";

/// Reads this much of a file at a time.
const CHUNK: usize = 64 * 1024;

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
    /// Opens what an earlier run left, or begins anew.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let part = beside(path, PART);
        if fs::symlink_metadata(&part).is_ok_and(|found| !found.is_file()) {
            return Err(unwritable(&part, "it is there, and no file"));
        }
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&part);
        let file = file.map_err(|error| unwritable(&part, error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(unwritable(&part, "another download is writing it"));
            }
            // There are file systems without locks.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        // Another run may have been done with it between the two.
        if !part.exists() {
            return Err(unwritable(
                &part,
                "another download has just been writing it: try again",
            ));
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

    /// Of which version of the object something is there, if that is known.
    pub(crate) fn resumable(&self) -> Option<String> {
        let etag = fs::read_to_string(beside(&self.path, ETAG)).ok()?;
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
        let emptied = removed(&note)
            .and_then(|()| self.file.set_len(0))
            .and_then(|()| self.file.seek(SeekFrom::Start(0)));
        emptied.map_err(|error| self.unwritable(error))?;
        (self.written, self.hash) = (0, Sha256::new());
        match etag.filter(|etag| is_etag(etag) && !etag.starts_with("W/")) {
            Some(etag) => fs::write(&note, etag).map_err(|error| unwritable(&note, error)),
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
        record
            .write(&self.path)
            .and_then(|()| removed(&note))
            .map_err(|error| unwritable(&note, error))
    }

    fn unwritable(&self, error: io::Error) -> Failure {
        unwritable(&beside(&self.path, PART), error)
    }
}

/// Nothing that can be continued is nothing to leave.
impl Drop for Part {
    fn drop(&mut self) {
        if self.written == 0 && !self.is_finished {
            let _ = removed(&beside(&self.path, ETAG));
            let _ = removed(&beside(&self.path, PART));
        }
    }
}

/// Reads to the end, and says how much that was.
pub(crate) fn digest(from: &mut File, hash: &mut Sha256) -> io::Result<u64> {
    let mut chunk = vec![0; CHUNK];
    let mut total = 0;
    loop {
        let read = match from.read(&mut chunk) {
            Ok(0) => return Ok(total),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(&chunk[..read]);
        total += read as u64;
    }
}

/// Whether this can be sent as an ETag. What is in a file may have been changed by anyone.
pub(crate) fn is_etag(text: &str) -> bool {
    text.contains('"') && text.bytes().all(|b| b.is_ascii_graphic())
}

/// The path with this behind its name.
pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn removed(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn unwritable(path: &Path, why: impl std::fmt::Display) -> Failure {
    let path = text::escaped(&path.display().to_string());
    Failure::new(Exit::Output, format!("{path} cannot be written: {why}"))
}
