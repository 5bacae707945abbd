//! Decoding of generated structs in which every field is optional: they start
//! from nothing and are filled in, key by key.

use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

/// A struct that can be filled in. The build writes the implementations.
pub(crate) trait Fill: Default {
    const NAME: &'static str;
    /// The keys that the contract knows, in its order.
    const KEYS: &'static [&'static str];
    /// For each of them, whether it was there already.
    type Seen: AsMut<[bool]>;
    const UNSEEN: Self::Seen;

    fn position(key: &str) -> Option<usize>;

    /// Reads the value of the key at a position.
    fn fill<'de, A: MapAccess<'de>>(
        &mut self,
        position: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    fn extra(&mut self) -> &mut Map<String, Value>;
}

/// Decodes an object.
pub(crate) fn fill<'de, T: Fill, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(Filling(PhantomData))
}

/// Reads a value into its field. Apart from its caller, which has one call for
/// each field: within it, this would be compiled as many times.
#[inline(never)]
pub(crate) fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    field: &mut T,
    map: &mut A,
) -> Result<(), A::Error> {
    *field = map.next_value()?;
    Ok(())
}

struct Filling<T>(PhantomData<T>);

impl<'de, T: Fill> Visitor<'de> for Filling<T> {
    type Value = T;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut value = T::default();
        let mut seen = T::UNSEEN;
        while let Some(key) = map.next_key_seed(Known(T::position))? {
            match key {
                Key::Known(position) => {
                    if let Some(seen) = seen.as_mut().get_mut(position)
                        && std::mem::replace(seen, true)
                    {
                        return Err(A::Error::duplicate_field(T::KEYS[position]));
                    }
                    value.fill(position, &mut map)?;
                }
                Key::Unknown(key) => {
                    value.extra().insert(key, map.next_value()?);
                }
            }
        }
        Ok(value)
    }
}

enum Key {
    Known(usize),
    Unknown(String),
}

/// Reads a key, and finds its position.
struct Known(fn(&str) -> Option<usize>);

impl<'de> DeserializeSeed<'de> for Known {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Key, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Known {
    type Value = Key;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        Ok(match (self.0)(key) {
            Some(position) => Key::Known(position),
            None => Key::Unknown(key.to_owned()),
        })
    }
}
