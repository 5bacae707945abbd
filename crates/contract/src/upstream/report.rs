//! What is reported.
//!
//! ```text
//! Item.size: new field: optional integer          place, then Deviation::what
//!   vendor    openapi.json:41:9                   vendor_at
//!   contract  openapi/processing-results.yaml:12  contract_at
//!   wire: additive, Rust API: minor: unknown ...  verdict
//! # line 15                                       fragment
//!         size:
//!           type: integer
//! ```

use super::difference::ABSENT;
use super::row::LedgerRow;
use crate::diff::{Api, Wire};
use crate::finding::Position;

/// What a reviewer has to decide. The contract is in sync if `differences` and `stale` are empty.
///
/// ```
/// use processing_results_contract::upstream::{Source, Texts, compare};
///
/// let yaml = "{openapi: 3.0.3, paths: {/a: {get: {responses: {}}}}}";
/// let ledger = "\
/// | where | source | vendor | contract | since | evidence |
/// |---|---|---|---|---|---|
/// | `response 422` | document | `response` | `-` | 2026-03-01 | errors are read without the contract |
/// ";
/// let vendor = yaml.replace("responses: {}", "responses: {'422': {}}");
/// let report = compare(Source::Document, Texts { contract: yaml, vendor: &vendor, ledger }).unwrap();
/// assert!(report.differences.is_empty());
/// assert_eq!(report.explained, 1);
/// let report = compare(Source::Document, Texts { contract: yaml, vendor: yaml, ledger }).unwrap();
/// assert_eq!(report.stale[0].line, 3);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Differences that the ledger does not explain, in the order of the contract.
    pub differences: Vec<Deviation>,
    /// Rows of the ledger that explain nothing any more.
    pub stale: Vec<Stale>,
    /// Differences that the ledger explains.
    pub explained: usize,
    /// Defaults that the contract does not have as the vendor documents them; they change no type.
    pub defaults: usize,
}

/// A difference, and what it would mean to follow the vendor.
///
/// `vendor` and `contract` are what a row of the ledger would say to keep it.
#[derive(Clone, Debug)]
pub struct Deviation {
    /// Where: `Component.field`, `Component "value"`, `query name`, `response 422`.
    pub place: String,
    /// What is different about it: `field`, `value`, `type`, `required` and so on.
    pub kind: &'static str,
    /// What the vendor says; `-` where it says nothing.
    pub vendor: String,
    /// What the contract says; `-` where it says nothing.
    pub contract: String,
    /// Line and column in what the vendor publishes.
    pub vendor_at: Position,
    /// Line and column in the contract, of what surrounds it where it is new.
    pub contract_at: Position,
    /// What following means on the wire and in Rust, with the reason; nothing where a person has to write it.
    pub verdict: Option<(Wire, Api, String)>,
    /// The lines of the contract to add or to replace.
    pub fragment: String,
}

/// A row of the ledger that explains nothing.
#[derive(Clone, Debug)]
pub struct Stale {
    /// The line in the file.
    pub line: usize,
    /// The place that it names.
    pub place: String,
    /// What it says of the vendor, and of the contract.
    pub says: (String, String),
}

impl From<&LedgerRow> for Stale {
    fn from(row: &LedgerRow) -> Stale {
        let says = (row.theirs.clone(), row.ours.clone());
        Stale {
            line: row.line,
            place: row.place.clone(),
            says,
        }
    }
}

impl Deviation {
    /// What happened, in a few words: `new field: optional string`.
    ///
    /// ```
    /// # use processing_results_contract::upstream::{Source, Texts, compare};
    /// # let yaml = "{openapi: 3.0.3, paths: {/a: {get: {responses: {}}}}}";
    /// let vendor = yaml.replace("responses: {}", "responses: {'422': {}}");
    /// let report = compare(Source::Document, Texts { contract: yaml, vendor: &vendor, ledger: "" }).unwrap();
    /// assert_eq!(report.differences[0].what(), "new response");
    /// ```
    pub fn what(&self) -> String {
        let said = |words: &str| match words.contains(self.kind) {
            true => String::new(),
            false => format!(": {words}"),
        };
        match (self.vendor.as_str(), self.contract.as_str()) {
            (vendor, ABSENT) => format!("new {}{}", self.kind, said(vendor)),
            (ABSENT, contract) => format!("{} removed{}", self.kind, said(contract)),
            (vendor, contract) => format!(
                "{} changed: `{vendor}` at the vendor, `{contract}` here",
                self.kind
            ),
        }
    }
}
