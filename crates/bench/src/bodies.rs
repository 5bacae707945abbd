//! Histories of any length, made from the examples of the contract.

use serde_json::{Value, json};

/// What the configurations are like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Every parameter has a value: the documented example, over and over.
    Full,
    /// Parsed, classified, parsed again, extracted; most parameters are null.
    Realistic,
}

/// The id of the item in each history.
pub const ITEM: &str = "7e0f3c52-9a8d-4b61-8f24-1c5d6e7f8a90";

/// The three sizes: 5.5 KB, 275 KB and 11 MB with full parameters.
pub const SIZES: [usize; 3] = [1, 50, 2000];

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 2] = [Kind::Full, Kind::Realistic];

    fn example(self) -> &'static str {
        match self {
            Kind::Full => include_str!("../../../openapi/examples/documented.json"),
            Kind::Realistic => include_str!("../../../openapi/examples/history.json"),
        }
    }
}

/// The JSON of a history with this number of results, without white space, as the
/// service sends it. Ids, hashes, paths and times are as long as real ones.
#[must_use]
pub fn body(kind: Kind, results: usize) -> String {
    let mut history: Value = serde_json::from_str(kind.example()).unwrap();
    let examples = history["processing_results"].take();
    let results = examples.as_array().unwrap().iter().cycle().take(results);
    let results = results.enumerate().map(|(index, example)| {
        let mut result = example.clone();
        let id = format!("b2c4d6e8-1a3c-4e5f-9b7d-{index:012x}");
        let minute = format!("{:02}:{:02}", index / 60 % 24, index % 60);
        result["item_id"] = json!(ITEM);
        result["output_s3_path"] = json!(format!(
            "s3://llama-cloud-outputs/batch/{ITEM}/{id}/result.json"
        ));
        result["parameters_hash"] = json!(format!("{index:064x}"));
        result["processed_at"] = json!(format!("2026-03-01T{minute}:11.119117Z"));
        result["result_id"] = json!(id);
        result
    });
    history["item_id"] = json!(ITEM);
    history["item_name"] = json!("invoice-2026-03.pdf");
    history["processing_results"] = results.collect();
    history.to_string()
}

/// A history in which each configuration has an id of its own, as those of the service have.
#[must_use]
pub fn with_ids(kind: Kind, results: usize) -> String {
    let id = |index| json!(format!("c3d5e7f9-2b4d-4f6a-8c9e-{index:012x}"));
    edited(&body(kind, results), "/correlation_id", id)
}

/// Such a history of which each result has other parameters, as documents have that are given by URL.
#[must_use]
pub fn different(kind: Kind, results: usize) -> String {
    let url = |index| json!(format!("https://files.example.com/{index}.pdf"));
    edited(&with_ids(kind, results), "/parameters/input_url", url)
}

/// The history with another value in each configuration that has one there.
fn edited(body: &str, pointer: &str, new: impl Fn(usize) -> Value) -> String {
    let mut history: Value = serde_json::from_str(body).unwrap();
    let results = history["processing_results"].as_array_mut().unwrap();
    for (index, result) in results.iter_mut().enumerate() {
        if let Some(value) = result["job_config"].pointer_mut(pointer) {
            *value = new(index);
        }
    }
    history.to_string()
}

/// The configuration of one run with every parameter.
#[must_use]
pub fn configuration() -> String {
    let body: Value = serde_json::from_str(&body(Kind::Full, 1)).unwrap();
    body["processing_results"][0]["job_config"].to_string()
}
