//! The vendor's document: this call and what it reaches, and nothing else of it.

use super::references::References;
use super::rewrite;
use crate::meaning::call::anonymous;
use crate::nearest::nearest;
use crate::report::Report;
use crate::yaml::build::{entry, list, map, mapping, text};
use crate::yaml::{self, Entry, Node};

/// Characters that JSON takes as they are and YAML does not.
fn is_unreadable(letter: char) -> bool {
    matches!(letter, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Reads a document that has to be OpenAPI 3. The error is a sentence.
pub(super) fn read(document: &str) -> Result<Node, String> {
    if document.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    // Each is replaced by one character, so that columns stay right.
    let document = document.strip_prefix('\u{feff}').unwrap_or(document);
    let document = document.replace(is_unreadable, "\u{fffd}");
    let mut report = Report::new("");
    let root = yaml::read(&document, &mut report);
    if let Some(finding) = report.into_sorted().first() {
        let (line, column) = (finding.line, finding.column);
        let what = &finding.message;
        return Err(format!(
            "it is neither JSON nor YAML at line {line}, column {column}: {what}"
        ));
    }
    let root = root.ok_or("it is neither JSON nor YAML")?;
    match (root.text_of("openapi"), root.text_of("swagger")) {
        (Some(version), _) if version.starts_with("3.") => Ok(root),
        (Some(version), _) => Err(format!(
            "it is OpenAPI {}, and 3.0 or 3.1 is needed",
            version.escape_debug()
        )),
        (None, Some(version)) => Err(format!(
            "it is Swagger {}, and OpenAPI 3.0 or 3.1 is needed",
            version.escape_debug()
        )),
        (None, None) => Err("it is no OpenAPI document: it has no `openapi`".to_owned()),
    }
}

/// The one call of a path and method, with all schemas that it reaches, in terms of OpenAPI 3.0.
pub(super) fn cut(root: &Node, path: &str, method: &str) -> Result<Node, String> {
    let (found, operation) = find(root, path, method)?;
    let mut cut = Cut {
        references: References::new(root),
    };
    let mut item = cut.kept(&found.value, &["parameters"])?;
    let call = cut.kept(
        &operation.value,
        &["parameters", "requestBody", "responses", "deprecated"],
    )?;
    item.push(entry(method, operation.at, mapping(operation.at, call)));
    let mut schemas = Vec::new();
    while let Some((name, node)) = cut.references.next() {
        let schema = rewrite::schema(&mut cut.references, node)?;
        schemas.push(entry(&name, node.at, schema));
    }
    let at = root.at;
    let path = entry(&found.key.text, found.at, mapping(found.at, item));
    Ok(map(
        at,
        [
            ("openapi", text(at, "3.0.3")),
            ("paths", mapping(at, vec![path])),
            ("components", map(at, [("schemas", mapping(at, schemas))])),
        ],
    ))
}

/// The path as the document writes it, and what it says about the method.
fn find<'a>(root: &'a Node, path: &str, method: &str) -> Result<(&'a Entry, &'a Entry), String> {
    let paths = root.entries_of("paths");
    let shape = anonymous(path);
    let exact = paths.iter().filter(|entry| entry.key.text == path);
    let alike = paths
        .iter()
        .filter(|entry| anonymous(&entry.key.text) == shape);
    let verb = method.to_uppercase();
    let Some(found) = exact.chain(alike).next() else {
        let names = paths.iter().map(|entry| entry.key.text.as_str());
        let help = nearest(path, names).map(|name| format!("; the nearest path is {name}"));
        return Err(format!(
            "it has no {verb} {path}{}",
            help.unwrap_or_default()
        ));
    };
    match found.value.entry(method) {
        Some(operation) => Ok((found, operation)),
        None => Err(format!("it has {path}, but no {verb} there")),
    }
}

/// What carries schemas is copied, and schemas are rewritten.
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

    fn list(&mut self, parameters: &'a Node) -> Result<Node, String> {
        let items = parameters.items().iter().map(|item| self.carrier(item));
        Ok(list(parameters.at, items.collect::<Result<_, _>>()?))
    }

    fn carriers(&mut self, map: &'a Node) -> Result<Node, String> {
        let entries = map.entries().iter().map(|found| {
            Ok(entry(
                &found.key.text,
                found.at,
                self.carrier(&found.value)?,
            ))
        });
        Ok(mapping(map.at, entries.collect::<Result<_, String>>()?))
    }

    /// What carries a schema: a parameter, a body, a response, a media type.
    fn carrier(&mut self, node: &'a Node) -> Result<Node, String> {
        let node = match node.get("$ref") {
            Some(reference) => self.references.target(reference)?.1,
            None => node,
        };
        let mut entries = Vec::new();
        for found in node.entries() {
            let value = match found.key.text.as_str() {
                "schema" => rewrite::schema(&mut self.references, &found.value)?,
                "content" => self.carriers(&found.value)?,
                "name" | "in" | "required" | "deprecated" => found.value.clone(),
                _ => continue,
            };
            entries.push(entry(&found.key.text, found.at, value));
        }
        Ok(mapping(node.at, entries))
    }
}
