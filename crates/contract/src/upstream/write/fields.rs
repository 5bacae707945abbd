//! Fields, and which of them are required.
//!
//! ```yaml
//! # before                      # after the new required field `size`
//! required: [id]                required: [id, size]
//! properties:                   properties:
//!   id: {type: string}            id: {type: string}
//!   note: {type: string}          size: {type: integer, description: To be described.}
//!                                 note: {type: string}
//! ```
//!
//! A field is in several lists of its object, `required` and `x-settings`; who removes it removes its name from all.

use super::super::difference::Disagreement;
use super::super::shape::SchemaSummary;
use super::Edits;
use super::pointers::owner;
use crate::additions::{Names, field_place, unlisted, unnamed};
use crate::describe::TO_BE_DESCRIBED;
use crate::edit::{Edit, Place};
use crate::spec::SETTINGS;
use crate::yaml::Node;
use serde_json::json;

impl<'m, 'a> Edits<'m, 'a> {
    /// A new field at its place, in `required` if it is; one that Rust has no name for is only listed.
    pub(super) fn new_field(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
        let (owner, name) = owner(&difference.pointer)?;
        let (part, node) = (difference.part?, self.node(owner)?);
        if !self.names(owner, node).add_field(&name) {
            return Some(unnamed(node, owner, &[&name]));
        }
        let required = part.flag("required");
        let schema = self.writer.schema(part, &name, Some(!required));
        let mut edits = vec![Edit::Insert {
            into: format!("{owner}/properties"),
            key: name.clone(),
            value: schema.into(),
            place: field_place(node, &name, required),
        }];
        if required {
            edits.push(self.require(owner, &name));
        }
        Some(edits)
    }

    /// The names in Rust that a schema has, with those of what was added to it so far.
    pub(super) fn names(&mut self, at: &str, node: &Node) -> &mut Names {
        self.names
            .entry(at.to_owned())
            .or_insert_with(|| Names::of(node))
    }

    /// A field of any value, which every reader takes; `None` where it has to be there, since then it needs a type.
    pub(super) fn any_field(&self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
        let (owner, name) = owner(&difference.pointer)?;
        let node = self.node(owner)?;
        let is_required = difference.part?.flag("required");
        (!is_required).then(|| {
            vec![Edit::Insert {
                into: format!("{owner}/properties"),
                key: name.clone(),
                value: json!({"description": TO_BE_DESCRIBED}),
                place: field_place(node, &name, false),
            }]
        })
    }

    /// Puts a field into `required`, in the order of names, and makes the list if there is none.
    fn require(&self, owner: &str, name: &str) -> Edit {
        let list = self.node(owner).and_then(|owner| owner.get("required"));
        match list {
            Some(list) => {
                let next = list.texts().position(|(other, _)| other > name);
                let place = next.map_or(Place::Last, |index| Place::Before(index.to_string()));
                Edit::Push {
                    into: format!("{owner}/required"),
                    value: name.into(),
                    place,
                }
            }
            None => Edit::Insert {
                into: owner.to_owned(),
                key: "required".into(),
                value: json!([name]),
                place: Place::Before("properties".into()),
            },
        }
    }

    /// Without a field, and without its name in the lists that have it.
    pub(super) fn no_field(&self, at: &str) -> Vec<Edit> {
        let removed = std::iter::once(Edit::Remove { at: at.to_owned() });
        let unlisted = ["required", SETTINGS]
            .into_iter()
            .filter_map(|list| self.unlisted(at, list));
        removed.chain(unlisted).collect()
    }

    /// Takes a field out of a list of the object that it is in.
    fn unlisted(&self, at: &str, list: &str) -> Option<Edit> {
        let (owner, _) = owner(at)?;
        unlisted(self.node(owner)?, owner, list, at.rsplit('/').next()?)
    }

    /// A parameter's `required` is a key; that of a field is a list of the object around it, and what need not be there may
    /// be null.
    pub(super) fn required(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
        let (at, required) = (&difference.pointer, difference.theirs == "required");
        let Some((owner, name)) = owner(at) else {
            return Some(self.flag(at, "required", required));
        };
        let is_nullable = !required || SchemaSummary::of(self.theirs, difference.part?).nullable;
        let mut edits = self.nullable(at, is_nullable);
        edits.extend(if required {
            Some(self.require(owner, &name))
        } else {
            self.unlisted(at, "required")
        });
        Some(edits)
    }
}
