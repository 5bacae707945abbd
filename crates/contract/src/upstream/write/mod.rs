//! From differences to edits of the YAML.

mod fields;
mod keys;
mod parameters;
mod pointers;

use super::difference::{ABSENT, Difference, Facet};
use super::shape::Shape;
use super::value::{Writer, format_for};
use super::walk::Compared;
use crate::edit::{Edit, Place, apply};
use crate::meaning::{Meaning, Part};
use crate::spec::{DEFAULT, SETTINGS, TYPED_BY};
use crate::yaml::Node;
use crate::yaml::node::escape;
use heck::ToSnakeCase;
use pointers::name_of;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where components are.
const SCHEMAS: &str = "/components/schemas";

/// What turns differences into edits.
pub(super) struct Edits<'m, 'a> {
    root: &'m Node,
    writer: Writer<'m, 'a>,
    theirs: &'m Meaning<'a>,
}

impl<'m, 'a> Edits<'m, 'a> {
    pub(super) fn new(
        root: &'m Node,
        ours: &Meaning,
        theirs: &'m Meaning<'a>,
        compared: &Compared,
    ) -> Edits<'m, 'a> {
        let writer = Writer::new(ours, theirs, &compared.names);
        Edits {
            root,
            writer,
            theirs,
        }
    }

    /// The edits that follow the vendor in one thing; none where a person has to decide.
    pub(super) fn of(&mut self, difference: &Difference<'m, 'a>) -> Vec<Edit> {
        let already = self.writer.components.len();
        let mut edits = self.own(difference).unwrap_or_default();
        for (name, value) in &self.writer.components[already..] {
            let owner = difference
                .pointer
                .strip_prefix("/components/schemas/")
                .and_then(|rest| rest.split('/').next());
            edits.push(Edit::Insert {
                into: SCHEMAS.into(),
                key: name.clone(),
                value: value.clone(),
                place: owner.map_or(Place::Last, |owner| Place::After(owner.to_owned())),
            });
        }
        edits
    }

    /// The edits together: a list of names that loses all goes as a whole.
    pub(super) fn settled(&self, edits: Vec<Edit>) -> Vec<Edit> {
        let mut left: BTreeMap<String, usize> = BTreeMap::new();
        for (list, change) in edits.iter().filter_map(in_names) {
            let count = || self.node(list).map_or(0, |node| node.items().len());
            let left = left.entry(list.to_owned()).or_insert_with(count);
            *left = left.saturating_add_signed(change);
        }
        left.retain(|_, left| *left == 0);
        let stays = |edit: &Edit| in_names(edit).is_none_or(|(list, _)| !left.contains_key(list));
        let mut settled: Vec<Edit> = edits.iter().filter(|edit| stays(edit)).cloned().collect();
        settled.extend(left.into_keys().map(|at| Edit::Remove { at }));
        settled
    }

    fn own(&mut self, difference: &Difference<'m, 'a>) -> Option<Vec<Edit>> {
        let is_new = difference.ours == ABSENT;
        let at = difference.pointer.as_str();
        let shape = |edits: &Self| Some(Shape::of(edits.theirs, difference.part?));
        Some(match difference.facet {
            Facet::Field if is_new => self.new_field(difference)?,
            Facet::Parameter if is_new => self.new_parameter(difference)?,
            Facet::Value if is_new => vec![Edit::Push {
                into: format!("{at}/enum"),
                value: difference.part?.key.to_string().into(),
                place: self.after(&format!("{at}/enum"), difference.after.as_deref()),
            }],
            Facet::Field => self.no_field(at)?,
            Facet::Alternative if is_new => self.new_alternative(difference)?,
            Facet::Value | Facet::Parameter | Facet::Alternative if !is_new => {
                vec![Edit::Remove { at: at.to_owned() }]
            }
            Facet::Required => self.required(difference)?,
            Facet::Nullable => self.nullable(at, difference.theirs == "nullable"),
            Facet::Deprecated => self.flag(at, "deprecated", difference.theirs == "deprecated"),
            Facet::Type => self.retype(difference)?,
            Facet::Format => {
                let format = format_for("string", shape(self)?.format, name_of(difference));
                self.set(at, "format", format.map(Value::from))
            }
            Facet::Default => self.set(at, DEFAULT, shape(self)?.default.cloned()),
            _ => return None,
        })
    }

    /// One more component in a union, and in the mapping of job types if its name begins with one.
    fn new_alternative(&mut self, difference: &Difference<'m, 'a>) -> Option<Vec<Edit>> {
        let union = difference.pointer.strip_suffix("/oneOf")?;
        let part = difference.part?;
        let name = self
            .writer
            .component(&Shape::of(self.theirs, part), "alternative");
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

    /// What the contract has at a pointer.
    fn node(&self, pointer: &str) -> Option<&'m Node> {
        self.root.pointer(pointer).map(|(node, _)| node)
    }

    /// Behind a value of an enum, or before all.
    fn after(&self, list: &str, value: Option<&str>) -> Place {
        let values = self.node(list);
        let index = value.and_then(|value| values?.texts().position(|(other, _)| other == value));
        index.map_or(Place::First, |index| Place::After(index.to_string()))
    }
}

/// The list of names that an edit changes, and by how many.
fn in_names(edit: &Edit) -> Option<(&str, isize)> {
    let (list, change) = match edit {
        Edit::Remove { at } => (at.rsplit_once('/')?.0, -1),
        Edit::Push { into, .. } => (into.as_str(), 1),
        _ => return None,
    };
    let is_list = ["required", SETTINGS].contains(&list.rsplit('/').next().unwrap_or_default());
    is_list.then_some((list, change))
}

/// The text with all edits made. New components go in last, as the end of one may be the end of its last field.
pub(super) fn applied(text: &str, edits: &[Edit]) -> Result<String, String> {
    let is_component = |edit: &Edit| matches!(edit, Edit::Insert { into, .. } if into == SCHEMAS);
    let (components, others): (Vec<Edit>, Vec<Edit>) =
        edits.iter().cloned().partition(is_component);
    let text = apply(text, &others).map_err(|error| error.to_string())?;
    apply(&text, &components).map_err(|error| error.to_string())
}

/// Components that nothing refers to any more.
pub(super) fn unused(meaning: &Meaning) -> Vec<Edit> {
    let unused = |component: &&Part| {
        let directions = meaning.directions(&component.key);
        !directions.request && !directions.response
    };
    let unused = meaning.components.iter().filter(unused);
    unused
        .map(|component| Edit::Remove {
            at: format!("/components/schemas/{}", escape(&component.key)),
        })
        .collect()
}
