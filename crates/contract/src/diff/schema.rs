//! Schemas: references first, then all that they say.
//!
//! | before | after | what is compared |
//! |---|---|---|
//! | `$ref: A` | `$ref: A` | what stands beside the references; `A` once, on its own |
//! | `$ref: A` | `$ref: B`, as `A` was renamed | the same, with `A` against `B` |
//! | `$ref: A` | `$ref: B` | one in place of the other (`swap`) |
//! | `$ref: A` | `{type: string}` | the content of `A` against it (`swap`) |

use super::Diff;
use super::context::Context;
use super::facts::differing;
use super::keywords::keyword;
use super::pairs::Matched;
use crate::meaning::{Kind, Part, View};
use crate::spec::TYPED_BY;
use serde_json::Value;

impl<'d, 'a> Diff<'d, 'a> {
    /// Compares two schemas at one place, as the table above says.
    pub(super) fn schema(&mut self, old: &'d Part<'a>, new: &'d Part<'a>, context: &Context) {
        match (old.reference(), new.reference()) {
            (None, None) => {}
            (Some(before), Some(after)) if self.is_renamed(before, after) => {
                let targets = (self.old.component(before), self.new.component(after));
                if let (Some(before), Some(after)) = targets {
                    self.meet(before, after);
                }
            }
            _ => return self.swapped(old, new, context),
        }
        self.content(old.own(), new.own(), context);
    }

    /// All that two schemas say, each in a view of its own.
    ///
    /// A change of type brings other parts along (the items of what became a list), and a text that became an enum brings
    /// its values: these are not reported once more.
    pub(super) fn content(&mut self, old: View<'d, 'a>, new: View<'d, 'a>, context: &Context) {
        let context = &Context {
            tolerant: [&old, &new]
                .iter()
                .all(|view| view.fact(TYPED_BY).is_some()),
            closed: old.fact("additionalProperties") == Some(&Value::Bool(false)),
            ..context.clone()
        };
        let pairs = differing(&old, &new);
        let retyped = self.retyped(&old, &new, context);
        for pair in &pairs {
            if let Some((what, class)) = keyword(pair, &pairs, [&old, &new], context) {
                self.fact(pair, [old.at, new.at], context, what, class);
            }
        }
        let opened = pairs.iter().any(|pair| pair.name == "enum");
        // What another type brings along is a part of it.
        let is_reported = |part: &&Part| {
            if part.kind == Kind::Value {
                opened
            } else {
                retyped
            }
        };
        let Matched { pairs, gone, added } = self.matched(old.parts, new.parts);
        self.order(&pairs, context);
        for (before, after) in pairs {
            self.both(before, after, context);
        }
        for (parts, is_new) in [(gone, false), (added, true)] {
            for part in parts.into_iter().filter(|part| !is_reported(part)) {
                self.alone(part, is_new, context);
            }
        }
    }
}
