//! What an edit of the contract does: to the wire, and to the Rust API of the bindings.

mod call;
mod components;
mod fields;
mod parameters;
mod renames;
mod service;
mod types;
mod values;

use crate::document::Document;
use crate::spec::Spec;
use crate::yaml::Node;
use crate::yaml::node::escape;
use std::fmt;

/// What a change means to programs that talk to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// The same bytes go over the wire.
    None,
    /// More goes over the wire, and whoever ignores it is fine.
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

/// One change between two contracts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, as a JSON pointer into the new contract, or into the old one for what is gone.
    pub pointer: String,
    /// Where, for people: `Component.field`, `GET /path`, `query name`.
    pub place: String,
    /// What changed.
    pub what: String,
    /// What it means on the wire.
    pub wire: Wire,
    /// What it means in Rust.
    pub api: Api,
    /// Why, for both.
    pub reason: String,
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
            wire,
            api,
            reason,
            ..
        } = self;
        write!(
            f,
            "{place}: {what} [wire: {wire}, Rust API: {api}]: {reason}"
        )
    }
}

/// Every change from one contract to another, in the order of the contract. Both should be free of findings.
///
/// ```
/// use processing_results_contract::diff::{self, Api, Wire};
/// use processing_results_contract::Document;
///
/// # let yaml = "
/// # paths: {/items: {get: {operationId: get_items, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Kind'}}}}}}}}
/// # components: {schemas: {Kind: {type: string, enum: [a]}}}
/// # ";
/// let old = Document::parse("old.yaml", yaml).unwrap();
/// let new = Document::parse("new.yaml", &yaml.replace("[a]", "[a, b]")).unwrap();
/// let changes = diff::compare(&old, &new);
/// assert_eq!(changes[0].what, "value `b` added");
/// assert_eq!((changes[0].wire, changes[0].api), (Wire::Additive, Api::Minor));
/// ```
pub fn compare(old: &Document, new: &Document) -> Vec<Change> {
    let (old, new) = (Spec::new(old.root()), Spec::new(new.root()));
    let mut diff = Diff {
        renames: renames::of_components(&old, &new),
        old: &old,
        new: &new,
        changes: Vec::new(),
    };
    diff.service();
    diff.operations();
    diff.components();
    diff.changes
}

/// Keys that only people read.
const PROSE: [&str; 7] = [
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "externalDocs",
    "tags",
];

/// Two contracts, and what was found between them so far.
struct Diff<'d, 'a> {
    old: &'d Spec<'a>,
    new: &'d Spec<'a>,
    /// Components of the old contract under their names in the new one.
    renames: Vec<(&'a str, &'a str)>,
    changes: Vec<Change>,
}

/// What a change is classed as, with the reason.
type Class = (Wire, Api, &'static str);

/// A change that nothing below knows better about.
const UNKNOWN: Class = (
    Wire::Breaking,
    Api::Major,
    "this kind of change is not classified, so the worst is assumed",
);

const REWORDED: Class = (Wire::None, Api::Patch, "only documentation");

impl Diff<'_, '_> {
    fn add(
        &mut self,
        pointer: &str,
        place: &str,
        what: impl Into<String>,
        (wire, api, reason): Class,
    ) {
        self.changes.push(Change {
            pointer: pointer.to_owned(),
            place: place.to_owned(),
            what: what.into(),
            wire,
            api,
            reason: reason.to_owned(),
        });
    }

    /// Keys that differ between two nodes; `known` are looked at elsewhere.
    fn other_keys(&mut self, old: &Node, new: &Node, known: &[&str], pointer: &str, place: &str) {
        let gone = old
            .entries()
            .iter()
            .filter(|entry| !new.has(&entry.key.text));
        let keys = new
            .entries()
            .iter()
            .chain(gone)
            .map(|entry| entry.key.text.as_str());
        for key in keys.filter(|key| !known.contains(key)) {
            let json = |node: &Node| node.get(key).map(Node::to_json);
            let what = match (json(old), json(new)) {
                (before, after) if before == after => continue,
                (None, _) => format!("`{key}` added"),
                (_, None) => format!("`{key}` removed"),
                _ => format!("`{key}` changed"),
            };
            let class = if PROSE.contains(&key) || key.starts_with("x-") {
                REWORDED
            } else {
                UNKNOWN
            };
            self.add(&format!("{pointer}/{}", escape(key)), place, what, class);
        }
    }
}
