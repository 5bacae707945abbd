//! Shows JSON without secrets, in one pass over its text: every number, null and key, and the order of all of them,
//! stays as it was written.
//!
//! What is hidden depends on what is known of a value:
//!
//! | the value | is shown as |
//! |---|---|
//! | documented as a credential (`format: password`) | `"***"`, unless it is null or a boolean |
//! | documented as a URL (`format: uri`) | the URL without user info, query and fragment |
//! | any other documented text | the text without what looks like a credential in it: see `text` |
//! | not documented, shown by type | `"<string>"`, `"<object>"` |
//! | not documented, shown by name | `"***"` under a name such as `api_key`, else as a documented text |
//! | of another type than documented | as one that is not documented; `"***"` where a credential or URL is documented |
//! | a text that is JSON itself | as JSON that is not documented, up to four texts deep |
//!
//! The files, from the bottom up: `words` says what a word could be; `tokens`, `named`, `spoken`, `logins` and `line` find credentials in a text, `escapes` in what it is the escaped form of, `text` puts them together; `policy` is what the caller decides; `frame` knows what the members of one object mean; `repeated` is what was written before; `writer` copies.

mod escapes;
mod frame;
mod line;
mod logins;
mod named;
mod policy;
mod repeated;
mod spoken;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
mod words;
mod writer;

use std::borrow::Cow;

pub(crate) use self::escapes::unescaped;
use self::frame::Place;
pub use self::policy::{MASK, Masking, Names, SensitiveNames, Unknown};
use self::repeated::Repeated;
use self::writer::Writer;
use crate::field::Shape;

/// A text without credentials that are recognized by their form alone, such as tokens, keys in blocks and logins in URLs.
pub(crate) fn without_credentials(text: &str) -> Cow<'_, str> {
    text::masked(text, |_| false)
}

impl Masking {
    /// The JSON without secrets, given what is documented about it.
    ///
    /// ```
    /// use processing_results_runtime::__private::{Masking, SensitiveNames, Shape, Unknown};
    ///
    /// static SHAPE: Shape = Shape::Object(&[("key", Shape::Secret), ("lang", Shape::Text)]);
    /// static NAMES: SensitiveNames = SensitiveNames::new(&SHAPE);
    /// let masking = Masking { unknown: Unknown::Hidden, sensitive: &NAMES, is_pretty: false };
    ///
    /// let masked = masking.mask(r#"{"lang": "en", "key": "sk-1", "new": 1.50}"#, &SHAPE);
    /// assert_eq!(masked, r#"{"lang":"en","key":"***","new":"<number>"}"#);
    /// ```
    #[must_use]
    pub fn mask(&self, json: &str, shape: &'static Shape) -> String {
        self.write(json, Place::Known(shape))
    }

    /// A text without what looks like a credential in it.
    #[must_use]
    pub fn mask_text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        text::masked(text, self.names())
    }

    /// The JSON as it is, but for the white space: for `--reveal-secrets`, so that both outputs have one layout.
    #[must_use]
    pub fn reveal(&self, json: &str) -> String {
        self.write(json, Place::Clear)
    }

    fn write(&self, json: &str, place: Place) -> String {
        Writer::new(self, &mut Repeated::default(), json, None, 0).run(place)
    }
}

/// A masking of many objects, which remembers the last configurations and what was written for each.
///
/// It holds what is not masked, so it lives no longer than the work that it is for, such as one export.
pub struct Masker<'m> {
    masking: &'m Masking,
    repeated: Repeated,
}

impl<'m> Masker<'m> {
    /// A masker that has seen nothing.
    #[must_use]
    pub fn new(masking: &'m Masking) -> Self {
        let repeated = Repeated::default();
        Masker { masking, repeated }
    }

    /// As [`Masking::mask`], of an object with a value whose shape depends on the member beside it: whose text is known,
    /// and need not be looked for.
    #[must_use]
    pub fn mask_typed(&mut self, json: &str, shape: &'static Shape, by: &str) -> String {
        Writer::new(self.masking, &mut self.repeated, json, Some(by), 0).run(Place::Known(shape))
    }
}

impl std::fmt::Debug for Masker<'_> {
    /// Without what it remembers.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Masker").finish_non_exhaustive()
    }
}
