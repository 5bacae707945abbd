//! A document of OpenAPI 3.1 in the manner of the vendor's, made from the contract: the same structure under other
//! names, in another order, with prose, limits, defaults and other calls that are nobody's concern here.

use processing_results_contract::Document;
use serde_json::{Map, Value, json};

/// Names of components, here and at the vendor.
pub(super) const NAMES: [(&str, &str); 3] = [
    ("ItemProcessingResults", "ItemProcessingResultsResponse"),
    ("JobType", "BatchJobType"),
    ("ParsingLanguages", "ParserLanguages"),
];

/// Enums that the vendor writes where they are used, some of them as `const`.
const INLINE: [&str; 5] = [
    "Priority",
    "ImageKind",
    "WebhookEvent",
    "JobName",
    "ParametersType",
];

/// Optional fields that are not nullable at the vendor.
const NOT_NULLABLE: [&str; 10] = [
    "processing_results",
    "job_name",
    "partitions",
    "languages",
    "lang",
    "type",
    "effective_at",
    "mode",
    "parsing_configuration",
    "parameters",
];

/// Texts that the vendor calls UUIDs.
const UUIDS: [&str; 6] = [
    "organization_id",
    "project_id",
    "session_id",
    "correlation_id",
    "parent_job_execution_id",
    "id",
];

pub(super) const PATH: &str = "/api/v1/beta/batch-processing/items/{batch_item}/processing-results";

/// What came into the vendor's document after the page was transcribed: on which day, at which component, a field with
/// its schema or a value with the one before it.
const SINCE: [(&str, &str, &str); 4] = [
    (
        "2026-06-29",
        "WebhookConfiguration",
        r#"{"webhook_signing_secret": {"anyOf": [{"type": "string"}, {"type": "null"}]}}"#,
    ),
    (
        "2026-06-29",
        "WebhookEvent",
        r#"["classify.pending", "classify.running", "classify.cancelled", "sheets.pending", "sheets.success", "sheets.error",
            "sheets.partial_success", "sheets.cancelled", "split.pending", "split.processing", "split.success",
            "split.error", "split.cancelled"]"#,
    ),
    (
        "2026-08-20",
        "BatchParseJobConfig",
        r#"{"confidence_score_effort": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "annotate_revisions": {"anyOf": [{"type": "boolean"}, {"type": "null"}]}}"#,
    ),
    (
        "2026-08-20",
        "WebhookEvent",
        r#"["split.cancelled", "batch.pending", "batch.running", "batch.success", "batch.error", "batch.cancelled"]"#,
    ),
];

/// The vendor's document of a day.
pub(super) fn on(day: &str, contract: &str) -> Value {
    let mut contract = Document::parse("", contract)
        .expect("the contract")
        .to_json();
    for (since, component, what) in SINCE {
        let what: Value = serde_json::from_str(what).expect("JSON");
        let schema = &mut contract["components"]["schemas"][component];
        match what {
            Value::Array(values) => listed(
                schema["enum"].as_array_mut().expect("values"),
                &values,
                since <= day,
            ),
            fields => {
                let properties = schema["properties"].as_object_mut().expect("fields");
                for (name, field) in fields.as_object().expect("fields") {
                    match since <= day {
                        true => drop(properties.insert(name.clone(), field.clone())),
                        false => drop(properties.remove(name)),
                    }
                }
            }
        }
    }
    spelled(&contract)
}

/// Adds values behind the first of the list, which is there, or takes them out.
fn listed(values: &mut Vec<Value>, list: &[Value], there: bool) {
    let kept: Vec<&Value> = if list[0] == "split.cancelled" {
        list[1..].iter().collect()
    } else {
        list[1..]
            .iter()
            .filter(|value| **value != "classify.cancelled")
            .collect()
    };
    values.retain(|value| !kept.contains(&value));
    for (index, value) in list.iter().enumerate().skip(1).filter(|_| there) {
        if !values.contains(value) {
            let before = values.iter().position(|other| *other == list[index - 1]);
            values.insert(before.expect("the one before") + 1, value.clone());
        }
    }
}

/// The contract as its vendor spells it.
fn spelled(contract: &Value) -> Value {
    let schemas = contract["components"]["schemas"]
        .as_object()
        .expect("components");
    let mut theirs = Map::new();
    for (name, schema) in schemas
        .iter()
        .rev()
        .filter(|(name, _)| *name != "JobConfig" && !INLINE.contains(&name.as_str()))
    {
        theirs.insert(
            their_name(name).to_owned(),
            component(contract, name, schema),
        );
    }
    theirs.insert(
        "Metadata".into(),
        json!({"type": "object", "properties": {}, "title": "Metadata"}),
    );
    theirs.insert(
        "Names".into(),
        json!({"type": "string", "enum": ["one", "other"]}),
    );
    theirs.insert(
        "Invalid".into(),
        json!({"type": "object", "properties": {"detail": {"type": "array", "items": {"$ref": "#/components/schemas/Detail"}}}}),
    );
    theirs.insert(
        "Detail".into(),
        json!({"type": "object", "properties": {"inner": {"$ref": "#/components/schemas/Detail"}}}),
    );
    theirs.insert(
        "Elsewhere".into(),
        json!({"$ref": "#/components/schemas/Missing"}),
    );
    let path = contract["paths"]
        .as_object()
        .expect("paths")
        .values()
        .next()
        .expect("a path");
    let parameters = path["get"]["parameters"]
        .as_array()
        .expect("parameters")
        .iter()
        .rev();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Platform", "version": "0.1.0"},
        "paths": {
            "/api/v1/elsewhere": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Elsewhere"}}}}}}},
            PATH: {"get": {
                "operationId": "items_results_get",
                "parameters": parameters.map(|parameter| their_parameter(contract, parameter)).collect::<Value>(),
                "responses": {
                    "200": {"description": "Yes", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ItemProcessingResultsResponse"}}}},
                    "422": {"description": "No", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Invalid"}}}},
                },
            }},
        },
        "components": {"schemas": theirs},
    })
}

pub(super) fn their_name(name: &str) -> &str {
    NAMES
        .iter()
        .find(|(ours, _)| *ours == name)
        .map_or(name, |(_, theirs)| theirs)
}

fn their_parameter(contract: &Value, parameter: &Value) -> Value {
    let required = parameter["required"] == true;
    let name = if parameter["in"] == "path" {
        "batch_item"
    } else {
        parameter["name"].as_str().expect("a name")
    };
    let mut schema = value(contract, name, &parameter["schema"]);
    if !required {
        schema = json!({"anyOf": [schema, {"type": "null"}], "title": "Parameter"});
    }
    json!({"name": name, "in": parameter["in"], "required": required, "schema": schema})
}

fn component(contract: &Value, name: &str, schema: &Value) -> Value {
    if schema["enum"].is_array() {
        return json!({"enum": schema["enum"], "type": "string", "title": name, "description": "Prose."});
    }
    let required: Vec<&Value> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let fields = schema["properties"]
        .as_object()
        .expect("fields")
        .iter()
        .rev();
    let fields: Map<String, Value> = fields
        .map(|(field, schema)| {
            let required = required.iter().any(|name| *name == field);
            (
                field.clone(),
                their_field(contract, field, schema, required),
            )
        })
        .collect();
    let mut object = json!({"properties": fields, "type": "object", "title": name});
    if !required.is_empty() {
        object["required"] = required.into_iter().rev().cloned().collect();
    }
    object
}

fn their_field(contract: &Value, name: &str, schema: &Value, required: bool) -> Value {
    if schema.get("anyOf").is_some() {
        return schema.clone();
    }
    let mut theirs = match name {
        "output_metadata" => json!({"$ref": "#/components/schemas/Metadata"}),
        "job_config" => json!({"anyOf": [
            {"$ref": "#/components/schemas/BatchParseJobRecordCreate"},
            {"$ref": "#/components/schemas/ClassifyJob"},
        ]}),
        _ => value(contract, name, schema),
    };
    let nullable = schema["nullable"] == true || name == "output_metadata";
    let is_record = schema["allOf"][0]["$ref"] == "#/components/schemas/BatchParseJobConfig";
    if !required && nullable && (is_record || !NOT_NULLABLE.contains(&name)) {
        theirs = json!({"anyOf": [theirs, {"type": "null"}]});
    }
    theirs["title"] = name.into();
    if theirs["type"] == "boolean" || theirs["anyOf"][0]["type"] == "boolean" {
        theirs["default"] = false.into();
    }
    if schema["type"] == "string" {
        theirs["examples"] = json!(["one"]);
    }
    theirs
}

/// A schema without nullability and description.
fn value(contract: &Value, name: &str, schema: &Value) -> Value {
    let reference = schema["$ref"]
        .as_str()
        .or(schema["allOf"][0]["$ref"].as_str());
    if let Some(component) = reference.and_then(|text| text.strip_prefix("#/components/schemas/")) {
        let values = &contract["components"]["schemas"][component]["enum"];
        return match (
            INLINE.contains(&component),
            values.as_array().map(Vec::as_slice),
        ) {
            (true, Some([only])) => json!({"type": "string", "const": only}),
            (true, _) => json!({"enum": values, "type": "string"}),
            _ => json!({"$ref": format!("#/components/schemas/{}", their_name(component))}),
        };
    }
    match schema["type"].as_str() {
        Some("array") => {
            json!({"items": value(contract, "", &schema["items"]), "type": "array", "minItems": 1})
        }
        Some("object") if name == "partitions" => json!({
            "type": "object",
            "propertyNames": {"$ref": "#/components/schemas/Names"},
            "additionalProperties": {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string"}]},
        }),
        Some("object") => match value(contract, "", &schema["additionalProperties"]) {
            Value::Object(any) if any.is_empty() => {
                json!({"type": "object", "additionalProperties": true})
            }
            values => json!({"type": "object", "additionalProperties": values}),
        },
        Some("string") if UUIDS.contains(&name) => json!({"type": "string", "format": "uuid"}),
        Some("string") if schema["format"] == "date-time" => {
            json!({"type": "string", "format": "date-time"})
        }
        Some(kind) => json!({"type": kind}),
        None => json!({}),
    }
}
