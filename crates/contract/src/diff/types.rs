//! Types and formats: together they choose the Rust type, so that they are one change.
//!
//! ```text
//! Item.created_at: `string` became `string (date-time)`
//! Item.size: `integer` became `number`
//! ```
//!
//! Some formats only say how to show or store a value (`password`, `uri`, `int64`); others leave values out (`date-time`
//! refuses most texts). A text that was a `password` and is none any more is shown where it was masked: the one change
//! here that matters though neither wire nor types are affected, and so it is marked and reported first.

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
    /// Reports another type, format or union, and says whether it did; then the parts that it brings along (items,
    /// branches) are no changes of their own.
    pub(super) fn retyped(
        &mut self,
        old: &View<'d, 'a>,
        new: &View<'d, 'a>,
        context: &Context,
    ) -> bool {
        let text = |view: &View<'d, 'a>, key| view.fact(key).and_then(Value::as_str);
        let same_type = old.fact("type") == new.fact("type");
        let same_kind = same_type && is_union(old) == is_union(new);
        if same_kind && old.fact("format") == new.fact("format") {
            return false;
        }
        let formats = [old, new].map(|view| text(view, "format"));
        let mut class = match same_kind {
            true => format_class(formats, text(new, "type")),
            false => {
                let effect = type_effect(old, new, context);
                Class::new(effect, Api::Major, "the Rust type is another")
            }
        };
        class.exposes = exposes(formats);
        let texts = [old, new].map(|view| type_of(view.node));
        let what = format!("`{}` became `{}`", texts[0], texts[1]);
        let key = if same_type { "format" } else { "type" };
        let side = |view: &View, text: &str| {
            let at = view.facts.get(key).map_or(view.at, |fact| fact.at);
            Side::new(text, at)
        };
        let sides = [side(old, &texts[0]), side(new, &texts[1])];
        self.push(context, what, sides, class);
        true
    }
}

fn is_union(view: &View) -> bool {
    let mut branches = view.of(Kind::OneOf).chain(view.of(Kind::AnyOf));
    branches.next().is_some()
}

/// What another type means. In a URL everything is text, and one value is a list of one.
///
/// `?tag=a` is read as the list `[a]`, so that `string` to `array of string` takes more requests; and every number is a
/// text, so that `string` to `integer` takes fewer.
fn type_effect(old: &View, new: &View, context: &Context) -> Effect {
    let text = |view: &View| view.fact("type").and_then(Value::as_str).map(str::to_owned);
    let items = new.of(Kind::Items).next();
    let items = items.and_then(|items| items.text("type"));
    let [before, after] = [old, new].map(text);
    match (before.as_deref(), after.as_deref()) {
        _ if old.is_any() && !new.is_any() => Effect::Narrower,
        _ if new.is_any() && !old.is_any() => Effect::Wider,
        _ if is_union(old) != is_union(new) => Effect::Other,
        (Some("number"), Some("integer")) => Effect::Narrower,
        (Some("integer"), Some("number")) => Effect::Wider,
        (Some("object" | "array"), Some("string")) => Effect::Other,
        (Some("string"), Some("object")) => Effect::Other,
        (before @ Some(_), Some("array")) if context.textual && items == before => Effect::Wider,
        (Some("string"), Some(_)) if context.textual => Effect::Narrower,
        (Some(_), Some("string")) if context.textual => Effect::Wider,
        _ => Effect::Other,
    }
}

/// What another format of the same type means. An integer is an `i64` with and without `int64`, a number an `f64` with
/// and without `double`.
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
    let (api, reason) = match usual(before) && usual(after) {
        true => (Api::Patch, "the Rust type is the same"),
        false => (Api::Major, "a format chooses the Rust type"),
    };
    Class::new(effect, api, reason)
}

/// Whether a value was masked, and is so no more. Of a `uri` the user info and the query are masked; `password` masks
/// all of it, and is no loss.
fn exposes([before, after]: [Option<&str>; 2]) -> bool {
    match before {
        Some("password") => after != before,
        // Its user info and its query may hold a credential.
        Some("uri") => !matches!(after, Some("uri" | "password")),
        _ => false,
    }
}
