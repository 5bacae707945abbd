//! Strings of the JSON that is written, by what is known of them.

use std::borrow::Cow;

use super::{QUOTED_MASK, Writer};
use crate::field::Shape;
use crate::json::scan::{decoded, string};
use crate::mask::frame::Place;
use crate::mask::policy::{MASK, Masking, Unknown};
use crate::mask::repeated::Repeated;
use crate::mask::text;

/// How many texts deep JSON within JSON texts is looked into; what is deeper is hidden completely.
const MAX_TEXTS: usize = 4;

impl Writer<'_> {
    /// Reads a string, and returns the position behind it.
    pub(super) fn string(&mut self, at: usize, place: Place) -> usize {
        let (end, has_escape) = string(self.json.as_bytes(), at);
        let quoted = self.json.get(at..end).unwrap_or_default();
        match (place, decoded(quoted, has_escape)) {
            (Place::Clear, _) => {}
            (Place::Hidden | Place::Known(Shape::Secret), _) | (_, None) => {
                self.replace(at, end, QUOTED_MASK);
            }
            (Place::Known(Shape::Url), Some(url)) => {
                let shown = crate::SensitiveUrl::from(url.into_owned()).to_string();
                self.replace(at, end, &quote(&shown));
            }
            (_, Some(text)) => {
                let shown = match is_json(&text) {
                    true if self.texts >= MAX_TEXTS => MASK.into(),
                    true => self.inner_json(&text),
                    false => text::masked(&text, self.masking.names()),
                };
                // What is shown as it is stays as it was written, escapes included.
                if let Cow::Owned(shown) = shown
                    && *shown != *text
                {
                    self.replace(at, end, &quote(&shown));
                }
            }
        }
        end
    }

    /// JSON within a text is masked as JSON of unknown meaning, and shown as it was written if nothing is to be hidden.
    fn inner_json<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let masking = Masking {
            is_pretty: false,
            unknown: Unknown::Recognized(self.masking.names()),
            ..*self.masking
        };
        let write = |place| {
            Writer::new(
                &masking,
                &mut Repeated::default(),
                text,
                None,
                self.texts + 1,
            )
            .run(place)
        };
        let shown = write(Place::Unknown);
        match shown == write(Place::Clear) {
            true => Cow::Borrowed(text),
            false => Cow::Owned(shown),
        }
    }
}

/// Whether a text is JSON that can hold names. A number, or a word in quotes, is shown as any other text.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
        && serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok()
}

/// A text as a JSON string, with the escapes that it needs.
fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
