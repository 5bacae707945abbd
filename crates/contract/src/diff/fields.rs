//! The fields of an object.

use super::components::Directions;
use super::renames;
use super::types::retyped;
use super::{Api, Class, Diff, Wire};
use crate::describe::type_of;
use crate::spec::is_required;
use crate::yaml::Node;
use crate::yaml::node::escape;

/// Keys of a field that make up its type, and are compared as such.
const TYPE_KEYS: [&str; 7] = [
    "type", "format", "nullable", "allOf", "$ref", "items", "oneOf",
];

const ADDED: Class = (
    Wire::Additive,
    Api::Minor,
    "unknown keys are kept anyway; the struct is `non_exhaustive`",
);
const REMOVED: Class = (
    Wire::Breaking,
    Api::Major,
    "who reads the field finds nothing, in the answer and in the struct",
);
const RENAMED: Class = (
    Wire::Breaking,
    Api::Major,
    "to a program, a field of another name is another field",
);
const REFUSED_WITHOUT: Class = (
    Wire::Breaking,
    Api::Major,
    "requests without it are refused",
);
const PROMISED: Class = (
    Wire::Additive,
    Api::Major,
    "answers promise more, and it is an `Option` no more",
);
const MAY_BE_ABSENT: Class = (
    Wire::Breaking,
    Api::Major,
    "the field may now be absent, and becomes an `Option`",
);
const MAY_BE_LEFT_OUT: Class = (
    Wire::Additive,
    Api::Major,
    "requests may leave it out, and it becomes an `Option`",
);

impl<'a> Diff<'_, 'a> {
    pub(super) fn fields(
        &mut self,
        old: &'a Node,
        new: &'a Node,
        component: &str,
        directions: Directions,
    ) {
        let renamed = renames::of_fields(old, new);
        let at = format!("/components/schemas/{component}/properties");
        self.gone(old, new, component, &renamed);
        for field in new.entries_of("properties") {
            let name = field.key.text.as_str();
            let place = format!("{component}.{name}");
            let pointer = format!("{at}/{}", escape(name));
            let place = Place {
                pointer: &pointer,
                name: &place,
                directions,
            };
            let required = (is_required(old, name), is_required(new, name));
            match old.get("properties").and_then(|fields| fields.get(name)) {
                Some(before) => self.field(before, &field.value, place, required),
                None if renamed.iter().any(|(_, to)| *to == name) => {}
                None => self.added(required.1, place),
            }
        }
    }

    fn gone(&mut self, old: &Node, new: &Node, component: &str, renamed: &[(&str, &str)]) {
        let at = format!("/components/schemas/{component}/properties");
        let there = |name: &str| new.get("properties").is_some_and(|fields| fields.has(name));
        for field in old.entries_of("properties") {
            let name = field.key.text.as_str();
            let place = format!("{component}.{name}");
            if let Some((_, to)) = renamed.iter().find(|(from, _)| *from == name) {
                let what = format!("renamed to `{to}`");
                self.add(&format!("{at}/{}", escape(to)), &place, what, RENAMED);
            } else if !there(name) {
                self.add(
                    &format!("{at}/{}", escape(name)),
                    &place,
                    "field removed",
                    REMOVED,
                );
            }
        }
    }

    fn added(&mut self, required: bool, place: Place) {
        let what = if required {
            "required field added"
        } else {
            "optional field added"
        };
        let class = match required && place.directions.request {
            true => REFUSED_WITHOUT,
            false => ADDED,
        };
        self.add(place.pointer, place.name, what, class);
    }

    fn requiredness(&mut self, (before, after): (bool, bool), place: Place) {
        let Directions { response, request } = place.directions;
        let (what, class) = match (before, after) {
            (true, false) if response => ("required became optional", MAY_BE_ABSENT),
            (true, false) => ("required became optional", MAY_BE_LEFT_OUT),
            (false, true) if request => ("optional became required", REFUSED_WITHOUT),
            (false, true) => ("optional became required", PROMISED),
            _ => return,
        };
        self.add(place.pointer, place.name, what, class);
    }

    fn field(&mut self, old: &'a Node, new: &'a Node, place: Place, required: (bool, bool)) {
        self.requiredness(required, place);
        let (before, after) = (self.renamed(&type_of(old)), type_of(new));
        if before != after {
            let what = format!("`{before}` became `{after}`");
            self.add(
                place.pointer,
                place.name,
                what,
                retyped(&before, &after, place.directions),
            );
        }
        // A field that became optional is nullable from then on: that is one change, not two.
        if required.0 == required.1 && old.flag("nullable") != new.flag("nullable") {
            self.nullability(new.flag("nullable"), required.1, place);
        }
        let mut known = TYPE_KEYS.to_vec();
        let values = |node: &Node| node.get("additionalProperties").map(type_of);
        // The type of a map's values is part of its type.
        if before != after || values(old).map(|value| self.renamed(&value)) == values(new) {
            known.push("additionalProperties");
        }
        self.other_keys(old, new, &known, place.pointer, place.name);
    }

    fn nullability(&mut self, now: bool, required: bool, place: Place) {
        let (what, breaks) = match now {
            true => ("may be null now", place.directions.response),
            false => ("may be null no more", place.directions.request),
        };
        let wire = if breaks {
            Wire::Breaking
        } else {
            Wire::Additive
        };
        let (api, reason) = match required {
            true => (Api::Major, "whether it is an `Option` depends on it"),
            false => (Api::Patch, "an optional field is an `Option` anyway"),
        };
        self.add(place.pointer, place.name, what, (wire, api, reason));
    }
}

/// A field, and which way it travels.
#[derive(Clone, Copy)]
struct Place<'p> {
    pointer: &'p str,
    name: &'p str,
    directions: Directions,
}
