//! JSON text, opened one level at a time: keys that come twice, numbers of any size and texts that are not
//! Unicode are all still there, as they are for a client that keeps the text.
//!
//! `{"a": 1e400, "a": "\ud800"}` is an object with two entries, whose values are the texts `1e400` and
//! `"\ud800"`.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A value, opened.
pub(crate) enum Json<'j> {
    Null,
    Boolean,
    /// As it is written.
    Number(&'j str),
    /// `None` where an escape stands for half a character.
    Text(Option<Cow<'j, str>>),
    Array(Vec<&'j RawValue>),
    Object(Vec<(Cow<'j, str>, &'j RawValue)>),
    /// An object with a key that is not Unicode.
    Unreadable,
}

/// Opens a value; what it contains stays text. The first byte of valid JSON says what it is.
pub(crate) fn open(raw: &RawValue) -> Json<'_> {
    let text = raw.get();
    let mut reader = serde_json::Deserializer::from_str(text);
    match text.as_bytes().first() {
        Some(b'n') => Json::Null,
        Some(b't' | b'f') => Json::Boolean,
        Some(b'"') => Json::Text(unquoted(text)),
        Some(b'[') => serde_json::from_str(text).map_or(Json::Unreadable, Json::Array),
        Some(b'{') => (reader.deserialize_map(Entries)).map_or(Json::Unreadable, Json::Object),
        _ => Json::Number(text),
    }
}

/// The text without its quotes, borrowed unless it has escapes; `None` for half a surrogate pair.
fn unquoted(text: &str) -> Option<Cow<'_, str>> {
    match text.contains('\\') {
        true => serde_json::from_str::<String>(text).ok().map(Cow::Owned),
        false => text.get(1..text.len() - 1).map(Cow::Borrowed),
    }
}

/// Reads an object with all its entries, for which `serde_json` has no type of its own.
struct Entries;

impl<'j> Visitor<'j> for Entries {
    type Value = Vec<(Cow<'j, str>, &'j RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = from.next_entry::<String, &'j RawValue>()? {
            entries.push((Cow::Owned(key), value));
        }
        Ok(entries)
    }
}
