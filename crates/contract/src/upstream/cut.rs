//! The vendor's document: this call and what it reaches, and nothing else of it.
//!
//! The document describes all that the service offers. What is cut out is a document of its own, in OpenAPI 3.0, with
//! the positions of the original:
//!
//! ```yaml
//! openapi: 3.0.3
//! paths: {/items/{id}: {get: {parameters: [...], responses: {...}}}}
//! components: {schemas: {only those that the call reaches}, securitySchemes: {all}}
//! servers: [those of the call, of its path or of the document]
//! security: [likewise]
//! ```
//!
//! A schema is rewritten when it is referred to, once, so that the time depends on the call and not on the document.

use super::combine::{MAX_DEPTH, circle};
use super::find::{VendorCall, find};
use super::references::References;
use super::rewrite;
use crate::yaml::build::{entry, list, mapping, text};
use crate::yaml::{Entry, Node};

/// Keys of a call that say what goes over the wire, or that it will not for long.
const CALL: [&str; 4] = ["parameters", "requestBody", "responses", "deprecated"];

/// The one call of a path and method, with all schemas that it reaches, in terms of OpenAPI 3.0.
///
/// Calls that differ in their version only are kept as bare paths, to be reported.
pub(super) fn cut(root: &Node, path: &str, method: &str) -> Result<Node, String> {
    let mut cut = Cut {
        references: References::new(root),
    };
    let (found, others) = find(&cut.references, root, path, method)?;
    let VendorCall {
        path,
        item,
        operation,
    } = found;
    let mut methods = cut.kept(item, &["parameters"])?;
    let call = cut.kept(&operation.value, &CALL)?;
    methods.push(entry(method, operation.at, mapping(operation.at, call)));
    let mut paths = vec![entry(&path.key.text, path.at, mapping(path.at, methods))];
    for VendorCall {
        path, operation, ..
    } in others
    {
        let bare = entry(method, operation.at, mapping(path.at, Vec::new()));
        paths.push(entry(&path.key.text, path.at, mapping(path.at, vec![bare])));
    }
    let at = root.at;
    let mut components = vec![entry("schemas", at, mapping(at, cut.schemas()?))];
    let shared = root.get("components");
    components.extend(
        shared
            .and_then(|shared| shared.entry("securitySchemes"))
            .cloned(),
    );
    let mut document = vec![
        entry("openapi", at, text(at, "3.0.3")),
        entry("paths", at, mapping(at, paths)),
        entry("components", at, mapping(at, components)),
    ];
    for key in ["servers", "security"] {
        let mut levels = [&operation.value, item, root].into_iter();
        document.extend(levels.find_map(|node| node.entry(key)).cloned());
    }
    Ok(mapping(at, document))
}

/// What carries schemas is copied, and schemas are rewritten. References to parameters and responses are resolved;
/// those to schemas stay references, since a schema may contain itself.
struct Cut<'a> {
    references: References<'a>,
}

impl<'a> Cut<'a> {
    /// Those keys of a path or method that say what goes over the wire.
    fn kept(&mut self, node: &'a Node, keys: &[&str]) -> Result<Vec<Entry>, String> {
        let found = keys.iter().filter_map(|key| node.entry(key));
        let kept = found.map(|found| {
            let value = match found.key.text.as_str() {
                "parameters" => self.list(&found.value)?,
                "requestBody" => self.carrier(&found.value)?,
                "responses" => self.carriers(&found.value)?,
                _ => found.value.clone(),
            };
            Ok(entry(&found.key.text, found.at, value))
        });
        kept.collect()
    }

    /// The schemas that were referred to, and those that they refer to.
    fn schemas(&mut self) -> Result<Vec<Entry>, String> {
        let mut schemas = Vec::new();
        while let Some((name, node)) = self.references.next() {
            let schema = rewrite::schema(&mut self.references, node)?;
            schemas.push(entry(&name, node.at, schema));
        }
        Ok(schemas)
    }

    fn list(&mut self, parameters: &'a Node) -> Result<Node, String> {
        let items = parameters.items().iter().map(|item| self.carrier(item));
        Ok(list(parameters.at, items.collect::<Result<_, _>>()?))
    }

    fn carriers(&mut self, map: &'a Node) -> Result<Node, String> {
        let entries = map.entries().iter().map(|found| {
            let carrier = self.carrier(&found.value)?;
            Ok(entry(&found.key.text, found.at, carrier))
        });
        Ok(mapping(map.at, entries.collect::<Result<_, String>>()?))
    }

    /// What a chain of references ends at.
    fn target(&self, node: &'a Node) -> Result<&'a Node, String> {
        let mut target = node;
        for _ in 0..MAX_DEPTH {
            match target.get("$ref") {
                Some(reference) => target = self.references.target(reference)?.1,
                None => return Ok(target),
            }
        }
        Err(circle(node))
    }

    /// What carries a schema: a parameter, a body, a response, a media type.
    fn carrier(&mut self, node: &'a Node) -> Result<Node, String> {
        let node = self.target(node)?;
        let mut entries = Vec::new();
        for found in node.entries() {
            let value = match found.key.text.as_str() {
                "schema" => rewrite::schema(&mut self.references, &found.value)?,
                "content" | "headers" => self.carriers(&found.value)?,
                "name" | "in" | "required" | "deprecated" | "style" | "explode" => {
                    found.value.clone()
                }
                _ => continue,
            };
            entries.push(entry(&found.key.text, found.at, value));
        }
        Ok(mapping(node.at, entries))
    }
}
