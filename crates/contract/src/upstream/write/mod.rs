//! From differences to edits of the YAML.
//!
//! | difference | edits |
//! |---|---|
//! | `Item.size`: `optional integer`, `-` | `size` in `properties`, with a description to write |
//! | `Item.size`: `required`, `optional` | `size` in `required`, and no `nullable` |
//! | `Kind "b"`: `value`, `-` | `b` in the enum, behind the value that it follows at the vendor |
//! | `Item.old`: `-`, `optional string` | out of `properties`, and out of each list of names |
//! | `call`: `/api/v2/x`, `/api/v1/x` | the path renamed |
//! | `response 404`: `-`, `response` | the response removed |
//! | `security ...`, `request body`, keywords | none: a person decides |
//!
//! Edits change as little of the text as they can, key by key, so that comments and layout stay.

mod alternatives;
mod call;
mod fields;
mod keys;
mod pointers;

use super::difference::{ABSENT, Disagreement, Facet};
use super::shape::SchemaSummary;
use super::value::{Writer, format_for};
use super::walk::Compared;
use crate::additions::Names;
use crate::edit::{Edit, Place};
use crate::meaning::Meaning;
use crate::spec::DEFAULT;
use crate::yaml::Node;
use call::new_server;
use pointers::name_of;
use serde_json::Value;
use std::collections::HashMap;

/// Where components are.
const SCHEMAS: &str = "/components/schemas";

/// What turns differences into edits, one difference after the other: a name that one of them takes in Rust is taken for
/// the next.
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
        Edits {
            root,
            writer: Writer::new(ours, theirs, &compared.names),
            theirs,
            names: HashMap::new(),
        }
    }

    /// The edits that follow the vendor in one thing; none where a person has to decide.
    ///
    /// New components that an edit needs come with it, behind the component that it is about.
    pub(super) fn of(&mut self, difference: &Disagreement<'m, 'a>) -> Vec<Edit> {
        let already = self.writer.components.len();
        let mut edits = self.own(difference).unwrap_or_default();
        let owner = difference.pointer.strip_prefix("/components/schemas/");
        let owner = owner.and_then(|rest| rest.split('/').next());
        for (name, value) in &self.writer.components[already..] {
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
            Facet::Field if difference.is_new() => self.any_field(difference).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The edits without new components.
    fn own(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
        let is_new = difference.is_new();
        let is_gone = difference.theirs == ABSENT;
        let at = difference.pointer.as_str();
        let removed = || vec![Edit::Remove { at: at.to_owned() }];
        let shape = |edits: &Self| Some(SchemaSummary::of(edits.theirs, difference.part?));
        Some(match difference.facet {
            Facet::Field if is_new => self.new_field(difference)?,
            Facet::Parameter if is_new => self.new_parameter(difference)?,
            Facet::Value if is_new => self.new_value(difference)?,
            Facet::Field => self.no_field(at),
            Facet::Server if is_new => new_server(difference)?,
            // An error that is documented no more.
            Facet::Response if !is_new && difference.is_error() => removed(),
            Facet::Path => self.rename(difference)?,
            Facet::Alternative if is_new => self.new_alternative(difference)?,
            // The first server is the default, and another one is a decision.
            Facet::Server if at == "/servers/0" => return None,
            Facet::Value | Facet::Parameter | Facet::Alternative | Facet::Server if is_gone => {
                removed()
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

    /// What the contract has at a pointer.
    fn node(&self, pointer: &str) -> Option<&'m Node> {
        self.root.pointer(pointer).map(|(node, _)| node)
    }
}
