//! What every type of a field has, and how leniently JSON is read.

use std::any::type_name;

use serde::de::{DeserializeOwned, Deserializer};

use super::shape::Shape;
use super::strict;

/// The type of a field of a generated struct. A type without it is a compile error, so nothing is shown by mistake.
pub trait Field: DeserializeOwned {
    /// What is known about its values.
    const SHAPE: Shape;

    /// The value of a field that has not been read: a struct is made of these, and then filled.
    fn empty() -> Self;

    /// Whether there is a value to show and to write: only of an `Option` that is none there is not.
    fn is_set(&self) -> bool {
        true
    }

    /// Reads a value: leniently, where its own `Deserialize` is not.
    ///
    /// # Errors
    /// The decoder's.
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::deserialize(from)
    }
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
