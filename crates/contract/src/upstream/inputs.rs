//! The texts, read.

use super::difference::Source;
use super::{cut, theirs};
use crate::document::Document;
use crate::meaning::Meaning;
use crate::page;
use crate::yaml::Node;

/// The texts to compare. Names are what messages call them.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'t> {
    /// The contract.
    pub contract: &'t str,
    /// What the vendor publishes.
    pub vendor: &'t str,
    /// The file with the ledger.
    pub ledger: &'t str,
}

/// The contract as a tree.
pub(super) fn parsed(text: &str) -> Result<Document, String> {
    Document::parse("", text).map_err(|_| "the contract is not YAML".to_owned())
}

/// The vendor's call, as a tree of its own.
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
