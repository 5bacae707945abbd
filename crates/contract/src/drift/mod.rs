//! What real responses contain that the contract does not, and the edits that put it there.
//!
//! Values of responses are never part of a report: they may be credentials. The one exception is a new value of an
//! enum, which belongs to the schema, and only if it looks like a name.

mod candidates;
mod fragment;
mod infer;
mod inspect;
mod lines;
mod read;
mod remedy;
mod schema;
mod secret;
mod target;
mod trial;

pub use inspect::{Inspector, NoSuchCall, inspect};
pub use read::{ReadError, Response, read};
pub use trial::{Remedies, remedies};

use crate::describe::TO_BE_DESCRIBED;
use infer::Inferred;
use std::fmt;

/// How a response leaves the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DriftKind {
    /// A key that the object does not declare.
    UnknownField,
    /// A value that the enum does not list.
    UnknownValue,
    /// A null where none is allowed.
    Null,
    /// A value of another type, a text that is not of the declared format, or a number that the type does not hold.
    WrongType,
    /// A required key that is not there.
    Missing,
    /// A key that comes twice in one object.
    Duplicate,
    /// A value that could not be compared, with the reason.
    NotCompared,
}

/// One way in which responses leave the contract, however often they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// What kind of difference it is.
    pub kind: DriftKind,
    /// The place in the contract: component, then property, `[]` for items, `.*` for values of a map.
    pub place: String,
    /// Where it was seen first, as a JSON pointer into the response.
    pub pointer: String,
    /// The response in which it was seen first, the first being 1.
    pub response: usize,
    /// How often it was seen.
    pub count: usize,
    /// The type that the values had, in the words of OpenAPI; for [`DriftKind::UnknownField`] and [`DriftKind::WrongType`].
    pub inferred: Option<String>,
    /// The new value of an enum, if it looks like a name of at most 64 letters.
    pub value: Option<String>,
    /// The schema to change, as a JSON pointer into the contract.
    schema: String,
    /// The key that is unknown, missing or there twice; or why a value was not compared.
    detail: Option<String>,
    seen: Inferred,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inferred = self.inferred.as_deref().unwrap_or("something else");
        write!(f, "{}: ", self.place.escape_debug())?;
        match (self.kind, &self.value) {
            (DriftKind::UnknownField, _) => write!(f, "unknown field, {inferred}")?,
            (DriftKind::UnknownValue, Some(value)) => write!(f, "unknown value `{value}`")?,
            (DriftKind::UnknownValue, None) => {
                write!(f, "unknown value that does not look like a name")?
            }
            (DriftKind::Null, _) => write!(f, "null, which is not allowed")?,
            (DriftKind::WrongType, _) => write!(f, "wrong type, {inferred}")?,
            (DriftKind::Missing, _) => write!(f, "required, but not there")?,
            (DriftKind::Duplicate, _) => write!(f, "there twice in one object")?,
            (DriftKind::NotCompared, _) => {
                write!(f, "{}", self.detail.as_deref().unwrap_or("not compared"))?;
            }
        }
        let pointer = self.pointer.escape_debug();
        match self.count {
            1 => write!(f, " (at `{pointer}`")?,
            count => write!(f, " ({count} times, first at `{pointer}`")?,
        }
        match self.response {
            1 => write!(f, ")"),
            number => write!(f, " of response {number})"),
        }
    }
}
