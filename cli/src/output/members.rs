//! JSON that stays text: the members of an object, and small pieces.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// The members of an object, in order, none left out.
pub(crate) struct Members<'a>(pub(crate) Vec<(String, &'a RawValue)>);

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
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        from.deserialize_map(Each)
    }
}

/// The text behind a key, if it is one.
pub(super) fn text_of(members: &[(String, &RawValue)], key: &str) -> Option<String> {
    let (_, value) = members.iter().find(|(name, _)| name == key)?;
    serde_json::from_str(value.get()).ok()
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// JSON without the white space between its parts.
pub(super) fn on_one_line(json: &str) -> String {
    let (mut is_text, mut is_escaped) = (false, false);
    let kept = |c: &char| {
        match (is_text, is_escaped, c) {
            (true, false, '\\') => is_escaped = true,
            (_, false, '"') => is_text = !is_text,
            _ => is_escaped = false,
        }
        is_text || !c.is_ascii_whitespace()
    };
    json.chars().filter(kept).collect()
}
