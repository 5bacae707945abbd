//! The document around its operations, and who may call them.
//!
//! Security schemes are named by the author of the document, and the names are not on the wire. So a
//! requirement is read as what is sent: `bearerAuth: []` and `key: []` are both `http bearer` if the schemes
//! are.

use super::schema::fact;
use super::{Kind, NO_CREDENTIAL, Part, Reader};
use crate::spec::METHODS;
use crate::yaml::{Entry, Node};
use std::collections::{HashMap, HashSet};

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a Node) -> Reader<'a> {
        let mut shared = HashMap::new();
        for section in root.entries_of("components") {
            for entry in section.value.entries() {
                let name = (section.key.text.as_str(), entry.key.text.as_str());
                shared.entry(name).or_insert(&entry.value);
            }
        }
        Reader {
            root,
            shared,
            used: HashSet::new(),
        }
    }

    /// A section of `components`.
    pub(super) fn section(&self, name: &str) -> &'a [Entry] {
        let components = self.root.get("components");
        components.map_or(&[], |components| components.entries_of(name))
    }

    /// The document around its operations. `bare` if there are no operations to have the servers and the
    /// security.
    pub(super) fn service(&self, bare: bool) -> Part<'a> {
        let mut service = Part::new(Kind::Service, "document", self.root.at, self.root);
        for entry in self.root.entries() {
            match entry.key.text.as_str() {
                "info" => service.parts.push(facts(Kind::Info, entry)),
                "servers" | "security" if !bare => {}
                "paths" => service
                    .parts
                    .extend(entry.value.entries().iter().filter_map(no_method)),
                "components" => self.components_around(&mut service, &entry.value),
                _ => fact(&mut service, entry),
            }
        }
        service
    }

    /// Security schemes, and what of the other sections nothing refers to: the rest was read where it is used.
    fn components_around(&self, service: &mut Part<'a>, components: &'a Node) {
        for section in components.entries() {
            let (name, entries) = (section.key.text.as_str(), section.value.entries());
            if name == "securitySchemes" {
                let schemes = entries.iter().map(|entry| facts(Kind::Scheme, entry));
                service.parts.extend(schemes);
            } else if name != "schemas" {
                let is_used = |key| self.used.contains(&(name, key));
                let others = entries.iter().filter(|entry| !is_used(&entry.key.text));
                let others = others.map(|entry| raw(format!("{name} {}", entry.key.text), entry));
                service.parts.extend(others);
                if !section.value.is_mapping() {
                    fact(service, section);
                }
            }
        }
    }

    /// The ways to authenticate: those of the operation, or of the document.
    pub(super) fn security(&self, operation: &mut Part<'a>, method: &'a Node) {
        let list = method
            .entry("security")
            .or_else(|| self.root.entry("security"));
        let ways = list.map(|entry| entry.value.items()).unwrap_or_default();
        let at = list.map_or(operation.at, |entry| entry.at);
        if ways.is_empty() {
            let open = Part::new(Kind::Credential, NO_CREDENTIAL, at, method);
            operation.parts.push(open);
        }
        for way in ways {
            let schemes = way.entries().iter().map(|scheme| self.scheme(scheme));
            let mut schemes: Vec<_> = schemes.collect();
            schemes.sort();
            let (names, scopes): (Vec<String>, Vec<String>) = schemes.into_iter().unzip();
            let key = match names.is_empty() {
                true => NO_CREDENTIAL.to_owned(),
                false => names.join(" and "),
            };
            let mut read = Part::new(Kind::Credential, key, way.at, way);
            let scopes: Vec<String> = scopes.into_iter().filter(|scopes| scopes != "[]").collect();
            if !scopes.is_empty() {
                read.add("scopes", scopes, way.at);
            }
            operation.parts.push(read);
        }
    }

    /// A scheme as it is on the wire, where its name is not, and its scopes.
    fn scheme(&self, required: &'a Entry) -> (String, String) {
        let name = required.key.text.as_str();
        let scopes = required.value.to_json().to_string();
        let Some(scheme) = self.shared.get(&("securitySchemes", name)) else {
            return (name.to_owned(), scopes);
        };
        let keys = ["type", "in", "name", "scheme", "openIdConnectUrl"].into_iter();
        let words = keys.filter_map(|key| Some(scheme.text_of(key)?.to_owned()));
        let mut words: Vec<String> = words.collect();
        // What a scope is for is described beside the URLs.
        let flows = scheme.entries_of("flows").iter();
        let flows = flows.flat_map(|flow| flow.value.entries());
        let urls = flows.filter(|entry| entry.key.text != "scopes");
        words.extend(urls.map(|entry| format!("{} {}", entry.key.text, entry.value.to_json())));
        (words.join(" "), scopes)
    }
}

/// A part whose keys are all facts.
fn facts(kind: Kind, entry: &Entry) -> Part<'_> {
    let mut part = Part::new(kind, &entry.key.text, entry.at, &entry.value);
    for key in entry.value.entries() {
        fact(&mut part, key);
    }
    part
}

/// What no operation has as a part of itself.
fn no_method(path: &Entry) -> Option<Part<'_>> {
    let mut keys = path.value.entries().iter();
    let has_method = keys.any(|entry| METHODS.contains(&entry.key.text.as_str()));
    (!has_method).then(|| raw(path.key.text.clone(), path))
}

/// Something that no operation has, with its JSON, so that a change of it is seen.
fn raw(key: String, entry: &Entry) -> Part<'_> {
    let mut part = Part::new(Kind::Unused, key, entry.at, &entry.value);
    part.add("value", entry.value.to_json(), entry.at);
    part
}
