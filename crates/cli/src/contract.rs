//! The contract, as far as output needs it: which fields there are, in which
//! order, and which of them are secret.

use std::collections::HashMap;
use std::sync::OnceLock;

use indexmap::IndexMap;
use processing_results::spec;
use processing_results_contract::{Document, TypedBy};
use serde_json::{Map, Value};

use crate::exit::{Exit, Failure};

/// The field of a configuration that has its parameters, where there is such a field.
pub(crate) const PARAMETERS: &str = "parameters";

/// The contract that the command was built with, read once: each field of each
/// answer is looked up in it.
pub(crate) struct Contract {
    schemas: Vec<Schema>,
    components: HashMap<String, Id>,
    /// The component of configurations, and which one it is by the property beside it.
    typed: Option<TypedBy>,
    /// Fields that are secret wherever they turn up, by name.
    sensitive: HashMap<String, Id>,
}

/// Where a schema is in its contract.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Id(usize);

/// A schema, references followed.
pub(crate) struct Schema {
    pub(crate) kind: Kind,
    /// The fields of an object, in order.
    pub(crate) fields: IndexMap<String, Id>,
    pub(crate) others: Others,
}

/// What a schema allows.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Secret,
    Url,
    /// With fields, or with values of one kind under any key.
    Object,
    Array(Id),
    Scalar,
    /// Anything; what is in it is not in the contract.
    Any,
}

/// What an object may have beside its fields.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Others {
    /// Whatever a newer service has.
    Unknown,
    /// Values of one kind.
    Like(Id),
}

/// The OpenAPI document that the command was built with. It was found good then.
pub(crate) fn document() -> Result<&'static Document, Failure> {
    static DOCUMENT: OnceLock<Option<Document>> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| Document::parse("contract", spec::YAML).ok());
    let unreadable = || Failure::new(Exit::Output, "the bundled contract cannot be read");
    document.as_ref().ok_or_else(unreadable)
}

impl Contract {
    /// The contract, read at the first call.
    pub(crate) fn bundled() -> Result<&'static Self, Failure> {
        static CONTRACT: OnceLock<Contract> = OnceLock::new();
        let document = document()?;
        Ok(CONTRACT.get_or_init(|| Self::of(document)))
    }

    fn of(document: &Document) -> Self {
        let root = document.to_json();
        let none = Map::new();
        let components = root.pointer("/components/schemas");
        let components = components.and_then(Value::as_object).unwrap_or(&none);
        let names = components.keys().cloned().zip((0..).map(Id));
        let mut contract = Contract {
            // Each component has its place before any of them is read, since they name each other.
            schemas: components.values().map(|_| Schema::of(Kind::Any)).collect(),
            components: names.collect(),
            typed: document.typed_by(),
            sensitive: HashMap::new(),
        };
        for (place, json) in components.values().enumerate() {
            contract.schemas[place] = contract.read(json);
        }
        contract.sensitive = contract.find_sensitive();
        contract
    }

    pub(crate) fn get(&self, id: Id) -> &Schema {
        &self.schemas[id.0]
    }

    /// A named component, if there is such a one.
    pub(crate) fn component(&self, name: &str) -> Option<&Schema> {
        self.components.get(name).map(|id| self.get(*id))
    }

    /// Whether a schema is that of job configurations, which says little without the job type.
    pub(crate) fn is_job_config(&self, id: Id) -> bool {
        let typed = self.typed.as_ref();
        typed.is_some_and(|typed| self.components.get(&typed.component) == Some(&id))
    }

    /// The schema of a job configuration, which the job type decides.
    pub(crate) fn job_config(&self, job_type: &str) -> Option<&Schema> {
        let mapping = &self.typed.as_ref()?.mapping;
        let (_, component) = mapping.iter().find(|(value, _)| value == job_type)?;
        self.component(component)
    }

    /// The job types that have a configuration in the contract.
    pub(crate) fn job_types(&self) -> impl Iterator<Item = &str> {
        let typed = self.typed.iter().flat_map(|typed| &typed.mapping);
        typed.map(|(job_type, _)| job_type.as_str())
    }

    /// The schema of a parameter, by the name that `changes_since` has for it.
    pub(crate) fn parameter(&self, job_type: &str, name: &str) -> Option<&Schema> {
        let config = self.job_config(job_type)?;
        let parameters = config.fields.get(PARAMETERS);
        let schema = parameters.map_or(config, |id| self.get(*id));
        name.split('.').try_fold(schema, |schema, name| {
            schema.fields.get(name).map(|id| self.get(*id))
        })
    }

    /// The schema of a secret field, whatever object it turns up in.
    pub(crate) fn sensitive(&self, name: &str) -> Option<&Schema> {
        self.sensitive.get(name).map(|id| self.get(*id))
    }

    /// Whether an object has secrets under any key, like webhook headers.
    pub(crate) fn is_map_of_secrets(&self, schema: &Schema) -> bool {
        matches!(schema.others, Others::Like(id) if self.get(id).kind == Kind::Secret)
    }

    /// Reads a schema that stands within another, or names a component.
    fn add(&mut self, json: &Value) -> Id {
        let reference = json.get("$ref").or_else(|| json.pointer("/allOf/0/$ref"));
        let name = reference
            .and_then(Value::as_str)
            .and_then(|text| text.strip_prefix("#/components/schemas/"));
        if let Some(id) = name.and_then(|name| self.components.get(name)) {
            return *id;
        }
        let schema = self.read(json);
        self.schemas.push(schema);
        Id(self.schemas.len() - 1)
    }

    fn read(&mut self, json: &Value) -> Schema {
        let fields = json["properties"].as_object();
        let fields = fields.into_iter().flatten();
        let fields: IndexMap<_, _> = fields
            .map(|(name, field)| (name.clone(), self.add(field)))
            .collect();
        let others = match &json["additionalProperties"] {
            others @ Value::Object(members) if !members.is_empty() => {
                Others::Like(self.add(others))
            }
            _ => Others::Unknown,
        };
        let kind = match json["format"].as_str() {
            Some("password") => Kind::Secret,
            Some("uri") => Kind::Url,
            _ if !fields.is_empty() || others != Others::Unknown => Kind::Object,
            _ if json["items"].is_object() => Kind::Array(self.add(&json["items"])),
            _ => match json["type"].as_str() {
                Some("string" | "boolean" | "integer" | "number") => Kind::Scalar,
                _ => Kind::Any,
            },
        };
        Schema {
            fields,
            others,
            ..Schema::of(kind)
        }
    }

    fn find_sensitive(&self) -> HashMap<String, Id> {
        let fields = self.schemas.iter().flat_map(|schema| &schema.fields);
        let secret = fields.filter(|(_, id)| {
            let schema = self.get(**id);
            matches!(schema.kind, Kind::Secret | Kind::Url) || self.is_map_of_secrets(schema)
        });
        secret.map(|(name, id)| (name.clone(), *id)).collect()
    }
}

impl Schema {
    fn of(kind: Kind) -> Self {
        Schema {
            kind,
            fields: IndexMap::new(),
            others: Others::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_fields_of_the_contract_are_found() {
        let contract = Contract::bundled().unwrap();
        for name in [
            "azure_openai_key",
            "gpt4o_api_key",
            "http_proxy",
            "input_url",
            "vendor_multimodal_api_key",
            "webhook_headers",
            "webhook_url",
        ] {
            assert!(contract.sensitive(name).is_some(), "{name}");
        }
        assert!(contract.sensitive("lang").is_none());
    }

    #[test]
    fn documented_job_types_have_a_schema() {
        let contract = Contract::bundled().unwrap();
        let has = |job_type, field| {
            let schema = contract.job_config(job_type).unwrap();
            schema.fields.contains_key(field)
        };
        assert!(has("parse", "parameters") && has("classify", "rules"));
        assert!(contract.job_config("extract").is_none());
        assert_eq!(
            contract.job_types().collect::<Vec<_>>(),
            ["parse", "classify"]
        );
        let is_known = |job_type, name| contract.parameter(job_type, name).is_some();
        assert!(is_known("parse", "tier") && is_known("classify", "parsing_configuration.lang"));
        assert!(!is_known("parse", "parameters") && !is_known("classify", "tier"));
    }
}
