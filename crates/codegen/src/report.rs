//! Why the build fails, as lines that start with the contract's file name.

use processing_results_contract::{Document, Finding};

/// The contract, from the package's root.
pub const CONTRACT: &str = "openapi/processing-results.yaml";

/// Why the build fails: lines for those who edit the contract.
pub struct Report(Vec<String>);

impl Report {
    /// A failure of the file, without a position.
    pub fn of(message: impl std::fmt::Display) -> Self {
        Report(vec![format!("{CONTRACT}: {message}")])
    }

    /// A failure at the position of a JSON pointer.
    pub fn at(document: &Document, pointer: &str, message: impl std::fmt::Display) -> Self {
        match document.locate(pointer) {
            Some((line, column)) => Report(vec![format!("{CONTRACT}:{line}:{column}: {message}")]),
            None => Self::of(format!("{pointer}: {message}")),
        }
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// Prints the lines as errors of cargo, which then fails the build.
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
