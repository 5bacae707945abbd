//! Where a JSON value is not what a schema says: for examples in the contract, and for real responses.
//!
//! ```yaml
//! Result: {type: object, required: [id], properties: {id: {type: string}, size: {type: integer}}}
//! ```
//!
//! | value | difference |
//! |---|---|
//! | `{"id": "a", "size": 1}` | none |
//! | `{"id": "a", "size": 1.0}` | none: clients read it as an integer |
//! | `{"id": 1}` | a wrong type at `/id` |
//! | `{"size": null, "new": 1}` | a null, an unknown field, and `id` is missing |
//!
//! Every difference is found, not only the first, and each says which line of the contract would have to
//! change. A value that has none may still be refused by nobody: this is as lenient as the bindings are, and no
//! more.

mod json;
mod object;
mod place;
mod values;
mod walk;

pub(crate) use json::{Json, open};
pub(crate) use values::{is_date_time, kind_of};

use crate::finding::Position;
use crate::spec::Spec;
use crate::yaml::Node;
use serde_json::value::RawValue;
use std::fmt;

/// One place in a value that the schema does not describe.
pub(crate) struct Violation<'j> {
    /// Where in the value, as a JSON pointer.
    pub(crate) pointer: String,
    /// Where in the contract, as a reader knows it: `Component.property`, with `[]` for items, `.*` for values of a map.
    pub(crate) place: String,
    /// The schema to change, as a JSON pointer into the contract. References are not followed for a null or a wrong
    /// type: those concern the place that refers, not all that refer to the same component.
    pub(crate) schema: String,
    pub(crate) problem: Problem,
    /// The value found there, for those who want to infer a type from it.
    pub(crate) value: Option<&'j RawValue>,
}

/// What is wrong with the place. `Display` is a predicate: "has a null where the schema allows none".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    UnknownField {
        key: String,
    },
    UnknownValue,
    Null,
    WrongType {
        wanted: String,
        found: &'static str,
    },
    Missing {
        name: String,
    },
    Duplicate {
        key: String,
    },
    /// A value whose type depends on a property beside it, and that has a value nobody knows.
    Untyped {
        by: String,
    },
    /// A key that cannot be read.
    Unreadable,
    NoSuchSchema,
    /// The schema leads back to itself, or there are too many alternatives.
    Endless,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::UnknownField { .. } => write!(f, "has a key that the schema does not know"),
            Problem::UnknownValue => write!(f, "has a value that the enum does not know"),
            Problem::Null => write!(f, "has a null where the schema allows none"),
            Problem::WrongType { wanted, found } => {
                let (found, wanted) = (article(found), article(wanted));
                write!(f, "has {found} where the schema wants {wanted}")
            }
            Problem::Missing { name } => write!(f, "lacks the required `{name}`"),
            Problem::Duplicate { .. } => write!(f, "has a key twice"),
            Problem::Untyped { by } => {
                f.write_str("cannot be compared, for the schema does not know its ")?;
                write!(f, "`{by}`")
            }
            Problem::Unreadable => write!(f, "has a key that is not Unicode"),
            Problem::NoSuchSchema => write!(f, "cannot be compared, for its schema is not found"),
            Problem::Endless => write!(f, "cannot be compared, for its schema has no end"),
        }
    }
}

fn article(kind: &str) -> String {
    match kind.starts_with(['a', 'i', 'o']) {
        true => format!("an {kind}"),
        false => format!("a {kind}"),
    }
}

/// Every difference between a value and the schema that a JSON pointer names, in the order of the value.
///
/// The work is bounded by the size of the value, however many alternatives a schema has; beyond the bound the
/// place is reported as `Endless`.
pub(crate) fn differences<'j>(
    spec: &Spec,
    schema: &Node,
    pointer: &str,
    value: &'j RawValue,
) -> Vec<Violation<'j>> {
    walk::Walk::new(spec, value.get().len()).differences(schema, pointer, value)
}

/// The same for a value of the contract itself: where it stands, and what is wrong.
pub(crate) fn problems_of(spec: &Spec, schema: &Node, value: &Node) -> Vec<(Position, Problem)> {
    // A `Value` is always JSON.
    let Ok(json) = serde_json::value::to_raw_value(&value.to_json()) else {
        return Vec::new();
    };
    let found = differences(spec, schema, "", &json).into_iter();
    let found = found.map(|found| {
        let place = value.pointer(&found.pointer);
        (place.map_or(value.at, |(_, at)| at), found.problem)
    });
    found.collect()
}
