//! Decoding of generated structs in which every field is optional: it starts from the default value and sets the
//! fields that the text has.

use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

/// A struct whose fields are all optional: the code generator writes the implementations.
pub trait DecodeFields: Default {
    /// Its name.
    const NAME: &'static str;
    /// Its documented keys, in the order of the contract.
    const KEYS: &'static [&'static str];
    /// For each of them, whether it has been found.
    type Found: AsMut<[bool]>;
    /// None of them.
    const NONE_FOUND: Self::Found;

    /// The position of a documented key.
    fn position(key: &str) -> Option<usize>;

    /// Reads the value of the key at a position.
    ///
    /// # Errors
    /// The decoder's.
    fn decode_field<'de, A: MapAccess<'de>>(
        &mut self,
        position: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// The undocumented keys.
    fn extra(&mut self) -> &mut Map<String, Value>;
}

/// Decodes an object.
///
/// # Errors
/// The decoder's: not an object, a value of another type, a documented key twice.
pub fn decode_fields<'de, T: DecodeFields, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(StructVisitor(PhantomData))
}

/// Reads a value into its field.
///
/// # Errors
/// The decoder's.
// Not inlined into its caller, which has a call for each field: it would be compiled as many times.
#[inline(never)]
pub fn read_into<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    field: &mut T,
    map: &mut A,
) -> Result<(), A::Error> {
    *field = map.next_value()?;
    Ok(())
}

struct StructVisitor<T>(PhantomData<T>);

impl<'de, T: DecodeFields> Visitor<'de> for StructVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut value = T::default();
        let mut found = T::NONE_FOUND;
        while let Some(key) = map.next_key_seed(Known(T::position))? {
            match key {
                Key::Known(position) => {
                    if let Some(found) = found.as_mut().get_mut(position)
                        && std::mem::replace(found, true)
                    {
                        return Err(A::Error::duplicate_field(T::KEYS[position]));
                    }
                    value.decode_field(position, &mut map)?;
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
