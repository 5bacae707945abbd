//! A change as it is reported, and the two scales that it is judged by.
//!
//! ```text
//! Item.size: optional became required [wire: breaking, Rust API: major]: it is an `Option` no more
//! ```
//!
//! The scales are ordered from harmless to worst, so that the worst of several changes is their maximum. A change has
//! two judgements on the wire, for requests and for responses, as an edit that breaks the one is harmless to the other:
//! one more value of an enum is nothing to those who send, and a surprise to those who read.

use crate::finding::Position;
use crate::meaning::Part;
use std::fmt;

/// What a change means to programs that talk to the service.
///
/// ```
/// use processing_results_contract::diff::Wire;
///
/// assert!(Wire::None < Wire::Additive && Wire::Additive < Wire::Breaking);
/// assert_eq!(Wire::Breaking.to_string(), "breaking");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// The same bytes go over the wire.
    None,
    /// Other bytes may be sent, and users of the old contract are not affected.
    Additive,
    /// Someone who keeps to the old contract fails, or reads something else.
    Breaking,
}

/// What a change means to Rust code that uses the bindings, as a step of their version.
///
/// ```
/// use processing_results_contract::diff::Api;
///
/// assert_eq!([Api::Minor, Api::Major, Api::Patch].iter().max(), Some(&Api::Major));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Api {
    /// Only documentation or behaviour changes.
    Patch,
    /// There is more to use.
    Minor,
    /// Code that compiled may not compile any more.
    Major,
}

/// What one of two contracts says at the place of a change.
///
/// Where a contract says nothing, the change has no side for it, or one whose text says `absent` and whose position is
/// that of the part around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// In a few words: `format: uri`, `string (date-time)`.
    pub text: String,
    /// Where it is.
    pub at: Position,
}

/// The old and the new one; `None` for the side that lacks the thing.
pub(super) type Sides = [Option<Side>; 2];

/// One change between two contracts.
///
/// At least one of `old` and `new` is there. `request` is [`Wire::None`] for what is only part of responses, and the
/// other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, for people: `Component.field`, `GET /path`, `query name`.
    pub place: String,
    /// What changed.
    pub what: String,
    /// What it means to those who send requests.
    pub request: Wire,
    /// What it means to those who read responses.
    pub response: Wire,
    /// What it means in Rust.
    pub api: Api,
    /// Why, for all of them.
    pub reason: String,
    /// Whether values that were masked as credentials are shown from now on.
    pub exposes: bool,
    /// What the old contract says.
    pub old: Option<Side>,
    /// What the new contract says.
    pub new: Option<Side>,
}

impl Change {
    /// What it means on the wire, whichever way: the worse of [`request`](Self::request) and [`response`](Self::response).
    ///
    /// ```
    /// use processing_results_contract::diff::{self, Wire};
    /// use processing_results_contract::Document;
    ///
    /// # let yaml = "
    /// # paths: {/items: {get: {operationId: get_items, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}}}}
    /// # components: {schemas: {Item: {type: object, required: [size], properties: {size: {type: integer}}}}}
    /// # ";
    /// let old = Document::parse("old.yaml", yaml).unwrap();
    /// let new = Document::parse("new.yaml", &yaml.replace("required: [size], ", "")).unwrap();
    /// let change = &diff::compare(&old, &new)[0];
    /// assert_eq!((change.request, change.response), (Wire::None, Wire::Breaking));
    /// assert_eq!(change.wire(), Wire::Breaking);
    /// ```
    pub fn wire(&self) -> Wire {
        self.request.max(self.response)
    }

    /// Whether only people notice: the wire is the same, and so is the Rust API.
    pub(super) fn is_prose(&self) -> bool {
        (self.wire(), self.api) == (Wire::None, Api::Patch)
    }
}

impl Side {
    /// A side that is there; an `Option` since that is how a change has it.
    pub(super) fn new(text: impl Into<String>, at: Position) -> Option<Side> {
        Some(Side {
            text: text.into(),
            at,
        })
    }

    /// The names of two parts.
    pub(super) fn pair(old: &Part, new: &Part) -> Sides {
        [old, new].map(|part| Side::new(part.key.as_ref(), part.at))
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Wire::None => "none",
            Wire::Additive => "additive",
            Wire::Breaking => "breaking",
        })
    }
}

impl fmt::Display for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Api::Patch => "patch",
            Api::Minor => "minor",
            Api::Major => "major",
        })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, what, reason) = (&self.place, &self.what, &self.reason);
        let (wire, api) = (self.wire(), self.api);
        write!(
            f,
            "{place}: {what} [wire: {wire}, Rust API: {api}]: {reason}"
        )
    }
}
