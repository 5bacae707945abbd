//! The example payloads, which were written from the documentation and not from the contract: they are read and written
//! back completely.

use processing_results::types::ItemProcessingResults;
use processing_results::{Job, JobType};
use serde_json::Value;

pub const DOCUMENTED: &str = include_str!("../../openapi/examples/documented.json");
pub const HISTORY: &str = include_str!("../../openapi/examples/history.json");
pub const DRIFT: &str = include_str!("../../openapi/examples/drift.json");
pub const ALL: [(&str, &str); 3] = [
    ("documented.json", DOCUMENTED),
    ("history.json", HISTORY),
    ("drift.json", DRIFT),
];

pub fn history(text: &str) -> ItemProcessingResults {
    serde_json::from_str(text).unwrap()
}

/// Explicit nulls may become absent, and `1` may become `1.0`; nothing else.
pub fn essence(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            fields
                .map(|(key, value)| (key.clone(), essence(value)))
                .collect()
        }
        Value::Array(items) => items.iter().map(essence).collect(),
        Value::Number(number) => number.as_f64().map_or_else(|| value.clone(), Value::from),
        other => other.clone(),
    }
}

#[test]
fn decoding_then_encoding_gives_back_every_example() {
    for (name, text) in ALL {
        let before: Value = serde_json::from_str(text).unwrap();
        let after = serde_json::to_value(history(text)).unwrap();
        assert_eq!(essence(&before), essence(&after), "{name}");
    }
}

#[test]
fn typing_then_encoding_a_configuration_gives_it_back_too() {
    for (name, text) in ALL {
        for result in history(text).results() {
            let before: Value = serde_json::from_str(result.job_config.raw()).unwrap();
            let after = match result.job() {
                Job::Parse(record) => serde_json::to_value(record).unwrap(),
                Job::Classify(job) => serde_json::to_value(job).unwrap(),
                Job::Other(other) => other.value().clone(),
                _ => unreachable!("a kind of job that this test does not know"),
            };
            assert_eq!(
                essence(&before),
                essence(&after),
                "{name} {}",
                result.result_id
            );
        }
    }
}

#[test]
fn the_text_of_a_configuration_is_kept_to_the_letter() {
    for (name, text) in ALL {
        for result in history(text).results() {
            assert!(
                text.contains(result.job_config.raw()),
                "{name} {}",
                result.result_id
            );
        }
    }
}

#[test]
fn a_value_decodes_to_the_same_history_as_its_text() {
    for (name, text) in ALL {
        let value: Value = serde_json::from_str(text).unwrap();
        let decoded: ItemProcessingResults = serde_json::from_value(value).unwrap();
        assert_eq!(decoded, history(text), "{name}");
    }
}

#[test]
fn the_documented_example_has_what_the_page_shows() {
    let history = history(DOCUMENTED);
    let [result] = history.results() else {
        panic!("one result")
    };
    assert_eq!(result.job_type, JobType::Parse);
    assert_eq!(result.processed_at.to_string(), "2019-12-27T18:11:19.117Z");
    let Job::Parse(record) = result.job() else {
        panic!("a parse job")
    };
    assert!(record.extra.is_empty());
    let parameters = record.parameters.unwrap();
    assert!(parameters.extra.is_empty(), "{:?}", parameters.extra);
    assert_eq!(
        parameters.azure_openai_key.unwrap().expose(),
        "azure_openai_key"
    );
    let webhooks = parameters.webhook_configurations.unwrap();
    let headers = webhooks[0].webhook_headers.as_ref().unwrap();
    assert_eq!(headers["Authorization"].expose(), "Bearer sk-...");
}

#[test]
fn the_realistic_history_holds_each_kind_of_job() {
    let history = history(HISTORY);
    let types: Vec<_> = history
        .results()
        .iter()
        .map(|result| result.job_type.as_str())
        .collect();
    assert_eq!(types.iter().filter(|kind| **kind == "parse").count(), 2);
    assert!(matches!(
        history.latest(&JobType::Classify).unwrap().job(),
        Job::Classify(_)
    ));
    let Job::Other(other) = history.latest(&JobType::Extract).unwrap().job() else {
        panic!("extract configurations are not documented")
    };
    assert_eq!(
        other.reason(),
        "no configuration is documented for job type extract"
    );
    let parses: Vec<_> = history.of_type(&JobType::Parse).collect();
    assert_ne!(parses[0].parameters_hash, parses[1].parameters_hash);
    assert_eq!(
        history.latest(&JobType::Parse),
        parses.into_iter().max_by_key(|r| &r.processed_at)
    );
}

#[test]
fn drift_costs_nothing_of_the_history() {
    let history = history(DRIFT);
    assert!(!history.extra.is_empty());
    for result in history.results() {
        let documented = matches!(result.job_type, JobType::Parse | JobType::Classify);
        assert_eq!(
            documented,
            !matches!(result.job(), Job::Other(_)),
            "{}",
            result.result_id
        );
    }
    assert!(
        history
            .results()
            .iter()
            .any(|result| !result.job_type.is_known())
    );
}
