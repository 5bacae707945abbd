//! New components of the contract, for structures and enums of the vendor's document.
//!
//! ```yaml
//! # the vendor: an enum within a field `run-state`   # the contract
//! {type: string, enum: [ok, "n/a", "N A"]}           RunState:
//!                                                      type: string
//!                                                      description: To be described.
//!                                                      x-unnamed: [N A]
//!                                                      enum: [ok, n/a]
//! ```
//!
//! `n/a` and `N A` would be one variant in Rust, so the second has none, and is read as an unknown value is.

use super::shape::{SchemaSummary, Sort};
use super::value::Writer;
use crate::additions::Names;
use crate::describe::TO_BE_DESCRIBED;
use crate::meaning::Part;
use crate::spec::UNNAMED;
use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};

impl<'m, 'a> Writer<'m, 'a> {
    /// The name of the component that the contract has for this, a new one if there is none: that of the vendor's component,
    /// or of the field, with `Type` behind it as often as it takes to be free.
    ///
    /// The name is given away before the component is written, so that one that contains itself refers to itself.
    pub(super) fn component(&mut self, shape: &SchemaSummary<'m, 'a>, name: &str) -> String {
        let their_name = shape.name.map(str::to_owned);
        if let Some(known) = their_name.as_ref().and_then(|name| self.names.get(name)) {
            return known.clone();
        }
        let first = type_name(their_name.as_deref().unwrap_or(name));
        let mut candidates = std::iter::successors(Some(first), |name| Some(format!("{name}Type")));
        let free = candidates
            .find(|name| !self.taken.contains(name))
            .unwrap_or_default();
        self.taken.insert(free.clone());
        self.names
            .extend(their_name.map(|name| (name, free.clone())));
        let index = self.components.len();
        self.components.push((free.clone(), Value::Null));
        self.within.push(shape.name.unwrap_or(name).to_owned());
        self.levels += 1;
        let lists = std::mem::take(&mut self.lists);
        self.components[index].1 = self.described(shape);
        self.lists = lists;
        self.levels -= 1;
        self.within.pop();
        free
    }

    /// The schema of a new component; null for what can be none.
    fn described(&mut self, shape: &SchemaSummary<'m, 'a>) -> Value {
        let mut names = Names::default();
        match &shape.sort {
            Sort::Values(values) => {
                let values = values.iter().map(|value| &*value.key);
                let (named, unnamed): (Vec<&str>, Vec<&str>) =
                    values.partition(|value| names.add_value(value));
                let mut written = json!({"type": "string", "description": TO_BE_DESCRIBED});
                list(&mut written, UNNAMED, unnamed);
                written["enum"] = named.into();
                written
            }
            Sort::Object(fields) => {
                let (named, unnamed): (Vec<&Part>, Vec<&Part>) =
                    fields.iter().partition(|field| names.add_field(&field.key));
                let unnamed = unnamed.iter().map(|field| &*field.key).collect();
                self.object(named, unnamed)
            }
            _ => Value::Null,
        }
    }

    /// An object of the contract: what is required comes first, then by name; unknown keys are kept.
    fn object(&mut self, mut fields: Vec<&'m Part<'a>>, unnamed: Vec<&str>) -> Value {
        fields.sort_by_key(|field| (!field.flag("required"), field.key.to_lowercase()));
        let required = fields.iter().filter(|field| field.flag("required"));
        let required = required.map(|field| &*field.key).collect();
        let mut properties = Map::new();
        for field in &fields {
            let schema = self.schema(field, &field.key, Some(!field.flag("required")));
            properties.insert(field.key.to_string(), schema.into());
        }
        let mut object =
            json!({"type": "object", "description": TO_BE_DESCRIBED, "additionalProperties": {}});
        list(&mut object, "required", required);
        list(&mut object, UNNAMED, unnamed);
        object["properties"] = properties.into();
        object
    }
}

/// Adds a list that has something in it.
fn list(schema: &mut Value, key: &str, names: Vec<&str>) {
    if !names.is_empty() {
        schema[key] = names.into();
    }
}

/// A name in upper camel case. Where a digit separates words, one pass leaves another to do.
fn type_name(name: &str) -> String {
    let once = name.to_upper_camel_case();
    match once.to_upper_camel_case() {
        twice if twice == once => once,
        twice => type_name(&twice),
    }
}
