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
    uniqueItems minProperties maxProperties propertyNames readOnly writeOnly contentMediaType contentEncoding";

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
    let mut made = Made {
        at: node.at,
        nullable: false,
        entries: Vec::new(),
    };
    for entry in node.entries() {
        made.keyword(references, entry, node)?;
    }
    if made.nullable {
        made.set("nullable", flag(node.at, true));
    }
    Ok(mapping(made.at, made.entries))
}

struct Made {
    at: Position,
    nullable: bool,
    entries: Vec<Entry>,
}

impl Made {
    fn set(&mut self, key: &str, value: Node) {
        if !self.entries.iter().any(|entry| entry.key.text == key) {
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
            "anyOf" | "oneOf" | "allOf" => self.alternatives(references, key, value)?,
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
            "items" | "additionalProperties" => self.contained(references, key, value)?,
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

    /// Whether other keys are allowed does not matter to a reader who keeps them; their type does.
    fn contained(
        &mut self,
        references: &mut References,
        key: &str,
        value: &Node,
    ) -> Result<(), String> {
        if value.is_mapping() || value.is_true() {
            self.set(key, schema(references, value)?);
        }
        Ok(())
    }

    fn types(&mut self, value: &Node) {
        let (nulls, kinds): (Vec<&str>, Vec<&str>) = match value.text() {
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
        if schemas.len() == 1 {
            let arm = schemas.remove(0);
            arm.entries()
                .iter()
                .for_each(|entry| self.set(&entry.key.text, entry.value.clone()));
        } else if key == "allOf" {
            let parts = schemas
                .iter()
                .map(|part| resolved(references, part, MAX_DEPTH))
                .collect::<Result<Vec<_>, _>>()?;
            self.extend(alternatives::merged(&parts, arms.at));
        } else {
            let schemas = schemas
                .iter()
                .map(|arm| scalar(references, arm))
                .collect::<Result<Vec<_>, _>>()?;
            self.extend(alternatives::joined(schemas, arms.at));
        }
        Ok(())
    }
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
