//! What a difference is classed as.
//!
//! There are only a few things that a difference can do to the set of valid values, and these decide about the wire.
//! `type: number` that becomes `type: integer` leaves out `1.5`: fewer values are valid. Who sends `1.5` is refused, and
//! who reads gets nothing that was not valid before. The Rust API does not follow from the effect, so each class states
//! it.

use super::change::{Api, Change, Sides, Wire};
use super::context::Context;
use std::borrow::Cow;

/// What a difference does to the values that are valid. It decides about the wire: who sends requests is broken by less
/// than there was, who reads responses by more.
///
/// | effect | example | requests | responses |
/// |---|---|---|---|
/// | `Equal` | a description | none | none |
/// | `Narrower` | `maxLength: 10` is new | breaking | additive |
/// | `Wider` | `nullable: true` is new | additive | breaking |
/// | `Other` | `string` became `boolean` | breaking | breaking |
/// | `More` | one more field | additive | additive |
/// | `Fewer` | a value of an enum is gone | breaking | none |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// The same values.
    Equal,
    /// Fewer values.
    Narrower,
    /// More values.
    Wider,
    /// Other values.
    Other,
    /// More of what everybody has to expect: a field, a value of an open enum.
    More,
    /// Less of it.
    Fewer,
}

/// The class of a difference, before it is known which way the part travels: both directions are judged, and
/// [`Class::into_change`] leaves out the one that does not concern anybody.
#[derive(Clone, Debug)]
pub(super) struct Class {
    pub(super) request: Wire,
    pub(super) response: Wire,
    pub(super) api: Api,
    pub(super) reason: Cow<'static, str>,
    pub(super) exposes: bool,
}

impl Effect {
    /// For requests, and for responses.
    fn on_wire(self) -> (Wire, Wire) {
        match self {
            Effect::Equal => (Wire::None, Wire::None),
            Effect::Narrower => (Wire::Breaking, Wire::Additive),
            Effect::Wider => (Wire::Additive, Wire::Breaking),
            Effect::Other => (Wire::Breaking, Wire::Breaking),
            Effect::More => (Wire::Additive, Wire::Additive),
            Effect::Fewer => (Wire::Breaking, Wire::None),
        }
    }
}

impl Class {
    pub(super) fn new(effect: Effect, api: Api, reason: impl Into<Cow<'static, str>>) -> Class {
        let (request, response) = effect.on_wire();
        Class {
            request,
            response,
            api,
            reason: reason.into(),
            exposes: false,
        }
    }

    /// A difference that nothing knows better about: the worst in each respect, so that a key which a later version of
    /// OpenAPI brings is never waved through.
    pub(super) fn unknown() -> Class {
        let reason = "this kind of change is not classified, so the worst is assumed";
        Class::new(Effect::Other, Api::Major, reason)
    }

    /// Two classes as one: the worst of both, and the reason of the worse.
    pub(super) fn and(self, other: Class) -> Class {
        let rank = |class: &Class| (class.request.max(class.response), class.api);
        let reason = match rank(&other) > rank(&self) || self.reason.is_empty() {
            true => other.reason,
            false => self.reason,
        };
        Class {
            request: self.request.max(other.request),
            response: self.response.max(other.response),
            api: self.api.max(other.api),
            exposes: self.exposes || other.exposes,
            reason,
        }
    }

    /// The change at a place: without the direction that the part does not travel in, and without a step of the Rust API
    /// where no Rust is generated from it. The reason begins with what is most urgent.
    pub(super) fn into_change(self, context: &Context, what: String, [old, new]: Sides) -> Change {
        let concerns = |concerned: bool, wire| if concerned { wire } else { Wire::None };
        let request = concerns(context.directions.request, self.request);
        let response = concerns(context.directions.response, self.response);
        let reasons = [
            if self.exposes { EXPOSED } else { "" },
            self.in_words(request, response),
            &self.reason,
        ];
        let reasons: Vec<&str> = reasons
            .into_iter()
            .filter(|reason| !reason.is_empty())
            .collect();
        Change {
            place: context.place.clone(),
            what,
            request,
            response,
            api: if context.generated {
                self.api
            } else {
                Api::Patch
            },
            reason: reasons.join("; "),
            exposes: self.exposes,
            old,
            new,
        }
    }

    /// What fewer or more values mean to those who are concerned.
    ///
    /// Empty for effects that say it themselves, such as a field that is gone.
    fn in_words(&self, request: Wire, response: Wire) -> &'static str {
        match (self.request, self.response) {
            (Wire::Breaking, Wire::Additive | Wire::None) if request == Wire::Breaking => {
                "requests that were fine are refused"
            }
            (Wire::Breaking, Wire::Additive) => "responses promise more",
            (Wire::Additive, Wire::Breaking) if response == Wire::Breaking => {
                "responses may hold what nobody expects"
            }
            (Wire::Additive, Wire::Breaking) => "requests may hold more",
            _ => "",
        }
    }
}

const EXPOSED: &str = "a credential becomes visible in logs, tables and `Debug`";
