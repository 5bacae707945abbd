//! Why the build fails, as lines that start with the contract's file name.

use processing_results_contract::{Document, Finding};

/// The contract, from the package's root.
pub const CONTRACT: &str = "openapi/processing-results.yaml";

/// Why the build fails: lines for those who edit the contract.
///
/// ```
/// use processing_results_codegen::Report;
///
/// let report = Report::of("there is no path");
/// assert_eq!(report.lines(), ["openapi/processing-results.yaml: there is no path"]);
/// ```
pub struct Report(Vec<String>);

impl Report {
    /// A failure of the file, without a position.
    pub fn of(message: impl std::fmt::Display) -> Self {
        Report(vec![format!("{CONTRACT}: {message}")])
    }

    /// A failure at the position of a JSON pointer, with line and column as editors and compilers write them. Of what the
    /// document does not have, the pointer itself is named.
    ///
    /// ```
    /// use processing_results_codegen::Report;
    /// use processing_results_contract::Document;
    ///
    /// let document = Document::parse("api.yaml", "info:\n  title: t\n").unwrap();
    /// let report = Report::at(&document, "/info/title", "is too short");
    /// assert_eq!(report.lines(), ["openapi/processing-results.yaml:2:3: is too short"]);
    /// ```
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

    /// Prints the lines as errors of cargo (`cargo::error=`, since cargo 1.84), which then fails the build. A panic or an
    /// error of `main` would surround each sentence with nine lines of cargo's own.
    pub fn print(&self) {
        for line in &self.0 {
            println!("cargo::error={}", line.replace('\n', " "));
        }
    }
}

/// The findings of the contract's rules, each with its remedy: `FILE:LINE:COLUMN: what is wrong (help: what to do)`.
impl From<Vec<Finding>> for Report {
    fn from(findings: Vec<Finding>) -> Self {
        let line = |finding: &Finding| match &finding.help {
            Some(help) => format!("{finding} (help: {help})"),
            None => finding.to_string(),
        };
        Report(findings.iter().map(line).collect())
    }
}
