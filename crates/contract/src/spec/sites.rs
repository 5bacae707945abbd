//! Finds every schema of the contract.
//!
//! Schemas stand below `components/schemas`, and in parameters, bodies, responses and headers, directly or by
//! media type; and in other schemas, over `properties`, `items`, `additionalProperties`, `not` and the three
//! that compose. A parent is found before its children, in the order of the file.

use super::{COMPOSED, Home, Operation, Role, Site, Spec};
use crate::finding::Position;
use crate::yaml::Node;
use std::collections::HashSet;

impl<'a> Spec<'a> {
    /// Fills `sites`. References are not followed, so this ends, and each schema is found once.
    pub(super) fn find_sites(&mut self) {
        for component in self.components() {
            let name = component.key.text.as_str();
            self.add(
                &component.value,
                component.at,
                Role::Component(name),
                Home::Component(name),
            );
        }
        for entry in self.section("parameters") {
            self.add_carrier(&entry.value, Role::Parameter, Home::Request);
        }
        for entry in self.section("responses") {
            self.add_response(&entry.value);
        }
        let operations: Vec<Operation> = self.operations().collect();
        for operation in &operations {
            self.add_operation(operation);
        }
    }

    fn add_operation(&mut self, operation: &Operation<'a>) {
        for parameter in operation.own_parameters() {
            self.add_carrier(parameter, Role::Parameter, Home::Request);
        }
        if let Some(body) = operation.method.value.get("requestBody") {
            self.add_carrier(body, Role::Body, Home::Request);
        }
        for response in operation.responses() {
            self.add_response(&response.value);
        }
    }

    fn add_response(&mut self, response: &'a Node) {
        self.add_carrier(response, Role::Body, Home::Response);
        for header in response.entries_of("headers") {
            self.add_carrier(&header.value, Role::Body, Home::Response);
        }
    }

    /// Parameters, headers and bodies carry a schema, directly or by media type.
    fn add_carrier(&mut self, carrier: &'a Node, role: Role<'a>, home: Home<'a>) {
        let media = carrier.entries_of("content");
        let media = media.iter().map(|media| &media.value);
        for carrier in media.chain([carrier]) {
            if let Some(schema) = carrier.entry("schema") {
                self.add(&schema.value, schema.at, role, home);
            }
        }
    }

    /// Adds a schema and everything within it. `at` is the key that holds it, or the item of a list itself.
    fn add(&mut self, schema: &'a Node, at: Position, role: Role<'a>, home: Home<'a>) {
        self.sites.push(Site {
            schema,
            at,
            role,
            home,
        });
        let required: HashSet<&str> = schema.texts_of("required").map(|(name, _)| name).collect();
        for property in schema.entries_of("properties") {
            let name = property.key.text.as_str();
            let role = Role::Property {
                name,
                owner: schema,
                required: required.contains(name),
            };
            self.add(&property.value, property.at, role, home);
        }
        for branch in COMPOSED.iter().flat_map(|keyword| schema.items_of(keyword)) {
            self.add(branch, branch.at, Role::Branch, home);
        }
        for (keyword, role) in [
            ("items", Role::Items),
            ("additionalProperties", Role::Values),
            ("not", Role::Branch),
        ] {
            let entry = schema.entry(keyword);
            // `additionalProperties` may be a boolean.
            if let Some(entry) = entry.filter(|entry| entry.value.is_mapping()) {
                self.add(&entry.value, entry.at, role, home);
            }
        }
    }
}
