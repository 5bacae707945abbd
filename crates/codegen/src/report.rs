//! What went wrong, as lines that start with the contract's file name.

use processing_results_contract::{Document, Finding};

/// The contract, from the package's root.
pub const CONTRACT: &str = "openapi/processing-results.yaml";

/// Lines for whoever edits the contract.
pub struct Report(Vec<String>);

impl Report {
    /// A failure of the file as a whole.
    pub fn of(message: impl std::fmt::Display) -> Self {
        Report(vec![format!("{CONTRACT}: {message}")])
    }

    /// A failure at the place that a JSON pointer names.
    pub fn at(document: &Document, pointer: &str, message: impl std::fmt::Display) -> Self {
        match document.locate(pointer) {
            Some((line, column)) => Report(vec![format!("{CONTRACT}:{line}:{column}: {message}")]),
            None => Self::of(format!("{pointer}: {message}")),
        }
    }

    /// Hands the lines to cargo, which fails the build after the last.
    pub fn print(&self) {
        for line in &self.0 {
            println!("cargo::error={}", line.replace('\n', " "));
        }
    }
}

impl From<Vec<Finding>> for Report {
    fn from(findings: Vec<Finding>) -> Self {
        let line = |finding: &Finding| match &finding.help {
            Some(help) => format!("{finding} (help: {help})"),
            None => finding.to_string(),
        };
        Report(findings.iter().map(line).collect())
    }
}
