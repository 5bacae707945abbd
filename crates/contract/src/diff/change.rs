//! A change as it is reported.

use crate::finding::Position;
use crate::meaning::Part;
use std::fmt;

/// What a change means to programs that talk to the service.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// In a few words: `format: uri`, `string (date-time)`.
    pub text: String,
    /// Where it is.
    pub at: Position,
}

/// The old and the new one.
pub(super) type Sides = [Option<Side>; 2];

/// One change between two contracts.
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
    /// What it means on the wire, whichever way.
    pub fn wire(&self) -> Wire {
        self.request.max(self.response)
    }
}

impl Side {
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
        let Change {
            place,
            what,
            api,
            reason,
            ..
        } = self;
        let wire = self.wire();
        write!(
            f,
            "{place}: {what} [wire: {wire}, Rust API: {api}]: {reason}"
        )
    }
}
