//! Types and formats.

use super::Diff;
use super::change::{Api, Side};
use super::class::{Class, Effect};
use super::context::Context;
use crate::describe::type_of;
use crate::meaning::{Kind, View};
use serde_json::Value;

/// Formats that say how to read or show a value, and leave out none.
const LAX: [&str; 6] = ["password", "uri", "int64", "float", "double", "binary"];

impl<'d, 'a> Diff<'d, 'a> {
    /// Says whether type, format and union together make another type, and which.
    pub(super) fn retyped(
        &mut self,
        old: &View<'d, 'a>,
        new: &View<'d, 'a>,
        context: &Context,
    ) -> bool {
        let union = |view: &View| {
            view.of(Kind::OneOf)
                .chain(view.of(Kind::AnyOf))
                .next()
                .is_some()
        };
        let text = |view: &View<'d, 'a>, key| view.fact(key).and_then(Value::as_str);
        let [types, formats] = ["type", "format"].map(|key| (old.fact(key), new.fact(key)));
        let unions = (union(old), union(new));
        if types.0 == types.1 && formats.0 == formats.1 && unions.0 == unions.1 {
            return false;
        }
        let effect = match (old.is_any(), new.is_any()) {
            (true, false) => Effect::Narrower,
            (false, true) => Effect::Wider,
            _ if unions.0 != unions.1 => Effect::Other,
            _ => type_effect((text(old, "type"), text(new, "type")), [old, new], context),
        };
        let formats = [old, new].map(|view| text(view, "format"));
        let mut class = match types.0 == types.1 && unions.0 == unions.1 {
            true => format_class(formats, text(new, "type")),
            false => Class::new(effect, Api::Major, "the Rust type is another"),
        };
        class.exposes = exposes(formats);
        let texts = [old, new].map(|view| type_of(view.node));
        let what = format!("`{}` became `{}`", texts[0], texts[1]);
        let at = |view: &View, key| view.facts.get(key).map_or(view.at, |fact| fact.at);
        let key = if types.0 == types.1 { "format" } else { "type" };
        let sides = [
            Side::new(&*texts[0], at(old, key)),
            Side::new(&*texts[1], at(new, key)),
        ];
        self.push(context, what, sides, class);
        true
    }
}

/// What another type means. In a URL everything is text, and one value is a list of one.
fn type_effect(
    (before, after): (Option<&str>, Option<&str>),
    views: [&View; 2],
    context: &Context,
) -> Effect {
    let items = |view: &View| {
        view.of(Kind::Items)
            .next()
            .and_then(|items| items.text("type").map(str::to_owned))
    };
    match (before, after) {
        (Some("number"), Some("integer")) => Effect::Narrower,
        (Some("integer"), Some("number")) => Effect::Wider,
        (Some("object" | "array"), Some("string")) | (Some("string"), Some("object")) => {
            Effect::Other
        }
        (Some(before), Some("array"))
            if context.textual && items(views[1]).as_deref() == Some(before) =>
        {
            Effect::Wider
        }
        (Some("string"), Some(_)) if context.textual => Effect::Narrower,
        (Some(_), Some("string")) if context.textual => Effect::Wider,
        _ => Effect::Other,
    }
}

fn format_class([before, after]: [Option<&str>; 2], kind: Option<&str>) -> Class {
    let strict = |format: Option<&str>| format.is_some_and(|format| !LAX.contains(&format));
    let effect = match (strict(before), strict(after)) {
        (false, false) => Effect::Equal,
        (false, true) => Effect::Narrower,
        (true, false) => Effect::Wider,
        (true, true) => Effect::Other,
    };
    let usual = |format: Option<&str>| match kind {
        Some("integer") => matches!(format, None | Some("int64")),
        _ => matches!(format, None | Some("double")),
    };
    match usual(before) && usual(after) {
        true => Class::new(effect, Api::Patch, "the Rust type is the same"),
        false => Class::new(effect, Api::Major, "a format chooses the Rust type"),
    }
}

/// Whether a value was masked, and is so no more.
fn exposes([before, after]: [Option<&str>; 2]) -> bool {
    match before {
        Some("password") => after != before,
        // Its user info and its query may hold a credential.
        Some("uri") => !matches!(after, Some("uri" | "password")),
        _ => false,
    }
}
