//! Objects that may come again: what was written for them is kept, and written in their place.

use super::Writer;
use crate::field::Shape;
use crate::mask::frame::Place;
use crate::mask::repeated::About;

/// An object that is being written and may come again.
pub(super) struct Begun {
    about: About,
    /// Its position in the JSON, and in what is written.
    start: usize,
    written: usize,
    /// Whether an object within it can be kept: what is around that is little, and has ids that come once.
    is_around: bool,
}

impl Writer<'_> {
    /// Writes an object that may have come before, or begins to.
    pub(super) fn repeatable(&mut self, at: usize, shape: &'static Shape) -> usize {
        let about = About {
            shape,
            depth: self.stack.len(),
        };
        self.copy_to(at);
        if let Some((length, shown)) = self.repeated.find(about, &self.json[at..]) {
            self.out.push_str(shown);
            self.done = at + length;
            self.is_within();
            return self.done;
        }
        self.may_repeat.push(Begun {
            about,
            start: at,
            written: self.out.len(),
            is_around: false,
        });
        self.value(at, Place::Known(shape))
    }

    /// Keeps what was written for an object that ended, if it may come again.
    pub(super) fn keep(&mut self, end: usize) {
        let ended = |begun: &mut Begun| begun.about.depth == self.stack.len();
        if let Some(begun) = self.may_repeat.pop_if(ended) {
            self.copy_to(end);
            let (json, shown) = (&self.json[begun.start..end], &self.out[begun.written..]);
            if begun.is_around || self.repeated.keep(begun.about, json, shown) {
                self.is_within();
            }
        }
    }

    /// An object that is kept ended, and what is around it need not be.
    fn is_within(&mut self) {
        if let Some(around) = self.may_repeat.last_mut() {
            around.is_around = true;
        }
    }
}
