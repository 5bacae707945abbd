//! `spec-errors/*.txt` holds edits of `excerpt.yaml`, each with what the check reports about it.
//!
//! A case is its name after `===`, its hunks after `@@` (lines of the excerpt, removed and added lines, as in a
//! diff; the old lines occur in one place), and the findings after `---`, without the name of the file.

use super::{contract, excerpt};
use processing_results_contract::{Finding, check, render, rules};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// If set, the findings are written.
const UPDATE: &str = "UPDATE_GOLDENS";

/// The name that documents have in this test.
const FILE: &str = "FILE";

struct Case {
    file: PathBuf,
    name: String,
    /// The lines between the name and the findings, as they were read.
    edit: String,
    expected: String,
}

impl Case {
    fn read(file: &Path, text: &str) -> Case {
        let (name, rest) = text.split_once('\n').expect("a name and an edit");
        let (edit, expected) = rest.split_once("---\n").expect("`---` before the findings");
        Case {
            file: file.to_owned(),
            name: name.to_owned(),
            edit: edit.to_owned(),
            expected: expected.trim_end().to_owned(),
        }
    }

    /// The text after the edit, with the lines that were added, or that took the place of removed ones.
    ///
    /// `None` where the old lines do not occur in one place alone.
    fn apply(&self, text: &str) -> Option<(String, BTreeSet<usize>)> {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut edited = BTreeSet::new();
        for hunk in self.edit.split("@@\n").skip(1) {
            let hunk: Vec<(char, String)> = hunk
                .lines()
                .map(|line| {
                    (
                        line.chars().next().unwrap_or(' '),
                        line.chars().skip(1).collect(),
                    )
                })
                .collect();
            let side = |other: char| -> Vec<String> {
                let of_side = hunk.iter().filter(|(sign, _)| *sign != other);
                of_side.map(|(_, line)| line.clone()).collect()
            };
            let (old, new) = (side('+'), side('-'));
            let mut places = (0..lines.len()).filter(|at| lines[*at..].starts_with(&old));
            let (Some(place), None) = (places.next(), places.next()) else {
                return None;
            };
            lines.splice(place..place + old.len(), new);
            edited.extend(changed_lines(&lines, place, &hunk));
        }
        Some((lines.join("\n") + "\n", edited))
    }

    fn findings(&self) -> Vec<Finding> {
        let Some((text, _)) = self.apply(&excerpt()) else {
            panic!("{}: the edit does not apply to excerpt.yaml", self.name);
        };
        check(FILE, &text)
    }

    fn actual(&self) -> String {
        let text = render::text(&self.findings());
        text.replace(&format!("{FILE}:"), "").trim_end().to_owned()
    }
}

/// The numbers of the lines that a hunk added. Where it only took lines out, nothing can be reported at a line that
/// is gone: the line before it, the one that took its place, and the lines that the removed one belonged to.
fn changed_lines(lines: &[String], place: usize, hunk: &[(char, String)]) -> BTreeSet<usize> {
    let kept = |hunk: &[(char, String)]| hunk.iter().filter(|(sign, _)| *sign != '-').count();
    let added = hunk
        .iter()
        .enumerate()
        .filter(|(_, (sign, _))| *sign == '+');
    let added: BTreeSet<usize> = added.map(|(at, _)| place + kept(&hunk[..at]) + 1).collect();
    let removed = hunk.iter().position(|(sign, _)| *sign == '-');
    let Some(removed) = removed.filter(|_| added.is_empty()) else {
        return added;
    };
    let start = place + kept(&hunk[..removed]);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut around = BTreeSet::from([start, start + 1]);
    let mut outer = indent(&hunk[removed].1);
    for (index, line) in lines[..start].iter().enumerate().rev() {
        if indent(line) < outer && !line.trim().is_empty() {
            around.insert(index + 1);
            outer = indent(line);
        }
    }
    around
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec-errors")
}

fn cases() -> Vec<Case> {
    let entries = fs::read_dir(directory()).expect("the directory is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.sort();
    let read = |file: PathBuf| {
        let text = fs::read_to_string(&file).expect("readable");
        let cases = text
            .split("=== ")
            .skip(1)
            .map(|case| Case::read(&file, case));
        cases.collect::<Vec<_>>()
    };
    files.into_iter().flat_map(read).collect()
}

/// The name and the text of each case.
pub(super) fn texts() -> Vec<(String, String)> {
    let text = |case: &Case| Some((case.name.clone(), case.apply(&excerpt())?.0));
    cases().iter().filter_map(text).collect()
}

#[test]
fn each_error_is_reported_as_its_file_says() {
    let cases = cases();
    println!("{} cases", cases.len());
    let mut changed = Vec::new();
    let mut texts = std::collections::BTreeMap::<&Path, String>::new();
    for case in &cases {
        let actual = case.actual();
        if actual != case.expected {
            let file = case.file.file_name().unwrap_or_default().display();
            changed.push(format!(
                "--- spec-errors/{file} {}\n{}\n+++ now\n{actual}\n",
                case.name, case.expected
            ));
        }
        let text = texts.entry(&case.file).or_default();
        let gap = if text.is_empty() { "" } else { "\n" };
        *text += &format!("{gap}=== {}\n{}---\n{actual}\n", case.name, case.edit);
    }
    if std::env::var_os(UPDATE).is_some() {
        for (file, text) in texts {
            fs::write(file, text).expect("writable");
        }
        return;
    }
    assert!(
        changed.is_empty(),
        "{}\nif this is right: {UPDATE}=1 cargo test -p processing-results-contract spec_errors",
        changed.join("\n"),
    );
}

#[test]
fn no_error_is_silent_and_each_is_reported_at_the_edited_line() {
    let mut elsewhere = Vec::new();
    for case in cases() {
        let (_, edited) = case.apply(&excerpt()).expect("it applies");
        let found: Vec<usize> = case.findings().iter().map(|finding| finding.line).collect();
        if !found.iter().any(|line| edited.contains(line)) {
            elsewhere.push(format!(
                "{}: edited {edited:?}, reported {found:?}",
                case.name
            ));
        }
    }
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

#[test]
fn each_rule_has_a_case_and_each_finding_a_rule() {
    let findings: Vec<Finding> = cases().iter().flat_map(Case::findings).collect();
    let reported: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
    let known: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(
        reported, known,
        "left: rules that a case breaks, right: rules::ALL"
    );
    assert_eq!(known.len(), rules::ALL.len(), "a rule is listed twice");
}

#[test]
fn the_cases_are_edits_of_the_contract_itself() {
    let contract = contract();
    let cases = cases();
    let mut applied = 0;
    for case in &cases {
        // Where the contract has other lines than the excerpt, the case stands for itself.
        let Some((text, _)) = case.apply(&contract) else {
            continue;
        };
        let rules = |findings: Vec<Finding>| -> BTreeSet<&str> {
            findings.iter().map(|finding| finding.rule).collect()
        };
        let (expected, found) = (rules(case.findings()), rules(check(FILE, &text)));
        assert!(
            !expected.is_disjoint(&found),
            "{}: {expected:?} in the excerpt, {found:?} in the contract",
            case.name
        );
        applied += 1;
    }
    assert!(
        applied * 2 > cases.len(),
        "only {applied} of {} cases apply to the contract; make excerpt.yaml from it anew",
        cases.len()
    );
}
