//! What the contract must keep to: one module a family of rules, each a pure function over the tree.

pub(crate) mod references;
pub(crate) mod required;
pub(crate) mod yaml;

use crate::report::Report;
use crate::yaml::Node;

/// A rule as a reviewer gets to know it. `openapi/README.md` has a paragraph on each.
#[derive(Debug)]
pub struct Rule {
    /// The name that findings carry.
    pub name: &'static str,
    /// What goes wrong without it.
    pub why: &'static str,
    /// A line that breaks it.
    pub example: &'static str,
    /// What to write instead.
    pub fix: &'static str,
}

/// Every rule there is.
///
/// ```
/// use processing_results_contract::rules;
///
/// assert!(rules::ALL.iter().any(|rule| rule.name == "duplicate-key"));
/// ```
pub static ALL: &[&Rule] = &[
    &yaml::YAML_SYNTAX,
    &yaml::DUPLICATE_KEY,
    &yaml::MERGE_KEY,
    &yaml::YAML_ANCHOR,
    &yaml::BARE_YAML11_BOOLEAN,
    &references::DEAD_REF,
    &required::REQUIRED_UNDECLARED,
];

const CHECKS: &[fn(&Node, &mut Report)] = &[yaml::check, references::check, required::check];

pub(crate) fn run(root: &Node, report: &mut Report) {
    for check in CHECKS {
        check(root, report);
    }
}
