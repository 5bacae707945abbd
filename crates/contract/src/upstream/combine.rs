//! Schemas that are put together of several: alternatives, parts, items of several kinds.
//!
//! ```yaml
//! # the vendor                                         # what is compared
//! anyOf: [{type: string}, {type: 'null'}]              {type: string, nullable: true}
//! anyOf: [{type: string, enum: [a]}, {type: string}]   {type: string, enum: [a]}
//! oneOf: [{$ref: A}, {$ref: B}]                        {oneOf: [{$ref: A}, {$ref: B}]}
//! allOf: [{$ref: A}, {properties: {size: ...}}]        an object with the fields of both
//! properties: {...}, anyOf: [{required: [a]}, ...]     the object; which fields come together is left out
//! ```
//!
//! An enum beside any text is an enum with room for more, as each one of the contract is, so that nothing is lost.

use super::alternatives::{joined, merged};
use super::references::References;
use super::rewrite::{Made, schema};
use crate::yaml::build::mapping;
use crate::yaml::{Entry, Node};

/// More references in a row than anyone writes; a circle ends here, with an error.
pub(super) const MAX_DEPTH: usize = 32;

impl Made {
    /// What a list or a map holds. Whether other keys are allowed does not matter to a reader who keeps them; their
    /// type does.
    pub(super) fn contained<'n>(
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

    /// One of several, or parts that are put together; null is a property of the field.
    ///
    /// `key` is `allOf`, `anyOf` or `oneOf`. The last two are one thing here: a reader takes the alternative that fits.
    pub(super) fn alternatives(
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
                let says = |part: &Node| {
                    part.entries()
                        .iter()
                        .any(|said| said.key.text != "nullable")
                };
                schemas.retain(says);
                self.all_of(references, schemas)
            }
            _ => self.one_of(references, schemas),
        }
    }

    /// Parts that are put together: an object has the fields of all, and anything else has the keys of all.
    fn all_of(&mut self, references: &mut References, parts: Vec<Node>) -> Result<(), String> {
        let own = usize::from(self.has("properties"));
        let is_object = |part: &Node| part.has("properties") || part.has("required");
        if parts.len() + own > 1 {
            let resolved = all_resolved(references, &parts)?;
            if resolved.iter().any(is_object) {
                self.merge(resolved, true);
                return Ok(());
            }
        }
        parts.iter().for_each(|part| self.set_all(part));
        Ok(())
    }

    /// One of several. An alternative that says nothing of the value leaves it as it is.
    fn one_of(&mut self, references: &mut References, arms: Vec<Node>) -> Result<(), String> {
        if arms.is_empty() || !arms.iter().all(says_what_it_is) {
            return Ok(());
        }
        let has_fields = self.has("properties");
        if let ([arm], false) = (&arms[..], has_fields) {
            self.set_all(arm);
            return Ok(());
        }
        let arms = arms.iter().map(|arm| scalar(references, arm));
        let arms = arms.collect::<Result<Vec<_>, _>>()?;
        if has_fields {
            let parts = all_resolved(references, &arms)?;
            self.merge(parts, false);
        } else {
            self.extend(joined(arms, self.at));
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
        self.extend(merged(&parts, self.at));
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

/// Whether a schema says what kind of values it has. `{required: [a]}` and `{description: ...}` do not.
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

/// A rewritten schema, or what it refers to; `None` if that is a schema around it, which is not known yet.
///
/// Through at most `depth` references in a row.
fn resolved(
    references: &mut References,
    node: &Node,
    depth: usize,
) -> Result<Option<Node>, String> {
    let name = node.text_of("$ref").unwrap_or_default();
    let (target, depth) = match (references.named(name), depth) {
        (None, _) => return Ok(Some(node.clone())),
        (Some(_), 0) => return Err(circle(node)),
        (Some(target), depth) => (target, depth - 1),
    };
    let found = match references.around.get(name) {
        Some(Some(found)) => found.clone(),
        Some(None) => return Ok(None),
        None => {
            references.around.insert(name.to_owned(), None);
            let found = schema(references, target)?;
            let kept = Some(found.clone());
            references.around.insert(name.to_owned(), kept);
            found
        }
    };
    resolved(references, &found, depth)
}

/// What is put together of itself and more would have no end.
pub(super) fn circle(node: &Node) -> String {
    format!("line {} refers to itself", node.at.line)
}

fn all_resolved(references: &mut References, nodes: &[Node]) -> Result<Vec<Node>, String> {
    let nodes = nodes.iter();
    nodes
        .map(|node| resolved(references, node, MAX_DEPTH)?.ok_or_else(|| circle(node)))
        .collect()
}

/// A text, number or enum itself where a rewritten schema refers to one; other references stay.
fn scalar(references: &mut References, node: &Node) -> Result<Node, String> {
    let found = resolved(references, node, MAX_DEPTH)?;
    let is_scalar = |found: &Node| {
        let kind = found.text_of("type");
        kind.is_some_and(|kind| ["string", "integer", "number"].contains(&kind))
    };
    Ok(found.filter(is_scalar).unwrap_or_else(|| node.clone()))
}
