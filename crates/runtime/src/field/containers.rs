//! What holds values of another type: optional ones, lists and maps.
//!
//! serde has all of these, but reads what is in them by `Deserialize`, and calls a list a sequence and an object a map in
//! its messages, which end in the caller's error.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::read::Field;
use super::shape::Shape;

/// A value as [`Field::read`] reads it, where serde asks for a type that implements `Deserialize`.
pub(crate) struct Lenient<T>(pub(crate) T);

impl<'de, T: Field> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read(from).map(Lenient)
    }
}

/// Reads the value of a member.
///
/// # Errors
/// The decoder's.
pub(crate) fn value<'de, T: Field, A: MapAccess<'de>>(map: &mut A) -> Result<T, A::Error> {
    map.next_value::<Lenient<T>>().map(|value| value.0)
}

/// None if the value is null.
impl<T: Field> Field for Option<T> {
    const SHAPE: Shape = T::SHAPE;

    fn empty() -> Self {
        None
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::<Lenient<T>>::deserialize(from).map(|value| value.map(|value| value.0))
    }
}

impl<T: Field> Field for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn empty() -> Self {
        Vec::new()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(List(PhantomData))
    }
}

struct List<T>(PhantomData<T>);

impl<'de, T: Field> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(Lenient(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list)
    }
}

/// Of a key that comes twice, the last value counts.
impl<T: Field> Field for BTreeMap<String, T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);

    fn empty() -> Self {
        BTreeMap::new()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Field> Visitor<'de> for Entries<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(Lenient(key)) = map.next_key()? {
            entries.insert(key, value(&mut map)?);
        }
        Ok(entries)
    }
}
