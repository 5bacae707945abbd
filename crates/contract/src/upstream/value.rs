//! What the vendor's document says, written as the contract writes it.
//!
//! ```yaml
//! # the vendor                                   # the contract
//! webhook_url:                                   webhook_url:
//!   anyOf: [{type: string}, {type: 'null'}]        type: string
//!   default: null                                  format: uri
//!                                                  nullable: true
//!                                                  description: To be described.
//! ```
//!
//! The vendor's words on types are taken over, and the contract's conventions are kept: an optional field is nullable, a
//! text that sounds like a credential is a `password`, enums and objects are components of their own, a reference with
//! something beside it is an `allOf`, a description is for a person to write.

use super::rewrite::MAX_LEVELS;
use super::shape::{SchemaSummary, Sort};
use crate::credential::is_credential;
use crate::describe::TO_BE_DESCRIBED;
use crate::drafts::schema_of;
use crate::meaning::{Meaning, Part};
use crate::rules::{names::TAKEN, secrets::is_url};
use crate::spec::{DEFAULT, SCHEMAS};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Formats that the contract takes over. Others would refuse what the service sends, such as ids that are no UUIDs.
const FORMATS: [&str; 2] = ["date-time", "uri"];

/// Writes schemas, and collects the components that they need.
///
/// `names` has each of the vendor's components that was compared or written, so that a component is written once;
/// `taken` has all names that Rust or the contract has given away.
pub(super) struct Writer<'m, 'a> {
    theirs: &'m Meaning<'a>,
    /// Components of the vendor by their names in the contract.
    pub(super) names: BTreeMap<String, String>,
    pub(super) taken: BTreeSet<String>,
    /// The components that are being written, each as a field of the one before it.
    pub(super) within: Vec<String>,
    /// How many components are being written, each for a field of the one before it.
    pub(super) levels: usize,
    /// The lists and maps that are being written, each as what the one before it holds.
    pub(super) lists: Vec<&'m str>,
    /// New components, in the order in which they were met.
    pub(super) components: Vec<(String, Value)>,
}

impl<'m, 'a> Writer<'m, 'a> {
    pub(super) fn new(
        ours: &Meaning,
        theirs: &'m Meaning<'a>,
        names: &BTreeMap<&str, &str>,
    ) -> Writer<'m, 'a> {
        let owned = |(theirs, ours): (&&str, &&str)| ((*theirs).to_owned(), (*ours).to_owned());
        let mut names: BTreeMap<String, String> = names.iter().map(owned).collect();
        let keys = |meaning: &Meaning| -> Vec<String> {
            let components = meaning.components.iter();
            components
                .map(|component| component.key.to_string())
                .collect()
        };
        let mut taken = BTreeSet::from_iter(keys(ours));
        // A component that nothing was compared with is the one of that name, or nothing says that it is.
        for name in keys(theirs) {
            if taken.contains(&name) && !names.values().any(|known| *known == name) {
                names.entry(name.clone()).or_insert(name);
            }
        }
        taken.extend(TAKEN.map(str::to_owned));
        Writer {
            theirs,
            names,
            taken,
            within: Vec::new(),
            levels: 0,
            lists: Vec::new(),
            components: Vec::new(),
        }
    }

    /// A schema at its place: the field, item or value called `name`, which the vendor has as `part`. `optional` is
    /// `None` where absence means nothing, as in a list.
    pub(super) fn schema(
        &mut self,
        part: &'m Part<'a>,
        name: &str,
        optional: Option<bool>,
    ) -> Map<String, Value> {
        let shape = SchemaSummary::of(self.theirs, part);
        let is_nullable = shape.nullable || optional == Some(true);
        let (kind, rest) = self.kind(&shape, name);
        let is_reference = rest.contains_key("$ref");
        if is_reference && !is_nullable && optional.is_none() {
            return rest;
        }
        let kind = kind.or(is_reference.then_some(match shape.sort {
            Sort::Values(_) => "string",
            _ => "object",
        }));
        let own_kind = kind.filter(|_| !is_reference);
        let format = own_kind.and_then(|kind| format_for(kind, shape.format, name));
        let flag = |is_set: bool| is_set.then_some(Value::Bool(true));
        let mut schema = schema_of([
            ("type", kind.map(Value::from)),
            ("format", format.map(Value::from)),
            ("nullable", flag(is_nullable && kind.is_some())),
            ("deprecated", flag(shape.deprecated)),
            (DEFAULT, shape.default.cloned()),
            ("description", optional.map(|_| TO_BE_DESCRIBED.into())),
            ("allOf", is_reference.then(|| json!([rest]))),
        ]);
        if !is_reference {
            schema.extend(rest);
        }
        schema
    }

    /// The `type`, and what follows from it; a component has no type of its own where it is used.
    fn kind(
        &mut self,
        shape: &SchemaSummary<'m, 'a>,
        name: &str,
    ) -> (Option<&'m str>, Map<String, Value>) {
        let one = |key: &str, value: Value| Map::from_iter([(key.to_owned(), value)]);
        match &shape.sort {
            Sort::Any => (None, Map::new()),
            // Nothing says which alternative a value is, so it is any value; but where the contract has such a union.
            Sort::Union(_) if !self.is_known(shape) => (None, Map::new()),
            // An object within itself would have no end in Rust.
            Sort::Object(_) if self.is_around(shape) => (None, Map::new()),
            // Deeper than anyone reads: once this is written, following the vendor again writes the next levels.
            Sort::Object(_) if self.levels == MAX_LEVELS && !self.is_known(shape) => {
                (None, Map::new())
            }
            Sort::Scalar(kind) => (Some(kind), Map::new()),
            Sort::Array(items) => {
                let items = self.contained(shape, *items, name);
                (Some("array"), one("items", items.into()))
            }
            Sort::Map(values) => {
                let values = self.contained(shape, *values, name);
                (Some("object"), one("additionalProperties", values.into()))
            }
            Sort::Values(_) | Sort::Object(_) | Sort::Union(_) => {
                let component = self.component(shape, name);
                (None, one("$ref", format!("{SCHEMAS}{component}").into()))
            }
        }
    }

    /// What a list or a map holds. There is room for the object around it, since the list may be empty: `Tree { children:
    /// Vec<Tree> }` has an end in Rust.
    ///
    /// What a list of itself holds is any value, as no text of the contract could say more.
    fn contained(
        &mut self,
        shape: &SchemaSummary<'m, 'a>,
        part: Option<&'m Part<'a>>,
        name: &str,
    ) -> Map<String, Value> {
        let list = shape.name.unwrap_or_default();
        if !list.is_empty() && self.lists.contains(&list) {
            return Map::new();
        }
        let within = std::mem::take(&mut self.within);
        self.lists.push(list);
        let schema = part.map(|part| self.schema(part, name, None));
        self.lists.pop();
        self.within = within;
        schema.unwrap_or_default()
    }

    /// Whether the contract has a component for it already.
    fn is_known(&self, shape: &SchemaSummary) -> bool {
        shape.name.is_some_and(|name| self.names.contains_key(name))
    }

    /// Whether it is within itself here, without a list or a map between.
    fn is_around(&self, shape: &SchemaSummary) -> bool {
        shape
            .name
            .is_some_and(|name| self.within.iter().any(|around| around == name))
    }
}

/// The format that a text gets here: what sounds like a credential or a URL is kept out of logs, whatever format the
/// vendor gives it. Numbers have none.
pub(super) fn format_for<'f>(kind: &str, format: Option<&'f str>, name: &str) -> Option<&'f str> {
    match kind {
        "string" if is_credential(name) => Some("password"),
        "string" if is_url(name) => Some("uri"),
        "string" => format.filter(|format| FORMATS.contains(format)),
        _ => None,
    }
}
