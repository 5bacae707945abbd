//! `spec-errors/NAME.yaml` is `excerpt.yaml` with one slip, `NAME.stderr` is what the check says about it.

use super::contract;
use processing_results_contract::{Finding, check, render, rules};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Set to anything, it writes the goldens anew.
const UPDATE: &str = "UPDATE_GOLDENS";

const EXCERPT: &str = include_str!("../excerpt.yaml");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec-errors")
}

/// The names of all files with this extension, without it.
fn names(extension: &str) -> BTreeSet<String> {
    let paths = fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|other| other == extension));
    paths
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect()
}

fn findings(name: &str) -> Vec<Finding> {
    let text = fs::read_to_string(folder().join(format!("{name}.yaml"))).expect("readable");
    check(&format!("{name}.yaml"), &text)
}

#[test]
fn each_slip_is_reported_as_its_golden_says() {
    let names = names("yaml");
    assert!(names.len() >= 45, "{} slips", names.len());
    let mut changed = Vec::new();
    for name in names {
        let golden = folder().join(format!("{name}.stderr"));
        let actual = render::text(&findings(&name));
        if std::env::var_os(UPDATE).is_some() {
            fs::write(&golden, &actual).expect("writable");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if actual != expected {
            changed.push(format!("--- {name}.stderr\n{expected}+++ now\n{actual}"));
        }
    }
    assert!(
        changed.is_empty(),
        "{}\nif this is right, run `{UPDATE}=1 cargo test -p processing-results-contract slips`",
        changed.join("\n"),
    );
}

#[test]
fn no_slip_is_silent_and_each_is_reported_at_the_edited_line() {
    let mut elsewhere = Vec::new();
    for name in names("yaml") {
        let text = fs::read_to_string(folder().join(format!("{name}.yaml"))).expect("readable");
        let accepted = edited_lines(EXCERPT, &text);
        let found: Vec<usize> = findings(&name).iter().map(|finding| finding.line).collect();
        if !found.iter().any(|line| accepted.contains(line)) {
            elsewhere.push(format!("{name}: edited {accepted:?}, reported {found:?}"));
        }
    }
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

#[test]
fn each_golden_has_its_slip_and_each_slip_its_golden() {
    assert_eq!(
        names("stderr"),
        names("yaml"),
        "left: goldens, right: slips; remove what stands alone"
    );
}

#[test]
fn each_rule_has_a_slip_and_each_finding_a_rule() {
    let reported: BTreeSet<&str> = names("yaml")
        .iter()
        .flat_map(|name| findings(name))
        .map(|found| found.rule)
        .collect();
    let known: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(
        reported, known,
        "left: rules that a slip breaks, right: rules::ALL"
    );
    assert_eq!(known.len(), rules::ALL.len(), "a rule is listed twice");
}

#[test]
fn the_slips_are_edits_of_the_contract_itself() {
    let contract = contract();
    let lines: Vec<&str> = contract.lines().collect();
    let mut applied = 0;
    for name in names("yaml") {
        let slip = fs::read_to_string(folder().join(format!("{name}.yaml"))).expect("readable");
        // Where the contract has moved on from the excerpt, the slip stands for itself.
        let Some(text) = apply(&lines, EXCERPT, &slip) else {
            continue;
        };
        let expected: BTreeSet<&str> = findings(&name).iter().map(|finding| finding.rule).collect();
        let found: BTreeSet<&str> = check("api.yaml", &text)
            .iter()
            .map(|finding| finding.rule)
            .collect();
        assert!(
            !expected.is_disjoint(&found),
            "{name}: {expected:?} in the excerpt, {found:?} in the contract"
        );
        applied += 1;
    }
    println!("{applied} slips apply to the contract");
    assert!(
        applied >= 45,
        "only {applied} slips apply to the contract; make excerpt.yaml from it anew"
    );
}

/// The edit between two texts, made at the one place of the contract where the same lines stand.
fn apply(contract: &[&str], old: &str, new: &str) -> Option<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let (start, end) = unchanged(&old, &new);
    let (removed, added) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    for before in 1..=5 {
        for after in 0..=2 {
            let context =
                &old[start.saturating_sub(before)..(start + removed.len() + after).min(old.len())];
            let places: Vec<usize> = (0..contract.len())
                .filter(|at| contract[*at..].starts_with(context))
                .collect();
            if let [place] = places[..] {
                let place = place + before.min(start);
                let rest = &contract[place + removed.len()..];
                return Some([&contract[..place], added, rest].concat().join("\n") + "\n");
            }
        }
    }
    None
}

/// How many lines at the start and at the end are the same.
fn unchanged(old: &[&str], new: &[&str]) -> (usize, usize) {
    let start = old
        .iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count();
    let rest = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(old, new)| old == new)
        .count();
    (start, end)
}

/// The lines of the new text that are new. Where lines were only taken out: the line that took their place, the
/// one before it, and the lines that both belong to, since nothing can be said at a line that is gone.
fn edited_lines(old: &str, new: &str) -> BTreeSet<usize> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let (start, end) = unchanged(&old, &new);
    let added: BTreeSet<usize> = (start + 1..=new.len() - end).collect();
    if !added.is_empty() {
        return added;
    }
    let mut lines = BTreeSet::from([start, start + 1]);
    let mut indent = old[start].len() - old[start].trim_start().len();
    for (index, line) in new[..start].iter().enumerate().rev() {
        let own = line.len() - line.trim_start().len();
        if own < indent && !line.trim().is_empty() {
            lines.insert(index + 1);
            indent = own;
        }
    }
    lines
}
