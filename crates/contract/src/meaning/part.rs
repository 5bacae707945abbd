//! The parts of a document, and what they are read as.
//!
//! ```yaml
//! lang: {type: string, nullable: true, deprecated: false}
//! # Part { kind: Property, key: "lang", facts: {type: "string", nullable: true}, parts: [] }
//! ```
//!
//! `deprecated: false` is no fact, since it is the default: a document that leaves it out means the same.

use crate::finding::Position;
use crate::yaml::Node;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The fact that holds the name of the component that a schema refers to: `Mode`, not the pointer to it.
/// Another target than a schema is kept as it is written.
pub(crate) const REFERENCE: &str = "$ref";

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// The complete document.
    Service,
    Info,
    /// A security scheme, by its name.
    Scheme,
    /// Something shared that nothing refers to, or a path without a method.
    Unused,
    Operation,
    /// What a path says beside its methods.
    Path,
    /// A server of an operation, by its URL.
    Server,
    /// One way to authenticate: a security scheme, or several at once.
    Credential,
    /// A parameter: `query name`; of a path `path 0`, `path 1`, since names of placeholders mean nothing.
    Parameter,
    Body,
    Response,
    Header,
    Media,
    /// A schema with a name. This and all below are schemas.
    Component,
    /// The schema of a parameter, header or body.
    Schema,
    Property,
    Items,
    /// What a map holds, or an object beside its properties.
    Values,
    /// A branch of `oneOf`, by the name that it refers to.
    OneOf,
    AnyOf,
    AllOf,
    Not,
    /// A value of an enum.
    Value,
}

/// One thing that a document says something about.
///
/// Kind and key distinguish it from its siblings, unless the document has the same thing twice. Facts are in the order
/// of the alphabet, parts in the order of the document.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    pub(crate) kind: Kind,
    /// Its name among its siblings.
    pub(crate) key: Cow<'a, str>,
    pub(crate) at: Position,
    /// What it is read from.
    pub(crate) node: &'a Node,
    pub(crate) facts: BTreeMap<&'a str, Fact>,
    pub(crate) parts: Vec<Part<'a>>,
}

/// A single value, and where it is written.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) value: Value,
    pub(crate) at: Position,
}

/// A schema: its own facts and parts, or those of what it refers to as well.
pub(crate) struct View<'m, 'a> {
    /// Of the part that it begins with.
    pub(crate) kind: Kind,
    /// The last node of those that it is read from.
    pub(crate) node: &'a Node,
    pub(crate) at: Position,
    pub(crate) facts: BTreeMap<&'m str, &'m Fact>,
    pub(crate) parts: Vec<&'m Part<'a>>,
}

impl<'a> Part<'a> {
    pub(super) fn new(
        kind: Kind,
        key: impl Into<Cow<'a, str>>,
        at: Position,
        node: &'a Node,
    ) -> Part<'a> {
        Part {
            kind,
            key: key.into(),
            at,
            node,
            facts: BTreeMap::new(),
            parts: Vec::new(),
        }
    }

    /// Adds a fact. Of two with one name, the first stays: what is nearer, such as what stands beside a
    /// reference.
    pub(super) fn add(&mut self, name: &'a str, value: impl Into<Value>, at: Position) {
        let value = value.into();
        self.facts.entry(name).or_insert(Fact { value, at });
    }

    /// The JSON of a key.
    pub(crate) fn fact(&self, name: &str) -> Option<&Value> {
        self.facts.get(name).map(|fact| &fact.value)
    }

    /// A fact that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.fact(name)?.as_str()
    }

    /// Whether a fact is `true`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.fact(name) == Some(&Value::Bool(true))
    }

    /// Whether a field or a parameter has to be there, in a word.
    pub(crate) fn requiredness(&self) -> &'static str {
        match self.flag("required") {
            true => "required",
            false => "optional",
        }
    }

    /// The component that a schema refers to.
    pub(crate) fn reference(&self) -> Option<&str> {
        self.text(REFERENCE)
    }

    /// The parts of a kind, in the order of the document.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Part<'a>> {
        self.parts.iter().filter(move |part| part.kind == kind)
    }

    /// A schema without what it refers to.
    pub(crate) fn own(&self) -> View<'_, 'a> {
        let facts = self.facts.iter();
        View {
            kind: self.kind,
            node: self.node,
            at: self.at,
            facts: facts.map(|(name, fact)| (*name, fact)).collect(),
            parts: self.parts.iter().collect(),
        }
    }

    /// Whether a schema takes any value at all.
    pub(crate) fn is_any(&self) -> bool {
        self.own().is_any()
    }
}

impl<'m, 'a> View<'m, 'a> {
    pub(crate) fn fact(&self, name: &str) -> Option<&'m Value> {
        self.facts.get(name).map(|fact| &fact.value)
    }

    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &'m Part<'a>> {
        let parts = self.parts.iter().copied();
        parts.filter(move |part| part.kind == kind)
    }

    /// Whether any value at all is valid.
    pub(crate) fn is_any(&self) -> bool {
        let mut narrowing = ["type", "enum", REFERENCE].iter();
        let composed = [Kind::OneOf, Kind::AnyOf, Kind::AllOf, Kind::Not];
        !narrowing.any(|key| self.facts.contains_key(key))
            && !self.parts.iter().any(|part| composed.contains(&part.kind))
    }
}
