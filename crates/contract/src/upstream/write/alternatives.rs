//! Values of enums, and alternatives of unions.
//!
//! ```yaml
//! # before                                       # after the vendor's `ExtractJob` in the union
//! JobConfig:                                     JobConfig:
//!   x-typed-by:                                    x-typed-by:
//!     property: job_type                             property: job_type
//!     mapping: {parse: ParseJob}                     mapping: {parse: ParseJob, extract: ExtractJob}
//!   oneOf: [$ref: ParseJob]                        oneOf: [$ref: ParseJob, $ref: ExtractJob]
//! ```
//!
//! The vendor's union says nothing of which job type has which configuration; its name does, if it begins with one.

use super::super::difference::Disagreement;
use super::super::shape::{SchemaSummary, Sort};
use super::{Edits, SCHEMAS};
use crate::additions::unnamed;
use crate::edit::{Edit, Place};
use crate::spec::TYPED_BY;
use heck::ToSnakeCase;
use serde_json::json;

impl<'m, 'a> Edits<'m, 'a> {
    /// A value of an enum; without a name of its own in Rust, it is listed as such.
    pub(super) fn new_value(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
        let (at, value) = (difference.pointer.as_str(), &*difference.part?.key);
        let node = self.node(at)?;
        if !self.names(at, node).add_value(value) {
            return Some(unnamed(node, at, &[value]));
        }
        let into = format!("{at}/enum");
        let place = self.after(&into, difference.after.as_deref());
        let value = value.into();
        Some(vec![Edit::Push { into, value, place }])
    }

    /// One more component in a union, and in the mapping of job types if its name begins with one.
    pub(super) fn new_alternative(
        &mut self,
        difference: &Disagreement<'m, 'a>,
    ) -> Option<Vec<Edit>> {
        let union = difference.pointer.strip_suffix("/oneOf")?;
        let shape = SchemaSummary::of(self.theirs, difference.part?);
        let Sort::Object(_) = shape.sort else {
            return None;
        };
        let name = self.writer.component(&shape, "alternative");
        let mut edits = vec![Edit::Push {
            into: difference.pointer.clone(),
            value: json!({"$ref": format!("#{SCHEMAS}/{name}")}),
            place: Place::Last,
        }];
        let mapping = format!("{union}/{TYPED_BY}/mapping");
        let kind = name.to_snake_case().split('_').next()?.to_owned();
        let values = self.node(SCHEMAS)?.entries().iter();
        let mut values = values.flat_map(|entry| entry.value.items_of("enum"));
        if values.any(|value| value.text() == Some(&kind)) && !self.node(&mapping)?.has(&kind) {
            edits.push(Edit::Insert {
                into: mapping,
                key: kind,
                value: name.into(),
                place: Place::Last,
            });
        }
        Some(edits)
    }

    /// Behind a value of an enum, or before all.
    fn after(&self, list: &str, value: Option<&str>) -> Place {
        let values = self.node(list);
        let index = value.and_then(|value| values?.texts().position(|(other, _)| other == value));
        index.map_or(Place::First, |index| Place::After(index.to_string()))
    }
}
