//! A response body: collected up to a limit, then rid of its compression, which has the same limit.
//!
//! reqwest can decompress, but refuses a body that is gzip by name only, as gateways send it. Here such bodies are read, and
//! both sizes are bounded: 10 MB of zeros are 10 KB of gzip.

use std::io::{self, Read};

use bytes::Bytes;
use flate2::bufread::GzDecoder;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use serde::de::IgnoredAny;

use crate::response::TransportError;

/// With these bytes every gzip member begins.
const GZIP: &[u8] = &[0x1f, 0x8b];
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The part of a body that has been received.
pub(super) struct Body {
    /// Often the complete body; only copied if a second piece follows.
    first: Bytes,
    bytes: Vec<u8>,
    capacity: usize,
    limit: u64,
}

impl Body {
    /// An empty body of this announced length.
    pub(super) fn new(announced: u64, limit: u64) -> Self {
        Body {
            first: Bytes::new(),
            bytes: Vec::new(),
            capacity: usize::try_from(announced.min(limit)).unwrap_or_default(),
            limit,
        }
    }

    /// Adds the next piece, unless the body becomes larger than its limit.
    pub(super) fn push(&mut self, piece: Bytes) -> Result<(), TransportError> {
        let len = self.bytes.len() + self.first.len() + piece.len();
        if len as u64 > self.limit {
            return Err(TransportError::TooLarge);
        }
        if self.bytes.is_empty() {
            if self.first.is_empty() {
                self.first = piece;
                return Ok(());
            }
            self.bytes.reserve_exact(self.capacity.max(len));
            self.bytes
                .extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.bytes.extend_from_slice(&piece);
        Ok(())
    }

    /// What was received.
    pub(super) fn finish(self) -> Bytes {
        match self.bytes.is_empty() {
            true => self.first,
            false => self.bytes.into(),
        }
    }
}

/// Undoes what the headers say was done to a body, and leaves UTF-8 without a byte order mark.
pub(super) fn decode(
    status: StatusCode,
    headers: &HeaderMap,
    mut body: Bytes,
    limit: u64,
) -> Result<Bytes, TransportError> {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let text: Vec<_> = values.filter_map(|value| value.to_str().ok()).collect();
    let text = text.join(",").to_ascii_lowercase();
    // The last one was applied last.
    for name in text.split(',').map(str::trim).rev() {
        match name {
            // Gateways name an encoding where there is nothing to encode.
            _ if body.is_empty() => {}
            "" | "identity" => {}
            "gzip" | "x-gzip" => body = gunzip(body, limit)?,
            // So do some that name what is no encoding, or what another one undid.
            _ if serde_json::from_slice::<IgnoredAny>(&body).is_ok() => {}
            other => return Err(unreadable(status, "encoding", other)),
        }
    }
    // Some gateways compress without a word.
    body = gunzip(body, limit)?;
    if let Some(charset) = wide(&body) {
        return Err(unreadable(status, "character set", charset));
    }
    if body.starts_with(BYTE_ORDER_MARK) {
        body = body.slice(BYTE_ORDER_MARK.len()..);
    }
    match charset(headers) {
        Some(charset) if std::str::from_utf8(&body).is_err() => {
            Err(unreadable(status, "character set", &charset))
        }
        _ => Ok(body),
    }
}

/// The member or members of a gzip body. One that is gzip by name only is returned as it is, and what follows the last
/// member is padding.
fn gunzip(body: Bytes, limit: u64) -> Result<Bytes, TransportError> {
    if !body.starts_with(GZIP) {
        return Ok(body);
    }
    let damaged = |error: io::Error| TransportError::Interrupted(error.into());
    let (mut plain, mut rest) = (Vec::new(), &body[..]);
    while rest.starts_with(GZIP) {
        // One byte more than allowed shows that the text is too long.
        let most = (limit + 1).saturating_sub(plain.len() as u64);
        let mut decoder = GzDecoder::new(rest).take(most);
        decoder.read_to_end(&mut plain).map_err(damaged)?;
        if plain.len() as u64 > limit {
            return Err(TransportError::TooLarge);
        }
        rest = decoder.into_inner().into_inner();
    }
    Ok(plain.into())
}

/// The character set of a text whose letters take two or four bytes: one of the first is zero, or it has a mark.
fn wide(body: &[u8]) -> Option<&'static str> {
    match body {
        [0, 0, ..] | [_, 0, 0, 0, ..] | [0xff, 0xfe, 0, 0, ..] => Some("utf-32"),
        [0, _, ..] | [_, 0, ..] | [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("utf-16"),
        _ => None,
    }
}

/// The character set that the headers name, if it is not UTF-8.
fn charset(headers: &HeaderMap) -> Option<String> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let content_type = content_type.to_ascii_lowercase();
    let (_, charset) = content_type.split_once("charset=")?;
    let charset = charset.split(';').next()?.trim().trim_matches('"');
    Some(charset.to_owned()).filter(|charset| !matches!(charset.as_str(), "utf-8" | "utf8"))
}

fn unreadable(status: StatusCode, what: &str, name: &str) -> TransportError {
    // The name is the service's text: nothing but a short word is repeated.
    let is_word = name.len() <= 20 && name.bytes().all(|byte| byte.is_ascii_graphic());
    let name = if is_word { name } else { "of unknown name" };
    TransportError::Encoded(status, format!("{what} {name}"))
}
