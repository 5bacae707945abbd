//! Edits that are proposed, and what is left to try of each.
//!
//! ```text
//! unknown value `a-b` of [a_b]
//!   Described   enum: [a_b, a-b]                          refused: both are the variant `AB` in Rust
//!   Unnamed     enum: [a_b], x-unnamed: [a-b]             accepted
//! ```
//!
//! A candidate goes from one state to the next each time that a check refuses it, and never back, so that trying ends.

use crate::additions::unnamed;
use crate::drafts::settled;
use crate::edit::Edit;
use crate::spec::{SCHEMAS, Spec};
use crate::yaml::node::escape;
use std::collections::{BTreeMap, HashSet};

/// Edits that belong together, for one or several differences: all of them are made, or none.
pub(super) struct Candidate {
    /// The differences, by index.
    pub(super) drifts: Vec<usize>,
    pub(super) state: State,
    pub(super) edits: Vec<Edit>,
    /// The schema that changes, as a JSON pointer.
    pub(super) schema: String,
    /// What a check would complain about: a list and a value in it, or an entry.
    pub(super) about: About,
}

/// What is left to try, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// The edits as they are.
    Described,
    /// The key or value is listed as one that Rust has no name for.
    Unnamed,
    /// No edit passes the check.
    GivenUp,
}

/// What a candidate writes, so that the line of a complaint leads back to it: the entry at a pointer, or a key or value
/// of a schema, whose place in the edited text depends on the state.
pub(super) enum About {
    Entry(String),
    Value { schema: String, text: String },
}

impl Candidate {
    /// The next thing to try after a check has refused this one.
    ///
    /// False if there is nothing left, so that somebody else has to give in.
    pub(super) fn refuse(&mut self) -> bool {
        let next = match (self.state, &self.about) {
            (State::Described, About::Value { .. }) => State::Unnamed,
            _ => State::GivenUp,
        };
        std::mem::replace(&mut self.state, next) != next
    }
}

/// Edits of all candidates as they stand, and what is given up with them: the enums that nothing refers to any more.
pub(super) fn edits(spec: &Spec, candidates: &[Candidate], unused: &HashSet<String>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut nameless: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for candidate in candidates {
        match (candidate.state, &candidate.about) {
            (State::Described, _) => edits.extend(candidate.edits.iter().cloned()),
            (State::Unnamed, About::Value { schema, text }) => {
                nameless.entry(schema).or_default().push(text);
            }
            _ => {}
        }
    }
    for (at, texts) in nameless {
        if let Some((node, _)) = spec.root.pointer(at) {
            edits.extend(unnamed(node, at, &texts));
        }
    }
    let remove = |name: &String| Edit::Remove {
        at: format!("/components/schemas/{}", escape(name)),
    };
    edits.extend(unused.iter().map(remove));
    settled(spec.root, &edits)
}

/// Whether a component is an enum, which may go when nothing refers to it any more.
pub(super) fn is_enum(spec: &Spec, name: &str) -> bool {
    let component = spec.component(name.strip_prefix(SCHEMAS).unwrap_or(name));
    component.is_some_and(|component| component.has("enum"))
}
