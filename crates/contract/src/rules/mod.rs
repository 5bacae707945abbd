//! What the contract must keep to: one module a family of rules, each a pure function over the tree.

pub(crate) mod components;
pub(crate) mod descriptions;
pub(crate) mod examples;
mod metaschema;
pub(crate) mod names;
mod openapi31;
pub(crate) mod operations;
pub(crate) mod parameters;
pub(crate) mod references;
pub(crate) mod required;
pub(crate) mod responses;
pub(crate) mod secrets;
pub(crate) mod servers;
pub(crate) mod service;
pub(crate) mod typed_by;
pub(crate) mod types;
pub(crate) mod vocabulary;
pub(crate) mod yaml11;

use crate::report::Report;
use crate::spec::Spec;
use crate::yaml::{Node, rules as reading};

pub use crate::rule::Rule;

/// Every rule there is.
///
/// ```
/// use processing_results_contract::rules;
///
/// assert!(rules::ALL.iter().any(|rule| rule.name == "duplicate-key"));
/// ```
pub static ALL: &[&Rule] = &[
    &reading::YAML_SYNTAX,
    &reading::DUPLICATE_KEY,
    &reading::MERGE_KEY,
    &reading::YAML_ANCHOR,
    &yaml11::BARE_YAML11_BOOLEAN,
    &vocabulary::UNKNOWN_KEY,
    &vocabulary::MISSING_KEY,
    &vocabulary::WRONG_VALUE,
    &vocabulary::OPENAPI_30_ONLY,
    &vocabulary::IGNORED_KEY,
    &types::UNKNOWN_TYPE,
    &types::UNKNOWN_FORMAT,
    &types::TYPE_MISSING,
    &types::TYPE_MISMATCH,
    &references::DEAD_REF,
    &references::REF_SIBLINGS,
    &references::UNUSED_COMPONENT,
    &required::REQUIRED_UNDECLARED,
    &required::REQUIRED_DUPLICATE,
    &names::ENUM_DUPLICATE,
    &names::ENUM_NAME_COLLISION,
    &names::PROPERTY_NAME_COLLISION,
    &names::COMPONENT_NAME,
    &parameters::PATH_PARAMETER_MISMATCH,
    &parameters::PATH_PARAMETER_OPTIONAL,
    &parameters::PARAMETER_DUPLICATE,
    &operations::OPERATION_ID,
    &operations::SINGLE_SUCCESS_BODY,
    &operations::BARE_STATUS_KEY,
    &components::INLINE_OBJECT,
    &components::INLINE_ENUM,
    &components::NO_ANY_OF,
    &components::NO_TITLE,
    &responses::KEEPS_UNKNOWN_KEYS,
    &responses::OPTIONAL_IS_NULLABLE,
    &responses::NO_DEFAULT_IN_RESPONSE,
    &responses::NO_CONSTRAINT_IN_RESPONSE,
    &typed_by::TYPED_BY,
    &secrets::SECRET_IS_PASSWORD,
    &descriptions::DESCRIPTION_MISSING,
    &descriptions::DESCRIPTION_BLOCK,
    &service::INFO_VERSION_ASCII,
    &servers::SERVER_IS_KNOWN,
    &servers::SERVER_REGION,
    &service::SECURITY_DECLARED,
    &examples::EXAMPLE_MATCHES_SCHEMA,
];

const CHECKS: &[fn(&Spec, &mut Report)] = &[
    yaml11::check,
    vocabulary::check,
    types::check,
    references::check,
    required::check,
    names::check,
    parameters::check,
    operations::check,
    components::check,
    responses::check,
    typed_by::check,
    secrets::check,
    descriptions::check,
    servers::check,
    service::check,
    examples::check,
];

pub(crate) fn run(root: &Node, report: &mut Report) {
    let spec = Spec::new(root);
    for check in CHECKS {
        check(&spec, report);
    }
}
