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

/// Type, nullability and reference of a property, in the same words for both sides.
fn essence(schema: &Value) -> (String, bool, Option<String>) {
    let reference = |schema: &Value| {
        let pointers = ["/$ref", "/allOf/0/$ref", "/anyOf/0/$ref"];
        let found = pointers
            .iter()
            .find_map(|pointer| schema.pointer(pointer)?.as_str());
        found.map(|found| found.rsplit('/').next().unwrap().to_owned())
    };
    let null = json!({"type": "null"});
    let types: Vec<_> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect(),
    };
    let nullable = schema["nullable"] == true
        || types.contains(&"null")
        || schema["anyOf"]
            .as_array()
            .is_some_and(|arms| arms.contains(&null));
    let items = schema["items"]
        .is_object()
        .then(|| essence(&schema["items"]));
    let reference = reference(schema);
    let kind = match (&reference, items) {
        (Some(_), _) => String::new(),
        (None, Some(items)) => format!("array of {items:?}"),
        (None, None) => types
            .iter()
            .find(|kind| **kind != "null")
            .unwrap_or(&"any")
            .to_string(),
    };
    (kind, nullable, reference)
}

#[test]
fn the_types_schema_is_the_contract_s() {
    let mut generator = schemars::SchemaGenerator::default();
    generator.subschema_for::<ItemProcessingResults>();
    generator.subschema_for::<processing_results::types::BatchParseJobRecordCreate>();
    generator.subschema_for::<processing_results::types::ClassifyJob>();
    let types = generator.take_definitions(true);
    let contract = crate::properties::contract();
    let mut compared = 0;
    for (name, schema) in contract["components"]["schemas"].as_object().unwrap() {
        let found = &types[name];
        let sorted = |value: &Value| {
            let mut names: Vec<_> = value.as_array().cloned().unwrap_or_default();
            names.sort_by_key(Value::to_string);
            names
        };
        if schema["enum"].is_array() {
            // Listed difference: the types' enums are open, so their values are examples.
            assert_eq!(schema["enum"], found["examples"], "{name}");
            continue;
        }
        assert_eq!(
            sorted(&schema["required"]),
            sorted(&found["required"]),
            "{name}"
        );
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let mut expected = essence(property);
            // Listed difference: what has no type may be null, and does not say so.
            expected.1 |= expected.0 == "any" && found["properties"][field]["type"].is_null();
            let mut actual = essence(&found["properties"][field]);
            actual.1 |= actual.0 == "any";
            assert_eq!(expected, actual, "{name}.{field}");
            compared += 1;
        }
    }
    println!("{compared} fields");
    let components = contract["components"]["schemas"].as_object().unwrap();
    let of = |schema: &Value| {
        schema["properties"]
            .as_object()
            .map_or(0, serde_json::Map::len)
    };
    assert_eq!(compared, components.values().map(of).sum::<usize>());
}
