//! Parts: how they are called, and what it means that one is there on one side only.

use super::change::{Api, Side};
use super::class::{Class, Effect};
use super::facts::AT_THE_CALL;
use super::{BOTH, Context, Diff, RESPONSE};
use crate::describe::type_of;
use crate::meaning::{Kind, NO_CREDENTIAL, Part};
use crate::spec::REGION;

impl<'d, 'a> Diff<'d, 'a> {
    /// Compares two parts that are one thing, within what they are part of.
    pub(super) fn both(&mut self, old: &'d Part<'a>, new: &'d Part<'a>, context: &Context) {
        if old.kind == Kind::Property && old.key != new.key {
            let reason = "to a program, a field of another name is another field";
            let class = Class::new(Effect::Other, Api::Major, reason);
            let sides = Side::pair(old, new);
            let place = context.at(format!("{}.{}", context.place, old.key));
            self.push(&place, format!("renamed to `{}`", new.key), sides, class);
        }
        let mut inner = inner(new, context);
        if new.kind == Kind::Property {
            inner.required = (old.flag("required"), new.flag("required"));
        }
        inner.tolerant = new.of(Kind::Credential).any(|way| way.key == NO_CREDENTIAL);
        self.part(old, new, &inner);
    }

    /// A part that is new, or gone.
    pub(super) fn alone(
        &mut self,
        part: &'d Part<'a>,
        added: bool,
        context: &Context,
        closed: bool,
    ) {
        let inner = inner(part, context);
        let Some((noun, class)) = class(part, added, context, closed) else {
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

    /// Says where the order is another, of what has one.
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

/// The context of a part within that of what it is part of.
fn inner(part: &Part, context: &Context) -> Context {
    let (place, key) = (context.place.as_str(), part.key.as_ref());
    let below = |separator: &str| match place {
        "" => key.to_owned(),
        _ => format!("{place}{separator}{key}"),
    };
    let text = |key| part.text(key).unwrap_or_default();
    match part.kind {
        Kind::Service | Kind::Info | Kind::Scheme | Kind::Unused => context.at(key),
        Kind::Operation => context.at(format!(
            "{} {}",
            text("method").to_uppercase(),
            text("path")
        )),
        Kind::Server => context.at("servers"),
        Kind::Credential => context.at("security"),
        Kind::Path | Kind::Schema => context.at(place),
        Kind::Parameter => Context {
            textual: true,
            ..context.at(format!("{} {}", text("in"), text("name")))
        },
        Kind::Body => context.at(key),
        Kind::Response => Context {
            directions: RESPONSE,
            ..context.at(key)
        },
        Kind::Header => Context {
            textual: true,
            generated: false,
            ..context.at(format!("{place} header {key}"))
        },
        // The usual one goes without saying.
        Kind::Media if key == "application/json" => context.at(place),
        Kind::Media => Context {
            textual: false,
            ..context.at(below(" "))
        },
        Kind::Component => Context::new(key, BOTH),
        Kind::Property => context.at(below(".")),
        Kind::Values => context.at(below(".")),
        Kind::Items => context.at(below("")),
        Kind::OneOf | Kind::AnyOf | Kind::AllOf | Kind::Not => {
            context.at(format!("{place}<{key}>"))
        }
        Kind::Value => context.at(place),
    }
}

/// What a part is in a few words.
fn text(part: &Part) -> String {
    match part.kind {
        Kind::Property => {
            let required = if part.flag("required") {
                "required"
            } else {
                "optional"
            };
            format!("{}: {required} {}", part.key, type_of(part.node))
        }
        Kind::Parameter => {
            let schema = part
                .of(Kind::Schema)
                .next()
                .map(|schema| type_of(schema.node))
                .unwrap_or_default();
            format!("{} {schema}", part.text("name").unwrap_or_default())
        }
        Kind::Component => format!("{}: {}", part.key, type_of(part.node)),
        _ => part.key.to_string(),
    }
}

/// What a part is called, and what it means that it is new or gone; nothing where something else says so.
fn class(part: &Part, added: bool, context: &Context, closed: bool) -> Option<(String, Class)> {
    use Effect::{Equal, Fewer, More, Narrower, Other, Wider};
    let required = part.flag("required");
    let key = &part.key;
    let by = |added_class: (Effect, Api, &'static str), gone: (Effect, Api, &'static str)| {
        let (effect, api, reason) = if added { added_class } else { gone };
        Class::new(effect, api, reason)
    };
    let noun = |noun: &str| noun.to_owned();
    let narrows = by(
        (Narrower, Api::Major, "the Rust type is another"),
        (Wider, Api::Major, "the Rust type is another"),
    );
    Some(match part.kind {
        Kind::Operation => (
            noun("call"),
            by(
                (More, Api::Minor, "one more call"),
                (Other, Api::Major, "the call is gone"),
            ),
        ),
        Kind::Parameter if required && added => (
            noun("required parameter"),
            Class::new(
                Narrower,
                Api::Major,
                "the raw function takes its parameters by position",
            ),
        ),
        Kind::Parameter => (
            noun(if added {
                "optional parameter"
            } else {
                "parameter"
            }),
            by(
                (
                    More,
                    Api::Major,
                    "the raw function takes its parameters by position",
                ),
                (
                    Other,
                    Api::Major,
                    "requests that use it mean something else, and its methods are gone",
                ),
            ),
        ),
        Kind::Body => (
            noun(if required {
                "required body"
            } else {
                "optional body"
            }),
            by(
                (
                    if required { Narrower } else { More },
                    Api::Major,
                    "the raw function takes it",
                ),
                (
                    Other,
                    Api::Major,
                    "requests that have one mean something else",
                ),
            ),
        ),
        Kind::Response => (noun("response"), response(part, added)),
        Kind::Header => (
            noun("header"),
            by(
                (
                    More,
                    Api::Patch,
                    "the bindings read no headers by the contract",
                ),
                (
                    Other,
                    Api::Patch,
                    "who reads it finds nothing; the bindings read no headers by the contract",
                ),
            ),
        ),
        Kind::Media => (
            format!("`{key}`"),
            by(
                (More, Api::Major, "the Rust type depends on it"),
                (Other, Api::Major, "who sends or expects it fails"),
            ),
        ),
        Kind::Component => (
            noun("component"),
            by(
                (
                    Equal,
                    Api::Minor,
                    "a new type; what uses it is a change of its own",
                ),
                (
                    Equal,
                    Api::Major,
                    "the type is gone; what used it is a change of its own",
                ),
            ),
        ),
        Kind::Property => (
            property(required, added),
            field(required, added, context, closed),
        ),
        // A fact says so too.
        Kind::Values => return None,
        Kind::OneOf if context.tolerant => (
            format!("branch `{key}`"),
            by(
                (
                    More,
                    Api::Minor,
                    "what is unknown is kept and tolerant on request",
                ),
                (Fewer, Api::Major, "the variant is gone"),
            ),
        ),
        Kind::OneOf | Kind::AnyOf => (
            format!("branch `{key}`"),
            by(
                (Wider, Api::Major, "the Rust type has a variant more"),
                (Narrower, Api::Major, "the variant is gone"),
            ),
        ),
        Kind::AllOf => (format!("part `{key}`"), narrows),
        Kind::Schema | Kind::Items => (noun("schema"), narrows),
        Kind::Not => (
            noun("`not`"),
            by(
                (Narrower, Api::Patch, "the generator does not read it"),
                (Wider, Api::Patch, "the generator does not read it"),
            ),
        ),
        Kind::Value => (
            format!("value `{key}`"),
            by(
                (
                    More,
                    Api::Minor,
                    "enums are open: code already has to expect values that it does not know",
                ),
                (Fewer, Api::Major, "its variant is gone"),
            ),
        ),
        Kind::Server => (format!("`{key}`"), server(part, added)),
        Kind::Credential if context.tolerant && !added => (
            format!("`{key}`"),
            Class::new(Equal, Api::Patch, "no credential is needed any more"),
        ),
        Kind::Credential => (
            format!("`{key}`"),
            by(
                (More, Api::Patch, "one more way to be let in"),
                (
                    Other,
                    Api::Patch,
                    "credentials that were enough are not any more",
                ),
            ),
        ),
        Kind::Scheme => (
            noun("security scheme"),
            Class::new(Equal, Api::Patch, AT_THE_CALL),
        ),
        Kind::Unused => (
            noun("definition"),
            Class::new(Equal, Api::Patch, "nothing refers to it"),
        ),
        Kind::Info | Kind::Path => (format!("`{key}`"), Class::prose()),
        Kind::Service => return None,
    })
}

fn property(required: bool, added: bool) -> String {
    let noun = match (added, required) {
        (false, _) => "field",
        (true, true) => "required field",
        (true, false) => "optional field",
    };
    noun.to_owned()
}

fn field(required: bool, added: bool, context: &Context, closed: bool) -> Class {
    if !added {
        let reason = "who uses the field finds nothing, on the wire and in the struct";
        return Class::new(Effect::Other, Api::Major, reason);
    }
    let (effect, reason) = match required {
        true => (Effect::Narrower, "the struct is `non_exhaustive`"),
        false if closed => (Effect::Wider, "unknown keys were refused"),
        false => (
            Effect::More,
            "unknown keys are kept anyway; the struct is `non_exhaustive`",
        ),
    };
    let sent = required && context.directions.request;
    Class::new(effect, if sent { Api::Major } else { Api::Minor }, reason)
}

/// The bindings read errors without the contract, but the raw function has a type for the body of one.
fn response(part: &Part, added: bool) -> Class {
    let (success, body) = (
        part.key.starts_with('2'),
        part.of(Kind::Media).next().is_some(),
    );
    let (api, reason) = match success || body {
        true => (Api::Major, "it decides about the types of the raw function"),
        false => (Api::Patch, "errors are read without the contract"),
    };
    let effect = match (added, success) {
        (true, true) => Effect::Wider,
        (false, true) => Effect::Other,
        (true, false) => Effect::More,
        (false, false) => Effect::Equal,
    };
    Class::new(effect, api, reason)
}

fn server(part: &Part, added: bool) -> Class {
    match (added, part.fact(REGION)) {
        (true, _) => Class::new(
            Effect::More,
            Api::Minor,
            "one more entry in `spec::SERVERS`",
        ),
        (false, Some(_)) => Class::new(
            Effect::Other,
            Api::Major,
            "who calls it gets no response; its region is gone",
        ),
        (false, None) => Class::new(Effect::Other, Api::Patch, "who calls it gets no response"),
    }
}
