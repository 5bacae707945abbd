//! The contract, read: the public way in.

use crate::finding::Finding;
use crate::report::Report;
use crate::rules;
use crate::yaml::{self, Node};
use serde_json::Value;

/// The contract as a tree in which every key and value knows its position.
///
/// ```
/// use processing_results_contract::Document;
///
/// let document = Document::parse("api.yaml", "openapi: 3.0.3\ninfo:\n  title: An API\n").unwrap();
/// assert_eq!(document.to_json()["info"]["title"], "An API");
/// assert_eq!(document.locate("/info/title"), Some((3, 3)));
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    file: String,
    root: Node,
    /// What reading already had to say: duplicate keys and the like.
    noted: Report,
}

impl Document {
    /// Reads a contract. `file` is what findings name; nothing is opened.
    ///
    /// Mistakes that leave a readable tree, such as a duplicate key, are kept for [`check`](Self::check), so that all
    /// findings come at once.
    ///
    /// # Errors
    ///
    /// What keeps the text from being one YAML mapping: a syntax error, an empty file, nesting without end.
    ///
    /// ```
    /// use processing_results_contract::Document;
    ///
    /// let findings = Document::parse("api.yaml", "info:\n\ttitle: x\n").unwrap_err();
    /// assert_eq!(findings[0].rule, "yaml-syntax");
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Document, Vec<Finding>> {
        let mut noted = Report::new(file);
        let judge = |root: &Node, report: &mut Report| {
            rules::run(root, report);
            report.len()
        };
        match yaml::read_by(text, &mut noted, &judge) {
            Some(root) if root.is_mapping() => Ok(Document {
                file: file.to_owned(),
                root,
                noted,
            }),
            Some(root) => {
                let message = "the contract must be a mapping";
                let help = "a contract starts with `openapi: 3.0.3`";
                noted.add(&yaml::rules::YAML_SYNTAX, root.at, message, help);
                Err(noted.into_sorted())
            }
            None => Err(noted.into_sorted()),
        }
    }

    /// All findings of all rules, in the order of the file.
    ///
    /// ```
    /// use processing_results_contract::Document;
    ///
    /// let yaml = "components: {schemas: {A: {$ref: '#/components/schemas/B'}}}\n";
    /// let findings = Document::parse("api.yaml", yaml).unwrap().check();
    /// assert!(findings.iter().any(|finding| finding.rule == "dead-ref"));
    /// ```
    pub fn check(&self) -> Vec<Finding> {
        let mut report = self.noted.clone();
        rules::run(&self.root, &mut report);
        report.into_sorted()
    }

    /// The contract as JSON, in the order of the file, scalars read by the core schema of YAML 1.2. Of a key
    /// that is there twice, the first counts.
    ///
    /// ```
    /// use processing_results_contract::Document;
    ///
    /// let document = Document::parse("api.yaml", "a: [1, no, '1']\n").unwrap();
    /// assert_eq!(document.to_json().to_string(), r#"{"a":[1,"no","1"]}"#);
    /// ```
    pub fn to_json(&self) -> Value {
        self.root.to_json()
    }

    /// Line and column, from 1, of what a JSON pointer names: of its key, or of the item in a sequence.
    ///
    /// ```
    /// use processing_results_contract::Document;
    ///
    /// let document = Document::parse("api.yaml", "paths:\n  /a/{b}:\n    get: {}\n").unwrap();
    /// assert_eq!(document.locate("/paths/~1a~1{b}/get"), Some((3, 5)));
    /// assert_eq!(document.locate("/paths/none"), None);
    /// ```
    pub fn locate(&self, pointer: &str) -> Option<(usize, usize)> {
        let (_, at) = self.root.pointer(pointer)?;
        Some((at.line, at.column))
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }

    /// The file as it was named to [`parse`](Self::parse).
    pub fn file(&self) -> &str {
        &self.file
    }
}

/// Reads and checks in one step.
///
/// ```
/// let findings = processing_results_contract::check("api.yaml", "a: 1\na: 2\n");
/// assert!(findings.iter().any(|finding| finding.message == "`a` is already on line 1"));
/// ```
pub fn check(file: &str, text: &str) -> Vec<Finding> {
    match Document::parse(file, text) {
        Ok(document) => document.check(),
        Err(findings) => findings,
    }
}
