//! The contract that the command was built with: which job types have a configuration, and which parameters it has.
//!
//! Output follows the contract, so that a new job type or parameter needs no change in the command: the table, `diff`
//! and the report look up here what is a parameter, and how it is nested.

use std::sync::OnceLock;

use processing_results::__private::{Field, Shape};
use processing_results::spec;
use processing_results::types::JobConfig;
use processing_results_contract::{Document, TypedBy};

use crate::exit::Failure;

/// The field of a configuration that has its parameters. A classify job has no such field: its members are parameters.
pub(crate) const PARAMETERS: &str = "parameters";

/// The contract's `x-typed-by`: which job types have which configuration.
pub(crate) struct Contract(Option<TypedBy>);

/// The OpenAPI document that the command was built with, parsed at the first call. The build has checked it, so that it
/// does not fail.
pub(crate) fn document() -> Result<&'static Document, Failure> {
    static DOCUMENT: OnceLock<Option<Document>> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| Document::parse("contract", spec::YAML).ok());
    let unreadable = || Failure::output("the bundled contract cannot be read");
    document.as_ref().ok_or_else(unreadable)
}

impl Contract {
    /// The contract, parsed at the first call.
    pub(crate) fn bundled() -> Result<&'static Self, Failure> {
        static CONTRACT: OnceLock<Contract> = OnceLock::new();
        let document = document()?;
        Ok(CONTRACT.get_or_init(|| Contract(document.typed_by())))
    }

    /// The shape of the configuration of a job type; `None` if the contract has none, as for `extract`.
    pub(crate) fn job_config(&self, job_type: &str) -> Option<&'static Shape> {
        let has_one = self.job_types().any(|known| known == job_type);
        has_one.then(|| JobConfig::SHAPE.typed(Some(job_type)))
    }

    /// The job types that have a configuration, in the contract's order.
    pub(crate) fn job_types(&self) -> impl Iterator<Item = &str> {
        let typed = self.0.iter().flat_map(|typed| &typed.mapping);
        typed.map(|(job_type, _)| job_type.as_str())
    }

    /// The shape of a parameter, by its name in `changes_since`, such as `tier` or `parsing_configuration.lang`.
    pub(crate) fn parameter(&self, job_type: &str, name: &str) -> Option<&'static Shape> {
        let config = self.job_config(job_type)?;
        let parameters = config.member(PARAMETERS).unwrap_or(config);
        name.split('.')
            .try_fold(parameters, |shape, name| shape.member(name))
    }
}

#[cfg(test)]
mod tests {
    use processing_results::__private::SensitiveNames;

    use super::*;

    #[test]
    fn the_secret_fields_of_the_contract_are_found() {
        let shape = &processing_results::types::ItemProcessingResults::SHAPE;
        let sensitive = SensitiveNames::new(shape);
        for name in [
            "azure_openai_key",
            "gpt4o_api_key",
            "http_proxy",
            "input_url",
            "vendor_multimodal_api_key",
            "webhook_headers",
            "webhook_url",
        ] {
            assert!(sensitive.shape(name).is_some(), "{name}");
        }
        assert!(sensitive.shape("lang").is_none());
    }

    #[test]
    fn documented_job_types_have_a_shape() {
        let contract = Contract::bundled().unwrap();
        let has = |job_type, field| {
            contract
                .job_config(job_type)
                .unwrap()
                .member(field)
                .is_some()
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
