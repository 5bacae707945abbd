//! Parts: how they are called, and what it means that one is there on one side only.
//!
//! A new field of a response is `optional field added`, additive and a minor step, as the struct keeps unknown keys
//! anyway; the same field, required and part of a request, is `required field added` and breaks both. Which rows of the
//! table fit is decided by the variant of the part (`required`, `sent`, `closed`, ...).

use super::Diff;
use super::change::{Api, Side};
use super::class::{Class, Effect};
use super::context::Context;
use super::table::{ALONE, Alone};
use crate::describe::type_of;
use crate::meaning::{Kind, NO_CREDENTIAL, Part};
use crate::spec::{DEFAULT, REGION};

impl<'d, 'a> Diff<'d, 'a> {
    /// Compares two parts that are one thing, within what they are part of.
    ///
    /// A field under another name is reported as such, and then compared like any other.
    pub(super) fn both(&mut self, old: &'d Part<'a>, new: &'d Part<'a>, context: &Context) {
        if old.kind == Kind::Property && old.key != new.key {
            let reason = "to a program, a field of another name is another field";
            let class = Class::new(Effect::Other, Api::Major, reason);
            let sides = Side::pair(old, new);
            let place = context.at(format!("{}.{}", context.place, old.key));
            self.push(&place, format!("renamed to `{}`", new.key), sides, class);
        }
        let mut inner = context.inner(new);
        if new.kind == Kind::Property {
            inner.required = (old.flag("required"), new.flag("required"));
        }
        inner.tolerant = new.of(Kind::Credential).any(|way| way.key == NO_CREDENTIAL);
        self.part(old, new, &inner);
    }

    /// Reports a part that is new, or gone. What is in it is not reported on its own: it comes and goes with it.
    pub(super) fn alone(&mut self, part: &'d Part<'a>, added: bool, context: &Context) {
        let inner = context.inner(part);
        let Some((noun, class)) = class(part, added, context) else {
            return;
        };
        let verb = if added { "added" } else { "removed" };
        let side = Side::new(text(part), part.at);
        let sides = if added { [None, side] } else { [side, None] };
        // These have no name of their own to a reader: it is their owner that is another.
        let of_owner = matches!(
            part.kind,
            Kind::Value | Kind::Not | Kind::OneOf | Kind::AnyOf | Kind::AllOf
        );
        let context = if of_owner {
            context.at(&*context.place)
        } else {
            inner
        };
        self.push(&context, format!("{noun} {verb}"), sides, class);
    }

    /// Says where the order is another, of what has one: values of an enum, which is the order of variants, and branches.
    /// One change says it for all of a kind, at the first that moved.
    pub(super) fn order(&mut self, pairs: &[(&'d Part<'a>, &'d Part<'a>)], context: &Context) {
        for (kind, what) in [
            (Kind::Value, "values in another order"),
            (Kind::OneOf, "branches in another order"),
            (Kind::AnyOf, "branches in another order"),
            (Kind::AllOf, "branches in another order"),
        ] {
            let pairs = pairs.iter().filter(|(old, _)| old.kind == kind);
            let mut pairs: Vec<_> = pairs.collect();
            pairs.sort_by_key(|(_, new)| new.at);
            let moved = pairs.windows(2).find(|pair| pair[0].0.at > pair[1].0.at);
            if let Some([_, (old, new)]) = moved {
                let class = Class::new(Effect::Equal, Api::Patch, "the order means nothing");
                self.push(context, what, Side::pair(old, new), class);
            }
        }
    }
}

/// What a part is in a few words, as the side of a change shows it: `size: optional integer, 10 by default`.
fn text(part: &Part) -> String {
    let schema = part.of(Kind::Schema).next().unwrap_or(part);
    let (key, kind) = (&part.key, type_of(schema.node));
    match part.kind {
        Kind::Property => {
            let default = part.fact(DEFAULT);
            let default = default.map(|value| format!(", {value} by default"));
            let required = part.requiredness();
            format!("{key}: {required} {kind}{}", default.unwrap_or_default())
        }
        Kind::Parameter => format!("{}: {kind}", part.text("name").unwrap_or_default()),
        Kind::Component => format!("{key}: {kind}"),
        _ => key.to_string(),
    }
}

/// What a part is called, and what it means that it is new or gone; nothing where another part reports it.
fn class(part: &Part, added: bool, context: &Context) -> Option<(String, Class)> {
    let variant = variant(part, context);
    let fits = |row: &&Alone| row.0 == part.kind && (row.1.is_empty() || row.1 == variant);
    let Alone(_, _, noun, new, gone) = ALONE.iter().find(fits).filter(|row| !row.2.is_empty())?;
    let (effect, api, reason) = if added { *new } else { *gone };
    // What is gone needs no telling apart.
    let noun = match noun.split_once(' ') {
        Some(("required" | "optional", noun)) if !added => noun,
        _ => noun,
    };
    Some((
        noun.replace("{}", &part.key),
        Class::new(effect, api, reason),
    ))
}

/// What decides about parts of one kind, as the table names it; empty if nothing does.
///
/// `tolerant` is a union whose type another field says: what is unknown to it is kept as JSON, so that one branch more
/// surprises nobody. It also is a call that needs no credential, where one way less to authenticate locks nobody out.
fn variant(part: &Part, context: &Context) -> &'static str {
    let required = part.flag("required");
    match part.kind {
        Kind::Property if required && context.directions.request => "sent",
        Kind::Property if !required && context.closed => "closed",
        Kind::Property | Kind::Parameter | Kind::Body if required => "required",
        Kind::Response if part.key.starts_with('2') => "success",
        Kind::Response if part.of(Kind::Media).next().is_some() => "body",
        Kind::Server if part.fact(REGION).is_some() => "region",
        Kind::OneOf | Kind::Credential if context.tolerant => "tolerant",
        _ => "",
    }
}
