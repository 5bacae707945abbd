//! One schema in place of another: `$ref: Item` that became `$ref: ItemSummary`.
//!
//! In Rust that is another type. On the wire it may be anything from nothing (both have the same fields) to the worst,
//! and the reader wants one sentence, not each field of both. So the two are compared like two versions of one
//! component, with everything that they refer to, and all that is found becomes one class: the worst of it.
//!
//! ```text
//! Page.items[]: `Item` became `ItemSummary` [wire: breaking, Rust API: major]: requests that were fine are refused; ...
//! ```

use super::Diff;
use super::change::{Api, Side};
use super::class::{Class, Effect};
use super::context::Context;
use crate::describe::type_of;
use crate::meaning::Part;
use std::collections::HashSet;

/// How many pairs of schemas are compared at most, all in all, to say what one in place of another means. Pairs are
/// compared once within one exchange, but each exchange compares them again: a large contract with many of
/// them would take quadratic time. Beyond the limit the worst is assumed.
const MAX_SWAPS: usize = 100_000;

/// What is found out about one schema in place of another: all that differs, in one class. While it is there,
/// [`Diff::push`] adds to it and reports nothing.
#[derive(Default)]
pub(super) struct Swap<'d, 'a> {
    class: Option<Class>,
    reached: HashSet<(&'d str, &'d str)>,
    pending: Vec<(&'d Part<'a>, &'d Part<'a>)>,
}

impl Swap<'_, '_> {
    /// One more difference.
    pub(super) fn add(&mut self, class: Class) {
        self.class = Some(match self.class.take() {
            Some(before) => before.and(class),
            None => class,
        });
    }
}

impl<'d, 'a> Diff<'d, 'a> {
    /// One component in place of another, or of a schema without a name.
    pub(super) fn swapped(&mut self, old: &'d Part<'a>, new: &'d Part<'a>, context: &Context) {
        let mut class = Class::new(Effect::Equal, Api::Major, "the Rust type is another");
        match self.swap.is_some() {
            true => self.reach(old, new, context),
            false => class = self.swap(old, new, context).and(class),
        }
        let texts = [old, new].map(|part| type_of(part.node));
        let what = format!("`{}` became `{}`", texts[0], texts[1]);
        let sides = [Side::new(&*texts[0], old.at), Side::new(&*texts[1], new.at)];
        self.push(context, what, sides, class);
    }

    /// The class of all that differs between two schemas and what they refer to; harmless, with no reason, if nothing does.
    fn swap(&mut self, old: &'d Part<'a>, new: &'d Part<'a>, context: &Context) -> Class {
        self.swap = Some(Swap::default());
        self.reach(old, new, context);
        while let Some((before, after)) = self.swap.as_mut().and_then(|swap| swap.pending.pop()) {
            self.swaps += 1;
            if self.swaps > MAX_SWAPS {
                let reason = "too much differs to look at all of it, so the worst is assumed";
                self.swap = None;
                return Class::new(Effect::Other, Api::Major, reason);
            }
            self.schema(before, after, context);
        }
        let class = self.swap.take().and_then(|swap| swap.class);
        class.unwrap_or(Class::new(Effect::Equal, Api::Patch, ""))
    }

    /// Compares what stands at both places, and keeps what it refers to for later, each pair once.
    fn reach(&mut self, old: &'d Part<'a>, new: &'d Part<'a>, context: &Context) {
        let Some(swap) = &mut self.swap else { return };
        let (before, after) = (old.reference(), new.reference());
        let targets = (
            before.map(|name| self.old.component(name)),
            after.map(|name| self.new.component(name)),
        );
        match targets {
            (Some(None), _) | (_, Some(None)) => swap.add(Class::unknown()),
            (Some(Some(before)), Some(Some(after))) => {
                if swap.reached.insert((&before.key, &after.key)) {
                    swap.pending.push((before, after));
                }
                self.content(old.own(), new.own(), context);
            }
            _ => {
                let (before, after) = (self.old.view(old), self.new.view(new));
                self.content(before, after, context);
            }
        }
    }
}
