//! A reader of text whose lines have a maximum length.
//!
//! A file without line breaks, such as `/dev/zero` or a disk image, would be one line that is read until memory is used
//! up. With this reader it is an error: `it is longer than 16 MiB`.

use std::io::{self, Read};

/// Bytes of a line. No line of ids or of a table is that long.
pub(crate) const MAX_LINE: u64 = 16 << 20;
/// Bytes of JSON, which may be all in one line; 256 MiB are some million ids.
pub(crate) const MAX_JSON: u64 = 256 << 20;

/// Passes bytes on until a line is longer than `max`.
pub(crate) struct Bounded<R> {
    inner: R,
    max: u64,
    /// Bytes since the last line break.
    line: u64,
}

impl<R> Bounded<R> {
    /// Limits the lines of this reader.
    pub(crate) fn new(inner: R, max: u64) -> Self {
        Bounded {
            inner,
            max,
            line: 0,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.line = match buffer[..read].iter().rposition(|byte| *byte == b'\n') {
            Some(end) => (read - end) as u64,
            None => self.line + read as u64,
        };
        match self.line > self.max {
            true => Err(io::Error::other(format!(
                "it is longer than {} MiB",
                self.max >> 20
            ))),
            false => Ok(read),
        }
    }
}
