//! Raw JSON from what is not JSON text: a value that serde holds in between, MessagePack, CBOR, YAML.
//!
//! A struct with `#[serde(flatten)]`, or an enum that is tagged or untagged, first reads its members into serde's own
//! `Content`, and then reads each of them from there. A history in such a type of the caller's is decoded all the same.

use std::fmt::{self, Formatter};

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::field::is_json;

/// A deserializer for raw JSON: of JSON it is the text; of what another format has, or what serde holds in between for
/// `flatten`, tagged and untagged enums, it is the text of that value.
pub(super) struct AnyFormat<D>(pub(super) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for AnyFormat<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0
            .deserialize_newtype_struct(name, Either { name, visitor })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Raw JSON under the name that `serde_json` has for it, or any other value.
///
/// serde_json's `RawValue` asks for a newtype struct of a secret name. Its own deserializer gives a map of one member,
/// which has the text; every other deserializer gives the value itself. That is the difference between the two.
struct Either<V> {
    name: &'static str,
    visitor: V,
}

impl<V> Either<V> {
    fn of_value<'de, E: de::Error>(self, value: &Value) -> Result<V::Value, E>
    where
        V: Visitor<'de>,
    {
        let text = value.to_string();
        // A reader: what is read must not borrow from the text.
        serde_json::Deserializer::from_reader(text.as_bytes())
            .deserialize_newtype_struct(self.name, self.visitor)
            .map_err(E::custom)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Either<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        match is_json::<A::Error>() {
            true => self.visitor.visit_map(map),
            false => {
                let value = Value::deserialize(MapAccessDeserializer::new(map))?;
                self.of_value(&value)
            }
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        let value = Value::deserialize(from)?;
        self.of_value(&value)
    }
}
