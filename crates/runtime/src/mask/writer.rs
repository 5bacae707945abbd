//! Writes JSON without secrets.
//!
//! Nothing is parsed into values: whatever is shown unchanged is copied from the text, in pieces as long as possible. `done` is
//! where copying stopped, and `at` where reading is; what is between them has been looked at and is to be copied.
//!
//! ```text
//! {"lang": "en", "key": "sk-1", "pages": 2}
//!                ^done  ^at                      about to write `"key":` and `"***"` in place of the value
//! ```
//!
//! Objects and arrays are on a stack of our own, so that the depth of a hostile text costs memory and not the thread. The
//! text is JSON, or what is written is some of its pieces: no position is beyond its end, and every step goes forward.

use super::frame::{Frame, Place};
use super::policy::{Masking, Unknown};
use super::repeated::Repeated;
use crate::field::Shape;
use crate::json::scan::{decoded, on_one_line, placeholder, skip_space, string, value_end};

mod objects;
mod strings;

use objects::Begun;

const QUOTED_MASK: &str = "\"***\"";

/// Nesting beyond all that a service sends; what is deeper is hidden completely.
const MAX_DEPTH: usize = 128;

/// Copies JSON from where it was written last up to what is not written as it is, as far as possible at once.
pub(super) struct Writer<'a> {
    masking: &'a Masking,
    repeated: &'a mut Repeated,
    json: &'a str,
    out: String,
    /// Up to where the JSON has been written, or left out.
    done: usize,
    stack: Vec<Frame>,
    /// The text of the member that the shape of another depends on, in the outermost object.
    typed_by: Option<&'a str>,
    /// How many texts this JSON is within.
    texts: usize,
    /// The objects that are being written and may come again, each within the one before.
    may_repeat: Vec<Begun>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        masking: &'a Masking,
        repeated: &'a mut Repeated,
        json: &'a str,
        typed_by: Option<&'a str>,
        texts: usize,
    ) -> Self {
        Writer {
            masking,
            repeated,
            json,
            out: String::with_capacity(json.len() + json.len() / 8),
            done: 0,
            stack: Vec::new(),
            typed_by,
            texts,
            may_repeat: Vec::new(),
        }
    }

    /// Writes the value at the start of the text, with all that is in it; `place` is what is known of it.
    pub(super) fn run(mut self, place: Place) -> String {
        let start = self.skip_space(0);
        let mut at = self.value(start, place);
        while let Some(frame) = self.stack.last_mut() {
            if frame.began.is_some() {
                self.copy_to(at);
                self.end_value();
            }
            at = self.skip_space(at);
            at = match (self.json.as_bytes().get(at), self.stack.last()) {
                (Some(b','), _) => at + 1,
                (Some(b']' | b'}') | None, _) => self.close(at),
                (_, Some(frame)) if frame.is_object => self.member(at),
                _ => self.item(at),
            };
        }
        self.copy_to(at);
        self.out
    }

    /// Writes what has not been written up to a position.
    fn copy_to(&mut self, at: usize) {
        let text = self.json.get(self.done..at).unwrap_or_default();
        self.out.push_str(text);
        self.done = at.max(self.done);
    }

    /// Writes another text in place of the JSON between two positions.
    fn replace(&mut self, from: usize, to: usize, text: &str) {
        self.copy_to(from);
        self.out.push_str(text);
        self.done = to;
    }

    /// Leaves white space out, and returns the position behind it.
    fn skip_space(&mut self, at: usize) -> usize {
        let end = skip_space(self.json.as_bytes(), at);
        if end != at {
            self.replace(at, end, "");
        }
        end
    }

    /// Reads a value, or begins one that has members, and returns the position behind what was read.
    fn value(&mut self, at: usize, place: Place) -> usize {
        let bytes = self.json.as_bytes();
        let first = bytes.get(at).copied().unwrap_or_default();
        let place = place.of(first);
        let is_hidden =
            matches!(place, Place::Unknown) && matches!(self.masking.unknown, Unknown::Hidden);
        match first {
            b'{' | b'[' if !is_hidden && self.stack.len() < MAX_DEPTH => {
                self.stack.push(Frame::new(place, first == b'{', at));
                return at + 1;
            }
            b'"' if !is_hidden => return self.string(at, place),
            _ => {}
        }
        let end = value_end(bytes, at);
        match (first, place) {
            (b'{' | b'[', Place::Clear) => {
                let text = self.json.get(at..end).unwrap_or_default();
                self.replace(at, end, &on_one_line(text).collect::<String>());
            }
            _ if is_hidden => self.replace(at, end, &format!("\"{}\"", placeholder(first))),
            // Neither is a credential, and what is not set is worth knowing.
            (b'n' | b't' | b'f', _) | (_, Place::Clear) => {}
            (b'{' | b'[', _) | (_, Place::Hidden | Place::Known(Shape::Secret)) => {
                self.replace(at, end, QUOTED_MASK);
            }
            _ => {}
        }
        end
    }

    /// A member of the innermost object, from its key on.
    fn member(&mut self, at: usize) -> usize {
        let (end, has_escape) = string(self.json.as_bytes(), at);
        self.line(at);
        let colon = self.skip_space(end);
        if self.masking.is_pretty {
            self.replace(colon + 1, colon + 1, " ");
        }
        let value = self.skip_space(colon + 1);
        let (json, masking) = (self.json, self.masking);
        let key = decoded(json.get(at..end).unwrap_or_default(), has_escape);
        let typed_by = self.typed_by.filter(|_| self.stack.len() == 1);
        let Some(frame) = self.stack.last_mut() else {
            return value;
        };
        // A key that is no Unicode text could be any name.
        let place = key.map_or(Place::Hidden, |key| {
            frame.member(&key, typed_by, json, value, masking)
        });
        self.begin(value, place)
    }

    /// An item of the innermost array.
    fn item(&mut self, at: usize) -> usize {
        self.line(at);
        let (json, masking) = (self.json, self.masking);
        let Some(frame) = self.stack.last_mut() else {
            return at + 1;
        };
        let place = frame.item(json, at, masking);
        self.begin(at, place)
    }

    /// Reads a value of a member or an item, and notes where it is written if it may turn out to be a credential.
    fn begin(&mut self, at: usize, place: Place) -> usize {
        if self.stack.last().is_some_and(|frame| frame.is_awaited) {
            self.copy_to(at);
            let start = self.out.len();
            if let Some(frame) = self.stack.last_mut() {
                frame.is_awaited = false;
                frame.began = Some(start);
            }
        }
        let shape = match place {
            Place::Typed(shape) => Some(shape),
            // Ids differ in each configuration, the parameters in it do not.
            Place::Known(shape @ Shape::Object(_)) if !self.may_repeat.is_empty() => Some(shape),
            _ => None,
        };
        match shape.filter(|_| self.json.as_bytes().get(at) == Some(&b'{')) {
            Some(shape) => self.repeatable(at, shape),
            None => self.value(at, place),
        }
    }

    /// A value ended that may turn out to be a credential.
    fn end_value(&mut self) {
        let end = self.out.len();
        if let Some(frame) = self.stack.last_mut()
            && let Some(start) = frame.began.take()
        {
            frame.value = Some(start..end);
        }
    }

    /// Starts the line of a member or an item.
    fn line(&mut self, at: usize) {
        if let Some(frame) = self.stack.last_mut() {
            frame.count += 1;
        }
        self.indent(at, self.stack.len());
    }

    /// Starts a line at this depth, where lines are wanted.
    fn indent(&mut self, at: usize, depth: usize) {
        if self.masking.is_pretty {
            self.copy_to(at);
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", depth));
        }
    }

    /// Ends the innermost object or array, and returns the position behind it.
    fn close(&mut self, at: usize) -> usize {
        if let Some(frame) = self.stack.pop() {
            if let Some(range) = frame.hidden()
                && !matches!(&self.out[range.clone()], "null" | "true" | "false")
            {
                self.out.replace_range(range, QUOTED_MASK);
            }
            if frame.count > 0 {
                self.indent(at, self.stack.len());
            }
        }
        let end = (at + 1).min(self.json.len());
        self.keep(end);
        end
    }
}
