//! Shows JSON without secrets, in one pass over its text: every number, null and key, and the order of all of them,
//! stays as it was written.

mod frame;
mod logins;
mod named;
mod policy;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
mod writer;

use std::borrow::Cow;

use self::frame::Place;
pub use self::policy::{MASK, Masking, Names, SensitiveNames, Unknown};
use self::writer::Writer;
use crate::field::Shape;

/// A text without credentials that can be told by their form alone, such as tokens, keys in blocks and logins in URLs.
pub(crate) fn without_credentials(text: &str) -> Cow<'_, str> {
    text::masked(text, |_| false)
}

impl Masking {
    /// The JSON without secrets, given what is documented about it.
    #[must_use]
    pub fn mask(&self, json: &str, shape: &'static Shape) -> String {
        self.write(json, Place::Known(shape), None)
    }

    /// As [`mask`](Self::mask), of an object with a value whose shape depends on the member beside it: whose text is
    /// known, and need not be looked for.
    #[must_use]
    pub fn mask_typed(&self, json: &str, shape: &'static Shape, by: &str) -> String {
        self.write(json, Place::Known(shape), Some(by))
    }

    /// A text without what looks like a credential in it.
    #[must_use]
    pub fn mask_text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        text::masked(text, self.names())
    }

    /// The JSON as it is, but for the white space.
    #[must_use]
    pub fn reveal(&self, json: &str) -> String {
        self.write(json, Place::Clear, None)
    }

    fn write(&self, json: &str, place: Place, typed_by: Option<&str>) -> String {
        Writer::new(self, json, typed_by, 0).run(place)
    }
}
