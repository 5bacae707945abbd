//! Types that changed.

use super::components::Directions;
use super::{Api, Class, Diff, Wire};
use crate::describe::type_of;
use crate::yaml::Node;
use serde_json::Value;

impl Diff<'_, '_> {
    pub(super) fn retype(
        &mut self,
        old: &Node,
        new: &Node,
        pointer: &str,
        place: &str,
        directions: Directions,
    ) {
        let (before, after) = (self.renamed(&type_of(old)), type_of(new));
        if before != after {
            let what = format!("`{before}` became `{after}`");
            self.add(pointer, place, what, retyped(&before, &after, directions));
        }
        let known = ["type", "format", "allOf", "$ref", "items"];
        self.other_keys(old, new, &known, pointer, place);
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
