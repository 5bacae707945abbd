//! Schemas of OpenAPI 3.1 in terms of 3.0, reduced to what they mean for a reader of values.
//!
//! | 3.1 | 3.0 |
//! |---|---|
//! | `type: [string, 'null']`, `anyOf: [{type: string}, {type: 'null'}]` | `type: string`, `nullable: true` |
//! | `const: parse` | `type: string`, `enum: [parse]` |
//! | `default: 10` | `x-default: 10`, as the contract has it |
//! | `format: int64`, `title`, `description`, `maxLength`, ... | left out |
//! | `prefixItems: [A, B]` | `items: {oneOf: [A, B]}` |
//! | `patternProperties: {'^x': A}` | `additionalProperties: A` |
//!
//! Prose, examples and limits go, since the contract leaves them out on purpose. A keyword that nobody here knows
//! stays, so that it shows as a difference. What is put together of several schemas is rewritten by `combine`.

use super::alternatives::joined;
use super::references::References;
use crate::finding::Position;
use crate::yaml::build::{entry, flag, list, map, mapping, text};
use crate::yaml::{Entry, Node};
use serde_json::Value;

/// Keywords that a reader of values can do without: prose, limits, and identifiers of schemas.
const LEFT_OUT: &str = "title description examples example externalDocs $comment xml discriminator \
    minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems \
    uniqueItems minProperties maxProperties propertyNames readOnly writeOnly contentMediaType contentEncoding \
    contentSchema contains minContains maxContains dependentRequired unevaluatedItems unevaluatedProperties \
    $id $anchor $schema $defs definitions";

fn is_left_out(key: &str) -> bool {
    LEFT_OUT.split(' ').any(|keyword| keyword == key)
}

/// Keywords that are rewritten after all others, as parts of one thing.
const COMBINED: [&str; 7] = [
    "anyOf",
    "oneOf",
    "allOf",
    "items",
    "prefixItems",
    "additionalProperties",
    "patternProperties",
];

/// Formats that say how a number is stored, which the contract leaves to its types.
const NUMBER_FORMATS: [&str; 4] = ["int32", "int64", "float", "double"];

/// More schemas around one than anyone writes: each takes a part of the stack.
pub(super) const MAX_LEVELS: usize = 96;

/// Rewrites one schema; what it refers to is noted in `references`.
///
/// An error is a reference that leads to nothing, or in a circle. What stands first wins: a key is set once.
pub(super) fn schema(references: &mut References, node: &Node) -> Result<Node, String> {
    if node.is_true() {
        return Ok(mapping(node.at, Vec::new()));
    }
    if references.levels == MAX_LEVELS {
        let line = node.at.line;
        return Err(format!("line {line} is within {MAX_LEVELS} other schemas"));
    }
    references.levels += 1;
    let made = within(references, node);
    references.levels -= 1;
    made
}

fn within(references: &mut References, node: &Node) -> Result<Node, String> {
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

/// A schema while it is made. A key is in it at most once; `nullable` is collected from wherever null is mentioned, and
/// written last.
pub(super) struct Made {
    pub(super) at: Position,
    pub(super) nullable: bool,
    pub(super) entries: Vec<Entry>,
}

impl Made {
    pub(super) fn new(at: Position) -> Made {
        Made {
            at,
            nullable: false,
            entries: Vec::new(),
        }
    }

    pub(super) fn finished(mut self) -> Node {
        if self.nullable {
            self.set("nullable", flag(self.at, true));
        }
        mapping(self.at, self.entries)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.text == key)
    }

    pub(super) fn set_all(&mut self, schema: &Node) {
        for entry in schema.entries() {
            self.set(&entry.key.text, entry.value.clone());
        }
    }

    /// Sets a key, unless it has been set.
    pub(super) fn set(&mut self, key: &str, value: Node) {
        if !self.has(key) {
            self.entries.push(entry(key, value.at, value));
        }
    }

    pub(super) fn extend(&mut self, keys: impl IntoIterator<Item = (&'static str, Node)>) {
        keys.into_iter()
            .for_each(|(key, value)| self.set(key, value));
    }

    /// Rewrites one keyword that needs no other one. `node` is the schema around it.
    fn keyword(
        &mut self,
        references: &mut References,
        entry: &Entry,
        node: &Node,
    ) -> Result<(), String> {
        let (key, value) = (entry.key.text.as_str(), &entry.value);
        match key {
            _ if COMBINED.contains(&key) => {}
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
            "properties" => self.properties(references, value)?,
            _ if is_left_out(key) || key.starts_with("x-") => {}
            _ => self.set(key, value.clone()),
        }
        Ok(())
    }

    fn properties(&mut self, references: &mut References, value: &Node) -> Result<(), String> {
        let properties = value.entries().iter().map(|property| {
            let schema = schema(references, &property.value)?;
            Ok(entry(&property.key.text, property.at, schema))
        });
        let properties = properties.collect::<Result<_, String>>()?;
        self.set("properties", mapping(value.at, properties));
        Ok(())
    }

    /// `type`, which is a text, or a list of texts in 3.1. Several types are alternatives.
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
        let one = |kind: &&str| map(value.at, [("type", text(value.at, kind))]);
        match kinds[..] {
            [] => {}
            [kind] => self.set("type", text(value.at, kind)),
            _ => self.extend(joined(kinds.iter().map(one).collect(), value.at)),
        }
    }

    /// `enum` and `const`. If the schema states no type, the values do, provided that they are of one.
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
}
