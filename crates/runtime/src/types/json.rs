//! JSON as text.
//!
//! The text is kept as `RawValue` keeps it, and read as a value once, when somebody looks into it: a history of 275 KB is
//! mostly configurations, and most callers never look into most of them.

use std::fmt::{self, Debug, Display, Formatter};
use std::ops::Index;
use std::sync::OnceLock;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::field::{Field, Shape, is_json};
use crate::json::canonical::{self, canonical};
use crate::json::scan::placeholder;

/// A JSON value whose meaning the contract does not know, as the exact text that the service sent.
///
/// Numbers of any size and precision, nulls, the order of keys and keys that come twice stay as they are. Two are equal
/// if their JSON is, whatever the white space, the order of keys and the notation of numbers and texts.
///
/// ```
/// use processing_results_runtime::Json;
///
/// let json: Json = serde_json::from_str(r#"{"pages": [1, 2.50],  "limit": 1e400}"#)?;
/// assert_eq!(json.raw(), r#"{"pages": [1, 2.50],  "limit": 1e400}"#);
/// assert_eq!(json["pages"][0], 1);
/// assert_eq!(json, serde_json::from_str::<Json>(r#"{"limit": 10e399, "pages": [1.0, 2.5]}"#)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Json {
    text: Box<RawValue>,
    /// Read from the text when it is first needed.
    value: OnceLock<Box<Value>>,
}

impl Json {
    /// The JSON text.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.text.get()
    }

    /// Reads the text as a type of your own.
    ///
    /// ```
    /// let json = processing_results_runtime::Json::from(serde_json::json!({"pages": [1, 2]}));
    /// let pages: std::collections::HashMap<String, Vec<u32>> = json.decode()?;
    /// assert_eq!(pages["pages"], [1, 2]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    /// The text does not decode as that type.
    pub fn decode<'de, T: Deserialize<'de>>(&'de self) -> serde_json::Result<T> {
        serde_json::from_str(self.raw())
    }

    /// The JSON as a value. What a [`Value`] cannot hold is its text there: a number beyond what a float can hold, or
    /// nesting beyond all measure. Half of a surrogate pair in a text is U+FFFD.
    #[must_use]
    pub fn value(&self) -> &Value {
        self.value
            .get_or_init(|| Box::new(canonical::value(self.raw())))
    }

    /// A member of an object; none if there is no such member, or this is no object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.value().get(key)
    }

    /// From what serializes as JSON.
    ///
    /// ```
    /// let json = processing_results_runtime::Json::of(&("a", 1.5))?;
    /// assert_eq!(json.raw(), r#"["a",1.5]"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    /// The value cannot be JSON.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        to_raw_value(value).map(Json::from)
    }
}

impl From<Box<RawValue>> for Json {
    fn from(text: Box<RawValue>) -> Self {
        let value = OnceLock::new();
        Json { text, value }
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        // A value always serializes.
        Json::from(to_raw_value(&value).unwrap_or_default())
    }
}

/// Null.
impl Default for Json {
    fn default() -> Self {
        Json::from(RawValue::NULL.to_owned())
    }
}

/// Null where there is no such member or item.
impl<I: serde_json::value::Index> Index<I> for Json {
    type Output = Value;

    fn index(&self, index: I) -> &Value {
        &self.value()[index]
    }
}

/// Only the type is shown: the value may be a secret.
impl Debug for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&placeholder(self.raw().bytes().next().unwrap_or_default()))
    }
}

/// The JSON text.
impl Display for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.raw())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.raw() == other.raw() || canonical(self.raw()) == canonical(other.raw())
    }
}

impl Eq for Json {}

macro_rules! equal {
    ($($type:ty)*) => {$(
        impl PartialEq<$type> for Json {
            fn eq(&self, other: &$type) -> bool {
                self.value() == other
            }
        }
    )*};
}
equal!(Value str &str String bool i32 i64 u32 u64 usize f64);

/// As it is where JSON is written; in another format, the value that the text stands for.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if is_json::<S::Error>() {
            return self.text.serialize(to);
        }
        self.value().serialize(to)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(AnyFormat(from)).map(Json::from)
    }
}

impl Field for Json {
    const SHAPE: Shape = Shape::Unknown;

    fn empty() -> Self {
        Json::default()
    }
}

/// A deserializer for raw JSON: of JSON it is the text; of what another format has, or what serde holds in between for
/// `flatten`, tagged and untagged enums, it is the text of that value.
struct AnyFormat<D>(D);

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
/// which has the text; every other deserializer gives the value itself. That is what tells the two apart.
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

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Json {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Json".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({})
    }
}
