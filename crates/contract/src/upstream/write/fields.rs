//! Fields, and which of them are required.

use super::super::difference::Difference;
use super::super::shape::Shape;
use super::Edits;
use super::pointers::owner;
use crate::edit::{Edit, Place};
use crate::spec::{SETTINGS, is_required};
use serde_json::json;

impl<'m, 'a> Edits<'m, 'a> {
    pub(super) fn new_field(&mut self, difference: &Difference<'m, 'a>) -> Option<Vec<Edit>> {
        let (owner, name) = owner(&difference.pointer)?;
        let part = difference.part?;
        let required = part.flag("required");
        let schema = self.writer.schema(part, &name, Some(!required));
        let mut edits = vec![Edit::Insert {
            into: format!("{owner}/properties"),
            key: name.clone(),
            value: schema.into(),
            place: self.among_fields(owner, &name, required),
        }];
        if required {
            edits.push(self.require(owner, &name));
        }
        Some(edits)
    }

    /// Fields stand by name, those that are required before the others.
    fn among_fields(&self, owner: &str, name: &str, required: bool) -> Place {
        let owner = self.node(owner);
        let fields = owner
            .map(|owner| owner.entries_of("properties"))
            .unwrap_or_default();
        let is_required = |field: &str| owner.is_some_and(|owner| is_required(owner, field));
        let names = fields.iter().map(|field| field.key.text.as_str());
        let alike: Vec<&str> = names
            .filter(|field| is_required(field) == required)
            .collect();
        let next = alike
            .iter()
            .find(|field| field.to_lowercase() > name.to_lowercase());
        match (next, alike.last()) {
            (Some(next), _) => Place::Before((*next).to_owned()),
            (None, Some(last)) => Place::After((*last).to_owned()),
            (None, None) if required => Place::First,
            (None, None) => Place::Last,
        }
    }

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
    pub(super) fn no_field(&self, at: &str) -> Option<Vec<Edit>> {
        let (owner, name) = owner(at)?;
        let removed = std::iter::once(Edit::Remove { at: at.to_owned() });
        let unlisted = ["required", SETTINGS]
            .into_iter()
            .filter_map(|list| self.unlisted(owner, list, &name));
        Some(removed.chain(unlisted).collect())
    }

    fn unlisted(&self, owner: &str, list: &str, name: &str) -> Option<Edit> {
        let names = self.node(owner)?.get(list)?;
        let index = names.texts().position(|(other, _)| other == name)?;
        Some(Edit::Remove {
            at: format!("{owner}/{list}/{index}"),
        })
    }

    pub(super) fn required(&mut self, difference: &Difference<'m, 'a>) -> Option<Vec<Edit>> {
        let (at, required) = (&difference.pointer, difference.theirs == "required");
        let Some((owner, name)) = owner(at) else {
            return Some(self.flag(at, "required", required));
        };
        let is_nullable = !required || Shape::of(self.theirs, difference.part?).nullable;
        let mut edits = self.nullable(at, is_nullable);
        edits.extend(if required {
            Some(self.require(owner, &name))
        } else {
            self.unlisted(owner, "required", &name)
        });
        Some(edits)
    }
}
