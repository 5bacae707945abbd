//! A response body, collected up to a limit that also counts what a
//! compressed body becomes.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use super::Failure;

/// What is there of a body so far.
pub(super) enum Body {
    Plain(Limited),
    Gzip(Box<MultiGzDecoder<Limited>>),
}

/// Bytes up to a limit; one more is an error.
pub(super) struct Limited {
    /// The first piece is the whole body more often than not: it is not copied
    /// before a second one comes.
    first: Bytes,
    bytes: Vec<u8>,
    capacity: usize,
    limit: u64,
}

impl Body {
    /// A body as the headers announce it.
    pub(super) fn new(headers: &HeaderMap, announced: u64, limit: u64) -> Self {
        let encoding = headers
            .get(CONTENT_ENCODING)
            .map(|value| value.as_bytes().to_ascii_lowercase());
        let limited = Limited {
            first: Bytes::new(),
            bytes: Vec::new(),
            capacity: usize::try_from(announced.min(limit)).unwrap_or_default(),
            limit,
        };
        match encoding.as_deref() {
            Some(b"gzip" | b"x-gzip") => Body::Gzip(Box::new(MultiGzDecoder::new(limited))),
            _ => Body::Plain(limited),
        }
    }

    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: Bytes) -> Result<(), Failure> {
        match self {
            Body::Plain(limited) => limited.push(piece),
            Body::Gzip(decoder) => decoder.write_all(&piece),
        }
        .map_err(Failure::of_body)
    }

    /// The whole body.
    pub(super) fn finish(self) -> Result<Bytes, Failure> {
        match self {
            Body::Plain(limited) => Ok(limited.finish()),
            Body::Gzip(decoder) => {
                let limited = decoder.finish().map_err(Failure::of_body)?;
                Ok(limited.finish())
            }
        }
    }
}

impl Limited {
    fn push(&mut self, piece: Bytes) -> io::Result<()> {
        if self.first.is_empty() && self.bytes.is_empty() && piece.len() as u64 <= self.limit {
            self.first = piece;
            return Ok(());
        }
        self.write_all(&piece)
    }

    fn finish(self) -> Bytes {
        if self.bytes.is_empty() {
            return self.first;
        }
        self.bytes.into()
    }
}

impl Write for Limited {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let first = std::mem::take(&mut self.first);
        if (self.bytes.len() + first.len() + piece.len()) as u64 > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if self.bytes.is_empty() {
            self.bytes.reserve_exact(self.capacity);
            self.bytes.extend_from_slice(&first);
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Failure {
    fn of_body(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Failure::TooLarge,
            // What does not decompress was damaged on the way, or cut off.
            _ => Failure::Interrupted(error.into()),
        }
    }
}
