//! What the contract must keep to: one module for each family of rules.
//!
//! # How to add a rule
//!
//! 1. Write a `static RULE: Rule` in the module that the rule belongs to: what goes wrong without it, a line
//!    that breaks it, and what to write instead. `cargo spec explain` prints this, and `openapi/README.md`
//!    lists it. Its doc comment says what these lines can't: a longer example, and what the rule does not look
//!    at. A key that no schema may have is a row in `forbidden.rs`.
//! 2. Find what breaks it in the module's `check(&Spec, &mut Report)`, a pure function over the tree:
//!    `spec.sites` has every schema with its role (component, property, items, ...), `spec.operations()` every
//!    call. A rule looks at each place once; what it compares with the places before goes into a map, so that
//!    big documents stay fast.
//! 3. `report.add(&RULE, at, message, help)`: `at` is the key or value to edit. The message says what is wrong
//!    there, the help what to write, in a form that `check` accepts. Both are lower case, without a full stop.
//!    One error has one finding: where another rule reports the same place better, leave it to that rule.
//! 4. Add the rule to [`ALL`], and a new module's `check` to `CHECKS`.
//! 5. Write a case for it in `tests/spec-errors/`: the edit, and nothing below `---`. `UPDATE_GOLDENS=1 cargo
//!    test -p processing-results-contract spec_errors` fills in the findings; read them. A legal edit that
//!    looks similar belongs into `tests/it/legal_edits.rs`.
//! 6. Add its paragraph to `openapi/README.md`: `UPDATE_GOLDENS=1 cargo test -p processing-results-contract
//!    documentation` does.
//!
//! # One error, one finding
//!
//! A mistake has consequences: an `enum` that is indented too far leaves its component without values. `run`
//! drops findings that only follow from others, so that a reviewer reads the cause:
//!
//! - A document of another version of OpenAPI is reported as that alone.
//! - On the line of a `wrong-value` or a `confusable-character` nothing else is said.
//! - A `component-shape` or an `enum-value` directly after a swallowed line is explained by that line.
//! - What the bindings miss comes last, since any other mistake may be the reason.

pub(crate) mod circles;
pub(crate) mod components;
pub(crate) mod defaults;
pub(crate) mod descriptions;
pub(crate) mod examples;
pub(crate) mod forbidden;
pub(crate) mod info;
mod markdown;
mod metaschema;
pub(crate) mod names;
pub(crate) mod openapi31;
pub(crate) mod operations;
pub(crate) mod parameters;
pub(crate) mod references;
pub(crate) mod required;
pub(crate) mod responses;
pub(crate) mod secrets;
pub(crate) mod security;
pub(crate) mod sent;
pub(crate) mod servers;
mod twice;
pub(crate) mod typed_by;
pub(crate) mod types;
pub(crate) mod untyped;
pub(crate) mod used;
pub(crate) mod values;
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
    &reading::CONFUSABLE_CHARACTER,
    &reading::SWALLOWED_LINE,
    &reading::COMMENT_IN_TEXT,
    &yaml11::BARE_YAML11_BOOLEAN,
    &yaml11::BARE_SCALAR,
    &vocabulary::UNKNOWN_KEY,
    &vocabulary::MISSING_KEY,
    &values::WRONG_VALUE,
    &openapi31::OPENAPI_30_ONLY,
    &vocabulary::IGNORED_KEY,
    &types::UNKNOWN_TYPE,
    &types::UNKNOWN_FORMAT,
    &untyped::TYPE_MISSING,
    &types::TYPE_MISMATCH,
    &references::DEAD_REF,
    &references::REF_SIBLINGS,
    &references::UNUSED_COMPONENT,
    &circles::NO_RECURSION,
    &required::REQUIRED_UNDECLARED,
    &required::REQUIRED_DUPLICATE,
    &names::ENUM_DUPLICATE,
    &names::ENUM_VALUE,
    &names::ENUM_NAME_COLLISION,
    &names::PROPERTY_NAME_COLLISION,
    &names::COMPONENT_NAME,
    &parameters::PATH_PARAMETER_MISMATCH,
    &parameters::PATH_PARAMETER_OPTIONAL,
    &parameters::PARAMETER_DUPLICATE,
    &forbidden::NO_CONSTRAINT_IN_PARAMETER,
    &operations::OPERATION_ID,
    &operations::SINGLE_SUCCESS_BODY,
    &operations::BARE_STATUS_KEY,
    &components::INLINE_OBJECT,
    &components::INLINE_ENUM,
    &components::COMPONENT_SHAPE,
    &forbidden::NO_ANY_OF,
    &forbidden::NO_TITLE,
    &responses::KEEPS_UNKNOWN_KEYS,
    &responses::OPTIONAL_IS_NULLABLE,
    &forbidden::NO_DEFAULT_IN_RESPONSE,
    &forbidden::NO_CONSTRAINT_IN_RESPONSE,
    &defaults::DEFAULT_MATCHES_SCHEMA,
    &typed_by::TYPED_BY,
    &used::USED_BY_BINDINGS,
    &secrets::SECRET_IS_PASSWORD,
    &descriptions::DESCRIPTION_MISSING,
    &descriptions::DESCRIPTION_BLOCK,
    &info::INFO_VERSION_ASCII,
    &servers::SERVER_IS_KNOWN,
    &servers::SERVER_REGION,
    &security::SECURITY_DECLARED,
    &security::SECURITY_SUPPORTED,
    &examples::EXAMPLE_MATCHES_SCHEMA,
];

/// The checks, each for the rules of its module. Their order does not matter, since findings are sorted.
const CHECKS: &[fn(&Spec, &mut Report)] = &[
    yaml11::check,
    vocabulary::check,
    types::check,
    untyped::check,
    references::check,
    circles::check,
    required::check,
    names::check,
    parameters::check,
    sent::check,
    operations::check,
    components::check,
    forbidden::check,
    responses::check,
    defaults::check,
    typed_by::check,
    secrets::check,
    descriptions::check,
    servers::check,
    info::check,
    security::check,
    examples::check,
];

/// Runs all checks over a tree, and drops what only follows from something else.
pub(crate) fn run(root: &Node, report: &mut Report) {
    if openapi31::is_other_version(root, report) {
        return;
    }
    let spec = Spec::new(root);
    for check in CHECKS {
        check(&spec, report);
    }
    // What the bindings miss may be the reason: a field that is optional now, a component that is called otherwise.
    // Other mistakes come first, since they are about what was meant here.
    let follows = [
        &responses::OPTIONAL_IS_NULLABLE,
        &references::UNUSED_COMPONENT,
        &descriptions::DESCRIPTION_MISSING,
        &descriptions::DESCRIPTION_BLOCK,
    ];
    if report.has_only(&follows) && used::check(&spec, report) {
        report.forget(&responses::OPTIONAL_IS_NULLABLE);
    }
    report.keep_to(&reading::CONFUSABLE_CHARACTER);
    report.keep_to(&values::WRONG_VALUE);
    report.explains(
        &reading::SWALLOWED_LINE,
        &[&components::COMPONENT_SHAPE, &names::ENUM_VALUE],
    );
    report.explains(&vocabulary::UNKNOWN_KEY, &[&components::COMPONENT_SHAPE]);
}
