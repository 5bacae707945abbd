//! Each state of a vendor's document is followed, and the contract comes back from it.

use super::vendor_states::{State, base, states};
use super::{check_any_api, contract};
use processing_results_contract::Document;
use processing_results_contract::diff::{self, Change};
use processing_results_contract::upstream::{Source, Texts, Written, compare, write};
use serde_json::Value;

/// Follows a document, and what is left for a person. All else is in sync, and a check only wants descriptions.
fn followed(name: &str, before: &Texts, vendor: &Value) -> Written {
    let vendor = vendor.to_string();
    let texts = Texts {
        vendor: &vendor,
        ..*before
    };
    let written = write(Source::Document, texts, "2026-11-27").expect(name);
    let after = Texts {
        contract: &written.contract,
        ledger: &written.ledger,
        vendor: &vendor,
    };
    let report = compare(Source::Document, after).expect(name);
    let mut places: Vec<String> = report
        .differences
        .iter()
        .map(|found| format!("{} ({})", found.place, found.kind))
        .collect();
    places.dedup();
    assert_eq!(places, written.left, "{name}");
    assert!(report.stale.is_empty(), "{name}: {:?}", report.stale);
    assert_eq!(report.defaults, 0, "{name}");
    let described = written.contract.replace("To be described.", "Described.");
    let findings = check_any_api("", &described);
    assert!(findings.is_empty(), "{name}: {findings:#?}");
    written
}

#[test]
fn each_state_is_followed_there_and_back() {
    let original = contract();
    let base = base(&original);
    let mut failed = Vec::new();
    for state in states(&base) {
        let State {
            name,
            vendor,
            left,
            wire,
        } = &state;
        let texts = Texts {
            contract: &original,
            vendor: "",
            ledger: "",
        };
        let there = followed(name, &texts, vendor);
        let worst = worst(&original, &there.contract);
        if (&there.left, &worst) != (left, wire) {
            failed.push(format!("{name}: {:?}, {worst}", there.left));
        }
        let texts = Texts {
            contract: &there.contract,
            vendor: "",
            ledger: &there.ledger,
        };
        followed(&format!("{name}, back"), &texts, &base);
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// The worst that `diff` says of the wire.
fn worst(before: &str, after: &str) -> String {
    let read = |text: &str| Document::parse("", text).expect("a contract");
    let changes = diff::compare(&read(before), &read(after));
    let worst = changes.iter().map(Change::wire).max();
    worst.map_or("none".to_owned(), |wire| wire.to_string())
}
