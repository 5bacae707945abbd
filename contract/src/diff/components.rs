//! Components: objects field by field, enums value by value.

use super::{Api, Class, Diff, UNKNOWN, Wire};
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
            self.values(old, new, &at, name, directions);
        }
        let mut known = KNOWN.to_vec();
        // References inside may have been renamed with what they refer to.
        if self.renamed_json(old.get("oneOf")) == new.get("oneOf").map(Node::to_json) {
            known.push("oneOf");
        }
        self.other_keys(old, new, &known, &at, name);
    }

    fn values(&mut self, old: &Node, new: &Node, at: &str, name: &str, directions: Directions) {
        let values = |node: &'_ Node| -> Vec<String> {
            node.get("enum")
                .into_iter()
                .flat_map(Node::texts)
                .map(|(value, _)| value.to_owned())
                .collect()
        };
        let (before, after) = (values(old), values(new));
        if before.is_empty() != after.is_empty() {
            let what = if after.is_empty() {
                "is no enum any more"
            } else {
                "became an enum"
            };
            return self.add(&format!("{at}/enum"), name, what, UNKNOWN);
        }
        for (index, value) in after
            .iter()
            .enumerate()
            .filter(|(_, value)| !before.contains(value))
        {
            let class = (
                Wire::Additive,
                Api::Minor,
                "enums are open: code already has to expect values that it does not know",
            );
            self.add(
                &format!("{at}/enum/{index}"),
                name,
                format!("value `{value}` added"),
                class,
            );
        }
        for (index, value) in before
            .iter()
            .enumerate()
            .filter(|(_, value)| !after.contains(value))
        {
            let class = match directions.request {
                true => (
                    Wire::Breaking,
                    Api::Major,
                    "requests with this value are refused, and its variant is gone",
                ),
                false => (
                    Wire::None,
                    Api::Major,
                    "answers lose a value, which nobody misses; its variant is gone",
                ),
            };
            self.add(
                &format!("{at}/enum/{index}"),
                name,
                format!("value `{value}` removed"),
                class,
            );
        }
        let kept: Vec<_> = before
            .iter()
            .filter(|value| after.contains(value))
            .collect();
        if !kept
            .iter()
            .copied()
            .eq(after.iter().filter(|value| before.contains(value)))
        {
            let class = (Wire::None, Api::Patch, "the order of values means nothing");
            self.add(
                &format!("{at}/enum"),
                name,
                "values in another order",
                class,
            );
        }
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
