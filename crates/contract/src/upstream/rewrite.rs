//! Schemas of OpenAPI 3.1 in terms of 3.0, reduced to what they mean for a reader of values.
//!
//! Prose, examples and limits go, since the contract leaves them out on purpose. A keyword that nobody here knows
//! stays, so that it shows as a difference.

use super::alternatives;
use super::references::References;
use crate::finding::Position;
use crate::yaml::build::{entry, flag, list, mapping, text};
use crate::yaml::{Entry, Node};
use serde_json::Value;

/// More references in a row than anyone writes; a circle ends here.
const MAX_DEPTH: usize = 32;

/// Keywords that a reader of values can do without.
const LEFT_OUT: &str = "title description examples example externalDocs $comment xml discriminator \
    minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems \
    uniqueItems minProperties maxProperties propertyNames readOnly writeOnly contentMediaType contentEncoding \
    contentSchema contains minContains maxContains dependentRequired unevaluatedItems unevaluatedProperties \
    $id $anchor $schema $defs definitions";

fn is_left_out(key: &str) -> bool {
    LEFT_OUT.split(' ').any(|keyword| keyword == key)
}

/// Formats that say how a number is stored, which the contract leaves to its types.
const NUMBER_FORMATS: [&str; 4] = ["int32", "int64", "float", "double"];

/// Rewrites one schema; what it refers to is noted in `references`.
pub(super) fn schema(references: &mut References, node: &Node) -> Result<Node, String> {
    if node.is_true() {
        return Ok(mapping(node.at, Vec::new()));
    }
    let mut made = Made::new(node.at);
    for entry in node.entries() {
        made.keyword(references, entry, node)?;
    }
    let (first, items) = (node.items_of("prefixItems").iter(), node.get("items"));
    made.contained(references, "items", first.chain(items))?;
    let patterns = node.entries_of("patternProperties").iter();
    let values = patterns
        .map(|entry| &entry.value)
        .chain(node.get("additionalProperties"));
    made.contained(references, "additionalProperties", values)?;
    // What the schema itself says comes first, since alternatives beside it only narrow it.
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some(arms) = node.get(key) {
            made.alternatives(references, key, arms)?;
        }
    }
    Ok(made.finished())
}

struct Made {
    at: Position,
    nullable: bool,
    entries: Vec<Entry>,
}

impl Made {
    fn new(at: Position) -> Made {
        Made {
            at,
            nullable: false,
            entries: Vec::new(),
        }
    }

    fn finished(mut self) -> Node {
        if self.nullable {
            self.set("nullable", flag(self.at, true));
        }
        mapping(self.at, self.entries)
    }

    fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.text == key)
    }

    fn set_all(&mut self, schema: &Node) {
        for entry in schema.entries() {
            self.set(&entry.key.text, entry.value.clone());
        }
    }

    fn set(&mut self, key: &str, value: Node) {
        if !self.has(key) {
            self.entries.push(entry(key, value.at, value));
        }
    }

    fn extend(&mut self, keys: impl IntoIterator<Item = (&'static str, Node)>) {
        keys.into_iter()
            .for_each(|(key, value)| self.set(key, value));
    }

    fn keyword(
        &mut self,
        references: &mut References,
        entry: &Entry,
        node: &Node,
    ) -> Result<(), String> {
        let (key, value) = (entry.key.text.as_str(), &entry.value);
        match key {
            "anyOf"
            | "oneOf"
            | "allOf"
            | "items"
            | "prefixItems"
            | "additionalProperties"
            | "patternProperties" => {}
            "$ref" => self.set(key, text(value.at, &references.reference(value)?)),
            "type" => self.types(value),
            "required" if value.items().is_empty() => {}
            "nullable" => self.nullable |= value.is_true(),
            "const" if value.text().is_some() => {
                self.values(std::slice::from_ref(value), value.at, node)
            }
            "enum" => self.values(value.items(), value.at, node),
            "default" => self.set("x-default", value.clone()),
            "format"
                if value
                    .text()
                    .is_some_and(|format| NUMBER_FORMATS.contains(&format)) => {}
            "properties" => {
                let mut properties = Vec::new();
                for property in value.entries() {
                    let schema = schema(references, &property.value)?;
                    properties.push(crate::yaml::build::entry(
                        &property.key.text,
                        property.at,
                        schema,
                    ));
                }
                self.set(key, mapping(value.at, properties));
            }
            _ if is_left_out(key) || key.starts_with("x-") => {}
            _ => self.set(key, value.clone()),
        }
        Ok(())
    }

    /// What a list or a map holds. Whether other keys are allowed does not matter to a reader who keeps them; their
    /// type does.
    fn contained<'n>(
        &mut self,
        references: &mut References,
        key: &str,
        schemas: impl Iterator<Item = &'n Node>,
    ) -> Result<(), String> {
        let schemas = schemas.filter(|schema| schema.is_mapping() || schema.is_true());
        let arms = schemas
            .map(|arm| schema(references, arm))
            .collect::<Result<Vec<_>, _>>()?;
        match &arms[..] {
            [] => {}
            [one] => self.set(key, one.clone()),
            [first, ..] => {
                let mut held = Made::new(first.at);
                held.one_of(references, arms)?;
                self.set(key, held.finished());
            }
        }
        Ok(())
    }

    fn types(&mut self, value: &Node) {
        let (nulls, kinds): (Vec<&str>, Vec<&str>) = match value.text() {
            Some("null") => (vec!["null"], Vec::new()),
            Some(kind) => (Vec::new(), vec![kind]),
            None => value
                .texts()
                .map(|(kind, _)| kind)
                .partition(|kind| *kind == "null"),
        };
        self.nullable |= !nulls.is_empty();
        let one = |kind: &str| {
            mapping(
                value.at,
                vec![entry("type", value.at, text(value.at, kind))],
            )
        };
        match kinds[..] {
            [] => {}
            [kind] => self.set("type", text(value.at, kind)),
            _ => {
                let arms = kinds.iter().map(|kind| one(kind)).collect();
                self.extend(alternatives::joined(arms, value.at));
            }
        }
    }

    fn values(&mut self, values: &[Node], at: Position, node: &Node) {
        let (nulls, values): (Vec<&Node>, Vec<&Node>) =
            values.iter().partition(|value| value.to_json().is_null());
        self.nullable |= !nulls.is_empty();
        let kinds = values.iter().map(|value| match value.to_json() {
            Value::String(_) => "string",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            _ => "object",
        });
        let mut kinds: Vec<&str> = kinds.collect();
        kinds.dedup();
        if let ([kind], false) = (&kinds[..], node.has("type")) {
            self.set("type", text(at, kind));
        }
        // Only texts are listed in the contract; of other values the type is enough.
        if kinds == ["string"] {
            self.set("enum", list(at, values.into_iter().cloned().collect()));
        }
    }

    /// One of several, or parts that are put together; null is a property of the field.
    fn alternatives(
        &mut self,
        references: &mut References,
        key: &str,
        arms: &Node,
    ) -> Result<(), String> {
        let mut schemas = Vec::new();
        for arm in arms.items() {
            if arm.text_of("type") == Some("null") {
                self.nullable = true;
                continue;
            }
            let arm = schema(references, arm)?;
            self.nullable |= arm.flag("nullable");
            schemas.push(arm);
        }
        match key {
            "allOf" => {
                schemas.retain(|part| !part.entries().is_empty());
                self.all_of(references, schemas)
            }
            _ => self.one_of(references, schemas),
        }
    }

    /// Parts that are put together: an object has the fields of all, and anything else has the keys of all.
    fn all_of(&mut self, references: &mut References, parts: Vec<Node>) -> Result<(), String> {
        let has_fields = self.has("properties");
        let resolved = parts
            .iter()
            .map(|part| resolved(references, part, MAX_DEPTH))
            .collect::<Result<Vec<_>, _>>()?;
        let is_object = |part: &Node| part.has("properties") || part.has("required");
        let objects = resolved.iter().filter(|part| is_object(part)).count();
        if parts.len() + usize::from(has_fields) < 2 || objects == 0 {
            for part in &parts {
                self.set_all(part);
            }
            return Ok(());
        }
        self.merge(resolved, true);
        Ok(())
    }

    /// One of several. An alternative that says nothing of the value leaves it as it is.
    fn one_of(&mut self, references: &mut References, arms: Vec<Node>) -> Result<(), String> {
        if arms.is_empty() || !arms.iter().all(says_what_it_is) {
            return Ok(());
        }
        if let ([arm], false) = (&arms[..], self.has("properties")) {
            self.set_all(arm);
            return Ok(());
        }
        let arms = arms
            .iter()
            .map(|arm| scalar(references, arm))
            .collect::<Result<Vec<_>, _>>()?;
        if self.has("properties") {
            let parts = arms
                .iter()
                .map(|arm| resolved(references, arm, MAX_DEPTH))
                .collect::<Result<Vec<_>, _>>()?;
            self.merge(parts, false);
        } else {
            self.extend(alternatives::joined(arms, self.at));
        }
        Ok(())
    }

    /// The fields of this schema and of others; `all` if a value has the required ones of each.
    fn merge(&mut self, mut parts: Vec<Node>, all: bool) {
        let is_list = |entry: &Entry| ["properties", "required"].contains(&entry.key.text.as_str());
        let entries = std::mem::take(&mut self.entries).into_iter();
        let (own, rest) = entries.partition(is_list);
        self.entries = rest;
        if !all {
            parts = parts.iter().map(without_required).collect();
        }
        parts.insert(0, mapping(self.at, own));
        self.extend(alternatives::merged(&parts, self.at));
    }
}

/// Keys that say which values a rewritten schema is for.
const KIND_KEYS: [&str; 7] = [
    "type",
    "$ref",
    "enum",
    "properties",
    "items",
    "additionalProperties",
    "oneOf",
];

fn says_what_it_is(schema: &Node) -> bool {
    KIND_KEYS.iter().any(|key| schema.has(key))
}

fn without_required(part: &Node) -> Node {
    let entries = part
        .entries()
        .iter()
        .filter(|entry| entry.key.text != "required");
    mapping(part.at, entries.cloned().collect())
}

/// A rewritten schema, or what it refers to.
fn resolved(references: &mut References, schema: &Node, depth: usize) -> Result<Node, String> {
    let target = schema
        .text_of("$ref")
        .and_then(|target| references.named(target));
    match (target, depth) {
        (None, _) => Ok(schema.clone()),
        (Some(_), 0) => Err(format!("line {} refers to itself", schema.at.line)),
        (Some(target), depth) => {
            let found = self::schema(references, target)?;
            resolved(references, &found, depth - 1)
        }
    }
}

/// A text, number or enum itself where a rewritten schema refers to one; other references stay.
fn scalar(references: &mut References, schema: &Node) -> Result<Node, String> {
    let resolved = resolved(references, schema, MAX_DEPTH)?;
    let is_scalar = matches!(
        resolved.text_of("type"),
        Some("string" | "integer" | "number")
    );
    Ok(if is_scalar { resolved } else { schema.clone() })
}
