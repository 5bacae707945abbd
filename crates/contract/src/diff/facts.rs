//! Facts: single values that differ.

use super::change::{Api, Side};
use super::class::{Class, Effect};
use super::{Context, Diff};
use crate::finding::Position;
use crate::meaning::{Fact, Kind, Part, View, anonymous};
use crate::spec::{DEFAULT, REGION, TYPED_BY};
use serde_json::Value;
use std::collections::BTreeSet;

/// Keys that only people read.
const PROSE: [&str; 6] = [
    "description",
    "summary",
    "example",
    "examples",
    "externalDocs",
    "tags",
];

/// Flags that are false where nothing is said.
const FLAGS: [&str; 5] = [
    "nullable",
    "required",
    "deprecated",
    "readOnly",
    "writeOnly",
];

/// The longest value that is written out.
const MAX_SHOWN: usize = 60;

/// A fact on both sides.
pub(super) struct Pair<'p> {
    pub(super) name: &'p str,
    pub(super) old: Option<&'p Fact>,
    pub(super) new: Option<&'p Fact>,
}

impl<'p> Pair<'p> {
    pub(super) fn before(&self) -> Option<&'p Value> {
        self.old.map(|fact| &fact.value)
    }

    pub(super) fn after(&self) -> Option<&'p Value> {
        self.new.map(|fact| &fact.value)
    }

    /// Whether it is true now, or there at all.
    pub(super) fn is_set(&self) -> bool {
        self.after().is_some_and(|value| *value != false)
    }

    fn texts(&self) -> [&'p str; 2] {
        [self.before(), self.after()].map(|value| value.and_then(Value::as_str).unwrap_or_default())
    }

    /// Fewer values if it is set now, more if it was.
    pub(super) fn narrows(&self) -> Effect {
        if self.is_set() {
            Effect::Narrower
        } else {
            Effect::Wider
        }
    }

    pub(super) fn what(&self) -> String {
        let verb = match (self.old, self.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        format!("`{}` {verb}", self.name)
    }
}

/// The facts that differ, by name.
pub(super) fn differing<'p>(old: &View<'p, '_>, new: &View<'p, '_>) -> Vec<Pair<'p>> {
    let names: BTreeSet<&'p str> = old.facts.keys().chain(new.facts.keys()).copied().collect();
    let pairs = names.into_iter().map(|name| Pair {
        name,
        old: old.facts.get(name).copied(),
        new: new.facts.get(name).copied(),
    });
    pairs.filter(|pair| pair.before() != pair.after()).collect()
}

impl Diff<'_, '_> {
    /// The facts of everything but schemas.
    pub(super) fn facts(&mut self, old: &Part, new: &Part, context: &Context) {
        for pair in differing(&old.own(), &new.own()) {
            let shared = shared(&pair).map(|class| (pair.what(), class));
            if let Some((what, class)) = shared.or_else(|| class(&pair, new)) {
                self.fact(&pair, [old.at, new.at], context, what, class);
            }
        }
    }

    pub(super) fn fact(
        &mut self,
        pair: &Pair,
        at: [Position; 2],
        context: &Context,
        what: String,
        class: Class,
    ) {
        let side = |fact: Option<&Fact>, at: Position| match fact {
            Some(fact) => Side::new(format!("{}: {}", pair.name, shown(&fact.value)), fact.at),
            None => Side::new(format!("{}: {}", pair.name, absent(pair.name)), at),
        };
        let sides = [side(pair.old, at[0]), side(pair.new, at[1])];
        self.push(context, what, sides, class);
    }
}

/// What is classed alike wherever it is said.
pub(super) fn shared(pair: &Pair) -> Option<Class> {
    Some(match pair.name {
        REGION => Class::new(
            Effect::Equal,
            Api::Major,
            "regions are the variants of `Region`",
        ),
        TYPED_BY => {
            let api = if extends(pair) {
                Api::Minor
            } else {
                Api::Major
            };
            Class::new(Effect::Equal, api, "it decides about the variants of `Job`")
        }
        DEFAULT => Class::new(
            Effect::Equal,
            Api::Patch,
            "what the service does where the value is absent",
        ),
        name if PROSE.contains(&name) || name.starts_with("x-") => Class::prose(),
        "deprecated" if pair.is_set() => {
            Class::new(Effect::Equal, Api::Minor, "code that uses it is warned")
        }
        "deprecated" => Class::new(
            Effect::Equal,
            Api::Patch,
            "code that uses it is warned no more",
        ),
        _ => return None,
    })
}

/// Whether all that was mapped is mapped in the same way.
fn extends(pair: &Pair) -> bool {
    let (Some(old), Some(new)) = (pair.before(), pair.after()) else {
        return false;
    };
    let entries = old["mapping"].as_object().into_iter().flatten();
    old["property"] == new["property"]
        && entries
            .into_iter()
            .all(|(key, value)| new["mapping"][key] == *value)
}

fn class(pair: &Pair, part: &Part) -> Option<(String, Class)> {
    use Effect::{Equal, Narrower, Other, Wider};
    let [before, after] = pair.texts();
    let class = Class::new;
    Some(match (part.kind, pair.name) {
        (Kind::Info, "version") => (
            "version changed".to_owned(),
            class(
                Equal,
                Api::Patch,
                "only `spec::API_VERSION` says another text",
            ),
        ),
        (Kind::Info, _) => (pair.what(), Class::prose()),
        (Kind::Service, "openapi")
            if [before, after].iter().all(|text| text.starts_with("3.0.")) =>
        {
            (
                pair.what(),
                class(Equal, Api::Patch, "documents of 3.0 are read alike"),
            )
        }
        (Kind::Scheme, _) => (pair.what(), class(Equal, Api::Patch, AT_THE_CALL)),
        (Kind::Unused, _) => (
            pair.what(),
            class(Equal, Api::Patch, "nothing refers to it"),
        ),
        (Kind::Operation, "path") if anonymous(before) == anonymous(after) => return None,
        (Kind::Operation, "path" | "method") => {
            let what = format!("was `{before}`");
            (
                what,
                class(
                    Other,
                    Api::Patch,
                    "calls go elsewhere; the API stays the same",
                ),
            )
        }
        (Kind::Operation, "operationId") => {
            let what = format!("operation `{before}` became `{after}`");
            (
                what,
                class(Equal, Api::Major, "it is the name of the raw function"),
            )
        }
        (Kind::Operation, "servers") => {
            let what = "the first one, the default, changed".to_owned();
            (
                what,
                class(
                    Other,
                    Api::Patch,
                    "calls go to another default; the API stays the same",
                ),
            )
        }
        (Kind::Credential, "scopes") => {
            let effect = match (pair.old, pair.new) {
                (None, _) => Narrower,
                (_, None) => Wider,
                _ => Other,
            };
            (
                pair.what(),
                class(effect, Api::Patch, "what a credential has to allow"),
            )
        }
        (Kind::Operation, "callbacks") if pair.old.is_none() => (
            pair.what(),
            class(
                Effect::More,
                Api::Patch,
                "what the service calls by itself, if it is asked to",
            ),
        ),
        (Kind::Operation, "callbacks") => (
            pair.what(),
            class(
                Other,
                Api::Patch,
                "what the service calls by itself; the bindings do not answer",
            ),
        ),
        (Kind::Response, "links") => (
            pair.what(),
            class(
                Equal,
                Api::Patch,
                "links say what to do next, and bind nobody",
            ),
        ),
        (Kind::Parameter | Kind::Body | Kind::Header, "required") => {
            let (what, reason) = match pair.is_set() {
                true => ("optional became required", "it is an `Option` no more"),
                false => ("required became optional", "it becomes an `Option`"),
            };
            (what.to_owned(), class(pair.narrows(), Api::Major, reason))
        }
        (Kind::Parameter, "name") if part.text("in") == Some("path") => {
            let what = format!("renamed to `{after}`");
            (
                what,
                class(
                    Equal,
                    Api::Patch,
                    "names of placeholders are not on the wire; arguments have positions",
                ),
            )
        }
        (Kind::Parameter, "name") => {
            let what = format!("renamed to `{after}`");
            (
                what,
                class(
                    Other,
                    Api::Major,
                    "to the service, another name is another parameter",
                ),
            )
        }
        (Kind::Parameter, "in") => {
            let reason = "it is sent elsewhere, and is elsewhere in the raw function";
            (format!("was in {before}"), class(Other, Api::Major, reason))
        }
        (Kind::Parameter, "allowReserved" | "allowEmptyValue") => {
            let effect = if pair.is_set() { Wider } else { Narrower };
            (
                pair.what(),
                class(effect, Api::Patch, "values are encoded as before"),
            )
        }
        (Kind::Parameter | Kind::Header, "style" | "explode") => (
            pair.what(),
            class(Other, Api::Patch, "values are written in another way"),
        ),
        (Kind::Media, "encoding") => (
            pair.what(),
            class(Other, Api::Patch, "values are written in another way"),
        ),
        _ => (pair.what(), Class::unknown()),
    })
}

/// Why changes of a security scheme are none by themselves.
pub(super) const AT_THE_CALL: &str = "which credentials are enough is said at the call";

/// A value in a line.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn absent(name: &str) -> &'static str {
    if FLAGS.contains(&name) {
        "absent, so false"
    } else {
        "absent"
    }
}
