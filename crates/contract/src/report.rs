//! Findings as they are collected, while rules look at one file.
//!
//! Rules report whatever they see, in any order. Which findings only follow from others is known at the end,
//! and the methods here take those back: `keep_to` by the line, `explains` by what stands above, `forget` for a
//! complete rule.

use crate::finding::{Finding, Position};
use crate::rule::Rule;
use std::collections::{BTreeSet, HashSet};

/// The findings of one file, in the order in which they were reported.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    file: String,
    findings: Vec<Finding>,
}

impl Report {
    /// A report without findings. `file` is what each of them will name.
    pub(crate) fn new(file: &str) -> Report {
        Report {
            file: file.to_owned(),
            findings: Vec::new(),
        }
    }

    /// Reports one finding. `help` may be a text or an `Option` of one.
    pub(crate) fn add(
        &mut self,
        rule: &Rule,
        at: Position,
        message: impl Into<String>,
        help: impl Into<Help>,
    ) {
        self.findings.push(Finding {
            file: self.file.clone(),
            line: at.line,
            column: at.column,
            rule: rule.name,
            message: message.into(),
            help: help.into().0,
        });
    }

    /// Leaves the lines of a finding to that finding: other findings there follow from it.
    pub(crate) fn keep_to(&mut self, rule: &Rule) {
        let lines: HashSet<usize> = self.lines_of(&[rule]).into_iter().collect();
        self.findings
            .retain(|finding| finding.rule == rule.name || !lines.contains(&finding.line));
    }

    /// Whether nothing was found but what these rules say.
    pub(crate) fn has_only(&self, rules: &[&Rule]) -> bool {
        self.lines_of(rules).len() == self.findings.len()
    }

    /// How many findings there are.
    pub(crate) fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether a rule reported anything.
    pub(crate) fn has(&self, rule: &Rule) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.rule == rule.name)
    }

    /// Removes the findings of a rule.
    pub(crate) fn forget(&mut self, rule: &Rule) {
        self.findings.retain(|finding| finding.rule != rule.name);
    }

    /// Takes back what was reported from this line on: the rest of the file was not read as it was meant.
    pub(crate) fn forget_from(&mut self, line: usize) {
        self.findings.retain(|finding| finding.line < line);
    }

    /// For each finding of a rule, takes back the nearest one above it that only follows from it.
    pub(crate) fn explains(&mut self, rule: &Rule, follows: &[&Rule]) {
        let candidates: BTreeSet<usize> = self.lines_of(follows).into_iter().collect();
        let causes = self.lines_of(&[rule]).into_iter();
        let nearest = causes.filter_map(|cause| candidates.range(..=cause).next_back().copied());
        let taken: HashSet<usize> = nearest.collect();
        self.findings.retain(|finding| {
            let follows = follows.iter().any(|rule| rule.name == finding.rule);
            !(follows && taken.contains(&finding.line))
        });
    }

    /// The lines of all findings of these rules, one for each finding.
    fn lines_of(&self, rules: &[&Rule]) -> Vec<usize> {
        let is_of = |finding: &&Finding| rules.iter().any(|rule| rule.name == finding.rule);
        let found = self.findings.iter().filter(is_of);
        found.map(|finding| finding.line).collect()
    }

    /// By position, then by rule; nothing twice.
    pub(crate) fn into_sorted(mut self) -> Vec<Finding> {
        self.findings.sort();
        self.findings.dedup();
        self.findings
    }
}

/// The help of a finding, from a text or an optional text.
pub(crate) struct Help(Option<String>);

impl From<&str> for Help {
    fn from(help: &str) -> Help {
        Help(Some(help.to_owned()))
    }
}

impl From<String> for Help {
    fn from(help: String) -> Help {
        Help(Some(help))
    }
}

impl From<Option<String>> for Help {
    fn from(help: Option<String>) -> Help {
        Help(help)
    }
}
