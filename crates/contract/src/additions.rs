//! What is added to a schema of the contract: where it goes, and whether Rust has a name for it.
//!
//! ```yaml
//! required: [id]
//! properties: {id: ..., lang: ..., pages: ...}
//! # a new optional field `mode` goes after `lang`; a new required field `kind` after `id`
//! # a new field `langs` is fine; `Lang` is not, since Rust has a field `lang`: it is listed in `x-unnamed`
//! ```
//!
//! For drift, which adds what a response had, and for following the vendor's document.

use crate::edit::{Edit, Place};
use crate::rules::names::variant_of;
use crate::spec::{UNNAMED, is_required};
use crate::yaml::{Node, node::escape};
use heck::ToSnakeCase;
use serde_json::json;
use std::cmp::Ordering;
use std::collections::HashSet;

/// The names that Rust gives to the fields of an object, or to the values of an enum.
///
/// The bindings add a field and a variant of their own to each, `extra` and `Unknown`, whose names are taken
/// from the start.
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// The names that a schema takes.
    pub(crate) fn of(schema: &Node) -> Names {
        let mut names = Names::default();
        for name in schema.keys_of("properties") {
            names.add_field(name);
        }
        for (value, _) in schema.texts_of("enum") {
            names.add_value(value);
        }
        names
    }

    /// Takes the name of a field; `false` if it has none of its own.
    pub(crate) fn add_field(&mut self, name: &str) -> bool {
        !name.is_empty() && self.0.insert(name.to_snake_case())
    }

    /// Takes the name of a value; `false` if it has none of its own.
    pub(crate) fn add_value(&mut self, value: &str) -> bool {
        variant_of(value).is_some_and(|variant| self.0.insert(variant))
    }
}

impl Default for Names {
    fn default() -> Names {
        Names(["extra", "Unknown"].map(str::to_owned).into())
    }
}

/// The order of names on the page, which is that of the alphabet.
pub(crate) fn page_order(one: &str, other: &str) -> Ordering {
    let one = one.bytes().map(|byte| byte.to_ascii_lowercase());
    one.cmp(other.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// Where a new field goes: what is required stands first, and each half is in the order of the page. A half in
/// another order gets the field at its end.
pub(crate) fn field_place(object: &Node, name: &str, required: bool) -> Place {
    let names = object.keys_of("properties");
    let (mine, others): (Vec<&str>, Vec<&str>) =
        names.partition(|field| is_required(object, field) == required);
    let sorted = mine.is_sorted_by(|one, other| page_order(one, other).is_le());
    let index = match sorted {
        true => mine.partition_point(|other| page_order(other, name).is_le()),
        false => mine.len(),
    };
    let before = index.checked_sub(1).map(|index| mine[index]);
    match (before, mine.first(), others.last()) {
        (Some(before), ..) => Place::After(before.to_owned()),
        (None, Some(first), _) => Place::Before((*first).to_owned()),
        (None, None, Some(last)) if !required => Place::After((*last).to_owned()),
        (None, None, _) => Place::First,
    }
}

/// Lists keys or values that Rust has no name for, in the `x-unnamed` of the schema at `at`.
pub(crate) fn unnamed(schema: &Node, at: &str, texts: &[&str]) -> Vec<Edit> {
    if schema.has(UNNAMED) {
        let push = |text: &&str| Edit::Push {
            into: format!("{at}/{UNNAMED}"),
            value: json!(text),
            place: Place::Last,
        };
        return texts.iter().map(push).collect();
    }
    let after = ["properties", "enum"].iter().find(|key| schema.has(key));
    let place = after.map_or(Place::Last, |key| Place::Before((*key).to_owned()));
    vec![Edit::Insert {
        into: at.to_owned(),
        key: UNNAMED.to_owned(),
        value: json!(texts),
        place,
    }]
}

/// Takes a name out of a list of a schema, such as `required`. The name is a token of a JSON pointer.
pub(crate) fn unlisted(schema: &Node, at: &str, list: &str, name: &str) -> Option<Edit> {
    let mut names = schema.texts_of(list);
    let index = names.position(|(text, _)| escape(text) == name)?;
    Some(Edit::Remove {
        at: format!("{at}/{list}/{index}"),
    })
}
