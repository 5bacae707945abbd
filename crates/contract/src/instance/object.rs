//! Objects: their properties, the keys that nobody knows, and the property that decides about the type of
//! another.
//!
//! ```yaml
//! JobConfig: {oneOf: [...], x-typed-by: {property: job_type, mapping: {parse: ParseJob}}}
//! ```
//!
//! | `job_type` | `job_config` is compared with |
//! |---|---|
//! | `parse` | `ParseJob` |
//! | `extract`, which is known and not mapped | any object |
//! | `split`, which nobody knows | nothing: `Untyped`, unless it is `{}` |

use super::Problem;
use super::json::{self, Json};
use super::place::{At, Path, Step};
use super::walk::{Here, Walk};
use crate::spec::{UNNAMED, is_required, referenced};
use crate::yaml::{Entry, Node};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;

type Members<'j> = [(Cow<'j, str>, &'j RawValue)];

impl<'j> Walk<'_, '_, 'j> {
    /// Compares the entries of an object with its properties, or with what a map holds, and then looks for what
    /// is missing.
    ///
    /// A key that comes twice is a difference, and both values are compared. A key that `x-unnamed` lists is
    /// known.
    pub(super) fn object(&mut self, schema: &Node, object: &Members<'j>, here: Here) {
        let properties = schema.get("properties");
        let values = schema.get("additionalProperties");
        let values = values.filter(|node| node.is_mapping());
        let unnamed: HashSet<&str> = schema.texts_of(UNNAMED).map(|(key, _)| key).collect();
        let mut keys = HashSet::new();
        for (key, value) in object {
            let path = Path::Key(here.path, key);
            if !keys.insert(&**key) {
                let at = here.at.below(Step::Property(key));
                let problem = Problem::Duplicate {
                    key: key.clone().into_owned(),
                };
                self.add(&at, Here::inner(&at, &path), problem, Some(value));
            }
            if let Some(property) = properties.and_then(|properties| properties.entry(key)) {
                let at = here.at.below(Step::Property(key));
                let inner = Here::inner(&at, &path);
                self.property(schema, property, object, value, inner);
            } else if properties.is_some() && !unnamed.contains(&**key) {
                let key = key.clone().into_owned();
                let inner = Here {
                    path: &path,
                    ..here
                };
                self.add(here.at, inner, Problem::UnknownField { key }, Some(value));
            } else if let Some(values) = values.filter(|_| properties.is_none()) {
                let at = here.at.below(Step::Values);
                self.value(values, value, Here::inner(&at, &path));
            }
        }
        for property in properties.map(Node::entries).unwrap_or_default() {
            let name = &property.key.text;
            if is_required(schema, name) && !keys.contains(name.as_str()) {
                let name = name.clone();
                self.add(here.at, here, Problem::Missing { name }, None);
            }
        }
    }

    /// A property, which may have the type that a property beside it decides on.
    fn property(
        &mut self,
        owner: &Node,
        property: &Entry,
        object: &Members<'j>,
        value: &'j RawValue,
        here: Here,
    ) {
        let typed = self.typed_by.as_ref();
        let typed = typed.filter(|typed| referenced(&property.value) == Some(&typed.component));
        let deciding = typed.and_then(|typed| {
            let (_, decides) = object.iter().find(|(key, _)| *key == typed.property)?;
            match json::open(decides) {
                Json::Text(Some(text)) => Some((typed, text)),
                _ => None,
            }
        });
        let Some((typed, deciding)) = deciding else {
            return self.value(&property.value, value, here);
        };
        let target = typed.mapping.iter().find(|(value, _)| *value == deciding);
        let target = target.map(|(_, component)| component.clone());
        let named = target.and_then(|name| Some((self.spec.component(&name)?, name)));
        let null = value.get() == "null" && property.value.flag("nullable");
        if let Some((schema, name)) = named.filter(|_| !null) {
            return self.value(schema, value, here.same(&At::top(Step::Component(&name))));
        }
        // A known type without a configuration in the contract has any object.
        let known = self.knows(owner, &typed.property, &deciding);
        let by = typed.property.clone();
        match json::open(value) {
            Json::Object(_) if known => {}
            Json::Object(entries) if entries.is_empty() => {}
            Json::Object(_) => self.add(here.site, here, Problem::Untyped { by }, Some(value)),
            _ => self.value(&property.value, value, here),
        }
    }

    /// Whether a text is one that the enum of a property lists.
    fn knows(&self, owner: &Node, property: &str, text: &str) -> bool {
        let schema = owner.property(property);
        let component = schema
            .and_then(referenced)
            .and_then(|name| self.spec.component(name));
        let schema = component.or(schema).filter(|schema| schema.has("enum"));
        schema.is_none_or(|schema| schema.lists("enum", text))
    }
}
