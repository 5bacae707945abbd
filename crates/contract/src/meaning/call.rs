//! Operations: parameters, bodies, responses, and the servers and credentials that are in effect.
//!
//! ```yaml
//! paths:
//!   /items/{id}:
//!     parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!     get: {security: [key: []], responses: {"200": ...}}
//! # Operation "GET /items/{}" with the parts Parameter "path 0", Response "200", Path and Credential "http bearer"
//! ```
//!
//! The key of an operation has no names of placeholders, and that of a parameter in the path has its number
//! instead of its name, since neither is on the wire: to rename them changes nothing for the service.

use super::schema::{fact, shared_name};
use super::{Kind, Part, Reader};
use crate::finding::Position;
use crate::spec::{METHODS, placeholders};
use crate::yaml::{Entry, Node};
use std::collections::HashSet;

impl<'a> Reader<'a> {
    pub(super) fn operations(&mut self) -> Vec<Part<'a>> {
        let paths = self.root.entries_of("paths").iter();
        let methods = paths.flat_map(|path| path.value.entries().iter().map(move |it| (path, it)));
        let methods = methods.filter(|(_, it)| METHODS.contains(&it.key.text.as_str()));
        methods
            .map(|(path, method)| self.operation(path, method))
            .collect()
    }

    /// Reads one operation, with everything that is in effect for it. What the path says beside its methods
    /// (`summary`) is a part of its own.
    fn operation(&mut self, path: &'a Entry, method: &'a Entry) -> Part<'a> {
        let (text, verb) = (path.key.text.as_str(), method.key.text.as_str());
        let key = format!("{} {}", verb.to_uppercase(), anonymous(text));
        let mut operation = Part::new(Kind::Operation, key, method.at, &method.value);
        operation.add("path", text, path.at);
        operation.add("method", verb, method.at);
        self.parameters(&mut operation, path, method);
        for entry in method.value.entries() {
            match entry.key.text.as_str() {
                "parameters" | "servers" | "security" => {}
                "requestBody" => {
                    let body = self.carrier(Kind::Body, "body", entry.at, &entry.value);
                    operation.parts.push(body);
                }
                "responses" => {
                    let responses = entry.value.entries().iter();
                    let read = responses.map(|entry| {
                        self.carrier(Kind::Response, &entry.key.text, entry.at, &entry.value)
                    });
                    operation.parts.extend(read.collect::<Vec<_>>());
                }
                _ => fact(&mut operation, entry),
            }
        }
        let mut around = Part::new(Kind::Path, "path", path.at, &path.value);
        for entry in path.value.entries() {
            let key = entry.key.text.as_str();
            if !METHODS.contains(&key) && !["parameters", "servers"].contains(&key) {
                fact(&mut around, entry);
            }
        }
        operation.parts.push(around);
        self.servers(&mut operation, [&method.value, &path.value, self.root]);
        self.security(&mut operation, &method.value);
        operation
    }

    /// Those of the path too, unless the method says otherwise about one.
    fn parameters(&mut self, operation: &mut Part<'a>, path: &'a Entry, method: &'a Entry) {
        let mut keys = HashSet::new();
        let lists = [&method.value, &path.value].map(|node| node.items_of("parameters"));
        for parameter in lists.into_iter().flatten() {
            let read = self.parameter(&path.key.text, parameter);
            if keys.insert(read.key.clone()) {
                operation.parts.push(read);
            }
        }
    }

    /// Reads a parameter; `style` and `explode` are facts only where they are not what OpenAPI takes them for
    /// anyway.
    fn parameter(&mut self, path: &str, parameter: &'a Node) -> Part<'a> {
        let mut read = self.carrier(Kind::Parameter, "", parameter.at, parameter);
        let text = |key| read.text(key).unwrap_or_default();
        let (place, name) = (text("in"), text("name"));
        let mut names = placeholders(path);
        let key = match names.position(|found| found == name) {
            Some(index) if place == "path" => format!("path {index}"),
            _ => format!("{place} {name}"),
        };
        let style = match place {
            "query" | "cookie" => "form",
            _ => "simple",
        };
        read.key = key.into();
        if read.text("style") == Some(style) {
            read.facts.remove("style");
        }
        let exploded = read.text("style").unwrap_or(style) == "form";
        if read.fact("explode").is_some_and(|value| *value == exploded) {
            read.facts.remove("explode");
        }
        read
    }

    /// What carries schemas: a parameter, a body, a response, a header, a media type.
    fn carrier(&mut self, kind: Kind, key: &'a str, at: Position, node: &'a Node) -> Part<'a> {
        let mut part = Part::new(kind, key, at, node);
        for entry in self.resolve(node).entries() {
            match entry.key.text.as_str() {
                "schema" => {
                    let schema = self.schema(Kind::Schema, "schema", entry.at, &entry.value);
                    part.parts.push(schema);
                }
                "content" => self.carriers(&mut part, Kind::Media, &entry.value),
                "headers" => self.carriers(&mut part, Kind::Header, &entry.value),
                _ => fact(&mut part, entry),
            }
        }
        part
    }

    fn carriers(&mut self, part: &mut Part<'a>, kind: Kind, map: &'a Node) {
        for entry in map.entries() {
            let read = self.carrier(kind, &entry.key.text, entry.at, &entry.value);
            part.parts.push(read);
        }
    }

    /// The servers of the nearest place that has some: operation, path, document. The first is the default,
    /// which is a fact.
    fn servers(&self, operation: &mut Part<'a>, places: [&'a Node; 3]) {
        let list = places.into_iter().find_map(|node| node.get("servers"));
        let servers = list.map(Node::items).unwrap_or_default();
        if let Some(first) = servers.first() {
            let url = first.text_of("url").unwrap_or_default();
            operation.add("servers", url, first.at);
        }
        for server in servers {
            let url = server.text_of("url").unwrap_or_default();
            let mut read = Part::new(Kind::Server, url, server.at, server);
            let keys = server.entries().iter();
            for entry in keys.filter(|entry| entry.key.text != "url") {
                fact(&mut read, entry);
            }
            operation.parts.push(read);
        }
    }

    /// The node itself, or what its `$ref` leads to in the end.
    pub(super) fn resolve(&mut self, node: &'a Node) -> &'a Node {
        let mut visited = HashSet::new();
        let mut node = node;
        let reference = |node: &'a Node| node.text_of("$ref");
        while let Some(pointer) = reference(node).filter(|pointer| visited.insert(*pointer)) {
            let name = shared_name(pointer);
            let Some(target) = name.and_then(|name| self.shared.get(&name)) else {
                break;
            };
            self.used.extend(name);
            node = target;
        }
        node
    }
}

/// A path without the names of its placeholders, which are not on the wire: `/items/{}`.
pub(crate) fn anonymous(path: &str) -> String {
    placeholders(path).fold(path.to_owned(), |path, name| {
        path.replacen(&format!("{{{name}}}"), "{}", 1)
    })
}
