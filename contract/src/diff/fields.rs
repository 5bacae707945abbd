//! The fields of an object.

use super::components::Directions;
use super::renames;
use super::{Api, Class, Diff, Wire};
use crate::describe::type_of;
use crate::spec::is_required;
use crate::yaml::node::escape;
use crate::yaml::{Entry, Node};
use serde_json::Value;

/// Keys of a field that make up its type, and are compared as such.
const TYPE_KEYS: [&str; 7] = [
    "type", "format", "nullable", "allOf", "$ref", "items", "oneOf",
];

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
        for field in entries(old) {
            let name = field.key.text.as_str();
            let place = format!("{component}.{name}");
            if let Some((_, to)) = renamed.iter().find(|(from, _)| *from == name) {
                self.add(
                    &format!("{at}/{}", escape(to)),
                    &place,
                    format!("renamed to `{to}`"),
                    RENAMED,
                );
            } else if !new.get("properties").is_some_and(|fields| fields.has(name)) {
                self.add(
                    &format!("{at}/{}", escape(name)),
                    &place,
                    "field removed",
                    REMOVED,
                );
            }
        }
        for field in entries(new) {
            let name = field.key.text.as_str();
            let (place, pointer) = (
                format!("{component}.{name}"),
                format!("{at}/{}", escape(name)),
            );
            let required = is_required(new, name);
            match old.get("properties").and_then(|fields| fields.get(name)) {
                Some(before) => {
                    let was_required = is_required(old, name);
                    self.requiredness(was_required, required, &pointer, &place, directions);
                    self.field(
                        before,
                        &field.value,
                        &pointer,
                        &place,
                        directions,
                        (was_required, required),
                    );
                }
                None if renamed.iter().any(|(_, to)| *to == name) => {}
                None => {
                    let what = if required {
                        "required field added"
                    } else {
                        "optional field added"
                    };
                    self.add(&pointer, &place, what, added(required, directions));
                }
            }
        }
    }

    fn requiredness(
        &mut self,
        before: bool,
        after: bool,
        pointer: &str,
        place: &str,
        directions: Directions,
    ) {
        if before && !after {
            let class = match directions.response {
                true => (
                    Wire::Breaking,
                    Api::Major,
                    "the field may now be absent, and becomes an `Option`",
                ),
                false => (
                    Wire::Additive,
                    Api::Major,
                    "requests may leave it out, and it becomes an `Option`",
                ),
            };
            self.add(pointer, place, "required became optional", class);
        } else if after && !before {
            let class = match directions.request {
                true => (
                    Wire::Breaking,
                    Api::Major,
                    "requests without it are refused, and it is an `Option` no more",
                ),
                false => (
                    Wire::Additive,
                    Api::Major,
                    "answers promise more, and it is an `Option` no more",
                ),
            };
            self.add(pointer, place, "optional became required", class);
        }
    }

    fn field(
        &mut self,
        old: &'a Node,
        new: &'a Node,
        pointer: &str,
        place: &str,
        directions: Directions,
        required: (bool, bool),
    ) {
        let (before, after) = (self.renamed(&type_of(old)), type_of(new));
        if before != after {
            let what = format!("`{before}` became `{after}`");
            self.add(pointer, place, what, retyped(&before, &after, directions));
        }
        let null = |node: &Node| node.get("nullable").is_some_and(Node::is_true);
        // A field that became optional is nullable from then on: that is one change, not two.
        if required.0 == required.1 && null(old) != null(new) {
            self.nullability(null(new), required.1, pointer, place, directions);
        }
        let mut known = TYPE_KEYS.to_vec();
        // The type of a map's values is part of its type.
        if before != after || values(old).as_ref().map(|value| self.renamed(value)) == values(new) {
            known.push("additionalProperties");
        }
        self.other_keys(old, new, &known, pointer, place);
    }

    fn nullability(
        &mut self,
        now: bool,
        required: bool,
        pointer: &str,
        place: &str,
        directions: Directions,
    ) {
        let api = if required { Api::Major } else { Api::Patch };
        let (what, breaks) = match now {
            true => ("may be null now", directions.response),
            false => ("may be null no more", directions.request),
        };
        let wire = if breaks {
            Wire::Breaking
        } else {
            Wire::Additive
        };
        let reason = match required {
            true => "whether it is an `Option` depends on it",
            false => "an optional field is an `Option` anyway",
        };
        self.add(pointer, place, what, (wire, api, reason));
    }

    /// A type of the old contract in the names of the new one.
    pub(super) fn renamed(&self, kind: &str) -> String {
        let words = kind.split_inclusive([' ', ',']);
        let rename = |word: &str| {
            let name = word.trim_end_matches([' ', ',']);
            let new = self
                .renames
                .iter()
                .find(|(old, _)| *old == name)
                .map_or(name, |(_, new)| new);
            format!("{new}{}", &word[name.len()..])
        };
        words.map(rename).collect()
    }

    /// A node of the old contract as JSON, with references under their new names.
    pub(super) fn renamed_json(&self, node: Option<&Node>) -> Option<Value> {
        let mut text = node?.to_json().to_string();
        for (old, new) in &self.renames {
            text = text.replace(&format!("/{old}\""), &format!("/{new}\""));
        }
        serde_json::from_str(&text).ok()
    }
}

fn entries(node: &Node) -> &[Entry] {
    node.get("properties")
        .map(Node::entries)
        .unwrap_or_default()
}

fn values(node: &Node) -> Option<String> {
    node.get("additionalProperties").map(type_of)
}

fn added(required: bool, directions: Directions) -> Class {
    match required && directions.request {
        true => (
            Wire::Breaking,
            Api::Major,
            "requests without it are refused",
        ),
        false => (
            Wire::Additive,
            Api::Minor,
            "unknown keys are kept anyway; the struct is `non_exhaustive`",
        ),
    }
}

/// What another type means. `string (date-time)` is a type with its format.
pub(super) fn retyped(before: &str, after: &str, directions: Directions) -> Class {
    let base = |kind: &str| kind.split(" (").next().unwrap_or_default().to_owned();
    let strict = |kind: &str| kind.contains("(date-time)");
    // Every value of the second is one of the first.
    let narrower = |from: &str, to: &str| {
        from == "any"
            || (from == "number" && to == "integer")
            || (base(from) == base(to) && strict(to) && !strict(from))
    };
    // `base` leaves out formats; formats other than date-time only choose the Rust type.
    let same_bytes = base(before) == base(after) && strict(before) == strict(after);
    let narrowed = narrower(before, after) && !directions.request;
    let widened = narrower(after, before) && !directions.response;
    if same_bytes {
        (
            Wire::None,
            Api::Major,
            "the same bytes, but a format chooses the Rust type",
        )
    } else if narrowed {
        (
            Wire::Additive,
            Api::Major,
            "answers promise more; the Rust type is another",
        )
    } else if widened {
        (
            Wire::Additive,
            Api::Major,
            "requests may hold more; the Rust type is another",
        )
    } else {
        (
            Wire::Breaking,
            Api::Major,
            "values of another type, on the wire and in Rust",
        )
    }
}
