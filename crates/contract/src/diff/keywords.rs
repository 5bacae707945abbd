//! Keywords of a schema that are looked at closer than by a table, since what they mean depends on what is beside them.
//!
//! ```yaml
//! # before                         # after
//! required: [size]
//! size: {type: integer}            size: {type: integer, nullable: true}
//! ```
//!
//! Here `required` and `nullable` changed together, and that is one thing for a reader: the field may be absent now. So
//! `nullable` is reported only where it changes on its own.

use super::change::Api::{Major, Patch};
use super::class::{Class, Effect};
use super::context::Context;
use super::facts::Pair;
use super::limits::limit;
use super::table_lookup::looked_up;
use crate::meaning::{Kind, Part, REFERENCE, View};
use serde_json::Value;

/// What a fact of a schema means, unless it is part of a change that is reported already.
///
/// `pairs` are all facts of the schema that differ, `views` the schema before and after. Type, format and reference are
/// reported together elsewhere (`types`, `swap`).
pub(super) fn keyword(
    pair: &Pair,
    pairs: &[Pair],
    views: [&View; 2],
    context: &Context,
) -> Option<(String, Class)> {
    let set = pair.is_set();
    let any = views.iter().any(|view| view.is_any());
    // A field that may be absent may be null: that is one change, not two.
    let is_turned = |other: &Pair| other.name == "required" && other.is_set() != set;
    let absent = || pairs.iter().any(is_turned);
    match pair.name {
        REFERENCE | "type" | "format" => None,
        // A value of any type may be null.
        "nullable" if any || absent() => None,
        "nullable" => {
            let when = if set { "now" } else { "no more" };
            Some((format!("may be null {when}"), nullable(set, context)))
        }
        "additionalProperties" => Some((pair.what(), unknown_keys(pair, views))),
        "default" => Some((pair.what(), default(context))),
        _ => looked_up(pair, views[1].kind).or_else(|| {
            let class = limit(pair, views[1]);
            Some((pair.what(), class.unwrap_or_else(Class::unknown)))
        }),
    }
}

/// May a value be null: in Rust that is an `Option`, which an optional field is in any case.
fn nullable(set: bool, context: &Context) -> Class {
    let effect = if set { Effect::Wider } else { Effect::Narrower };
    let (api, reason) = match context.required {
        (false, false) => (Patch, "an optional field is an `Option` anyway"),
        _ => (Major, "whether it is an `Option` depends on it"),
    };
    Class::new(effect, api, reason)
}

/// Whether keys that are not documented are kept, dropped or refused.
///
/// `additionalProperties: false` refuses them, `{}` keeps them, `{type: string}` keeps texts. Nothing at all takes them
/// on the wire as well, and drops them in Rust.
fn unknown_keys(pair: &Pair, views: [&View; 2]) -> Class {
    let refuses = |value: Option<&Value>| value == Some(&Value::Bool(false));
    let any = |view: &View| view.of(Kind::Values).all(Part::is_any);
    let effect = match (refuses(pair.before()), refuses(pair.after())) {
        (false, true) => Effect::Narrower,
        (true, false) => Effect::Wider,
        _ if any(views[0]) && any(views[1]) => Effect::Equal,
        _ if any(views[0]) => Effect::Narrower,
        _ => Effect::Wider,
    };
    let reason = "it decides whether unknown keys are kept in `extra`, and as what";
    Class::new(effect, Major, reason)
}

/// What a value is that is left out. In a request another default is another request, sent by the same code; in a
/// response the generated struct is filled with it, so that data appear which nobody sent.
fn default(context: &Context) -> Class {
    let (api, reason) = match context.textual {
        true => (Patch, "requests that leave it out may mean something else"),
        false => (
            Major,
            "where it is left out, the struct has it all the same",
        ),
    };
    Class::new(Effect::Fewer, api, reason)
}
