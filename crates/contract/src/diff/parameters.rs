//! The parameters of a call.

use super::components::Directions;
use super::{Api, Class, Diff, Wire};
use crate::spec::Operation;
use crate::yaml::Node;

/// Parameters only go out.
const OUT: Directions = Directions {
    response: false,
    request: true,
};

const REQUIRED_ADDED: Class = (
    Wire::Breaking,
    Api::Major,
    "requests without it are refused",
);
const OPTIONAL_ADDED: Class = (
    Wire::Additive,
    Api::Major,
    "the raw function takes its parameters by position",
);
const REMOVED: Class = (
    Wire::Breaking,
    Api::Major,
    "requests that use it mean something else, and its methods are gone",
);

impl<'a> Diff<'_, 'a> {
    pub(super) fn parameters(&mut self, old: &Operation<'a>, new: &Operation<'a>, at: &str) {
        let (before, after) = (old.parameters(self.old), new.parameters(self.new));
        let named = |list: &[&'a Node], name| {
            list.iter()
                .copied()
                .find(|other| text(other, "name") == name)
        };
        for (index, parameter) in after.iter().enumerate() {
            let pointer = format!("{at}/parameters/{index}");
            let place = label(parameter);
            match named(&before, text(parameter, "name")) {
                Some(other) => self.parameter(other, parameter, &pointer, &place),
                None if parameter.flag("required") => {
                    self.add(&pointer, &place, "required parameter added", REQUIRED_ADDED);
                }
                None => self.add(&pointer, &place, "optional parameter added", OPTIONAL_ADDED),
            }
        }
        for parameter in &before {
            if named(&after, text(parameter, "name")).is_none() {
                self.add(
                    &format!("{at}/parameters"),
                    &label(parameter),
                    "parameter removed",
                    REMOVED,
                );
            }
        }
    }

    fn parameter(&mut self, old: &'a Node, new: &'a Node, pointer: &str, place: &str) {
        if text(old, "in") != text(new, "in") {
            let class = (
                Wire::Breaking,
                Api::Major,
                "it is sent elsewhere, and stands elsewhere in the raw function",
            );
            self.add(pointer, place, format!("was in {}", text(old, "in")), class);
        }
        match (old.flag("required"), new.flag("required")) {
            (true, false) => {
                let class = (
                    Wire::Additive,
                    Api::Major,
                    "requests may leave it out, and it becomes an `Option`",
                );
                self.add(pointer, place, "required became optional", class);
            }
            (false, true) => {
                let class = (
                    Wire::Breaking,
                    Api::Major,
                    "requests without it are refused",
                );
                self.add(pointer, place, "optional became required", class);
            }
            _ => {}
        }
        if let (Some(before), Some(after)) = (old.get("schema"), new.get("schema")) {
            self.retype(before, after, &format!("{pointer}/schema"), place, OUT);
        }
        self.other_keys(
            old,
            new,
            &["name", "in", "required", "schema"],
            pointer,
            place,
        );
    }
}

fn label(parameter: &Node) -> String {
    format!("{} {}", text(parameter, "in"), text(parameter, "name"))
}

fn text<'a>(node: &'a Node, key: &str) -> &'a str {
    node.text_of(key).unwrap_or_default()
}
