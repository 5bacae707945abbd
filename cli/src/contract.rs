//! The contract, as far as output needs it: which fields there are, in which
//! order, and which of them are secret.

use std::collections::HashMap;

use processing_results::spec;
use processing_results_contract::Document;
use serde_json::{Map, Value};

use crate::exit::{Exit, Failure};

/// The contract that the command was built with.
pub(crate) struct Contract {
    root: Value,
    /// Fields that are secret wherever they turn up, by name.
    sensitive: HashMap<String, Value>,
}

/// What a schema allows.
#[derive(Clone, Copy)]
pub(crate) enum Kind<'a> {
    Secret,
    Url,
    /// With fields, or with values of one kind under any key.
    Object(&'a Value),
    Array(&'a Value),
    Scalar,
    /// Anything; what is in it is not in the contract.
    Any,
}

impl Contract {
    /// Reads it. It was found good when the command was built.
    pub(crate) fn bundled() -> Result<Self, Failure> {
        let document = Document::parse("contract", spec::YAML)
            .map_err(|_| Failure::new(Exit::Output, "the bundled contract cannot be read"))?;
        let mut contract = Contract {
            root: document.to_json(),
            sensitive: HashMap::new(),
        };
        contract.sensitive = contract.find_sensitive();
        Ok(contract)
    }

    /// A named component, if there is such a one.
    pub(crate) fn component(&self, name: &str) -> Option<&Value> {
        self.components()?.get(name)
    }

    /// The schema of a job configuration, which the job type decides.
    pub(crate) fn job_config(&self, job_type: &str) -> Option<&Value> {
        match job_type {
            "parse" => self.component("BatchParseJobRecordCreate"),
            "classify" => self.component("ClassifyJob"),
            _ => None,
        }
    }

    /// What a schema allows, references followed.
    pub(crate) fn kind<'a>(&'a self, schema: &'a Value) -> Kind<'a> {
        let schema = self.resolved(schema);
        match schema["format"].as_str() {
            Some("password") => Kind::Secret,
            Some("uri") => Kind::Url,
            _ if schema["properties"].is_object() || has_values(schema) => Kind::Object(schema),
            _ if schema["items"].is_object() => Kind::Array(&schema["items"]),
            _ => match schema["type"].as_str() {
                Some("string" | "boolean" | "integer" | "number") => Kind::Scalar,
                _ => Kind::Any,
            },
        }
    }

    /// The schema of a secret field, whatever object it turns up in.
    pub(crate) fn sensitive(&self, name: &str) -> Option<&Value> {
        self.sensitive.get(name)
    }

    /// Whether an object has secrets under any key, like webhook headers.
    pub(crate) fn is_map_of_secrets(&self, schema: &Value) -> bool {
        has_values(schema) && matches!(self.kind(&schema["additionalProperties"]), Kind::Secret)
    }

    fn components(&self) -> Option<&Map<String, Value>> {
        self.root.pointer("/components/schemas")?.as_object()
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let reference = schema
            .get("$ref")
            .or_else(|| schema.pointer("/allOf/0/$ref"));
        let name = reference
            .and_then(Value::as_str)
            .and_then(|text| text.strip_prefix("#/components/schemas/"));
        name.and_then(|name| self.component(name)).unwrap_or(schema)
    }

    fn find_sensitive(&self) -> HashMap<String, Value> {
        let schemas = self.components().into_iter().flat_map(Map::values);
        let fields = schemas
            .filter_map(|schema| schema["properties"].as_object())
            .flatten();
        let secret = fields.filter(|(_, schema)| match self.kind(schema) {
            Kind::Secret | Kind::Url => true,
            Kind::Object(schema) => self.is_map_of_secrets(schema),
            _ => false,
        });
        secret
            .map(|(name, schema)| (name.clone(), schema.clone()))
            .collect()
    }
}

/// Whether the values under any key have a schema that says something.
fn has_values(schema: &Value) -> bool {
    schema["additionalProperties"]
        .as_object()
        .is_some_and(|schema| !schema.is_empty())
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
        assert!(contract.job_config("parse").unwrap()["properties"]["parameters"].is_object());
        assert!(contract.job_config("classify").unwrap()["properties"]["rules"].is_object());
        assert!(contract.job_config("extract").is_none());
    }
}
