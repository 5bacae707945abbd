//! A file that grows, of which only a known beginning counts.
//!
//! Its checksum is continued with each piece that is appended, so that a file of any size is read only once, when the
//! export is resumed: a beginning that was changed since is an error, not rows that are mixed up.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crc32fast::Hasher;
use serde::{Deserialize, Serialize};

use crate::atomic_file::{each_chunk, options};

/// Bytes of rows that are gathered before they are written.
const BUFFER: usize = 64 * 1024;

/// The beginning of a file, by its length in bytes and its checksum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Extent {
    bytes: u64,
    crc32: u32,
}

impl Extent {
    /// Whether nothing of the file counts.
    pub(super) fn is_empty(self) -> bool {
        self.bytes == 0
    }
}

/// A file that is only appended to.
pub(super) struct GrowingFile {
    file: BufWriter<File>,
    /// Length and checksum of everything so far, what is in the buffer included.
    bytes: u64,
    hasher: Hasher,
    /// Whether all of it is on the disk.
    is_synced: bool,
}

impl GrowingFile {
    /// Opens or creates the file, keeps its beginning, and cuts off the rest.
    ///
    /// # Errors
    /// The beginning is not what was written, or the path is not that of a regular file.
    pub(super) fn open(path: &Path, extent: Extent, is_private: bool) -> io::Result<Self> {
        if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
            let name = path.file_name().unwrap_or_default().display();
            return Err(io::Error::other(format!(
                "{name} exists, and is not a file"
            )));
        }
        let mut file = options(is_private)
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        let mut hasher = Hasher::new();
        each_chunk((&file).take(extent.bytes), |chunk| hasher.update(chunk))?;
        if file.metadata()?.len() < extent.bytes || hasher.clone().finalize() != extent.crc32 {
            let name = path.file_name().unwrap_or_default().display();
            return Err(io::Error::other(format!(
                "{name} has been changed since it was written; --force starts again"
            )));
        }
        file.set_len(extent.bytes)?;
        file.seek(SeekFrom::End(0))?;
        Ok(GrowingFile {
            file: BufWriter::with_capacity(BUFFER, file),
            bytes: extent.bytes,
            hasher,
            is_synced: true,
        })
    }

    /// Appends to the buffer. After a crash only what was synced is there.
    pub(super) fn append(&mut self, data: &[u8]) -> io::Result<()> {
        self.file.write_all(data)?;
        self.hasher.update(data);
        self.bytes += data.len() as u64;
        self.is_synced &= data.is_empty();
        Ok(())
    }

    /// Writes everything to the disk, and returns what there is.
    pub(super) fn sync(&mut self) -> io::Result<Extent> {
        if !self.is_synced {
            self.file.flush()?;
            self.file.get_ref().sync_data()?;
            self.is_synced = true;
        }
        Ok(Extent {
            bytes: self.bytes,
            crc32: self.hasher.clone().finalize(),
        })
    }
}
