//! Schemas.

use super::{Kind, Part, REFERENCE, Reader};
use crate::finding::Position;
use crate::spec::{SCHEMAS, referenced};
use crate::yaml::{Entry, Node};
use std::collections::HashMap;

/// More references in a row than anyone writes; a circle ends here.
const MAX_HOPS: usize = 16;

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

    fn keyword(&self, part: &mut Part<'a>, schema: &'a Node, entry: &'a Entry) {
        let (key, value) = (entry.key.text.as_str(), &entry.value);
        match key {
            "properties" => self.properties(part, schema, value),
            // What is required without being a property is a fact; the rest is one of the properties.
            "required" => required_elsewhere(part, schema, value),
            "items" => part
                .parts
                .push(self.schema(Kind::Items, "[]", entry.at, value)),
            "not" => part
                .parts
                .push(self.schema(Kind::Not, "not", entry.at, value)),
            "additionalProperties" if value.is_true() => {}
            "additionalProperties" if value.is_mapping() => {
                part.add(key, true, entry.at);
                part.parts
                    .push(self.schema(Kind::Values, "*", entry.at, value));
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

    fn properties(&self, part: &mut Part<'a>, schema: &'a Node, properties: &'a Node) {
        let required: HashMap<&str, Position> = schema
            .get("required")
            .into_iter()
            .flat_map(Node::texts)
            .collect();
        for entry in properties.entries() {
            let name = entry.key.text.as_str();
            let mut property = self.schema(Kind::Property, name, entry.at, &entry.value);
            if let Some(at) = required.get(name) {
                property.add("required", true, *at);
            }
            part.parts.push(property);
        }
    }

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
            let Some(name) = referenced(target) else {
                break;
            };
            let Some(next) = self.shared.get(&("schemas", name)) else {
                break;
            };
            target = next;
        }
        !std::ptr::eq(target, schema) && target.text_of("type") == value.text()
    }
}

fn required_elsewhere<'a>(part: &mut Part<'a>, schema: &'a Node, list: &'a Node) {
    let properties = schema.entries_of("properties").iter();
    let properties: HashMap<&str, ()> = properties
        .map(|entry| (entry.key.text.as_str(), ()))
        .collect();
    let other = |item: &&Node| {
        item.text()
            .is_none_or(|name| !properties.contains_key(name))
    };
    let others: Vec<_> = list
        .items()
        .iter()
        .filter(other)
        .map(Node::to_json)
        .collect();
    if !others.is_empty() || list.items().is_empty() {
        let value = if others.is_empty() {
            list.to_json()
        } else {
            others.into()
        };
        part.add("required names", value, list.at);
    }
}

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
