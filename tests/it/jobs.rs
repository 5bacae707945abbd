//! What `ProcessingResult::job` returns.

use processing_results::Job;
use processing_results::types::{
    BatchParseJobRecordCreate, ClassifyJob, JobConfig, ProcessingResult,
};
use serde_json::{Value, json};

fn result(job_type: &str, config: &str) -> ProcessingResult {
    let text = format!(
        r#"{{"item_id": "a", "job_config": {config}, "job_type": "{job_type}", "output_s3_path": "",
            "parameters_hash": "h", "processed_at": "2026-01-02T03:04:05", "result_id": "r"}}"#
    );
    serde_json::from_str(&text).unwrap()
}

fn classify_job() -> Value {
    json!({
        "id": "c", "project_id": "p", "status": "PENDING", "user_id": "u",
        "rules": [{"description": "d", "type": "t"}],
    })
}

#[test]
fn any_part_of_a_record_is_a_parse_job() {
    for config in [
        "{}",
        r#"{"project_id": null}"#,
        r#"{"new": [1, {"deep": true}]}"#,
        r#"{"parameters": {}}"#,
    ] {
        let Job::Parse(record) = result("parse", config).job() else {
            panic!("{config}")
        };
        let expected: Value = serde_json::from_str(config).unwrap();
        if !config.contains("null") {
            assert_eq!(serde_json::to_value(record).unwrap(), expected);
        }
    }
}

#[test]
fn a_classify_job_may_have_new_keys_and_a_new_status() {
    let mut config = classify_job();
    config["status"] = "RESUMED".into();
    config["new"] = 1.into();
    let Job::Classify(job) = result("classify", &config.to_string()).job() else {
        panic!("a classify job")
    };
    assert!(!job.status.is_known());
    assert_eq!(job.extra["new"], 1);
    assert_eq!(serde_json::to_value(job).unwrap(), config);
}

#[test]
fn undocumented_job_types_keep_any_value() {
    for job_type in ["extract", "translate", ""] {
        for config in [
            "{}",
            "[1]",
            "\"text\"",
            "null",
            "1e400",
            "12345678901234567890123",
        ] {
            let result = result(job_type, config);
            let Job::Other(other) = result.job() else {
                panic!("{job_type} {config}")
            };
            assert!(
                other.reason().starts_with("no configuration is documented"),
                "{}",
                other.reason()
            );
            assert_eq!(other.json_path(), None);
            assert_eq!(result.job_config.raw(), config);
        }
    }
}

#[test]
fn what_does_not_decode_keeps_its_value_and_says_why_without_it() {
    let cases = [
        ("parse", "null", "the root", "found null"),
        ("parse", "[]", "the root", "found an array"),
        ("parse", "\"CANARY\"", "the root", "found a string"),
        (
            "parse",
            r#"{"parameters": {"hide_headers": "CANARY, expected x at line 1"}}"#,
            "parameters.hide_headers",
            "expected a boolean, found a string",
        ),
        (
            "parse",
            r#"{"parameters": {"webhook_configurations": [{}, {"webhook_headers": {"x": ["CANARY"]}}]}}"#,
            "parameters.webhook_configurations[1].webhook_headers.x",
            "expected a string, found an array",
        ),
        (
            "parse",
            r#"{"parameters": {"languages": [1]}}"#,
            "parameters.languages[0]",
            "expected a string, found a number",
        ),
        (
            "parse",
            r#"{"parameters": {"tier": null, "tier": "CANARY"}}"#,
            "parameters.tier",
            "field `tier` appears twice",
        ),
        (
            "parse",
            r#"{"parameters": {"lang": "en", "max_pages": 1E400, "tier": "x"}}"#,
            "parameters.max_pages",
            "number out of range",
        ),
        (
            "parse",
            "{\"parameters\":\n{\"page_error_tolerance\": -12e9999}}",
            "parameters.page_error_tolerance",
            "number out of range",
        ),
        ("classify", "{}", "the root", "field `id` is missing"),
        (
            "classify",
            r#"{"id": "1", "id": "2"}"#,
            "id",
            "field `id` appears twice",
        ),
        (
            "classify",
            "{\n  \"rules\": [\n    {\"type\": \"CANARY\", \"description\": \"\"},\n    {\"type\": \"\"}\n  ]\n}",
            "rules[1]",
            "field `description` is missing",
        ),
        (
            "parse",
            r#"{"webhook_url": null, "parameters": {"webhook_configurations": [{"webhook_headers": {"a.b": "", "c.d": 1}}]}}"#,
            "parameters.webhook_configurations[0].webhook_headers.c.d",
            "expected a string, found a number",
        ),
    ];
    for (job_type, config, path, why) in cases {
        let result = result(job_type, config);
        let Job::Other(other) = result.job() else {
            panic!("{config}")
        };
        assert_eq!(other.json_path(), Some(path), "{config}");
        assert!(
            other.reason().ends_with(why),
            "{config}: {}",
            other.reason()
        );
        assert!(!format!("{} {other:?} {other:#?}", other.reason()).contains("CANARY"));
        if let Ok(value) = serde_json::from_str::<Value>(config) {
            assert_eq!(*other.value(), value, "{config}");
        }
        assert!(!other.value().is_null() || config == "null");
        assert_eq!(result.job_config.raw(), config);
    }
}

#[test]
fn records_become_configurations_and_back() {
    let record: BatchParseJobRecordCreate =
        serde_json::from_value(json!({"user_id": "u", "parameters": {"max_pages": 3, "new": "x"}}))
            .unwrap();
    let mut parsed = result("parse", "{}");
    parsed.job_config = record.clone().into();
    assert_eq!(parsed.job(), Job::Parse(Box::new(record)));

    let job: ClassifyJob = serde_json::from_value(classify_job()).unwrap();
    let mut classified = result("classify", "{}");
    classified.job_config = JobConfig::from(job.clone());
    assert_eq!(classified.job(), Job::Classify(Box::new(job)));
}

#[test]
fn configurations_are_equal_if_their_json_is() {
    let config = |text: &str| serde_json::from_str::<JobConfig>(text).unwrap();
    assert_eq!(
        config(r#"{"a": 1, "b": [2]}"#),
        config(r#"{"b":[2],"a":1}"#)
    );
    assert_ne!(config(r#"{"a": 1}"#), config(r#"{"a": 2}"#));
}
