//! What the vendor's document says, written as the contract writes it.

use super::shape::{SchemaSummary, Sort};
use crate::additions::Names;
use crate::credential::is_credential;
use crate::describe::TO_BE_DESCRIBED;
use crate::meaning::{Meaning, Part};
use crate::rules::{names::TAKEN, secrets::is_url};
use crate::spec::{DEFAULT, SCHEMAS, UNNAMED};
use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Formats that the contract takes over. Others would refuse what the service sends, such as ids that are no UUIDs.
const FORMATS: [&str; 2] = ["date-time", "uri"];

/// Writes schemas, and collects the components that they need.
pub(super) struct Writer<'m, 'a> {
    theirs: &'m Meaning<'a>,
    /// Components of the vendor by their names in the contract.
    names: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    /// The components that are being written, each as a field of the one before it.
    within: Vec<String>,
    /// New components, in the order in which they were met.
    pub(super) components: Vec<(String, Value)>,
}

impl<'m, 'a> Writer<'m, 'a> {
    pub(super) fn new(
        ours: &Meaning,
        theirs: &'m Meaning<'a>,
        names: &BTreeMap<&str, &str>,
    ) -> Writer<'m, 'a> {
        let names = names
            .iter()
            .map(|(theirs, ours)| ((*theirs).to_owned(), (*ours).to_owned()));
        let taken: BTreeSet<String> = ours
            .components
            .iter()
            .map(|component| component.key.to_string())
            .collect();
        // A component that nothing was compared with is the one of that name, or nothing says that it is.
        let alike = theirs
            .components
            .iter()
            .map(|component| component.key.to_string());
        let mut names: BTreeMap<String, String> = names.collect();
        for name in alike.filter(|name| taken.contains(name)) {
            if !names.values().any(|known| *known == name) {
                names.entry(name.clone()).or_insert(name);
            }
        }
        Writer {
            theirs,
            names,
            taken: taken.into_iter().chain(TAKEN.map(str::to_owned)).collect(),
            within: Vec::new(),
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
        let keys = [
            ("type", kind.map(Value::from)),
            (
                "format",
                kind.filter(|_| !is_reference)
                    .and_then(|kind| format_for(kind, shape.format, name))
                    .map(Value::from),
            ),
            (
                "nullable",
                (is_nullable && kind.is_some()).then_some(Value::Bool(true)),
            ),
            ("deprecated", shape.deprecated.then_some(Value::Bool(true))),
            (DEFAULT, shape.default.cloned()),
            ("description", optional.map(|_| TO_BE_DESCRIBED.into())),
            ("allOf", is_reference.then(|| json!([rest.clone()]))),
        ];
        let keys = keys
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)));
        keys.chain(rest.into_iter().filter(|_| !is_reference))
            .collect()
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
            Sort::Scalar(kind) => (Some(kind), Map::new()),
            Sort::Array(items) => {
                let items = self.contained(*items, name);
                (Some("array"), one("items", items.into()))
            }
            Sort::Map(values) => {
                let values = self.contained(*values, name);
                (Some("object"), one("additionalProperties", values.into()))
            }
            Sort::Values(_) | Sort::Object(_) | Sort::Union(_) => {
                let component = self.component(shape, name);
                (None, one("$ref", format!("{SCHEMAS}{component}").into()))
            }
        }
    }

    /// What a list or a map holds. There is room for the object around it, since the list may be empty.
    fn contained(&mut self, part: Option<&'m Part<'a>>, name: &str) -> Map<String, Value> {
        let within = std::mem::take(&mut self.within);
        let schema = part.map(|part| self.schema(part, name, None));
        self.within = within;
        schema.unwrap_or_default()
    }

    fn is_known(&self, shape: &SchemaSummary) -> bool {
        shape.name.is_some_and(|name| self.names.contains_key(name))
    }

    fn is_around(&self, shape: &SchemaSummary) -> bool {
        shape
            .name
            .is_some_and(|name| self.within.iter().any(|around| around == name))
    }

    /// The name of the component that the contract has for this, a new one if there is none.
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
        self.components[index].1 = self.described(shape);
        self.within.pop();
        free
    }

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

/// The format that a text gets here: what sounds like a credential or a URL is kept out of logs.
pub(super) fn format_for<'f>(kind: &str, format: Option<&'f str>, name: &str) -> Option<&'f str> {
    match kind {
        "string" if is_credential(name) => Some("password"),
        "string" if is_url(name) => Some("uri"),
        "string" => format.filter(|format| FORMATS.contains(format)),
        _ => None,
    }
}
