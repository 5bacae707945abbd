//! The sample data of `--demo` and `serve`: two dozen items with what people look for in their own.
//!
//! There are repeats after minutes and after months, changed parameters, failed jobs, an item without results, all job
//! types, and a history with fields that the contract lacks. They are made up and always the same, so that examples in
//! the documentation stay true. A mock server in this process serves them.

use jiff::{SignedDuration, Timestamp};
use processing_results_mock::EXAMPLES;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::text::hex;

/// The item that shows most, which examples and hints name.
pub(crate) const EXAMPLE: &str = "invoice-0001";
/// The bundled example with the values of the documentation page. They are placeholders, so it is not in the demo.
const PLACEHOLDER: &str = "documented";

/// Kinds of documents, how many there are of each, and the ending of their names.
const DOCUMENTS: [(&str, usize, &str); 4] = [
    ("invoice", 8, "pdf"),
    ("contract", 6, "docx"),
    ("receipt", 5, "jpg"),
    ("report", 3, "pdf"),
];
/// Ids as the service has them: a prefix, and not always a UUID.
const PROJECT: &str = "prj-6f0c2d5e-8a41-4b7e-9c13-2f9d7e5b1a60";
const BATCH: &str = "bjb-41c7e0a9";
/// When the first item was processed, in seconds since 1970: 2026-01-05, 08:00 UTC.
const START: i64 = 1_767_600_000;
/// In seconds.
const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// The items, each a complete response of the API. They are always the same.
pub(crate) fn items() -> Vec<String> {
    let examples = EXAMPLES.iter().filter(|(name, _)| *name != PLACEHOLDER);
    let mut items: Vec<_> = examples.map(|(_, json)| (*json).to_owned()).collect();
    let mut number = 0;
    for (kind, count, ending) in DOCUMENTS {
        // The first invoice is one of the examples.
        let first = if kind == "invoice" { 2 } else { 1 };
        for at in first..first + count {
            let id = format!("{kind}-{at:04}");
            items.push(item(number, &id, kind, ending).to_string());
            number += 1;
        }
    }
    items
}

/// The ids of the items, sorted.
pub(crate) fn ids() -> Vec<String> {
    let id = |json: String| {
        let item: Value = serde_json::from_str(&json).ok()?;
        item["item_id"].as_str().map(str::to_owned)
    };
    let mut ids: Vec<_> = items().into_iter().filter_map(id).collect();
    ids.sort();
    ids
}

/// An item, whose number decides what was done to it.
fn item(number: i64, id: &str, kind: &str, ending: &str) -> Value {
    let mut results = Results {
        item_id: id.to_owned(),
        time: START + number * 3 * DAY + number * 37 * MINUTE,
        list: Vec::new(),
    };
    let tier = ["cost_effective", "agentic", "fast"][usize::try_from(number % 3).unwrap_or(0)];
    let mut parameters = json!({
        "tier": tier, "version": "2026-01-08", "languages": ["en"], "max_pages": 50,
        "project_id": PROJECT, "high_res_ocr": kind == "receipt"
    });
    if number == 20 {
        return json!({"item_id": id, "item_name": format!("{id}.{ending}"), "processing_results": []});
    }
    results.parse(0, &parameters, number != 11);
    if kind != "report" {
        let status = if number % 9 == 7 { "ERROR" } else { "SUCCESS" };
        results.classify(4 * MINUTE, status);
    }
    if number % 3 == 0 {
        // Submitted twice by mistake.
        results.parse(11 * MINUTE, &parameters, true);
    }
    if number % 4 == 1 {
        parameters["tier"] = json!("agentic_plus");
        parameters["languages"] = json!(["en", "de"]);
        parameters["merge_tables_across_pages_in_markdown"] = json!(true);
        results.parse(20 * DAY, &parameters, true);
    }
    if number % 5 == 2 {
        results.extract(2 * MINUTE, "PER_DOC");
        results.extract(9 * DAY, if number == 12 { "PER_PAGE" } else { "PER_DOC" });
    }
    if number % 6 == 5 {
        // Processed again, months later.
        results.parse(60 * DAY, &parameters, true);
    }
    json!({"item_id": id, "item_name": format!("{id}.{ending}"), "processing_results": results.list})
}

/// The results of one item, in the order of time.
struct Results {
    item_id: String,
    /// When the last result was made, in seconds since 1970.
    time: i64,
    list: Vec<Value>,
}

impl Results {
    /// Adds a parse job, `later` seconds after the result before it. One that is not done has no output.
    fn parse(&mut self, later: i64, parameters: &Value, is_done: bool) {
        let config = json!({
            "job_name": "parse_raw_file_job", "parameters": parameters, "project_id": PROJECT,
            "partitions": {"batch_id": BATCH}, "user_id": "usr-0d3b9a72"
        });
        let output = if is_done { "parse.md" } else { "" };
        self.push(later, "parse", parameters, &config, output);
    }

    /// Adds a classify job with this status, `later` seconds after the result before it.
    fn classify(&mut self, later: i64, status: &str) {
        let rules = json!([
            {"type": "invoice", "description": "States an amount to be paid and a due date."},
            {"type": "contract", "description": "Sets out an agreement that two parties sign."},
            {"type": "receipt", "description": "Confirms that something has been paid."}
        ]);
        let error = (status != "SUCCESS").then_some("The document has no readable page.");
        let config = json!({
            "id": format!("clj-{}", &hash(&json!(self.item_id))[..8]), "project_id": PROJECT, "user_id": "usr-0d3b9a72",
            "rules": rules, "status": status, "mode": "FAST", "error_message": error
        });
        self.push(later, "classify", &rules, &config, "");
    }

    /// Adds an extract job, whose configuration the contract does not know, `later` seconds after the result before it.
    fn extract(&mut self, later: i64, target: &str) {
        let config = json!({
            "config": {"extraction_mode": "BALANCED", "extraction_target": target},
            "data_schema": {"type": "object", "properties": {"total": {"type": "number"}}},
            "project_id": PROJECT
        });
        self.push(later, "extract", &config, &config, "extract.json");
    }

    /// Adds a result. Results with equal `hashed` values have the same parameters hash, as those of the service do.
    fn push(&mut self, later: i64, job_type: &str, hashed: &Value, config: &Value, output: &str) {
        self.time += later;
        let (item_id, number) = (&self.item_id, self.list.len() + 1);
        let time = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(self.time);
        let id = hash(&json!([item_id, number]));
        let output = match output {
            "" => String::new(),
            name => format!("s3://example-output/batches/{BATCH}/{item_id}/{number}-{name}"),
        };
        self.list.push(json!({
            "item_id": item_id, "job_type": job_type, "job_config": config, "output_s3_path": output,
            "parameters_hash": hash(hashed), "processed_at": time.to_string(),
            "result_id": format!("{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..32])
        }));
    }
}

/// A checksum, for ids and hashes that look like those of the service and are always the same.
fn hash(value: &Value) -> String {
    hex(&Sha256::digest(value.to_string()))
}

#[cfg(test)]
mod tests {
    use processing_results::types::ItemProcessingResults;

    use super::*;

    #[test]
    fn the_demo_has_something_of_everything_and_no_placeholder() {
        let histories: Vec<ItemProcessingResults> = items()
            .iter()
            .map(|json| serde_json::from_str(json).unwrap())
            .collect();
        assert_eq!(histories.len(), 24);
        let repeats = histories.iter().filter(|it| !it.duplicates().is_empty());
        assert!(repeats.count() >= 8);
        assert!(histories.iter().any(|it| it.results().is_empty()));
        let configs = histories.iter().flat_map(|it| it.results());
        let failed = configs.filter(|it| it.job_config.raw().contains("\"ERROR\""));
        assert!(failed.count() >= 2);
        let ids = ids();
        assert_eq!(ids.len(), 24);
        assert!(ids.contains(&EXAMPLE.to_owned()) && !ids.contains(&"item_id".to_owned()));
    }
}
