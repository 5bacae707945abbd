//! Members of an object whose meaning the contract does not know.
//!
//! They are a list and no map, as they have an order and may come twice, and as there are few: an object of the service
//! has none on most days, and two or three after it has moved on.

use std::fmt::{self, Debug, Formatter};
use std::ops::Index;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Json;
use crate::field::{Field, Shape, value};

/// The members of an object that the contract does not know: keys with their values, as the service sent them and in its
/// order.
///
/// A key that comes twice is there twice; [`get`](Self::get) returns its last value.
///
/// ```
/// use processing_results_runtime::JsonObject;
///
/// let extra: JsonObject = serde_json::from_str(r#"{"new_option": 7, "limit": 1e400}"#)?;
/// assert_eq!(extra["new_option"], 7);
/// assert_eq!(extra["limit"].raw(), "1e400");
/// assert!(extra.get("other").is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct JsonObject {
    members: Vec<(String, Json)>,
    /// A bit for each documented key that came as null: its field cannot distinguish null from absent.
    nulls: Vec<u64>,
}

impl JsonObject {
    /// No members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a key, of several the last.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        let mut members = self.members.iter().rev();
        members
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The keys, in the service's order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.members.iter().map(|(key, _)| key.as_str())
    }

    /// The members, in the service's order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Json)> {
        self.members
            .iter()
            .map(|(key, value)| (key.as_str(), value))
    }

    /// Sets a key to a value, at the end, and removes what it had before.
    ///
    /// ```
    /// # use processing_results_runtime::JsonObject;
    /// let mut extra = JsonObject::new();
    /// extra.insert("new_option", serde_json::json!(7));
    /// assert_eq!(extra["new_option"], 7);
    /// ```
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Json>) {
        let key = key.into();
        self.members.retain(|(name, _)| *name != key);
        self.members.push((key, value.into()));
    }

    /// Takes a key out, as often as it is there, and returns the value that it had last.
    ///
    /// ```
    /// # use processing_results_runtime::JsonObject;
    /// let mut extra: JsonObject = serde_json::from_str(r#"{"a": 1, "b": 2, "a": 3}"#)?;
    /// assert_eq!(extra.remove("a").ok_or("none")?, 3);
    /// assert!(extra.keys().eq(["b"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let value = self.get(key).cloned();
        self.members.retain(|(name, _)| name != key);
        value
    }

    /// Adds what was read.
    pub(crate) fn push(&mut self, key: String, value: Json) {
        self.members.push((key, value));
    }

    /// Notes that a documented key came as null.
    pub(crate) fn set_null(&mut self, position: usize) {
        let word = position / 64;
        if self.nulls.len() <= word {
            self.nulls.resize(word + 1, 0);
        }
        self.nulls[word] |= 1 << (position % 64);
    }

    /// Whether a documented key came as null.
    pub(crate) fn was_null(&self, position: usize) -> bool {
        let word = self.nulls.get(position / 64);
        word.is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    /// Writes the members to an object.
    ///
    /// # Errors
    /// The serializer's.
    #[doc(hidden)]
    pub fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.members
            .iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))
    }

    fn sorted(&self) -> Vec<&(String, Json)> {
        let mut members: Vec<_> = self.members.iter().collect();
        members.sort_by_key(|(key, _)| key);
        members
    }
}

/// The order of the members is no difference.
impl PartialEq for JsonObject {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.sorted() == other.sorted()
    }
}

impl Eq for JsonObject {}

/// Null where there is no such key, as in a value of `serde_json`.
impl Index<&str> for JsonObject {
    type Output = Json;

    fn index(&self, key: &str) -> &Json {
        static NULL: std::sync::LazyLock<Json> = std::sync::LazyLock::new(Json::default);
        self.get(key).unwrap_or(&NULL)
    }
}

/// Keys are shown; the value of an unknown key may be a secret.
impl Debug for JsonObject {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Into<String>, V: Into<Json>> FromIterator<(K, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let members = members
            .into_iter()
            .map(|(key, value)| (key.into(), value.into()));
        JsonObject {
            members: members.collect(),
            nulls: Vec::new(),
        }
    }
}

impl Serialize for JsonObject {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.len()))?;
        self.write(&mut map)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = JsonObject;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonObject, A::Error> {
                let mut object = JsonObject::new();
                while let Some(Key(key)) = map.next_key()? {
                    object.push(key, value(&mut map)?);
                }
                Ok(object)
            }
        }

        from.deserialize_map(Members)
    }
}

struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::read(from).map(Key)
    }
}

impl Field for JsonObject {
    const SHAPE: Shape = Shape::OPEN;

    fn empty() -> Self {
        JsonObject::new()
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for JsonObject {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "JsonObject".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": true })
    }
}
