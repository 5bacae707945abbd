//! Shows JSON without secrets, in one pass over its text: every number, null and key, and the order of all of them,
//! stays as it was written.

mod frame;
mod policy;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;

use self::frame::{Frame, Place};
use self::policy::decoded;
pub use self::policy::{Masking, Names, Unknown};
use crate::field::Shape;
use crate::json::scan::{kind, on_one_line, skip_space, string_end, value_end};

/// What stands for a secret.
pub const MASK: &str = "***";

/// Nesting beyond all that a service sends; what is deeper is hidden as a whole.
const MAX_DEPTH: usize = 128;
/// JSON within a text within a JSON text and so on, until it is hidden as a whole.
const MAX_TEXTS: usize = 4;

impl Masking {
    /// The JSON without secrets, given what is documented about it.
    #[must_use]
    pub fn mask(&self, json: &str, shape: &'static Shape) -> String {
        self.write(json, Place::Known(shape), 0)
    }

    /// A text without what looks like a credential in it.
    #[must_use]
    pub fn mask_text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        text::masked(text, self.names())
    }

    /// The JSON as it is, but for the white space.
    #[must_use]
    pub fn reveal(&self, json: &str) -> String {
        self.write(json, Place::Clear, 0)
    }

    fn write(&self, json: &str, place: Place, texts: usize) -> String {
        let mut writer = Writer {
            masking: self,
            json,
            out: String::with_capacity(json.len() + json.len() / 8),
            stack: Vec::new(),
            texts,
        };
        writer.run(place);
        writer.out
    }

    fn names(&self) -> Names {
        match self.unknown {
            Unknown::Hidden => |_| false,
            Unknown::Recognized(names) => names,
        }
    }
}

struct Writer<'a> {
    masking: &'a Masking,
    json: &'a str,
    out: String,
    stack: Vec<Frame>,
    /// How many texts this JSON is within.
    texts: usize,
}

impl<'a> Writer<'a> {
    fn run(&mut self, place: Place) {
        let bytes = self.json.as_bytes();
        let mut at = self.value(skip_space(bytes, 0), place);
        while let Some(frame) = self.stack.last_mut() {
            at = skip_space(bytes, at);
            match bytes.get(at) {
                Some(b',') => at += 1,
                Some(b']' | b'}') | None => {
                    self.close();
                    at += 1;
                }
                Some(_) if frame.is_object => at = self.member(at),
                Some(_) => at = self.item(at),
            }
        }
    }

    /// Writes a value, or begins one that has members, and returns the position behind what was read.
    fn value(&mut self, at: usize, place: Place) -> usize {
        let bytes = self.json.as_bytes();
        let first = bytes.get(at).copied().unwrap_or_default();
        let place = place.of(first);
        if matches!(first, b'{' | b'[')
            && !(self.is_hidden() && matches!(place, Place::Unknown))
            && self.stack.len() < MAX_DEPTH
        {
            self.out.push(char::from(first));
            self.stack.push(Frame::new(place, first == b'{', at + 1));
            return at + 1;
        }
        let end = value_end(bytes, at);
        let text = self.json.get(at..end).unwrap_or_default();
        match (first, place) {
            (b'{' | b'[', Place::Clear) => self.out.extend(on_one_line(text)),
            (_, Place::Clear) => self.out.push_str(text),
            (_, Place::Unknown) if self.is_hidden() => self.out.extend(["\"", kind(first), "\""]),
            // Neither is a credential, and what is not set is worth knowing.
            (b'n' | b't' | b'f', _) => self.out.push_str(text),
            (b'"', Place::Known(Shape::Url)) => self.url(text),
            (b'{' | b'[', _) | (_, Place::Hidden | Place::Known(Shape::Secret)) => self.push_mask(),
            (b'"', _) => self.text(text),
            _ => self.out.push_str(text),
        }
        end
    }

    /// Whether values that the contract does not know are hidden.
    fn is_hidden(&self) -> bool {
        matches!(self.masking.unknown, Unknown::Hidden)
    }

    fn push_mask(&mut self) {
        self.out.extend(["\"", MASK, "\""]);
    }

    fn url(&mut self, quoted: &str) {
        match decoded(quoted) {
            Some(url) => push_quoted(&crate::SensitiveUrl::from(url).to_string(), &mut self.out),
            None => self.push_mask(),
        }
    }

    /// A text without what looks like a credential in it.
    fn text(&mut self, quoted: &str) {
        let Some(text) = decoded(quoted) else {
            return self.push_mask();
        };
        let shown = match is_json(&text) {
            true if self.texts >= MAX_TEXTS => MASK.into(),
            true => self.inner_json(&text),
            false => text::masked(&text, self.masking.names()),
        };
        match *shown == *text {
            // As it was written, escapes included.
            true => self.out.push_str(quoted),
            false => push_quoted(&shown, &mut self.out),
        }
    }

    /// JSON within a text is masked as JSON of unknown meaning, and shown as it was written if nothing is to be hidden.
    fn inner_json<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let masking = Masking {
            is_pretty: false,
            unknown: Unknown::Recognized(self.masking.names()),
            ..*self.masking
        };
        let shown = masking.write(text, Place::Unknown, self.texts + 1);
        match shown == masking.write(text, Place::Clear, self.texts + 1) {
            true => Cow::Borrowed(text),
            false => Cow::Owned(shown),
        }
    }

    /// A member of the innermost object, from its key on.
    fn member(&mut self, at: usize) -> usize {
        let bytes = self.json.as_bytes();
        let end = string_end(bytes, at);
        let quoted = self.json.get(at..end).unwrap_or_default();
        self.line();
        self.out.push_str(quoted);
        self.out
            .push_str(if self.masking.is_pretty { ": " } else { ":" });
        let value = skip_space(bytes, skip_space(bytes, end) + 1);
        let key = decoded(quoted);
        let (json, masking) = (self.json, self.masking);
        let Some(frame) = self.stack.last_mut() else {
            return value;
        };
        // A key that is no Unicode text could be any name.
        let place = [value, self.out.len()];
        let place = key.map_or(Place::Hidden, |key| {
            frame.member(&key, json, place, masking)
        });
        self.value(value, place)
    }

    fn item(&mut self, at: usize) -> usize {
        self.line();
        let (json, masking) = (self.json, self.masking);
        let Some(frame) = self.stack.last_mut() else {
            return at + 1;
        };
        let place = frame.item(json, [at, self.out.len()], masking);
        self.value(at, place)
    }

    /// Starts the line of a member or an item.
    fn line(&mut self) {
        let depth = self.stack.len();
        if let Some(frame) = self.stack.last_mut() {
            frame.end_value(self.out.len());
            if frame.count > 0 {
                self.out.push(',');
            }
            frame.count += 1;
        }
        self.indent(depth);
    }

    fn indent(&mut self, depth: usize) {
        if self.masking.is_pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", depth));
        }
    }

    fn close(&mut self) {
        let Some(mut frame) = self.stack.pop() else {
            return;
        };
        frame.end_value(self.out.len());
        if let Some(range) = frame.hidden()
            && !matches!(&self.out[range.clone()], "null" | "true" | "false")
        {
            self.out.replace_range(range, "\"***\"");
        }
        if frame.count > 0 {
            self.indent(self.stack.len());
        }
        self.out.push(if frame.is_object { '}' } else { ']' });
    }
}

/// Whether a text is JSON that can hold names.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
        && serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok()
}

/// Writes a text as JSON.
fn push_quoted(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}
