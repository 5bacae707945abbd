//! The facts of the contract, and its agreement with the documented page's counts.

use std::collections::BTreeMap;

use processing_results::{Region, spec, types};
use processing_results_contract::Document;
use serde_json::Value;

fn schemas() -> BTreeMap<String, Value> {
    let json = Document::parse("contract", spec::YAML).unwrap().to_json();
    let schemas = json["components"]["schemas"].as_object().unwrap();
    schemas
        .iter()
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect()
}

#[test]
fn the_facts_are_those_of_the_file() {
    let text = include_str!("../../openapi/processing-results.yaml");
    assert_eq!(spec::YAML, text);
    assert!(text.contains(&format!("version: \"{}\"", spec::API_VERSION)));
    assert_eq!(
        spec::SERVERS,
        [Region::NorthAmerica.base_url(), Region::Eu.base_url()]
    );
    assert!(spec::SHA256.bytes().all(|byte| byte.is_ascii_hexdigit()) && spec::SHA256.len() == 64);
}

#[test]
fn the_digest_is_that_of_the_text() {
    let output = std::process::Command::new("sha256sum")
        .arg("openapi/processing-results.yaml")
        .output();
    // Not every system has the command; the digest of the build is the same everywhere.
    if let Ok(output) = output {
        assert!(String::from_utf8_lossy(&output.stdout).starts_with(spec::SHA256));
    }
}

#[test]
fn open_enums_know_the_contract_s_values_and_keep_all_others() {
    let values: Vec<_> = types::ParsingLanguages::KNOWN
        .iter()
        .map(types::ParsingLanguages::as_str)
        .collect();
    assert_eq!(
        serde_json::json!(values),
        schemas()["ParsingLanguages"]["enum"]
    );
    let new: types::StatusEnum = "RESUMED".parse().unwrap();
    assert_eq!(new, types::StatusEnum::Unknown("RESUMED".to_owned()));
    assert_eq!(
        (new.as_str(), new.to_string().as_str(), new.is_known()),
        ("RESUMED", "RESUMED", false)
    );
    assert_eq!(types::JobType::from("parse"), types::JobType::Parse);
    assert_eq!(format!("[{:>8}]", types::JobType::Parse), "[   parse]");
    assert_eq!(
        serde_json::to_string(&types::WebhookEvent::ParseSuccess).unwrap(),
        "\"parse.success\""
    );
    for escaped in [r#""p\u0061rse""#, "\"parse\""] {
        assert_eq!(
            serde_json::from_str::<types::JobType>(escaped).unwrap(),
            types::JobType::Parse
        );
    }
}

/// The wire format, which changes only with an edit of the contract.
#[test]
fn the_wire_is_the_accepted_one() {
    let document = Document::parse("contract", spec::YAML).unwrap();
    let listing = processing_results_contract::wire::listing(&document);
    crate::golden::check("wire.txt", &listing);
}
