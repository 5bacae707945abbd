//! Findings as they are collected.

use crate::finding::{Finding, Position};
use crate::rule::Rule;

/// The findings of one file.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    file: String,
    findings: Vec<Finding>,
}

impl Report {
    pub(crate) fn new(file: &str) -> Report {
        Report {
            file: file.to_owned(),
            findings: Vec::new(),
        }
    }

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

    /// By position, then by rule; nothing twice.
    pub(crate) fn into_sorted(mut self) -> Vec<Finding> {
        self.findings.sort();
        self.findings.dedup();
        self.findings
    }
}

/// The help of a finding, from whatever a rule has at hand.
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
