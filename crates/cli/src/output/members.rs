//! Objects of JSON whose values stay text.
//!
//! Output shows values as the service sent them. Parsed to numbers and written again, `1.0` would become `1`, and
//! `12345678901234567890.5` another number; a name that occurs twice would lose a value.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// A name, decoded, and the text of its value.
pub(crate) type Member<'a> = (Cow<'a, str>, &'a RawValue);

/// Of more members than this, [`Members::get`] does not look at each: an object may have a hundred thousand.
const MAX_SEARCHED: usize = 32;

/// The members of an object, in their order. Names may repeat.
pub(crate) struct Members<'a>(
    pub(crate) Vec<Member<'a>>,
    /// The first value of each name, for many members.
    OnceCell<HashMap<Cow<'a, str>, &'a str>>,
);

impl<'a> Members<'a> {
    /// The members of an object; `None` if the text is not an object.
    pub(crate) fn read(json: &'a str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// The first value with this name.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        if self.0.len() > MAX_SEARCHED {
            return self.1.get_or_init(|| self.index()).get(key).copied();
        }
        let (_, value) = self.0.iter().find(|(name, _)| name == key)?;
        Some(value.get())
    }

    fn index(&self) -> HashMap<Cow<'a, str>, &'a str> {
        // Of the same name, the first is put in last.
        let members = self.0.iter().rev();
        members
            .map(|(name, value)| (name.clone(), value.get()))
            .collect()
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;

        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Key(key), value)) = map.next_entry()? {
                    members.push((key, value));
                }
                Ok(Members(members, OnceCell::new()))
            }
        }

        from.deserialize_map(Each)
    }
}

/// A name. It is borrowed from the text if there is no escape in it.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

/// Appends a text as JSON. Most texts have nothing to escape, and are copied.
pub(super) fn quote(text: &str, out: &mut String) {
    let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\');
    if text.bytes().all(is_plain) {
        out.extend(["\"", text, "\""]);
    } else {
        out.push_str(&Value::from(text).to_string());
    }
}
