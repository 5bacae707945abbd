//! Where a part is, and who reads it.
//!
//! One edit means different things at different places. `type: string` to `type: integer` breaks a field of a response
//! either way; in a query `?n=7` is the same text as before, so that only fewer texts are valid. A context carries what
//! the surroundings decide, from the call down to the last schema.

use crate::meaning::{Directions, Kind, Part};

/// Where a part is, and who reads it.
///
/// A context is made for each part from that of the part around it ([`Context::inner`]). What belongs to one part alone
/// (`tolerant`, `closed`, `required`) is reset on the way down; what a direction or a header decides is inherited.
#[derive(Clone)]
pub(super) struct Context {
    /// For people: `Component.field`, `GET /path`, `query name`.
    pub(super) place: String,
    pub(super) directions: Directions,
    /// Whether Rust is generated from it.
    pub(super) generated: bool,
    /// Whether it is a value in a URL or a header, where everything is text.
    pub(super) textual: bool,
    /// Whether what is not documented is taken all the same: by a union that another field types, by a call that needs
    /// no credential.
    pub(super) tolerant: bool,
    /// Whether unknown keys were refused.
    pub(super) closed: bool,
    /// Whether a field is always there, before and after.
    pub(super) required: (bool, bool),
}

impl Context {
    pub(super) fn new(place: &str, directions: Directions) -> Context {
        Context {
            place: place.to_owned(),
            directions,
            generated: true,
            textual: false,
            tolerant: false,
            closed: false,
            required: (true, true),
        }
    }

    /// The same surroundings under another name.
    pub(super) fn at(&self, place: impl Into<String>) -> Context {
        Context {
            place: place.into(),
            required: (true, true),
            tolerant: false,
            closed: false,
            ..self.clone()
        }
    }

    /// The context of a part within that of what it is part of.
    pub(super) fn inner(&self, part: &Part) -> Context {
        let mut inner = self.at(self.place_of(part));
        match part.kind {
            Kind::Parameter => inner.textual = true,
            Kind::Response => inner.directions = RESPONSE,
            Kind::Header => (inner.textual, inner.generated) = (true, false),
            Kind::Media => inner.textual = false,
            _ => {}
        }
        inner
    }

    /// How a person calls it: `GET /items/{item_id}`, `query job_type`, `Item.tags[]`, `Item<Branch>`.
    fn place_of(&self, part: &Part) -> String {
        let (place, key) = (&self.place, &part.key);
        let text = |key| part.text(key).unwrap_or_default();
        match part.kind {
            Kind::Operation => format!("{} {}", text("method").to_uppercase(), text("path")),
            Kind::Parameter => format!("{} {}", text("in"), text("name")),
            Kind::Server => "servers".to_owned(),
            Kind::Credential => "security".to_owned(),
            Kind::Header => format!("{place} header {key}"),
            // The usual media type is left out.
            Kind::Media if key != "application/json" => format!("{place} {key}"),
            Kind::Path | Kind::Schema | Kind::Media | Kind::Value => place.clone(),
            Kind::Property | Kind::Values => format!("{place}.{key}"),
            Kind::Items => format!("{place}{key}"),
            Kind::OneOf | Kind::AnyOf | Kind::AllOf | Kind::Not => format!("{place}<{key}>"),
            _ => key.to_string(),
        }
    }
}

/// For what is only sent.
pub(super) const REQUEST: Directions = Directions {
    request: true,
    response: false,
};
/// For what is only read.
const RESPONSE: Directions = Directions {
    request: false,
    response: true,
};
/// For what nobody knows the direction of, so that the worse one counts.
pub(super) const BOTH: Directions = Directions {
    request: true,
    response: true,
};
