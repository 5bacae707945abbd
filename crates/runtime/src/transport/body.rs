//! A response body, collected up to a limit that also counts what a
//! compressed body becomes.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use crate::response::TransportError;

/// The part of a body that has been received.
pub(super) enum Body {
    Plain(Limited),
    Gzip(Box<MultiGzDecoder<Limited>>),
}

/// Bytes up to a limit; one more is an error.
pub(super) struct Limited {
    /// Often the complete body; only copied if a second piece follows.
    first: Bytes,
    bytes: Vec<u8>,
    capacity: usize,
    limit: u64,
}

impl Body {
    /// An empty body of the encoding that the headers announce.
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

    /// Adds the next piece.
    pub(super) fn push(&mut self, piece: Bytes) -> Result<(), TransportError> {
        match self {
            Body::Plain(limited) => limited.push(piece),
            Body::Gzip(decoder) => decoder.write_all(&piece),
        }
        .map_err(classify)
    }

    /// The complete body.
    pub(super) fn finish(self) -> Result<Bytes, TransportError> {
        match self {
            Body::Plain(limited) => Ok(limited.finish()),
            Body::Gzip(decoder) => {
                let limited = decoder.finish().map_err(classify)?;
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

fn classify(error: io::Error) -> TransportError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => TransportError::TooLarge,
        // What does not decompress was damaged on the way, or cut off.
        _ => TransportError::Interrupted(error.into()),
    }
}
