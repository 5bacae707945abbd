//! The types of fields: how each is read, whether it is set, and what of it is secret.
//!
//! They are read leniently, since one odd value must not cost the rest: `10.0` is an integer, and half of a surrogate
//! pair in a text becomes U+FFFD.
//!
//! Generated structs read all of their fields through [`Field`], from JSON and from any other format. JSON is special in
//! one way: its texts are read as bytes, because the decoder refuses half of a surrogate pair in a text, and with it the
//! rest of the response.

mod shape;
mod strict;

use std::any::type_name;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

pub use self::shape::Shape;
pub use self::strict::from_json;

/// The type of a field of a generated struct. A type without it is a compile error, so nothing is shown by mistake.
pub trait Field: Sized {
    /// What is known about its values.
    const SHAPE: Shape;

    /// The value of a field that has not been read.
    fn empty() -> Self;

    /// Whether there is a value to show.
    fn is_set(&self) -> bool {
        true
    }

    /// Reads a value.
    ///
    /// # Errors
    /// The decoder's.
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;
}

/// Whether JSON text or a JSON value is read or written, rather than another format, or JSON that serde holds in
/// between. Only the type of the error shows it.
pub(crate) fn is_json<E>() -> bool {
    type_name::<E>() == type_name::<serde_json::Error>()
}

/// Whether texts are read as bytes, since JSON's decoder refuses half of a surrogate pair in a text.
pub(crate) fn is_lenient<E>() -> bool {
    is_json::<E>() && !strict::is_on()
}

/// Reads a text.
///
/// # Errors
/// The decoder's: another type.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Cow<'de, str>, D::Error> {
    match is_lenient::<D::Error>() {
        true => from.deserialize_bytes(Text),
        false => from.deserialize_str(Text),
    }
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }

    fn visit_borrowed_bytes<E: Error>(self, text: &'de [u8]) -> Result<Self::Value, E> {
        match std::str::from_utf8(text) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Ok(Cow::Owned(lossy(text))),
        }
    }

    fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<Self::Value, E> {
        match std::str::from_utf8(text) {
            Ok(text) => Ok(Cow::Owned(text.to_owned())),
            Err(_) => Ok(Cow::Owned(lossy(text))),
        }
    }

    /// Refuses an array behind its end, where `JsonPath` looks for it.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(Unexpected::Seq, &self))
    }
}

/// The text with one U+FFFD for each half of a surrogate pair, which is three bytes.
pub(crate) fn lossy(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        out.push_str(chunk.valid());
        if chunk
            .invalid()
            .first()
            .is_some_and(|byte| byte & 0xC0 != 0x80)
        {
            out.push(char::REPLACEMENT_CHARACTER);
        }
    }
    out
}

impl Field for String {
    const SHAPE: Shape = Shape::Text;

    fn empty() -> Self {
        String::new()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from).map(Cow::into_owned)
    }
}

impl Field for bool {
    const SHAPE: Shape = Shape::Boolean;

    fn empty() -> Self {
        false
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        bool::deserialize(from)
    }
}

impl Field for f64 {
    const SHAPE: Shape = Shape::Number;

    fn empty() -> Self {
        0.0
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        f64::deserialize(from)
    }
}

/// Numbers without a fraction, however they are written.
impl Field for i64 {
    const SHAPE: Shape = Shape::Number;

    fn empty() -> Self {
        0
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_i64(Integer)
    }
}

struct Integer;

impl Visitor<'_> for Integer {
    type Value = i64;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
        /// All integers up to here are floats, and no other number is rounded to one of them.
        const MAX: f64 = 9_007_199_254_740_992.0;
        match number.fract() == 0.0 && number.abs() < MAX {
            #[allow(clippy::cast_possible_truncation)] // just checked
            true => Ok(number as i64),
            false => Err(E::invalid_value(Unexpected::Float(number), &self)),
        }
    }
}

impl<T: Field> Field for Option<T> {
    const SHAPE: Shape = T::SHAPE;

    fn empty() -> Self {
        None
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_option(Optional(PhantomData))
    }
}

struct Optional<T>(PhantomData<T>);

impl<'de, T: Field> Visitor<'de> for Optional<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        T::read(from).map(Some)
    }
}

/// Reads a value of a type.
struct Seed<T>(PhantomData<T>);

impl<'de, T: Field> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from)
    }
}

/// Reads the value of a member.
///
/// # Errors
/// The decoder's.
pub(crate) fn value<'de, T: Field, A: MapAccess<'de>>(map: &mut A) -> Result<T, A::Error> {
    map.next_value_seed(Seed(PhantomData))
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
        while let Some(item) = items.next_element_seed(Seed(PhantomData))? {
            list.push(item);
        }
        Ok(list)
    }
}

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
        while let Some(key) = map.next_key_seed(Seed::<String>(PhantomData))? {
            entries.insert(key, value(&mut map)?);
        }
        Ok(entries)
    }
}
