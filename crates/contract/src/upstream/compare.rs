//! The report for a reviewer: both documents and the ledger in, judged differences out. Nothing is edited.
//!
//! For each difference the edits that would follow the vendor are made on a copy of the text, to show its lines and to
//! say what they mean on the wire and in Rust; so a report costs a comparison for each difference.

use super::difference::{Facet, Source};
use super::inputs::{Texts, cut, parsed};
use super::ledger::Ledger;
use super::report::{Comparison, Stale};
use super::{verdict, walk, write};
use crate::meaning::Meaning;

/// Compares, and judges each difference.
///
/// # Errors
///
/// A sentence without a file name, where a text cannot be used: what the vendor publishes is not OpenAPI 3, lacks the
/// call or refers to nothing; the contract is not one call; the ledger has a row that is none.
///
/// ```
/// use processing_results_contract::upstream::{Source, Texts, compare};
///
/// let yaml = "
/// openapi: 3.0.3
/// paths: {/items: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}}}}
/// components: {schemas: {Item: {type: object, properties: {name: {type: string, nullable: true}}}}}
/// ";
/// let vendor = yaml.replace("3.0.3", "3.1.0").replace("nullable: true", "").replace("properties: {", "properties: {size: {type: integer}, ");
/// let texts = Texts { contract: yaml, vendor: &vendor, ledger: "" };
/// let report = compare(Source::Document, texts).unwrap();
/// assert_eq!(report.differences.len(), 1);
/// assert_eq!(report.differences[0].place, "Item.size");
/// assert_eq!(report.differences[0].vendor, "optional integer");
/// ```
///
/// A difference in a default changes no type and is only counted.
pub fn compare(source: Source, texts: Texts) -> Result<Comparison, String> {
    let ledger = Ledger::read(texts.ledger)?;
    let contract = parsed(texts.contract)?;
    let theirs = cut(source, &contract, texts.vendor)?;
    let (ours, theirs) = (Meaning::of(contract.root()), Meaning::of(&theirs));
    let compared = walk::compare(source, &ours, &theirs);
    let (unexplained, stale) = ledger.explain(source, &compared);
    let defaults = compared
        .differences
        .iter()
        .filter(|difference| difference.facet == Facet::Default)
        .count();
    let judge = verdict::Judge::new(texts.contract, &contract);
    let mut edits = write::Edits::new(contract.root(), &ours, &theirs, &compared);
    Ok(Comparison {
        explained: compared.differences.len() - defaults - unexplained.len(),
        differences: unexplained
            .into_iter()
            .map(|difference| judge.found(difference, &edits.of(difference)))
            .collect(),
        stale: stale.into_iter().map(Stale::from).collect(),
        defaults,
    })
}
