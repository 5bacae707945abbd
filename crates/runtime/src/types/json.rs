//! JSON as text.
//!
//! The text is kept as `RawValue` keeps it, and read as a value once, when somebody looks into it: a history of 275 KB is
//! mostly configurations, and most callers never look into most of them.

use std::fmt::{self, Debug, Display, Formatter};
use std::ops::Index;
use std::sync::OnceLock;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use self::any_format::AnyFormat;
use crate::field::{Field, Shape, is_json};
use crate::json::canonical::{self, canonical};
use crate::json::scan::placeholder;

mod any_format;

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
