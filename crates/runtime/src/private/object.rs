//! Reading, writing and printing of generated structs. Derived code would buffer unknown members, refuse odd values,
//! and hold a variable for each field until the last is read, which takes the compiler longer than all the rest.
//!
//! A struct begins with nothing in it. Each key is looked up as bytes in a `match` that the compiler makes a search of, and
//! its value is read into the field at once:
//!
//! ```text
//! {"lang": "en", "max_pages": null, "new_option": 7}
//!   lang        -> has a position, is read into `self.lang`, and is set
//!   max_pages   -> has a position, is read and not set: noted as null, so that it is written as null again
//!   new_option  -> no position: pushed to `extra` as JSON text
//! ```

use std::fmt::{self, Debug, Formatter};
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::SerializeMap;

use crate::field::{Field, is_lenient, lossy, value};
use crate::types::JsonObject;

/// A generated struct: the code generator writes the implementations.
pub trait Object: Sized {
    /// Its name.
    const NAME: &'static str;
    /// Its documented keys, in alphabetical order.
    const KEYS: &'static [&'static str];
    /// Positions of the keys that must be there.
    const REQUIRED: &'static [usize];
    /// For each key, whether it has been found.
    type Found: AsMut<[bool]>;
    /// None of them.
    const NONE_FOUND: Self::Found;

    /// The struct before anything has been read.
    fn nothing() -> Self;

    /// The position of a documented key, given as bytes: most keys are known, and need not be checked for UTF-8.
    fn position(key: &[u8]) -> Option<usize>;

    /// Reads the value of the key at a position, and returns whether it is set.
    ///
    /// # Errors
    /// The decoder's.
    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        position: usize,
        map: &mut A,
    ) -> Result<bool, A::Error>;

    /// The undocumented keys.
    fn extra(&self) -> &JsonObject;

    /// The undocumented keys.
    fn extra_mut(&mut self) -> &mut JsonObject;
}

/// Reads an object.
///
/// # Errors
/// The decoder's: not an object, a value of another type, a documented key twice, a required key missing.
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(ObjectVisitor(PhantomData))
}

/// Reads a value into its field.
///
/// # Errors
/// The decoder's.
// Not inlined into its caller, which has a call for each field: it would be compiled as many times.
#[inline(never)]
pub fn read_into<'de, T: Field, A: MapAccess<'de>>(
    field: &mut T,
    map: &mut A,
) -> Result<bool, A::Error> {
    *field = value(map)?;
    Ok(field.is_set())
}

/// Writes a field that is set, or was null in what was read.
///
/// # Errors
/// The serializer's.
#[inline(never)]
pub fn write_field<T: Field + Serialize, M: SerializeMap>(
    (position, key): (usize, &'static str),
    field: &T,
    extra: &JsonObject,
    map: &mut M,
) -> Result<(), M::Error> {
    match field.is_set() || extra.was_null(position) {
        true => map.serialize_entry(key, field),
        false => Ok(()),
    }
}

/// The `Debug` of generated structs: the fields that are set.
///
/// # Errors
/// The formatter's.
pub fn debug(
    name: &str,
    fields: &[(&str, bool, &dyn Debug)],
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, _, field) in fields.iter().filter(|(_, is_set, _)| *is_set) {
        shown.field(name, field);
    }
    shown.finish()
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut object = T::nothing();
        let mut found = T::NONE_FOUND;
        let found = found.as_mut();
        while let Some(key) = map.next_key_seed(Known(T::position))? {
            match key {
                ObjectKey::Known(position) => {
                    if std::mem::replace(&mut found[position], true) {
                        return Err(A::Error::duplicate_field(T::KEYS[position]));
                    }
                    if !object.read_field(position, &mut map)? {
                        object.extra_mut().set_null(position);
                    }
                }
                ObjectKey::Unknown(key) => {
                    let value = value(&mut map)?;
                    object.extra_mut().push(key, value);
                }
            }
        }
        match T::REQUIRED.iter().find(|position| !found[**position]) {
            Some(position) => Err(A::Error::missing_field(T::KEYS[*position])),
            None => Ok(object),
        }
    }
}

enum ObjectKey {
    Known(usize),
    Unknown(String),
}

/// Reads a key, and finds its position. As bytes where that is possible: the check for UTF-8 is only made of unknown keys.
struct Known(fn(&[u8]) -> Option<usize>);

impl<'de> DeserializeSeed<'de> for Known {
    type Value = ObjectKey;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<ObjectKey, D::Error> {
        match is_lenient::<D::Error>() {
            true => from.deserialize_bytes(self),
            false => from.deserialize_str(self),
        }
    }
}

impl Visitor<'_> for Known {
    type Value = ObjectKey;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_bytes<E: Error>(self, key: &[u8]) -> Result<ObjectKey, E> {
        Ok(match (self.0)(key) {
            Some(position) => ObjectKey::Known(position),
            None => ObjectKey::Unknown(lossy(key)),
        })
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<ObjectKey, E> {
        self.visit_bytes(key.as_bytes())
    }
}
