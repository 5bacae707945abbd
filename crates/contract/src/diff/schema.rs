//! Schemas.

use super::change::{Api, Side};
use super::class::{Class, Effect};
use super::facts::{Pair, differing, shared};
use super::limits::limit;
use super::pairs::Matched;
use super::{Context, Diff};
use crate::describe::type_of;
use crate::meaning::{Kind, Part, REFERENCE, View};
use crate::spec::TYPED_BY;
use serde_json::Value;
use std::collections::HashSet;

/// How many pairs of schemas are compared at most, all in all, to say what one in place of another means.
const MAX_SWAPS: usize = 100_000;

/// Formats that say how to read or show a value, and leave out none.
const LAX: [&str; 6] = ["password", "uri", "int64", "float", "double", "binary"];

const ANOTHER_TYPE: &str = "the Rust type is another";

/// What is found out about one schema in place of another: all that differs, in one class.
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

    /// One component in place of another, or of a schema without a name.
    fn swapped(&mut self, old: &'d Part<'a>, new: &'d Part<'a>, context: &Context) {
        let mut class = Class::new(Effect::Equal, Api::Major, ANOTHER_TYPE);
        match self.swap.is_some() {
            true => self.reach(old, new, context),
            false => class = self.swap(old, new, context).and(class),
        }
        let texts = [old, new].map(|part| type_of(part.node));
        let what = format!("`{}` became `{}`", texts[0], texts[1]);
        let sides = [Side::new(&*texts[0], old.at), Side::new(&*texts[1], new.at)];
        self.push(context, what, sides, class);
    }

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

    /// All that two schemas say, each in a view of its own.
    fn content(&mut self, old: View<'d, 'a>, new: View<'d, 'a>, context: &Context) {
        let tolerant = [&old, &new]
            .iter()
            .all(|view| view.fact(TYPED_BY).is_some());
        let context = &Context {
            tolerant,
            ..context.clone()
        };
        let pairs = differing(&old, &new);
        let retyped = self.retyped(&old, &new, context);
        let differs = |name: &str| pairs.iter().any(|pair| pair.name == name);
        for pair in &pairs {
            if let Some((what, class)) = classed(pair, &pairs, [&old, &new], context) {
                self.fact(pair, [old.at, new.at], context, what, class);
            }
        }
        let open = differs("enum");
        let closed = old.fact("additionalProperties") == Some(&Value::Bool(false));
        let Matched { pairs, gone, added } = self.matched(old.parts, new.parts);
        self.order(&pairs, context);
        for (before, after) in pairs {
            self.both(before, after, context);
        }
        // What another type brings along is a part of it.
        let told = |part: &&Part| {
            if part.kind == Kind::Value {
                open
            } else {
                retyped
            }
        };
        for (parts, is_new) in [(gone, false), (added, true)] {
            for part in parts.into_iter().filter(|part| !told(part)) {
                self.alone(part, is_new, context, closed);
            }
        }
    }

    /// Says whether type, format and union together make another type, and which.
    fn retyped(&mut self, old: &View<'d, 'a>, new: &View<'d, 'a>, context: &Context) -> bool {
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
            false => Class::new(effect, Api::Major, ANOTHER_TYPE),
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

/// What a fact of a schema means, unless it is a part of something that is told already.
fn classed(
    pair: &Pair,
    pairs: &[Pair],
    views: [&View; 2],
    context: &Context,
) -> Option<(String, Class)> {
    let class = Class::new;
    let (effect, set) = (pair.narrows(), pair.is_set());
    let say = |yes: &str, no: &str| (if set { yes } else { no }).to_owned();
    let any = views.iter().any(|view| view.is_any());
    Some(match pair.name {
        REFERENCE | "type" | "format" => return None,
        "required" => {
            let reason = if set {
                "it is an `Option` no more"
            } else {
                "it becomes an `Option`"
            };
            let what = say("optional became required", "required became optional");
            (what, class(effect, Api::Major, reason))
        }
        // A value of any type may be null, and a field that may be absent may be null: that is one change, not two.
        "nullable"
            if any
                || pairs
                    .iter()
                    .any(|other| other.name == "required" && other.is_set() != set) =>
        {
            return None;
        }
        "nullable" => {
            let effect = if set { Effect::Wider } else { Effect::Narrower };
            let (api, reason) = match context.required {
                (false, false) => (Api::Patch, "an optional field is an `Option` anyway"),
                _ => (Api::Major, "whether it is an `Option` depends on it"),
            };
            (
                say("may be null now", "may be null no more"),
                class(effect, api, reason),
            )
        }
        "enum" => {
            let effect = if set { Effect::Narrower } else { Effect::More };
            let reason = "enums are open, but have a type of their own";
            (
                say("became an enum", "is no enum any more"),
                class(effect, Api::Major, reason),
            )
        }
        "additionalProperties" => (pair.what(), unknown_keys(pair, views)),
        "title" => (
            pair.what(),
            class(Effect::Equal, Api::Major, "a title renames the Rust type"),
        ),
        "default" => (pair.what(), default(context)),
        "readOnly" => {
            let effect = if set { Effect::Fewer } else { Effect::More };
            (pair.what(), class(effect, Api::Patch, IGNORED))
        }
        "writeOnly" => {
            let effect = if set { Effect::Wider } else { Effect::More };
            (pair.what(), class(effect, Api::Patch, IGNORED))
        }
        "discriminator" | "xml" => (pair.what(), class(Effect::Equal, Api::Patch, IGNORED)),
        _ => {
            let class = shared(pair).or_else(|| limit(pair, views[1]));
            (pair.what(), class.unwrap_or_else(Class::unknown))
        }
    })
}

const IGNORED: &str = "the generator does not read it";

/// Whether keys that are not documented are kept, dropped or refused.
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
    Class::new(
        effect,
        Api::Major,
        "it decides whether unknown keys are kept in `extra`, and as what",
    )
}

/// What a value is that is left out.
fn default(context: &Context) -> Class {
    match context.textual {
        true => Class::new(
            Effect::Fewer,
            Api::Patch,
            "requests that leave it out may mean something else",
        ),
        false => Class::new(
            Effect::Fewer,
            Api::Major,
            "where it is left out, the struct has it all the same",
        ),
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
