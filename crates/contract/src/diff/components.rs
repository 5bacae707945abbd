//! Components: objects field by field, enums value by value.

use super::{Api, Class, Diff, Wire};
use crate::describe::type_of;
use crate::yaml::{Entry, Node};

/// Keys that are compared in their own ways.
const KNOWN: [&str; 3] = ["properties", "required", "enum"];

const ADDED: Class = (
    Wire::None,
    Api::Minor,
    "a new type; what uses it is a change of its own",
);
const REMOVED: Class = (
    Wire::None,
    Api::Major,
    "the type is gone; what used it is a change of its own",
);
const RENAMED: Class = (
    Wire::None,
    Api::Major,
    "names of components are not on the wire, but they are names of types",
);

impl<'a> Diff<'_, 'a> {
    pub(super) fn components(&mut self) {
        for component in self.old.components() {
            let name = component.key.text.as_str();
            let renamed = self.renames.iter().any(|(old, _)| *old == name);
            if !renamed && self.new.component(name).is_none() {
                self.add(&pointer(name), name, "component removed", REMOVED);
            }
        }
        for component in self.new.components() {
            let name = component.key.text.as_str();
            let before = self
                .renames
                .iter()
                .find(|(_, new)| *new == name)
                .map_or(name, |(old, _)| old);
            match self.old.component(before) {
                None => self.add(&pointer(name), name, "component added", ADDED),
                Some(old) => {
                    if before != name {
                        self.add(
                            &pointer(name),
                            before,
                            format!("renamed to `{name}`"),
                            RENAMED,
                        );
                    }
                    self.component(old, component, before);
                }
            }
        }
    }

    fn component(&mut self, old: &'a Node, component: &'a Entry, before: &str) {
        let (name, new) = (component.key.text.as_str(), &component.value);
        let at = pointer(name);
        let (response, request) = self.new.directions(name);
        let (was_response, was_request) = self.old.directions(before);
        let directions = Directions {
            response: response || was_response,
            request: request || was_request,
        };
        if type_of(old) == type_of(new) || old.get("oneOf").is_some() == new.get("oneOf").is_some()
        {
            self.fields(old, new, name, directions);
            self.values(old, new, name, directions.request);
        }
        let mut known = KNOWN.to_vec();
        // References inside may have been renamed with what they refer to.
        if self.renamed_json(old.get("oneOf")) == new.get("oneOf").map(Node::to_json) {
            known.push("oneOf");
        }
        self.other_keys(old, new, &known, &at, name);
    }
}

/// Which way a component travels.
#[derive(Clone, Copy)]
pub(super) struct Directions {
    pub(super) response: bool,
    pub(super) request: bool,
}

fn pointer(name: &str) -> String {
    format!("/components/schemas/{name}")
}
