//! Behaviour of the contract's reader, one module a topic.

#![cfg(test)]

mod diff;
mod diff_call;
mod diff_cases;
mod diff_nothing;
mod documentation;
mod drift;
mod edit;
mod fix;
mod help;
mod large;
mod legal_edits;
mod linear;
mod mutations;
mod page;
mod reading;
mod rules;
mod show;
mod spec_errors;
mod states;
mod upstream;
mod upstream_odd;
mod vendor;
mod vendor_states;
mod wire;

use processing_results_contract::{Finding, check};

/// The same numbers every time: a linear congruential generator with Knuth's constants.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// The contract itself.
fn contract() -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../openapi/processing-results.yaml"
    );
    std::fs::read_to_string(path).expect("the contract is beside this package")
}

/// A payload that stands beside the contract.
fn example(name: &str) -> serde_json::Value {
    let path = format!(
        "{}/../../openapi/examples/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).expect("the examples are beside the contract");
    serde_json::from_str(&text).expect("JSON")
}

/// A real part of it, small enough to edit in a test.
fn excerpt() -> String {
    include_str!("../excerpt.yaml").to_owned()
}

/// What the check finds in an edit of any API; what these bindings name is another matter.
fn check_any_api(file: &str, text: &str) -> Vec<Finding> {
    let mut findings = check(file, text);
    findings.retain(|finding| finding.rule != "used-by-bindings");
    findings
}

/// `line:column: rule` of each finding.
fn places(text: &str) -> Vec<String> {
    let place = |finding: Finding| format!("{}:{}: {}", finding.line, finding.column, finding.rule);
    check("api.yaml", text).into_iter().map(place).collect()
}
