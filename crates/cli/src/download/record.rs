//! What is known of a file that is there: `NAME.sha256`, which `sha256sum -c` reads too.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::atomic_file::{beside, write_as};
use crate::text::hex;

/// Reads this much of a file at a time.
const CHUNK: usize = 64 * 1024;

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
        let text = fs::read_to_string(beside(path, END)).ok()?;
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
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let json = serde_json::to_string(self)?;
        let (whole, part) = (beside(path, END), beside(path, ".sha256.part"));
        let text = format!("# {json}\n{}  {name}\n", self.sha256);
        write_as(&whole, &part, None, |file| file.write_all(text.as_bytes()))
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
