//! Texts.
//!
//! JSON allows `"\ud83d"`, half of a surrogate pair (RFC 8259, section 8.2), and services that cut texts by UTF-16 units
//! send it. Rust's strings cannot hold it and serde_json refuses it as text, with the complete response. As bytes it
//! accepts it, so texts of JSON are read as bytes.

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Unexpected, Visitor};

use super::read::{Field, is_lenient};
use super::shape::Shape;

/// Reads a text; half of a surrogate pair in it becomes U+FFFD. Borrowed where the format lends it, and nothing was escaped.
///
/// # Errors
/// The decoder's: another type.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Cow<'de, str>, D::Error> {
    match is_lenient::<D::Error>() {
        true => from.deserialize_bytes(Text),
        false => from.deserialize_str(Text),
    }
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }

    fn visit_borrowed_bytes<E: Error>(self, text: &'de [u8]) -> Result<Self::Value, E> {
        match std::str::from_utf8(text) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Ok(Cow::Owned(lossy(text))),
        }
    }

    fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<Self::Value, E> {
        match std::str::from_utf8(text) {
            Ok(text) => Ok(Cow::Owned(text.to_owned())),
            Err(_) => Ok(Cow::Owned(lossy(text))),
        }
    }

    /// Refuses an array behind its end, where `JsonPath` looks for it.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(Unexpected::Seq, &self))
    }
}

/// The text of bytes in which a half of a surrogate pair, such as `\ud83d` in JSON, may stand as the three bytes that UTF-8
/// would have for it (WTF-8): each half becomes one U+FFFD, where `String::from_utf8_lossy` would make three of it.
pub(crate) fn lossy(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        out.push_str(chunk.valid());
        if chunk
            .invalid()
            .first()
            .is_some_and(|byte| byte & 0xC0 != 0x80)
        {
            out.push(char::REPLACEMENT_CHARACTER);
        }
    }
    out
}

impl Field for String {
    const SHAPE: Shape = Shape::Text;

    fn empty() -> Self {
        String::new()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from).map(Cow::into_owned)
    }
}
