//! What the vendor's document says, written as the contract writes it.

use super::shape::{Shape, Sort};
use crate::credential::is_credential;
use crate::describe::TO_BE_DESCRIBED;
use crate::meaning::{Meaning, Part};
use crate::spec::{DEFAULT, SCHEMAS};
use heck::{ToSnakeCase, ToUpperCamelCase};
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
        let taken = ours
            .components
            .iter()
            .map(|component| component.key.to_string());
        Writer {
            theirs,
            names: names.collect(),
            taken: taken.collect(),
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
        let shape = Shape::of(self.theirs, part);
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
                kind.and_then(|kind| format_for(kind, shape.format, name))
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
    fn kind(&mut self, shape: &Shape<'m, 'a>, name: &str) -> (Option<&'m str>, Map<String, Value>) {
        let one = |key: &str, value: Value| Map::from_iter([(key.to_owned(), value)]);
        match &shape.sort {
            Sort::Any => (None, Map::new()),
            // Alternatives of scalars have no type in the contract, so they are any value.
            Sort::Union(arms) if !arms.iter().all(|arm| self.is_object(arm)) => (None, Map::new()),
            Sort::Scalar(kind) => (Some(kind), Map::new()),
            Sort::Array(items) => {
                let items = items
                    .map(|items| self.schema(items, name, None))
                    .unwrap_or_default();
                (Some("array"), one("items", items.into()))
            }
            Sort::Map(values) => {
                let values = values
                    .map(|values| self.schema(values, name, None))
                    .unwrap_or_default();
                (Some("object"), one("additionalProperties", values.into()))
            }
            Sort::Values(_) | Sort::Object(_) | Sort::Union(_) => {
                let component = self.component(shape, name);
                (None, one("$ref", format!("{SCHEMAS}{component}").into()))
            }
        }
    }

    fn is_object(&self, part: &'m Part<'a>) -> bool {
        matches!(Shape::of(self.theirs, part).sort, Sort::Object(_))
    }

    /// The name of the component that the contract has for this, a new one if there is none.
    pub(super) fn component(&mut self, shape: &Shape<'m, 'a>, name: &str) -> String {
        let their_name = shape.name.map(str::to_owned);
        if let Some(known) = their_name.as_ref().and_then(|name| self.names.get(name)) {
            return known.clone();
        }
        let first = their_name.as_deref().unwrap_or(name).to_upper_camel_case();
        let mut candidates = std::iter::successors(Some(first), |name| Some(format!("{name}Type")));
        let free = candidates
            .find(|name| !self.taken.contains(name))
            .unwrap_or_default();
        self.taken.insert(free.clone());
        self.names
            .extend(their_name.map(|name| (name, free.clone())));
        let index = self.components.len();
        self.components.push((free.clone(), Value::Null));
        self.components[index].1 = self.described(shape);
        free
    }

    fn described(&mut self, shape: &Shape<'m, 'a>) -> Value {
        match &shape.sort {
            Sort::Values(values) => {
                let values: Vec<&str> = values.iter().map(|value| &*value.key).collect();
                json!({"type": "string", "description": TO_BE_DESCRIBED, "enum": values})
            }
            Sort::Union(arms) => {
                let arms: Vec<_> = arms
                    .iter()
                    .map(|arm| self.schema(arm, "alternative", None))
                    .collect();
                json!({"type": "object", "description": TO_BE_DESCRIBED, "oneOf": arms})
            }
            Sort::Object(fields) => self.object(fields),
            _ => Value::Null,
        }
    }

    fn object(&mut self, fields: &[&'m Part<'a>]) -> Value {
        let mut fields = fields.to_vec();
        fields.sort_by_key(|field| (!field.flag("required"), field.key.to_lowercase()));
        let required: Vec<&str> = fields
            .iter()
            .filter(|field| field.flag("required"))
            .map(|field| &*field.key)
            .collect();
        let mut properties = Map::new();
        for field in &fields {
            let schema = self.schema(field, &field.key, Some(!field.flag("required")));
            properties.insert(field.key.to_string(), schema.into());
        }
        let mut object =
            json!({"type": "object", "description": TO_BE_DESCRIBED, "additionalProperties": {}});
        if !required.is_empty() {
            object["required"] = required.into();
        }
        object["properties"] = properties.into();
        object
    }
}

/// The format that a text gets here: what sounds like a credential or a URL is kept out of logs.
pub(super) fn format_for<'f>(kind: &str, format: Option<&'f str>, name: &str) -> Option<&'f str> {
    let snake = name.to_snake_case();
    let is_url = snake.split('_').any(|word| ["url", "uri"].contains(&word));
    match kind {
        "string" if is_credential(name) => Some("password"),
        "string" if is_url => Some("uri"),
        "string" => format.filter(|format| FORMATS.contains(format)),
        _ => None,
    }
}
