//! Mechanical remedies of findings.

use super::{contract, excerpt};
use processing_results_contract::{check, fix};

/// An edit of the excerpt that a remedy undoes, to the letter or in another good way.
#[track_caller]
fn fixed(old: &str, new: &str) -> String {
    let broken = excerpt().replacen(old, new, 1);
    assert_ne!(broken, excerpt(), "{old}");
    assert_ne!(check("api.yaml", &broken), [], "{new}");
    let fixed = fix(&broken);
    assert_eq!(check("api.yaml", &fixed), [], "{new}:\n{fixed}");
    // Nothing but the edited lines differs.
    let rest = |text: &str| {
        text.lines()
            .filter(|line| !broken.lines().any(|broken| broken == *line))
            .count()
    };
    assert!(rest(&fixed) <= 2, "{fixed}");
    fixed
}

#[test]
fn what_needs_no_decision_is_corrected_in_place() {
    for (old, new) in [
        ("type: boolean", "type: boolan"),
        ("nullable: true", "nullabel: true"),
        ("required:", "requird:"),
        ("properties:", "propertes:"),
        ("schemas/JobType'", "schemas/JobTyp'"),
        ("format: date-time", "format: datetime"),
        ("\"200\":", "200:"),
    ] {
        assert_eq!(fixed(old, new), excerpt(), "{new}");
    }
    fixed("          nullable: true\n", "");
    fixed("          nullable: true\n", "          nullable: false\n");
    fixed("      additionalProperties: {}\n", "");
    fixed(
        "      additionalProperties: {}\n",
        "      additionalProperties: false\n",
    );
}

#[test]
fn several_are_corrected_at_once_and_what_needs_a_decision_stays() {
    let broken = excerpt()
        .replace("type: boolean", "type: boolan")
        .replacen("\"200\":", "200:", 1)
        .replacen(
            "        - item_id\n",
            "        - item_id\n        - item_id\n",
            1,
        );
    let fixed = fix(&broken);
    let left: Vec<&str> = check("api.yaml", &fixed)
        .iter()
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(left, ["required-duplicate"]);
}

#[test]
fn a_good_document_and_one_that_is_not_yaml_stay_as_they_are() {
    for text in [contract(), excerpt(), "a: [".to_owned(), String::new()] {
        assert_eq!(fix(&text), text);
    }
}

/// Each case of `spec-errors`: a remedy never makes it worse.
#[test]
fn a_remedy_never_brings_a_new_finding() {
    let mut fixed_cases = 0;
    let cases = super::spec_errors::texts();
    for (name, text) in &cases {
        let before = check("api.yaml", text);
        let fixed = fix(text);
        let after = check("api.yaml", &fixed);
        let known = |rule: &str| before.iter().any(|finding| finding.rule == rule);
        assert!(
            after.iter().all(|finding| known(finding.rule)),
            "{name}: {after:?}"
        );
        match fixed == *text {
            true => assert_eq!(after, before, "{name}"),
            false => assert!(after.len() < before.len(), "{name}"),
        }
        fixed_cases += usize::from(after.len() < before.len());
    }
    assert!(
        fixed_cases * 5 > cases.len(),
        "{fixed_cases} of {}",
        cases.len()
    );
}
