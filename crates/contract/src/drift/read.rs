//! Responses from files: one, an array of them, or lines of them; UTF-8 or UTF-16, with a byte order mark or without.
//!
//! ```json
//! {"item_id": "1", "processing_results": []}
//! ```
//!
//! is one response, as `curl` saves it; `[{...}, {...}]` are two; and so are two lines with an object each, as the
//! command's `export` writes them. PowerShell saves in UTF-16, which is why that is read. Each response is kept as its
//! JSON text: a number of any length, and a key that comes twice, are still there when it is compared.

use serde_json::value::RawValue;
use std::fmt;

/// JSON texts that are each one response, or one processing result out of one.
#[derive(Clone, Debug)]
pub struct Response(pub(super) Box<RawValue>);

/// Why a file holds no responses. The texts complete a sentence that begins with the name of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Neither UTF-8 nor UTF-16.
    NotText,
    /// Not JSON from this line and column on, both from 1.
    NotJson {
        /// The line.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// No response at all, so that it cannot be compared.
    Empty,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NotText => write!(f, "is neither UTF-8 nor UTF-16"),
            ReadError::NotJson { line, column } => {
                write!(f, "is not JSON at line {line}, column {column}")
            }
            ReadError::Empty => write!(f, "has no response in it"),
        }
    }
}

impl std::error::Error for ReadError {}

/// The responses in a file: as the service sends them, as an array of them, or as lines such as `export` writes.
///
/// # Errors
///
/// If the file is not text, is not JSON, or has no response in it.
///
/// ```
/// use processing_results_contract::drift;
///
/// assert_eq!(drift::read(b"\xef\xbb\xbf{\"item_id\": \"1\"}\n{\"item_id\": \"2\"}\n").unwrap().len(), 2);
/// assert_eq!(drift::read(b"[]").unwrap_err().to_string(), "has no response in it");
/// ```
pub fn read(bytes: &[u8]) -> Result<Vec<Response>, ReadError> {
    let text = text(bytes).ok_or(ReadError::NotText)?;
    let mut responses = Vec::new();
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Box<RawValue>>() {
        let value = value.map_err(|error| ReadError::NotJson {
            line: error.line(),
            column: error.column(),
        })?;
        match serde_json::from_str::<Vec<Box<RawValue>>>(value.get()) {
            Ok(many) => responses.extend(many.into_iter().map(Response)),
            Err(_) => responses.push(Response(value)),
        }
    }
    match responses.is_empty() {
        true => Err(ReadError::Empty),
        false => Ok(responses),
    }
}

/// The text of a file. JSON starts with an ASCII character, so where the zero is says which UTF-16 it is.
fn text(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [_, 0, ..] => utf16(bytes, u16::from_le_bytes),
        [0, _, ..] => utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

/// `None` for half a unit at the end, and for a surrogate without the other.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}
