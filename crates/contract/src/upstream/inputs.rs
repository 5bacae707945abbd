//! The texts, read: three files in, two trees and a ledger out.

use super::difference::Source;
use super::{cut, theirs};
use crate::document::Document;
use crate::meaning::Meaning;
use crate::page;
use crate::yaml::Node;

/// The texts to compare, without their names: errors say what is wrong with "it", and the caller says which file.
///
/// ```
/// use processing_results_contract::upstream::{Source, Texts, compare};
///
/// let texts = Texts { contract: "{paths: {}}", vendor: "{}", ledger: "" };
/// assert_eq!(
///     compare(Source::Document, texts).unwrap_err(),
///     "the contract has 0 calls, and one is needed",
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Texts<'t> {
    /// The contract.
    pub contract: &'t str,
    /// What the vendor publishes.
    pub vendor: &'t str,
    /// The file with the ledger.
    pub ledger: &'t str,
}

/// The contract as a tree. Callers have read it before, with better messages.
pub(super) fn parsed(text: &str) -> Result<Document, String> {
    Document::parse("", text).map_err(|_| "the contract is not YAML".to_owned())
}

/// The vendor's call, as a tree of its own: the one that has path and method of the contract's only call.
pub(super) fn cut(source: Source, contract: &Document, vendor: &str) -> Result<Node, String> {
    let ours = Meaning::of(contract.root());
    let [call] = &ours.operations[..] else {
        return Err(format!(
            "the contract has {} calls, and one is needed",
            ours.operations.len()
        ));
    };
    let root = match source {
        Source::Document => theirs::read(vendor)?,
        Source::Page => page::read(vendor)
            .map_err(|refused| format!("line {}: {}", refused.at.line, refused.message))?,
    };
    cut::cut(
        &root,
        call.text("path").unwrap_or_default(),
        call.text("method").unwrap_or_default(),
    )
}
