//! Arbitrary histories, made from the contract itself: nothing is lost, and nothing that the service sends costs the
//! rest of the history.

use std::collections::BTreeSet;

use processing_results::types::ItemProcessingResults;
use processing_results::{Job, spec};
use processing_results_contract::Document;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::examples::essence;

/// The contract as it is written.
pub fn complete_contract() -> Value {
    Document::parse("contract", spec::YAML).unwrap().to_json()
}

/// The contract without error responses and what only they refer to, which has no types.
pub fn contract() -> Value {
    let mut contract = complete_contract();
    for path in contract["paths"].as_object_mut().unwrap().values_mut() {
        let responses = path["get"]["responses"].as_object_mut().unwrap();
        responses.retain(|status, _| status == "200");
    }
    let schemas = contract["components"]["schemas"].take();
    let mut reached = Map::new();
    let mut open = vec![contract["paths"].clone()];
    while let Some(value) = open.pop() {
        for text in value.to_string().split('"') {
            if let Some(name) = text.strip_prefix("#/components/schemas/")
                && !reached.contains_key(name)
            {
                reached.insert(name.to_owned(), schemas[name].clone());
                open.push(schemas[name].clone());
            }
        }
    }
    contract["components"]["schemas"] = reached.into();
    contract
}

/// The schema that a reference names, alone or in an `allOf`.
pub fn resolve<'a>(contract: &'a Value, schema: &'a Value) -> (Option<&'a str>, &'a Value) {
    let reference = schema["$ref"]
        .as_str()
        .or_else(|| schema.pointer("/allOf/0/$ref")?.as_str());
    match reference {
        Some(reference) => {
            let name = reference.rsplit('/').next().unwrap();
            (Some(name), contract.pointer(&reference[1..]).unwrap())
        }
        None => (None, schema),
    }
}

fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
    .boxed()
}

/// Any value that the schema allows, and more: new enum values, unknown keys.
fn instance(contract: &'static Value, schema: &'static Value) -> BoxedStrategy<Value> {
    let (name, schema) = resolve(contract, schema);
    if name == Some("JobConfig") {
        let record = instance(
            contract,
            &contract["components"]["schemas"]["BatchParseJobRecordCreate"],
        );
        let job = instance(contract, &contract["components"]["schemas"]["ClassifyJob"]);
        return prop_oneof![record, job, any_json()].boxed();
    }
    if let Some(values) = schema["enum"].as_array() {
        let known = prop::sample::select(values.clone());
        return prop_oneof![9 => known, 1 => any::<String>().prop_map(Value::from)].boxed();
    }
    match schema["type"].as_str() {
        Some("string") if schema["format"] == "date-time" => {
            "20[0-9]{2}-0[1-9]-1[0-9][T ]0[0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-]0[0-9]:30)?"
                .prop_map(Value::from)
                .boxed()
        }
        Some("string") => any::<String>().prop_map(Value::from).boxed(),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => any::<i64>().prop_map(Value::from).boxed(),
        Some("number") => prop_oneof![any::<i32>().prop_map(Value::from), (-1e6..1e6).prop_map(Value::from)].boxed(),
        Some("array") => prop::collection::vec(instance(contract, &schema["items"]), 0..3).prop_map(Value::from).boxed(),
        Some("object") if schema["properties"].is_object() => object(contract, schema),
        Some("object") if schema["additionalProperties"] != json!({}) => {
            let value = instance(contract, &schema["additionalProperties"]);
            prop::collection::btree_map(any::<String>(), value, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect()))
                .boxed()
        }
        Some("object") => prop::collection::btree_map(any::<String>(), any_json(), 0..3)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
            .boxed(),
        None => any_json(),
        Some(other) => unreachable!("a type that the contract does not have: {other}"),
    }
}

fn object(contract: &'static Value, schema: &'static Value) -> BoxedStrategy<Value> {
    let properties = schema["properties"].as_object().unwrap();
    let required: Vec<_> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let fields: Vec<_> = properties
        .iter()
        .map(|(name, schema)| {
            let value = instance(contract, schema).prop_map(Some);
            let value = match required.contains(&&json!(name)) {
                true => value.boxed(),
                false => {
                    prop_oneof![2 => value, 1 => Just(None), 1 => Just(Some(Value::Null))].boxed()
                }
            };
            value.prop_map(move |value| value.map(|value| (name.clone(), value)))
        })
        .collect();
    let known: BTreeSet<_> = properties.keys().cloned().collect();
    let unknown = prop::collection::btree_map(any::<String>(), any_json(), 0..2);
    (fields, unknown)
        .prop_map(move |(fields, unknown)| {
            let unknown = unknown
                .into_iter()
                .filter(|(name, _)| !known.contains(name));
            Value::Object(
                fields
                    .into_iter()
                    .flatten()
                    .chain(unknown)
                    .collect::<Map<_, _>>(),
            )
        })
        .boxed()
}

#[test]
fn nothing_of_any_history_is_lost() {
    let contract: &'static Value = Box::leak(Box::new(contract()));
    let history = instance(
        contract,
        &contract["components"]["schemas"]["ItemProcessingResults"],
    );
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(
        Config {
            cases: 150,
            failure_persistence: None,
            ..Config::default()
        },
        rng,
    );
    let result = runner.run(&history, |before| {
        let text = before.to_string();
        let history: ItemProcessingResults = serde_json::from_str(&text)
            .map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        prop_assert_eq!(
            essence(&serde_json::to_value(&history).unwrap()),
            essence(&before)
        );
        for result in history.results() {
            let after = match result.job() {
                Job::Parse(record) => serde_json::to_value(record).unwrap(),
                Job::Classify(job) => serde_json::to_value(job).unwrap(),
                _ => continue,
            };
            let config: Value = serde_json::from_str(result.job_config.raw()).unwrap();
            prop_assert_eq!(essence(&after), essence(&config));
        }
        Ok(())
    });
    result.unwrap();
}

/// One place of the contract, with a complete response that has a value there.
struct Place {
    pointer: String,
    is_enum: bool,
    is_optional: bool,
    job_type: &'static str,
}

/// Walks the contract from the response through both records, and fills in a value everywhere.
fn full(
    contract: &Value,
    schema: &Value,
    job: &'static str,
    at: String,
    places: &mut Vec<Place>,
) -> Value {
    let (name, schema) = resolve(contract, schema);
    if name == Some("JobConfig") {
        let record = if job == "parse" {
            "BatchParseJobRecordCreate"
        } else {
            "ClassifyJob"
        };
        return full(
            contract,
            &contract["components"]["schemas"][record],
            job,
            at,
            places,
        );
    }
    if let Some(values) = schema["enum"].as_array() {
        places.push(Place {
            pointer: at.clone(),
            is_enum: true,
            is_optional: false,
            job_type: job,
        });
        return if at.ends_with("/job_type") {
            json!(job)
        } else {
            values[0].clone()
        };
    }
    match schema["type"].as_str() {
        Some("string") if schema["format"] == "date-time" => json!("2026-01-02T03:04:05Z"),
        Some("string") => json!("text"),
        Some("boolean") => json!(true),
        Some("integer") => json!(1),
        Some("number") => json!(0.5),
        Some("array") => json!([full(
            contract,
            &schema["items"],
            job,
            format!("{at}/0"),
            places
        )]),
        Some("object") if schema["properties"].is_object() => {
            let required: Vec<_> = schema["required"]
                .as_array()
                .into_iter()
                .flatten()
                .collect();
            let mut fields = Map::new();
            for (key, property) in schema["properties"].as_object().unwrap() {
                let pointer = format!("{at}/{key}");
                if !required.contains(&&json!(key)) {
                    places.push(Place {
                        pointer: pointer.clone(),
                        is_enum: false,
                        is_optional: true,
                        job_type: job,
                    });
                }
                fields.insert(key.clone(), full(contract, property, job, pointer, places));
            }
            Value::Object(fields)
        }
        _ => json!({"key": "value"}),
    }
}

#[test]
fn every_enum_position_and_every_optional_field_takes_the_unexpected() {
    let contract = contract();
    let root = &contract["components"]["schemas"]["ItemProcessingResults"];
    let (mut enums, mut optional) = (BTreeSet::new(), BTreeSet::new());
    for job in ["parse", "classify"] {
        let mut places = Vec::new();
        let whole = full(&contract, root, job, String::new(), &mut places);
        for place in &places {
            let mut variants = Vec::new();
            if place.is_enum {
                enums.insert(place.pointer.clone());
                variants.push(json!("a value that nobody knows"));
            }
            if place.is_optional {
                optional.insert(place.pointer.clone());
                variants.push(Value::Null);
            }
            for value in variants {
                let mut mutated = whole.clone();
                *mutated.pointer_mut(&place.pointer).unwrap() = value.clone();
                let history: ItemProcessingResults = serde_json::from_value(mutated.clone())
                    .unwrap_or_else(|error| panic!("{} as {value}: {error}", place.pointer));
                assert_eq!(
                    essence(&serde_json::to_value(&history).unwrap()),
                    essence(&mutated),
                    "{}",
                    place.pointer
                );
                for result in history
                    .results()
                    .iter()
                    .filter(|result| result.job_type.is_known())
                {
                    let is_typed = !matches!(result.job(), Job::Other(_));
                    assert!(
                        is_typed,
                        "{} of {} as {value}",
                        place.pointer, place.job_type
                    );
                }
            }
        }
    }
    // Counted by the contract's text: a position is a property, or an array's
    // item, that refers to an enum; `job_type` of a result is one of them.
    let schemas = contract["components"]["schemas"].as_object().unwrap();
    let (mut positions, mut fields) = (0, 0);
    for schema in schemas.values() {
        let required = schema["required"].as_array().map_or(0, Vec::len);
        let properties = schema["properties"].as_object();
        fields += properties.map_or(0, |properties| properties.len() - required);
        for property in properties.into_iter().flat_map(Map::values) {
            for schema in [property, &property["items"]] {
                positions += usize::from(resolve(&contract, schema).1["enum"].is_array());
            }
        }
    }
    println!("{positions} positions of enums, {fields} optional fields");
    assert_eq!((enums.len(), optional.len()), (positions, fields));
}
