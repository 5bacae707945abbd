//! The record of a complete file: `NAME.sha256`, which `sha256sum -c` reads too.
//!
//! ```text
//! # {"location":"s3://outputs/a/report.md","etag":"\"9b2c\"","size":1536,"sha256":"3f2a..."}
//! 3f2a...  report-91c07d5e3f2a.md
//! ```
//!
//! It is made from what arrived, and compared with the file each time. A file that was edited has no valid record, and
//! is downloaded again.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::atomic_file::{each_chunk, unwritable, write_as};
use crate::exit::Failure;
use crate::paths::beside;
use crate::text::hex;

/// Bytes of a record or a note. They are a line or two; what is longer is something else.
const MAX_NOTE: u64 = 64 * 1024;

/// What is appended to the name of the file.
const END: &str = ".sha256";

/// What is known of a file. The first line of the record has it as JSON behind a `#`, the second the checksum in the form
/// of `sha256sum`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// As `s3://bucket/key`, for people; what follows a `?` is masked, since it may be a signature.
    pub(crate) location: String,
    /// The version of the object.
    pub(crate) etag: Option<String>,
    pub(crate) size: u64,
    pub(crate) sha256: String,
}

impl Record {
    /// The record of a file, if the file still is what it says: a regular file of this size and checksum.
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
        each_chunk(File::open(path).ok()?, |chunk| hash.update(chunk)).ok()?;
        (hex(&hash.finalize()) == record.sha256).then_some(record)
    }

    /// Writes the record beside the file, atomically.
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

/// The text of a small regular file; `None` if there is none. A pipe is not opened, since that would wait for a writer.
pub(crate) fn small_text(path: &Path) -> Option<String> {
    let data = fs::symlink_metadata(path).ok()?;
    let is_small = data.is_file() && data.len() <= MAX_NOTE;
    is_small.then(|| fs::read_to_string(path).ok()).flatten()
}

/// Whether this can be sent as an ETag: quoted, and visible ASCII. A file that anyone may have edited must not put
/// anything else into a header.
pub(crate) fn is_etag(text: &str) -> bool {
    text.contains('"') && text.bytes().all(|b| b.is_ascii_graphic())
}
