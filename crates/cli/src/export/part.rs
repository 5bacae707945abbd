//! A file that grows, of which a known part counts.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

/// Rows that are gathered before they are written.
const BUFFER: usize = 64 * 1024;

pub(super) struct Part {
    file: BufWriter<File>,
    bytes: u64,
    is_synced: bool,
}

impl Part {
    /// With so many bytes of what is there; none of them is made up if there are fewer.
    pub(super) fn open(path: &Path, bytes: u64) -> io::Result<Self> {
        let mut file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        let found = file.metadata()?.len();
        if found < bytes {
            return Err(io::Error::other(format!(
                "{bytes} bytes were written to {}, and {found} are there",
                path.display()
            )));
        }
        file.set_len(bytes)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Part {
            file: BufWriter::with_capacity(BUFFER, file),
            bytes,
            is_synced: true,
        })
    }

    pub(super) fn append(&mut self, data: &[u8]) -> io::Result<()> {
        self.file.write_all(data)?;
        self.bytes += data.len() as u64;
        self.is_synced &= data.is_empty();
        Ok(())
    }

    /// How much there is, all of it on the disk now.
    pub(super) fn sync(&mut self) -> io::Result<u64> {
        if !self.is_synced {
            self.file.flush()?;
            self.file.get_ref().sync_data()?;
            self.is_synced = true;
        }
        Ok(self.bytes)
    }
}
