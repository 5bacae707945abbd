//! Lines that end.
//!
//! A file without line ends, such as `/dev/zero`, would be one line of endless length.

use std::io::{self, Read};

/// No line of ids, of a table or of JSON lines is that long.
const MAX_LINE: u64 = 16 << 20;

/// A reader that fails at a line without end, before memory does.
pub(super) struct Bounded<R> {
    inner: R,
    line: u64,
}

impl<R> Bounded<R> {
    pub(super) fn new(inner: R) -> Self {
        Bounded { inner, line: 0 }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.line = match buffer[..read].iter().rposition(|byte| *byte == b'\n') {
            Some(end) => (read - end) as u64,
            None => self.line + read as u64,
        };
        match self.line > MAX_LINE {
            true => Err(io::Error::other(format!(
                "it is longer than {} MiB",
                MAX_LINE >> 20
            ))),
            false => Ok(read),
        }
    }
}
