//! From differences to edits of the YAML.

mod fields;
mod keys;
mod parameters;
mod pointers;

use super::difference::{ABSENT, Disagreement, Facet};
use super::shape::{SchemaSummary, Sort};
use super::value::{Writer, format_for};
use super::walk::Compared;
use crate::additions::{Names, unnamed};
use crate::describe::TO_BE_DESCRIBED;
use crate::edit::{Edit, Place, apply};
use crate::meaning::{Meaning, Part, anonymous, placeholders};
use crate::spec::{DEFAULT, REGION, SETTINGS, TYPED_BY, UNNAMED};
use crate::yaml::Node;
use crate::yaml::node::escape;
use heck::{ToSnakeCase, ToUpperCamelCase};
use pointers::name_of;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// Where components are.
const SCHEMAS: &str = "/components/schemas";

/// What turns differences into edits.
pub(super) struct Edits<'m, 'a> {
    root: &'m Node,
    writer: Writer<'m, 'a>,
    theirs: &'m Meaning<'a>,
    /// The names in Rust that components take, by their pointers.
    names: HashMap<String, Names>,
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
            names: HashMap::new(),
        }
    }

    /// The edits that follow the vendor in one thing; none where a person has to decide.
    pub(super) fn of(&mut self, difference: &Disagreement<'m, 'a>) -> Vec<Edit> {
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

    /// Edits that say less, for a difference whose edits a check refuses.
    pub(super) fn cautious(&self, difference: &Disagreement<'m, 'a>) -> Vec<Edit> {
        match difference.facet {
            Facet::Field if difference.ours == ABSENT => {
                self.any_field(difference).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// The edits together: a list that loses all of its names is removed, and a new one is written once.
    pub(super) fn settled(&self, edits: &[Edit]) -> Vec<Edit> {
        let mut left: BTreeMap<String, usize> = BTreeMap::new();
        for (list, change) in edits.iter().filter_map(in_names) {
            let count = || self.node(list).map_or(0, |node| node.items().len());
            let left = left.entry(list.to_owned()).or_insert_with(count);
            *left = left.saturating_add_signed(change);
        }
        left.retain(|_, left| *left == 0);
        let mut settled: Vec<Edit> = Vec::new();
        for edit in edits {
            let goes = in_names(edit).is_some_and(|(list, _)| left.contains_key(list));
            if !goes && !settled.iter_mut().any(|other| joined(other, edit)) {
                settled.push(edit.clone());
            }
        }
        settled.extend(left.into_keys().map(|at| Edit::Remove { at }));
        settled
    }

    fn own(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
        let is_new = difference.ours == ABSENT;
        let at = difference.pointer.as_str();
        let shape = |edits: &Self| Some(SchemaSummary::of(edits.theirs, difference.part?));
        Some(match difference.facet {
            Facet::Field if is_new => self.new_field(difference)?,
            Facet::Parameter if is_new => self.new_parameter(difference)?,
            Facet::Value if is_new => self.new_value(difference)?,
            Facet::Field => self.no_field(at),
            Facet::Server if is_new => new_server(difference)?,
            // An error that is documented no more.
            Facet::Response if !is_new && !difference.place.contains(" 2") => {
                vec![Edit::Remove { at: at.to_owned() }]
            }
            Facet::Path => self.rename(difference)?,
            Facet::Alternative if is_new => self.new_alternative(difference)?,
            // The first server is the default, and another one is a decision.
            Facet::Server if at == "/servers/0" => return None,
            Facet::Value | Facet::Parameter | Facet::Alternative | Facet::Server
                if difference.theirs == ABSENT =>
            {
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

    fn new_value(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
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

    /// The path as the vendor writes it, with the names that its placeholders have here.
    fn rename(&self, difference: &Disagreement) -> Option<Vec<Edit>> {
        let mut names = placeholders(&difference.ours);
        let mut key = anonymous(&difference.theirs);
        while key.contains("{}") {
            key = key.replacen("{}", &format!("{{{}}}", names.next()?), 1);
        }
        let at = format!("/paths/{}", escape(&difference.ours));
        let is_same = names.next().is_none();
        is_same.then(|| vec![Edit::Rename { at, key }])
    }

    /// One more component in a union, and in the mapping of job types if its name begins with one.
    fn new_alternative(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
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

/// A server, whose region is named after what its host has between the name of the interface and the domain.
fn new_server(difference: &Disagreement) -> Option<Vec<Edit>> {
    let url = &*difference.part?.key;
    let host = url.strip_prefix("https://")?;
    let labels: Vec<&str> = host.split('.').collect();
    let region = labels.get(2..labels.len().saturating_sub(2))?.join(" ");
    let region = region.to_upper_camel_case();
    (!region.is_empty()).then(|| {
        vec![Edit::Push {
            into: "/servers".to_owned(),
            value: json!({"url": url, "description": TO_BE_DESCRIBED, REGION: region}),
            place: Place::Last,
        }]
    })
}

/// The list of names that an edit changes, and by how many.
fn in_names(edit: &Edit) -> Option<(&str, isize)> {
    let (list, change) = match edit {
        Edit::Remove { at } => (at.rsplit_once('/')?.0, -1),
        Edit::Push { into, .. } => (into.as_str(), 1),
        _ => return None,
    };
    let name = list.rsplit('/').next().unwrap_or_default();
    ["required", SETTINGS, UNNAMED]
        .contains(&name)
        .then_some((list, change))
}

/// Adds to a list that another edit makes what this one would make it of.
fn joined(made: &mut Edit, edit: &Edit) -> bool {
    match (made, edit) {
        (
            Edit::Insert {
                into,
                key,
                value: Value::Array(names),
                ..
            },
            Edit::Insert {
                into: other,
                key: same,
                value: Value::Array(more),
                ..
            },
        ) if into == other && key == same => {
            names.extend(more.iter().cloned());
            true
        }
        _ => false,
    }
}

/// The text with all edits made. New components go in later, as the end of one may be the end of its last field, and
/// the path gets its name last, as others are below it.
pub(super) fn applied(text: &str, edits: &[Edit]) -> Result<String, String> {
    let step = |edit: &Edit| match edit {
        Edit::Insert { into, .. } if into == SCHEMAS => 1,
        Edit::Rename { .. } => 2,
        _ => 0,
    };
    (0..3).try_fold(text.to_owned(), |text, wanted| {
        let edits = edits.iter().filter(|edit| step(edit) == wanted);
        apply(&text, &edits.cloned().collect::<Vec<_>>()).map_err(|error| error.to_string())
    })
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
