//! What is known of a file that is there: `NAME.sha256`, which `sha256sum -c` reads too.
//!
//! The record is made of what arrived, and checked against the file each time: it attests the file as the
//! store sent it.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::atomic_file::{beside, unwritable, write_as};
use crate::exit::Failure;
use crate::text::hex;

/// Reads this much of a file at a time.
const CHUNK: usize = 64 * 1024;

/// Notes are a line or two.
const MAX_NOTE: u64 = 64 * 1024;

const END: &str = ".sha256";

/// The first line of the file is this as JSON behind a `#`, the second the checksum's usual line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) location: String,
    /// Which version of the object it is.
    pub(crate) etag: Option<String>,
    pub(crate) size: u64,
    pub(crate) sha256: String,
}

impl Record {
    /// The record of a file that is as its record says; none if anything about it is not.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let text = small_text(&beside(path, END))?;
        let record: Record = serde_json::from_str(text.lines().next()?.strip_prefix("# ")?).ok()?;
        if record.etag.as_deref().is_some_and(|etag| !is_etag(etag)) {
            return None;
        }
        let found = fs::symlink_metadata(path).ok()?;
        if !found.is_file() || found.len() != record.size {
            return None;
        }
        let mut hash = Sha256::new();
        digest(&mut File::open(path).ok()?, &mut hash).ok()?;
        (hex(&hash.finalize()) == record.sha256).then_some(record)
    }

    /// Writes it beside the file, all at once.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        let to = beside(path, END);
        self.write_to(path, &to)
            .map_err(|error| unwritable(&to, error))
    }

    fn write_to(&self, path: &Path, to: &Path) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let json = serde_json::to_string(self)?;
        let (whole, part) = (to, beside(path, ".sha256.part"));
        let text = format!("# {json}\n{}  {name}\n", self.sha256);
        write_as(whole, &part, None, |file| file.write_all(text.as_bytes()))
    }
}

/// The text of a small file; none if there is no such file, or it is a pipe that would be waited for.
pub(crate) fn small_text(path: &Path) -> Option<String> {
    let data = fs::symlink_metadata(path).ok()?;
    let is_small = data.is_file() && data.len() <= MAX_NOTE;
    is_small.then(|| fs::read_to_string(path).ok()).flatten()
}

/// Reads to the end, and says how much that was.
pub(crate) fn digest(from: &mut impl Read, hash: &mut Sha256) -> io::Result<u64> {
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
