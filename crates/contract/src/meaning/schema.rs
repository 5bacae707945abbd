//! Schemas.
//!
//! | written | read as |
//! |---|---|
//! | `{$ref: '#/components/schemas/A'}` | the fact `$ref` with `A` |
//! | `{type: object, nullable: true, allOf: [{$ref: ...A}]}` | `$ref` with `A`, `nullable`; a type that is another |
//! | `required: [a]` | the fact `required` of the property `a` |
//! | `enum: [x, y]` | the fact `enum`, and a part for each value |
//! | `additionalProperties: true` | nothing, since it is the default |
//!
//! Schemas within schemas are read where they stand; references are not followed, so reading is linear.

use super::{Kind, Part, REFERENCE, Reader};
use crate::finding::Position;
use crate::spec::{MAX_HOPS, SCHEMAS, referenced};
use crate::yaml::{Entry, Node};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Flags that are `false` where they are not written.
const FLAGS: [&str; 10] = [
    "nullable",
    "required",
    "deprecated",
    "readOnly",
    "writeOnly",
    "uniqueItems",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "allowEmptyValue",
    "allowReserved",
];

impl<'a> Reader<'a> {
    pub(super) fn components(&mut self) -> Vec<Part<'a>> {
        let components = self.section("schemas").iter();
        components
            .map(|entry| self.schema(Kind::Component, &entry.key.text, entry.at, &entry.value))
            .collect()
    }

    pub(super) fn schema(
        &self,
        kind: Kind,
        key: &'a str,
        at: Position,
        schema: &'a Node,
    ) -> Part<'a> {
        let mut part = Part::new(kind, key, at, schema);
        for entry in schema.entries() {
            self.keyword(&mut part, schema, entry);
        }
        if schema.entries().is_empty() && !schema.is_mapping() {
            part.add("", schema.to_json(), schema.at);
        }
        part
    }

    /// Reads one key of a schema, as a fact or as parts.
    fn keyword(&self, part: &mut Part<'a>, schema: &'a Node, entry: &'a Entry) {
        let (key, value) = (entry.key.text.as_str(), &entry.value);
        match key {
            "properties" => self.properties(part, schema, value),
            // What is required without being a property is a fact; the rest is one of the properties.
            "required" => required_elsewhere(part, schema, value),
            "items" => self.inner(part, Kind::Items, "[]", entry),
            "not" => self.inner(part, Kind::Not, "not", entry),
            "additionalProperties" if value.is_true() => {}
            "additionalProperties" if value.is_mapping() => {
                part.add(key, true, entry.at);
                self.inner(part, Kind::Values, "*", entry);
            }
            "enum" => {
                part.add(key, true, entry.at);
                part.parts.extend(value.items().iter().map(enum_value));
            }
            "allOf" if referenced(schema).is_some() => {
                // One reference in a list is that reference, with what stands beside it.
                let beside = value.items().iter().flat_map(Node::entries);
                beside.for_each(|entry| self.keyword(part, schema, entry));
            }
            REFERENCE => {
                let text = value.string().unwrap_or_default();
                part.add(key, text.strip_prefix(SCHEMAS).unwrap_or(text), entry.at);
            }
            "oneOf" => self.branches(part, Kind::OneOf, value),
            "anyOf" => self.branches(part, Kind::AnyOf, value),
            "allOf" => self.branches(part, Kind::AllOf, value),
            "type" if self.repeats_type(schema, value) => {}
            _ => fact(part, entry),
        }
    }

    /// Reads the schema below a key as a part.
    fn inner(&self, part: &mut Part<'a>, kind: Kind, key: &'a str, entry: &'a Entry) {
        let inner = self.schema(kind, key, entry.at, &entry.value);
        part.parts.push(inner);
    }

    fn properties(&self, part: &mut Part<'a>, schema: &'a Node, properties: &'a Node) {
        let required: HashMap<&str, Position> = schema.texts_of("required").collect();
        for entry in properties.entries() {
            let name = entry.key.text.as_str();
            let mut property = self.schema(Kind::Property, name, entry.at, &entry.value);
            if let Some(at) = required.get(name) {
                property.add("required", true, *at);
            }
            part.parts.push(property);
        }
    }

    /// The parts of a union, by the component that each refers to, or else by their number.
    fn branches(&self, part: &mut Part<'a>, kind: Kind, list: &'a Node) {
        for (index, branch) in list.items().iter().enumerate() {
            let mut read = self.schema(kind, "", branch.at, branch);
            let name = read.reference().map(str::to_owned);
            read.key = name.unwrap_or_else(|| format!("branch {index}")).into();
            part.parts.push(read);
        }
    }

    /// Whether the type beside a reference is the one that is referred to.
    fn repeats_type(&self, schema: &'a Node, value: &Node) -> bool {
        let mut target = schema;
        for _ in 0..MAX_HOPS {
            let name = referenced(target);
            match name.and_then(|name| self.shared.get(&("schemas", name))) {
                Some(next) => target = next,
                None => break,
            }
        }
        !std::ptr::eq(target, schema) && target.text_of("type") == value.text()
    }
}

/// What is required without being a property is a fact of the object, and so is an empty or an unreadable list.
fn required_elsewhere<'a>(part: &mut Part<'a>, schema: &'a Node, list: &'a Node) {
    let properties: HashSet<&str> = schema.keys_of("properties").collect();
    let is_property = |item: &Node| item.text().is_some_and(|name| properties.contains(name));
    let others = list.items().iter().filter(|item| !is_property(item));
    let others: Vec<Value> = others.map(Node::to_json).collect();
    if list.items().is_empty() {
        part.add("required names", list.to_json(), list.at);
    } else if !others.is_empty() {
        part.add("required names", others, list.at);
    }
}

/// A value of an enum. One that is no text keeps its JSON, so that `1` and `"1"` differ.
fn enum_value<'a>(value: &'a Node) -> Part<'a> {
    match value.string() {
        Some(text) => Part::new(Kind::Value, text, value.at, value),
        None => {
            let json = value.to_json();
            let mut part = Part::new(Kind::Value, json.to_string(), value.at, value);
            part.add("value", json, value.at);
            part
        }
    }
}

/// A key whose value is a fact, unless it is the default.
pub(super) fn fact<'a>(part: &mut Part<'a>, entry: &'a Entry) {
    let (key, value) = (entry.key.text.as_str(), entry.value.to_json());
    if !(FLAGS.contains(&key) && value == false) {
        part.add(key, value, entry.at);
    }
}

/// The section and the name of something shared that a pointer leads to.
pub(super) fn shared_name(pointer: &str) -> Option<(&str, &str)> {
    pointer.strip_prefix("#/components/")?.split_once('/')
}
