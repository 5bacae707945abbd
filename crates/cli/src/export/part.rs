//! A file that grows; only a known part of it counts.
//!
//! The checksum continues with each piece that is appended, so that a file of any size is read once, when it is
//! resumed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crc32fast::Hasher;
use serde::{Deserialize, Serialize};

use crate::atomic_file::options;

/// Rows that are gathered before they are written.
const BUFFER: usize = 64 * 1024;

/// The beginning of a file: its length and its checksum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Extent {
    bytes: u64,
    crc32: u32,
}

impl Extent {
    pub(super) fn is_empty(self) -> bool {
        self.bytes == 0
    }
}

/// A file that is only appended to. Its length and checksum are known at any time, without reading it again.
pub(super) struct GrowingFile {
    file: BufWriter<File>,
    bytes: u64,
    hasher: Hasher,
    is_synced: bool,
}

impl GrowingFile {
    /// Keeps the first part; an error if it is not what was written.
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
        let hasher = checksum(&mut (&file).take(extent.bytes))?;
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

    /// Appends to a buffer; only what was synced counts after a crash.
    pub(super) fn append(&mut self, data: &[u8]) -> io::Result<()> {
        self.file.write_all(data)?;
        self.hasher.update(data);
        self.bytes += data.len() as u64;
        self.is_synced &= data.is_empty();
        Ok(())
    }

    /// What there is, all of it on the disk now.
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

fn checksum(from: &mut impl Read) -> io::Result<Hasher> {
    let mut hasher = Hasher::new();
    let mut chunk = vec![0; BUFFER];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return Ok(hasher),
            Ok(read) => hasher.update(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
