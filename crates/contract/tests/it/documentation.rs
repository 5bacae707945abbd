//! The rules as they are documented for reviewers.

use processing_results_contract::rules::{self, Rule};
use std::path::Path;

const START: &str = "<!-- The rules are written by UPDATE_GOLDENS=1 cargo test -p processing-results-contract documentation -->\n";

fn paragraph(rule: &Rule) -> String {
    let Rule {
        name,
        why,
        example,
        fix,
    } = rule;
    let (first, rest) = why.split_at(1);
    // What to write is YAML, or a sentence about it.
    let fix = match fix.contains(':') && !fix.contains('`') {
        true => format!("`{fix}`"),
        false => (*fix).to_owned(),
    };
    format!(
        "\n### {name}\n\n{}{rest}.\n\n- instead of: `{example}`\n- write: {fix}\n",
        first.to_uppercase()
    )
}

#[test]
fn the_readme_of_the_contract_has_a_paragraph_on_each_rule() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/README.md");
    let text = std::fs::read_to_string(&path).expect("the README is beside the contract");
    let (before, written) = text.split_once(START).expect("the line before the rules");
    let expected: String = rules::ALL.iter().map(|rule| paragraph(rule)).collect();
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        return std::fs::write(path, format!("{before}{START}{expected}")).expect("writable");
    }
    assert!(
        written == expected,
        "openapi/README.md is behind the rules: UPDATE_GOLDENS=1 cargo test -p processing-results-contract documentation"
    );
}

#[test]
fn each_rule_says_what_goes_wrong_and_what_to_write() {
    for rule in rules::ALL {
        assert!(
            !rule.why.is_empty() && !rule.why.ends_with('.'),
            "{}: {:?}",
            rule.name,
            rule.why
        );
        assert_ne!(rule.example, rule.fix, "{}", rule.name);
    }
}
