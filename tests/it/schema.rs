//! The JSON Schema of the types, against payloads that they did not come from.

use processing_results::types::ItemProcessingResults;
use serde_json::{Value, json};

use crate::examples;

#[test]
fn every_example_is_valid_under_the_types_schema() {
    let schema = schemars::schema_for!(ItemProcessingResults);
    let validator = jsonschema::validator_for(schema.as_value()).unwrap();
    for (name, text) in examples::ALL {
        let payload: Value = serde_json::from_str(text).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&payload)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
    for wrong in [
        json!([]),
        json!({"item_id": "a"}),
        json!({"item_id": 1, "item_name": "a"}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn both_records_have_a_schema_too() {
    for (schema, valid, wrong) in [
        (
            schemars::schema_for!(processing_results::types::BatchParseJobRecordCreate),
            json!({"parameters": {"languages": ["xx"], "new": 1}}),
            json!({"parameters": {"max_pages": "3"}}),
        ),
        (
            schemars::schema_for!(processing_results::types::ClassifyJob),
            json!({"id": "i", "project_id": "p", "rules": [], "status": "NEW", "user_id": "u"}),
            json!({"id": "i"}),
        ),
    ] {
        let validator = jsonschema::validator_for(schema.as_value()).unwrap();
        assert!(validator.is_valid(&valid) && !validator.is_valid(&wrong));
    }
}
