//! An item: the text of its complete response, and what is read from it.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};
use std::io;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::parameters::scopes;

/// In an item's data: the statuses of its first responses. It is not served.
const RESPOND: &str = "respond";
const BOM: char = '\u{feff}';
const RESULTS: &str = "processing_results";

pub(crate) struct Item {
    pub(crate) id: String,
    /// The project and the organization that it belongs to, where the data says so.
    pub(crate) scope: BTreeMap<String, String>,
    pub(crate) respond: Vec<u16>,
    text: Bytes,
}

impl Item {
    /// The mark of UTF-8 that editors on Windows put before a text is left out: a response has none.
    pub(crate) fn read(mut text: String) -> io::Result<Self> {
        if text.starts_with(BOM) {
            text.drain(..BOM.len_utf8());
        }
        let Members(mut members) = serde_json::from_str(&text)?;
        let read = |name: &str| members.iter().rev().find(|(member, _)| member == name);
        let string = |name: &str| serde_json::from_str(read(name)?.1.get()).ok();
        let id = string("item_id").filter(|id: &String| !id.is_empty());
        let id = id.ok_or_else(|| invalid("the item has no string `item_id`"))?;
        let scope = scopes().filter_map(|name| Some((name.to_owned(), string(name)?)));
        let scope = scope.collect();
        let mut item = Item {
            id,
            scope,
            respond: Vec::new(),
            text: Bytes::new(),
        };
        if let Some((_, respond)) = read(RESPOND) {
            item.respond = serde_json::from_str(respond.get())
                .map_err(|_| invalid("the item's `respond` is not a list of statuses"))?;
            members.retain(|(name, _)| name != RESPOND);
            item.text = write(&members).into();
        } else {
            item.text = text.into();
        }
        Ok(item)
    }

    /// The response, byte by byte as it was given. With a field and a value, only the results with that value, each byte
    /// by byte.
    pub(crate) fn response(&self, narrowed: Option<(&str, &str)>) -> Bytes {
        let narrowed = narrowed.and_then(|(field, value)| narrow(&self.text, field, value));
        narrowed.map_or_else(|| self.text.clone(), Bytes::from)
    }
}

/// `None` if there is no list of results to narrow.
fn narrow(text: &[u8], field: &str, wanted: &str) -> Option<String> {
    let Members(mut members) = serde_json::from_slice(text).ok()?;
    let (_, list) = members.iter_mut().rfind(|(name, _)| name == RESULTS)?;
    let results: Vec<&RawValue> = serde_json::from_str(list.get()).ok()?;
    let is_wanted = |result: &&&RawValue| {
        let Ok(Members(members)) = serde_json::from_str(result.get()) else {
            return false;
        };
        let found = members.iter().rfind(|(name, _)| name == field);
        found
            .and_then(|(_, value)| serde_json::from_str::<String>(value.get()).ok())
            .is_some_and(|value| value == wanted)
    };
    let kept: Vec<_> = results
        .iter()
        .filter(is_wanted)
        .map(|result| result.get())
        .collect();
    let kept = RawValue::from_string(format!("[{}]", kept.join(","))).ok()?;
    *list = &kept;
    Some(write(&members))
}

fn write(members: &[(String, &RawValue)]) -> String {
    let member = |(name, value): &(String, &RawValue)| {
        format!("{}:{}", serde_json::Value::from(name.as_str()), value.get())
    };
    let members: Vec<_> = members.iter().map(member).collect();
    format!("{{{}}}", members.join(","))
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// A JSON object whose members keep their order and their text.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
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
        from.deserialize_map(Reader)
    }
}
