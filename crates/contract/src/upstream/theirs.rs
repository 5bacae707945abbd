//! The vendor's document: this call and what it reaches, and nothing else of it.

use super::references::References;
use super::rewrite;
use crate::meaning::call::anonymous;
use crate::nearest::nearest;
use crate::report::Report;
use crate::yaml::build::{entry, list, mapping, text};
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
    let mut cut = Cut {
        references: References::new(root),
    };
    let (found, others) = find(&cut.references, root, path, method)?;
    let VendorCall {
        path,
        item,
        operation,
    } = found;
    let mut entries = cut.kept(item, &["parameters"])?;
    let call = cut.kept(
        &operation.value,
        &["parameters", "requestBody", "responses", "deprecated"],
    )?;
    entries.push(entry(method, operation.at, mapping(operation.at, call)));
    let mut schemas = Vec::new();
    while let Some((name, node)) = cut.references.next() {
        let schema = rewrite::schema(&mut cut.references, node)?;
        schemas.push(entry(&name, node.at, schema));
    }
    let at = root.at;
    let mut components = vec![entry("schemas", at, mapping(at, schemas))];
    let shared = root.get("components");
    components.extend(
        shared
            .and_then(|shared| shared.entry("securitySchemes"))
            .cloned(),
    );
    let mut paths = vec![entry(&path.key.text, path.at, mapping(path.at, entries))];
    paths.extend(others.iter().map(|other| {
        let bare = entry(
            method,
            other.operation.at,
            mapping(other.path.at, Vec::new()),
        );
        entry(
            &other.path.key.text,
            other.path.at,
            mapping(other.path.at, vec![bare]),
        )
    }));
    let mut document = vec![
        entry("openapi", at, text(at, "3.0.3")),
        entry("paths", at, mapping(at, paths)),
        entry("components", at, mapping(at, components)),
    ];
    let effective = |key: &str| {
        [&operation.value, item, root]
            .into_iter()
            .find_map(|node| node.entry(key))
    };
    document.extend(
        ["servers", "security"]
            .into_iter()
            .filter_map(effective)
            .cloned(),
    );
    Ok(mapping(at, document))
}

/// A call of the vendor's document.
struct VendorCall<'a> {
    path: &'a Entry,
    item: &'a Node,
    operation: &'a Entry,
}

/// The call at its path, or else at the one other that differs only in its version; and those that do beside it.
fn find<'a>(
    references: &References<'a>,
    root: &'a Node,
    path: &str,
    method: &str,
) -> Result<(VendorCall<'a>, Vec<VendorCall<'a>>), String> {
    let mut there = Vec::new();
    for entry in root.entries_of("paths") {
        let item = match entry.value.get("$ref") {
            Some(reference) if is_like(&entry.key.text, path) => references.target(reference)?.1,
            _ => &entry.value,
        };
        there.push((entry, item));
    }
    let alike = there
        .iter()
        .filter(|(other, _)| is_like(&other.key.text, path));
    let alike = alike.filter_map(|(path, item)| {
        let operation = item.entry(method)?;
        Some(VendorCall {
            path,
            item,
            operation,
        })
    });
    let is_same = |found: &VendorCall| anonymous(&found.path.key.text) == anonymous(path);
    let (mut same, mut moved): (Vec<VendorCall>, Vec<VendorCall>) = alike.partition(is_same);
    same.sort_by_key(|found| found.path.key.text != path);
    let names = |found: &[VendorCall]| {
        let names = found.iter().map(|found| found.path.key.text.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let verb = method.to_uppercase();
    match (same.is_empty(), moved.len()) {
        (false, _) => Ok((same.swap_remove(0), moved)),
        (true, 0) => Err(missing(&there, path, &verb)),
        (true, 1) => Ok((moved.swap_remove(0), Vec::new())),
        (true, _) => Err(format!(
            "it has no {verb} {path}, and several that it may be now: {}",
            names(&moved)
        )),
    }
}

fn missing(there: &[(&Entry, &Node)], path: &str, verb: &str) -> String {
    let names = || there.iter().map(|(entry, _)| entry.key.text.as_str());
    match names().find(|name| anonymous(name) == anonymous(path)) {
        Some(_) => format!("it has {path}, but no {verb} there"),
        None => {
            let help = nearest(path, names()).map(|name| format!("; the nearest path is {name}"));
            format!("it has no {verb} {path}{}", help.unwrap_or_default())
        }
    }
}

/// Whether two paths differ only in the version of the interface and in names of placeholders.
fn is_like(one: &str, other: &str) -> bool {
    let is_number = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    let is_version = |segment: &&str| {
        ["", "api", "alpha", "beta"].contains(segment)
            || segment.strip_prefix('v').is_some_and(is_number)
    };
    let named = |path: &str| -> Vec<String> {
        let path = anonymous(path);
        path.split('/')
            .filter(|segment| !is_version(segment))
            .map(str::to_owned)
            .collect()
    };
    named(one) == named(other)
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
                "headers" => self.carriers(&found.value)?,
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
