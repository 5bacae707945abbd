//! The keys of a schema, one by one.
//!
//! ```yaml
//! # before                                 # after the vendor made it a number
//! size: # In bytes.                        size: # In bytes.
//!   type: integer                            type: number
//!   format: int64                            description: How large it is.
//!   description: How large it is.
//! ```
//!
//! Replacing the schema would lose the comment and the description; so each key is removed, replaced or inserted where
//! the contract has it by convention.

use super::super::difference::Disagreement;
use super::Edits;
use super::pointers::{name_of, owner};
use crate::edit::{Edit, Place, by_all_of};
use crate::spec::{DEFAULT, Spec, TYPED_BY, is_required, referenced};
use crate::yaml::Node;
use crate::yaml::node::escape;
use serde_json::{Map, Value};

/// The order of keys in the contract; others go last.
const ORDER: [&str; 9] = [
    "name",
    "in",
    "required",
    "type",
    "format",
    "nullable",
    "deprecated",
    DEFAULT,
    "description",
];

/// Keys of a schema that another type does away with. All others describe the place and stay.
const TYPED: [&str; 9] = [
    "type",
    "format",
    "nullable",
    DEFAULT,
    "allOf",
    "oneOf",
    "$ref",
    "items",
    "additionalProperties",
];

impl<'m, 'a> Edits<'m, 'a> {
    /// Sets a key to a value, or removes it. A reference is written so that the key may stand beside it.
    pub(super) fn set(&self, at: &str, key: &str, value: Option<Value>) -> Vec<Edit> {
        match (self.node(at).filter(|node| node.has("$ref")), value) {
            (Some(node), Some(value)) => {
                by_all_of(&Spec::new(self.root), node, at, Some((key, value)))
            }
            (_, value) => self.set_key(at, key, value),
        }
    }

    /// Sets one key beside others: no edit if it has the value already, a deeper one if both values are mappings.
    fn set_key(&self, at: &str, key: &str, value: Option<Value>) -> Vec<Edit> {
        let Some(node) = self.node(at) else {
            return Vec::new();
        };
        let place = format!("{at}/{}", escape(key));
        match (node.get(key), value) {
            (None, None) => Vec::new(),
            (Some(old), Some(value)) if old.to_json() == value => Vec::new(),
            (Some(old), Some(Value::Object(new))) if old.is_mapping() => {
                self.become_like(&place, &new)
            }
            (Some(_), Some(value)) => vec![Edit::Replace { at: place, value }],
            (Some(_), None) => vec![Edit::Remove { at: place }],
            (None, Some(value)) => {
                let (into, place) = (at.to_owned(), among(node, key));
                vec![Edit::Insert {
                    into,
                    key: key.to_owned(),
                    value,
                    place,
                }]
            }
        }
    }

    /// Sets a key that is `true` or absent.
    pub(super) fn flag(&self, at: &str, key: &str, value: bool) -> Vec<Edit> {
        self.set(at, key, value.then_some(Value::Bool(true)))
    }

    /// What takes any value takes null without saying so.
    pub(super) fn nullable(&self, at: &str, value: bool) -> Vec<Edit> {
        let has_type = self
            .node(at)
            .is_some_and(|node| node.has("type") || node.has("$ref"));
        self.flag(at, "nullable", value && has_type)
    }

    /// Another type: the keys that it needs and no others, except for those that describe the place itself.
    ///
    /// `None` where a person has to decide, since the component is typed by a field beside it.
    pub(super) fn retype(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
        let (at, part) = (&difference.pointer, difference.part?);
        let node = self.node(at)?;
        // What it is typed by is written by people.
        let spec = Spec::new(self.root);
        let component = referenced(node).and_then(|name| spec.component(name));
        if component.is_some_and(|component| component.has(TYPED_BY)) {
            return None;
        }
        let is_optional = |(owner, name): (&str, String)| {
            !self
                .node(owner)
                .is_some_and(|owner| is_required(owner, &name))
        };
        let optional = owner(at)
            .filter(|_| node.has("description"))
            .map(is_optional);
        let mut schema = self.writer.schema(part, name_of(difference), optional);
        schema.remove("description");
        Some(self.become_like(at, &schema))
    }

    /// Key by key, so that comments and layout stay.
    fn become_like(&self, at: &str, schema: &Map<String, Value>) -> Vec<Edit> {
        let gone = TYPED
            .iter()
            .filter(|key| !schema.contains_key(**key))
            .map(|key| (*key, None));
        let there = schema
            .iter()
            .map(|(key, value)| (key.as_str(), Some(value.clone())));
        gone.chain(there)
            .flat_map(|(key, value)| self.set_key(at, key, value))
            .collect()
    }
}

/// Where a key goes among those that are there: behind the last of those that come before it by [`ORDER`].
fn among(node: &Node, key: &str) -> Place {
    let Some(index) = ORDER.iter().position(|known| *known == key) else {
        return Place::Last;
    };
    let before = |key: &str| ORDER[..index].contains(&key);
    let last = node
        .entries()
        .iter()
        .rev()
        .find(|entry| before(&entry.key.text));
    last.map_or(Place::First, |entry| Place::After(entry.key.text.clone()))
}
