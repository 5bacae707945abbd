//! Edits of the YAML text in place: comments, layout and every other byte stay as they are.
//!
//! All edits name their places by JSON pointers into the document as it was. They are collected, turned into
//! changes of byte ranges, and made in one pass; then the result is read again and compared with what was
//! intended, so that an edit either does exactly what it says or is refused.
//!
//! ```yaml
//! properties:
//!   # The name.
//!   lang: {type: string}  # as a code
//!   pages:
//!     type: integer
//! ```
//!
//! `Insert nullable: true into /properties/lang` writes `{type: string, nullable: true}` and keeps both
//! comments; inserted into `/properties/pages` it is a line of its own, indented as its neighbours are. `Remove
//! /properties/lang` takes its line and the comment above it.
//!
//! `plan.rs` collects, by collection; `block.rs` and `flow.rs` turn plans into changes, for the two styles of
//! YAML; `layout.rs` knows lines and comments, `render.rs` writes values, and `intended.rs` says what has to
//! come out.

mod block;
mod changes;
mod flow;
mod intended;
mod layout;
mod lookup;
mod plan;
mod render;
mod schema;
mod spacing;

pub(crate) use schema::{by_all_of, nullable};

use crate::finding::Finding;
use crate::report::Report;
use crate::yaml::rules::DUPLICATE_KEY;
use crate::yaml::{self, Node};
use changes::Changes;
use layout::Layout;
use plan::{New, Plans};
use serde_json::Value;
use std::fmt;

/// One edit of a YAML document.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds an entry to a mapping.
    Insert {
        /// The mapping, as a JSON pointer.
        into: String,
        /// The key of the new entry.
        key: String,
        /// Its value.
        value: Value,
        /// Where among the entries it goes.
        place: Place,
    },
    /// Adds an item to a sequence.
    Push {
        /// The sequence, as a JSON pointer.
        into: String,
        /// The new item.
        value: Value,
        /// Where among the items it goes.
        place: Place,
    },
    /// Removes an entry or an item, together with the comment lines directly above it.
    Remove {
        /// The entry or item, as a JSON pointer.
        at: String,
    },
    /// Writes another value.
    Replace {
        /// The value, as a JSON pointer.
        at: String,
        /// The value to write.
        value: Value,
    },
    /// Writes another key in front of the same value.
    Rename {
        /// The entry, as a JSON pointer.
        at: String,
        /// The key to write.
        key: String,
    },
}

/// Where among its siblings something new goes. Of several with the same place, the first comes first.
///
/// ```
/// use processing_results_contract::edit::{Edit, Place, apply};
///
/// let push = |value: &str, place| Edit::Push { into: "/a".into(), value: value.into(), place };
/// let edits = [push("x", Place::First), push("z", Place::After("0".into()))];
/// assert_eq!(apply("a: [b, c]\n", &edits).unwrap(), "a: [x, b, z, c]\n");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    First,
    /// After all others, before comments that follow.
    Last,
    /// Before a sibling and its comments: a key, or the index of an item.
    Before(String),
    /// After a sibling: a key, or the index of an item.
    After(String),
}

/// Why edits were not made.
///
/// ```
/// use processing_results_contract::edit::{Edit, Error, apply};
///
/// let remove = |at: &str| Edit::Remove { at: at.to_owned() };
/// assert_eq!(apply("a: 1\n", &[remove("/b")]), Err(Error::NoSuchPlace("/b".into())));
/// let rename = Edit::Rename { at: "/a".into(), key: "b".into() };
/// assert_eq!(apply("a: 1\n", &[remove("/a"), rename]), Err(Error::Conflict("/a".into())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The text is not YAML.
    Unreadable(Vec<Finding>),
    /// Nothing is where an edit says, or it is of the wrong kind.
    NoSuchPlace(String),
    /// Two edits want different things of one place, such as to remove and to change it.
    Conflict(String),
    /// The text is written in a way that these edits cannot keep.
    NotInPlace,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable(findings) => match findings.first() {
                Some(finding) => write!(f, "{finding}"),
                None => write!(f, "the text is not YAML"),
            },
            Error::NoSuchPlace(pointer) => {
                write!(f, "there is no `{}` to edit", pointer.escape_debug())
            }
            Error::Conflict(pointer) => {
                let pointer = pointer.escape_debug();
                write!(f, "two edits of `{pointer}` exclude each other")
            }
            Error::NotInPlace => f.write_str(
                "the file is written in a way that cannot be edited in place; edit it by hand",
            ),
        }
    }
}

impl std::error::Error for Error {}

/// The text with all edits made, every other byte as it was.
///
/// # Errors
///
/// If the text is not YAML, a place does not exist, two edits exclude each other, or the result would not be read
/// as exactly the edited tree. All edits are made, or none.
///
/// ```
/// use processing_results_contract::edit::{Edit, Place, apply};
/// use serde_json::json;
///
/// let yaml = "properties:\n  # The name.\n  lang: {type: string}  # as a code\n";
/// let edits = [
///     Edit::Insert {
///         into: "/properties/lang".into(),
///         key: "nullable".into(),
///         value: json!(true),
///         place: Place::Last,
///     },
///     Edit::Insert {
///         into: "/properties".into(),
///         key: "pages".into(),
///         value: json!({"type": "integer"}),
///         place: Place::After("lang".into()),
///     },
/// ];
/// assert_eq!(
///     apply(yaml, &edits).unwrap(),
///     "properties:\n  # The name.\n  lang: {type: string, nullable: true}  # as a code\n  pages:\n    type: integer\n",
/// );
/// ```
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Error> {
    let (root, noted) = read(text)?;
    let plans = Plans::new(&root, edits)?;
    let layout = Layout::new(text);
    let mut changes = Changes::default();
    for plan in plans.iter() {
        match layout.is_flow(plan.node) {
            true => flow::change(&layout, plan, &mut changes),
            false => block::change(&layout, plan, &mut changes),
        }
    }
    let edited = changes.made(text).ok_or(Error::NotInPlace)?;
    let (reread, noted_now) = read(&edited).map_err(|_| Error::NotInPlace)?;
    // As text, since the order of keys counts too; and no key may be there twice that was not before.
    let found = reread.to_json().to_string();
    let intended = plans.intended(&root).to_string();
    match found == intended && noted_now <= noted {
        true => Ok(edited),
        false => Err(Error::NotInPlace),
    }
}

/// The lines that an insertion writes, with their indentation.
pub(crate) fn yaml_lines(key: Option<&str>, value: &Value, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let new = New {
        key: key.map(str::to_owned),
        value: value.clone(),
    };
    format!("{indent}{}\n", render::child(&new, &indent, "\n"))
}

/// What edits changed, as a unified diff of the file.
///
/// ```
/// let diff = processing_results_contract::edit::unified_diff("api.yaml", "a: 1\n", "a: 1\nb: 2\n");
/// assert_eq!(diff, "--- a/api.yaml\n+++ b/api.yaml\n@@ -1 +1,2 @@\n a: 1\n+b: 2\n");
/// ```
#[cfg(feature = "command")]
pub fn unified_diff(file: &str, before: &str, after: &str) -> String {
    let file = file.trim_start_matches('/');
    similar::TextDiff::from_lines(before, after)
        .unified_diff()
        .header(&format!("a/{file}"), &format!("b/{file}"))
        .to_string()
}

/// The tree, and how many of its keys are there twice.
fn read(text: &str) -> Result<(Node, usize), Error> {
    let mut report = Report::new("");
    let root = yaml::read(text, &mut report);
    let noted = report.into_sorted();
    match root {
        Some(root) => {
            let twice = noted
                .iter()
                .filter(|finding| finding.rule == DUPLICATE_KEY.name);
            Ok((root, twice.count()))
        }
        None => Err(Error::Unreadable(noted)),
    }
}
