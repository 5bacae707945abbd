//! What follows a vendor's document is generated from.

use processing_results_contract::Document;
use processing_results_contract::upstream::{Source, Texts, write};

use crate::project::repository;
use crate::recipe::generate;
use crate::vendor_states::{base, states};

#[test]
fn what_follows_the_vendor_is_generated_from() {
    let Some(root) = repository() else { return };
    let contract = std::fs::read_to_string(root.join("openapi/processing-results.yaml")).unwrap();
    let mut failed = Vec::new();
    for state in states(&base(&contract)) {
        let vendor = state.vendor.to_string();
        let texts = Texts {
            contract: &contract,
            vendor: &vendor,
            ledger: "",
        };
        let written = write(Source::Document, texts, "2026-11-27").unwrap();
        let document = Document::parse("api.yaml", &written.contract).unwrap();
        if let Err(stage) = generate(&document, &written.contract) {
            let (name, wire, left) = (state.name, state.wire, state.left);
            failed.push(format!("{stage}: {name} ({wire}, by hand: {left:?})"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
