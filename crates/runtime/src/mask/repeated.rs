//! What was written for configurations that come again: a batch processes thousands of items with the same parameters.

use std::collections::VecDeque;

use crate::field::Shape;

/// A batch has one set of parameters for each type of job.
const MAX_VALUES: usize = 8;
/// The lengths in bytes of what is kept: shorter objects are masked as fast as they are found, and a configuration with
/// every documented parameter has 5 KB.
const LENGTHS: std::ops::Range<usize> = 256..64 * 1024;

/// The values that came last, and what one masking wrote for each.
#[derive(Default)]
pub(super) struct Repeated {
    values: VecDeque<Value>,
}

struct Value {
    about: About,
    json: String,
    shown: String,
}

/// What else decides about how a value is written.
#[derive(Clone, Copy)]
pub(super) struct About {
    pub(super) shape: &'static Shape,
    /// How many objects and arrays it is within, which decides about its indentation.
    pub(super) depth: usize,
}

impl About {
    fn is(self, other: About) -> bool {
        std::ptr::eq(self.shape, other.shape) && self.depth == other.depth
    }
}

impl Repeated {
    /// The length of the object that the text begins with, and what was written for the same one. An object ends where its
    /// bracket closes, so a text that begins with it needs no look at what follows.
    pub(super) fn find(&mut self, about: About, text: &str) -> Option<(usize, &str)> {
        let is_same = |it: &Value| it.about.is(about) && text.starts_with(&it.json);
        let at = self.values.iter().position(is_same)?;
        let value = self.values.remove(at)?;
        self.values.push_front(value);
        let value = self.values.front()?;
        Some((value.json.len(), &value.shown))
    }

    /// Keeps an object and what was written for it, in place of the one that was not looked for longest; unless its length
    /// is not worth it.
    pub(super) fn keep(&mut self, about: About, json: &str, shown: &str) -> bool {
        if !LENGTHS.contains(&json.len()) {
            return false;
        }
        self.values.truncate(MAX_VALUES - 1);
        let (json, shown) = (json.to_owned(), shown.to_owned());
        self.values.push_front(Value { about, json, shown });
        true
    }
}
