//! The rules as they are documented for reviewers.

use processing_results_contract::rules;
use std::collections::BTreeSet;
use std::path::Path;

/// The last word of each heading.
fn headings(text: &str) -> BTreeSet<&str> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .filter_map(|line| line.split_whitespace().last())
        .map(|word| word.trim_matches('`'))
        .collect()
}

#[test]
fn each_rule_has_a_paragraph_in_the_readme_of_the_contract() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/README.md");
    let text = std::fs::read_to_string(readme).unwrap();
    let documented = headings(&text);
    let missing: Vec<_> = rules::ALL
        .iter()
        .map(|rule| rule.name)
        .filter(|name| !documented.contains(name))
        .collect();
    assert!(
        missing.is_empty(),
        "openapi/README.md has no heading for {missing:?}"
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
