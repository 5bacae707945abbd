//! Limits: whether they are tighter now, or looser.
//!
//! `maxLength: 10` to `20` takes more texts, `minimum: 0` to `1` takes fewer numbers, `multipleOf: 2` to `4` takes fewer
//! as well, and `2` to `3` takes others. A pattern can't be compared with another one, so that two patterns are always
//! other values, but one that matches everything is as good as none.
//!
//! Whether Rust notices is decided by the generator: it makes a type of its own of a text with a limit, an unsigned or
//! smaller integer of some limits, and an array of a list whose length is fixed.

use super::change::Api;
use super::class::{Class, Effect};
use super::facts::Pair;
use crate::meaning::View;
use serde_json::Value;

/// What a limit means that is another now; nothing for other facts. `schema` is the new one.
pub(super) fn limit(pair: &Pair, schema: &View) -> Option<Class> {
    let effect = match pair.name {
        "maximum" | "maxLength" | "maxItems" | "maxProperties" => {
            bound(pair, |before, after| after < before)
        }
        "minimum" | "minLength" | "minItems" | "minProperties" => {
            bound(pair, |before, after| after > before)
        }
        "exclusiveMaximum" | "exclusiveMinimum" | "uniqueItems" => pair.narrows(),
        "multipleOf" => bound(pair, |before, after| after % before == 0.0),
        "pattern" if pair.after().is_some_and(matches_all) => Effect::Wider,
        "pattern" if pair.before().is_none_or(matches_all) => Effect::Narrower,
        "pattern" if pair.after().is_none() => Effect::Wider,
        "pattern" => Effect::Other,
        _ => return None,
    };
    let newly = pair.before().is_none() != pair.after().is_none();
    let (api, reason) = match pair.name {
        "pattern" | "minLength" | "maxLength" if newly => {
            (Api::Major, "a limited text has a Rust type of its own")
        }
        "uniqueItems" => (Api::Major, "without repetition it is a set in Rust"),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum"
            if schema.fact("type").is_some_and(|kind| kind == "integer")
                && chooses_type(pair, schema) =>
        {
            (Api::Major, "the limit chooses the Rust type of an integer")
        }
        "minItems" | "maxItems" if chooses_length(schema) => {
            (Api::Major, "a list of a fixed length is an array in Rust")
        }
        _ => (Api::Patch, "the Rust type is the same"),
    };
    Some(Class::new(effect, api, reason))
}

/// A limit that is there narrows; of two, the one that `tighter` says.
///
/// A limit that is no number (`maxLength: ten`) can't be compared: the values are others.
fn bound(pair: &Pair, tighter: impl Fn(f64, f64) -> bool) -> Effect {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
    match (number(pair.before()), number(pair.after())) {
        (Some(before), Some(after)) if tighter(before, after) => Effect::Narrower,
        // Which is not the same as one being looser where a number is none, or divides neither way.
        (Some(before), Some(after)) if tighter(after, before) => Effect::Wider,
        (None, Some(_)) if pair.before().is_none() => Effect::Narrower,
        (Some(_), None) if pair.after().is_none() => Effect::Wider,
        _ => Effect::Other,
    }
}

/// Whether a pattern leaves nothing out. Such patterns are written to document that anything goes.
fn matches_all(pattern: &Value) -> bool {
    matches!(pattern.as_str(), Some("" | ".*" | "^.*$" | "^" | "$"))
}

/// Whether the generator makes an integer of another type because of a limit: those of 1 and 0 do so, and those at the
/// edge of an integer type.
fn chooses_type(pair: &Pair, schema: &View) -> bool {
    let edge = |value: &Value| {
        let power = |number: f64| number >= 128.0 && number.log2().fract() == 0.0;
        let chooses =
            |number: f64| number == 0.0 || number == 1.0 || power(number + 1.0) || power(-number);
        value.as_f64().is_some_and(chooses)
    };
    let limits = ["minimum", "maximum"].map(|name| schema.fact(name));
    let exclusive = pair.name.starts_with("exclusive") && limits.into_iter().flatten().any(edge);
    exclusive
        || [pair.before(), pair.after()]
            .into_iter()
            .flatten()
            .any(edge)
}

/// Whether a list can have one length only, now.
fn chooses_length(schema: &View) -> bool {
    schema.fact("minItems").is_some() && schema.fact("minItems") == schema.fact("maxItems")
}
