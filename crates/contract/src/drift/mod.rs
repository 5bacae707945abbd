//! What real responses contain that the contract does not, and the edits that put it there.
//!
//! ```yaml
//! Item:                                  # {"id": "1", "kind": "c", "size": 12, "note": null}
//!   type: object
//!   additionalProperties: {}
//!   required: [id]
//!   properties:
//!     id: {type: string}
//!     kind: {type: string, enum: [a, b]}
//!     note: {type: string}
//! ```
//!
//! drifts in three ways: `size` is an unknown field, `c` an unknown value, and `note` may not be null. The bindings read
//! such a response all the same; a reviewer wants to know, and gets YAML to paste:
//!
//! ```yaml
//! # components/schemas/Item/properties, after `note`
//!     size:
//!       type: integer
//!       nullable: true
//!       description: To be described.
//! ```
//!
//! Values of responses are never part of a report: they may be credentials. The one exception is a new value of an
//! enum, which belongs to the schema, and only if it looks like a name.
//!
//! The way through the files: `read` splits files into responses, `inspect` compares each with the schema of `target`
//! and keeps one [`Drift`] for each way of leaving the contract, `infer` and `secret` say what the values have in
//! common. `candidates` makes edits of drifts (with `schema`), `trial` leaves out those that `check` would refuse (with
//! `lines` and `remedy`), and `fragment` shows what is left.

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
///
/// The order is that of reports about one place.
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
///
/// A drift is identified by its kind and its place, and for a new value of an enum by the value. Place and keys are text
/// of the server: [`Display`](fmt::Display) escapes them, and code that prints the fields has to.
///
/// ```
/// use processing_results_contract::{Document, drift};
/// use serde_json::json;
///
/// # let yaml = "
/// # paths: {/items: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}}}}
/// # components: {schemas: {Item: {type: object, additionalProperties: {}, properties: {id: {type: string}}}}}
/// # ";
/// let document = Document::parse("api.yaml", yaml).unwrap();
/// let drift = drift::inspect(&document, &json!({"id": null})).unwrap().remove(0);
/// assert_eq!((drift.kind, drift.place.as_str()), (drift::DriftKind::Null, "Item.id"));
/// assert_eq!((drift.pointer.as_str(), drift.count, drift.inferred), ("/id", 1, None));
/// ```
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
