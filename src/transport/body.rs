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
    bytes: Vec<u8>,
    limit: u64,
}

impl Body {
    /// A body as the headers announce it.
    pub(super) fn new(headers: &HeaderMap, announced: u64, limit: u64) -> Self {
        let encoding = headers
            .get(CONTENT_ENCODING)
            .map(|value| value.as_bytes().to_ascii_lowercase());
        let bytes = Vec::with_capacity(usize::try_from(announced.min(limit)).unwrap_or_default());
        let limited = Limited { bytes, limit };
        match encoding.as_deref() {
            Some(b"gzip" | b"x-gzip") => Body::Gzip(Box::new(MultiGzDecoder::new(limited))),
            _ => Body::Plain(limited),
        }
    }

    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: &[u8]) -> Result<(), Failure> {
        match self {
            Body::Plain(limited) => limited.write_all(piece),
            Body::Gzip(decoder) => decoder.write_all(piece),
        }
        .map_err(Failure::of_body)
    }

    /// The whole body.
    pub(super) fn finish(self) -> Result<Bytes, Failure> {
        match self {
            Body::Plain(limited) => Ok(limited.bytes.into()),
            Body::Gzip(decoder) => {
                let limited = decoder.finish().map_err(Failure::of_body)?;
                Ok(limited.bytes.into())
            }
        }
    }
}

impl Write for Limited {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if (self.bytes.len() + piece.len()) as u64 > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
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
