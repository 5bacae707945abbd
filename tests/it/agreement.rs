//! The documented page, the contract and the generated types agree; what
//! differs stands in the ledger below, and in `openapi/README.md`.

use std::collections::{BTreeMap, BTreeSet};

use processing_results::spec;
use serde_json::{Map, Value, json};

use crate::properties::{contract, resolve};
use crate::surface;

/// What the page says, made by `tests/inventory/from_page.py`.
const PAGE: &str = include_str!("../inventory/page.tsv");

/// End of the path, the page's type, the contract's type. Each applies to
/// exactly one line of the page.
#[rustfmt::skip]
const LEDGER: &[(&str, &str, &str)] = &[
    ("<BatchParseJobRecordCreate>.parameters.max_pages", "number", "integer"),
    (".parameters.max_pages_enforced", "number", "integer"),
    (".parsing_configuration.max_pages", "number", "integer"),
    (".parsing_configuration.target_pages", "array of number", "array of integer"),
    (".processed_at", "string", "string date-time"),
    (".created_at", "string", "string date-time"),
    (".effective_at", "string", "string date-time"),
    (".updated_at", "string", "string date-time"),
    (".azure_openai_key", "string", "string password"),
    (".gpt4o_api_key", "string", "string password"),
    (".vendor_multimodal_api_key", "string", "string password"),
    (".webhook_headers", "map[string]", "map[string password]"),
    ("cookie session", "string", "string password"),
    (".http_proxy", "string", "string uri"),
    (".input_url", "string", "string uri"),
    (".parameters.webhook_url", "string", "string uri"),
    (".webhook_configurations.webhook_url", "string", "string uri"),
    ("<BatchParseJobRecordCreate>.webhook_url", "string", "string uri"),
];

/// Components that have no name of their own on the page.
#[rustfmt::skip]
const UNNAMED: &[(&str, &str)] = &[
    ("ProcessingResult", "object"), ("BatchParseJobConfig", "object"), ("WebhookConfiguration", "object"),
    ("JobConfig", "object or ClassifyJob"),
    ("JobType", "enum"), ("JobName", "enum"), ("ParametersType", "enum"), ("ImageKind", "enum"),
    ("Priority", "enum"), ("WebhookEvent", "enum"), ("ClassifyMode", "enum"),
];

/// One parameter or field: its type, whether it is required, its values.
type Rows = BTreeMap<String, (String, String, String)>;

fn page() -> Rows {
    let row = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let mut next = || cells.next().unwrap();
        (format!("{} {}", next(), next()), {
            let required = next();
            (next(), required, next())
        })
    };
    let mut rows: Rows = PAGE.lines().map(row).collect();
    for (end, documented, ours) in LEDGER {
        let mut matching: Vec<_> = rows
            .iter_mut()
            .filter(|(path, _)| path.ends_with(end))
            .collect();
        assert_eq!(matching.len(), 1, "ledger: {end}");
        let kind = &mut matching[0].1.0;
        assert_eq!(kind, documented, "ledger: {end}");
        *kind = (*ours).to_owned();
    }
    rows
}

/// A schema's type, in the page's words.
fn kind(contract: &Value, schema: &Value) -> String {
    let (name, resolved) = resolve(contract, schema);
    if let Some(name) = name {
        let unnamed = UNNAMED.iter().find(|(unnamed, _)| *unnamed == name);
        return unnamed.map_or(name, |(_, kind)| kind).to_owned();
    }
    let of = |inner: &Value| kind(contract, inner);
    match resolved["type"].as_str() {
        None => "unknown".to_owned(),
        Some("array") => format!("array of {}", of(&resolved["items"])),
        Some("object") => format!("map[{}]", of(&resolved["additionalProperties"])),
        Some(kind) => match resolved["format"].as_str() {
            Some(format) => format!("{kind} {format}"),
            None => kind.to_owned(),
        },
    }
}

fn add(contract: &Value, rows: &mut Rows, path: String, schema: &Value, required: bool) {
    let items = resolve(contract, &schema["items"]).1;
    let resolved = resolve(contract, schema).1;
    let values = [resolved, items]
        .iter()
        .find_map(|schema| schema["enum"].as_array())
        .cloned();
    let values: Vec<_> = values
        .unwrap_or_default()
        .iter()
        .map(|value| value.as_str().unwrap().to_owned())
        .collect();
    let required = if required { "required" } else { "optional" };
    rows.insert(
        path.clone(),
        (
            kind(contract, schema),
            required.to_owned(),
            values.join("|"),
        ),
    );
    if resolve(contract, schema).0 == Some("JobConfig") {
        for record in ["BatchParseJobRecordCreate", "ClassifyJob"] {
            let schema = &contract["components"]["schemas"][record];
            descend(contract, rows, &format!("{path}<{record}>."), schema);
        }
    } else {
        let inner = if items.is_object() { items } else { resolved };
        descend(contract, rows, &format!("{path}."), inner);
    }
}

fn descend(contract: &Value, rows: &mut Rows, prefix: &str, schema: &Value) {
    for (name, property) in schema["properties"].as_object().unwrap_or(&Map::new()) {
        let required = schema["required"]
            .as_array()
            .is_some_and(|names| names.contains(&json!(name)));
        add(
            contract,
            rows,
            format!("{prefix}{name}"),
            property,
            required,
        );
    }
}

fn transcribed() -> Rows {
    let contract = contract();
    let mut rows = Rows::new();
    let operation = &contract["paths"]
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap()["get"];
    for parameter in operation["parameters"].as_array().unwrap() {
        let path = format!(
            "{} {}",
            parameter["in"].as_str().unwrap(),
            parameter["name"].as_str().unwrap()
        );
        add(
            &contract,
            &mut rows,
            path,
            &parameter["schema"],
            parameter["required"] == true,
        );
    }
    descend(
        &contract,
        &mut rows,
        "answer ",
        &contract["components"]["schemas"]["ItemProcessingResults"],
    );
    rows
}

#[test]
fn the_contract_says_what_the_page_says_but_for_the_ledger() {
    let (page, contract) = (page(), transcribed());
    for path in page.keys().chain(contract.keys()).collect::<BTreeSet<_>>() {
        assert_eq!(
            page.get(path),
            contract.get(path),
            "{path}: page (left) and contract (right)"
        );
    }
    println!(
        "{} parameters and fields on the page, {} in the contract",
        page.len(),
        contract.len()
    );
    assert_eq!(page.len(), 171);
}

#[test]
fn the_contract_keeps_the_page_s_order() {
    let lines: Vec<_> = spec::YAML.lines().collect();
    let component = lines
        .iter()
        .position(|line| *line == "    BatchParseJobConfig:")
        .unwrap();
    let mut rest = lines[component..].iter().copied();
    let parameters = PAGE.lines().filter_map(|line| {
        let path = line.split('\t').nth(1)?;
        let name = path
            .strip_prefix("processing_results.job_config<BatchParseJobRecordCreate>.parameters.")?;
        (!name.contains('.')).then_some(name)
    });
    let mut count = 0;
    for name in parameters {
        let key = format!("        {name}:");
        assert!(
            rest.any(|line| line.starts_with(&key)),
            "{name} comes too early or not at all"
        );
        count += 1;
    }
    assert_eq!(count, 125);
}

/// The Rust type that a schema has to have.
fn rust(contract: &Value, schema: &Value) -> String {
    let (name, resolved) = resolve(contract, schema);
    if let Some(name) = name {
        return name.to_owned();
    }
    match (resolved["type"].as_str(), resolved["format"].as_str()) {
        (Some("string"), Some("date-time")) => "Timestamp".to_owned(),
        (Some("string"), Some("password")) => "Secret".to_owned(),
        (Some("string"), Some("uri")) => "SensitiveUrl".to_owned(),
        (Some("string"), None) => "String".to_owned(),
        (Some("boolean"), _) => "bool".to_owned(),
        (Some("integer"), _) => "i64".to_owned(),
        (Some("number"), _) => "f64".to_owned(),
        (Some("array"), _) => format!("Vec<{}>", rust(contract, &resolved["items"])),
        (Some("object"), _) if resolved["additionalProperties"] == json!({}) => {
            "JsonObject".to_owned()
        }
        (Some("object"), _) => format!(
            "BTreeMap<String, {}>",
            rust(contract, &resolved["additionalProperties"])
        ),
        (None, None) => "Json".to_owned(),
        other => panic!("a schema that this test does not know: {other:?}"),
    }
}

#[test]
fn the_types_have_what_the_contract_has() {
    let contract = contract();
    let (structs, enums) = (surface::structs(), surface::enums());
    let (mut fields, mut values) = (0, 0);
    for (name, schema) in contract["components"]["schemas"].as_object().unwrap() {
        if let Some(properties) = schema["properties"].as_object() {
            let expected: BTreeMap<_, _> = properties
                .iter()
                .map(|(field, property)| {
                    let kind = rust(&contract, property);
                    let required = schema["required"]
                        .as_array()
                        .is_some_and(|names| names.contains(&json!(field)));
                    (
                        field.clone(),
                        if required {
                            kind
                        } else {
                            format!("Option<{kind}>")
                        },
                    )
                })
                .chain([("extra".to_owned(), "JsonObject".to_owned())])
                .collect();
            let found = structs
                .get(name)
                .unwrap_or_else(|| panic!("no struct {name}"));
            let found: BTreeMap<_, _> = found
                .iter()
                .map(|field| (field.wire.clone(), field.kind.clone()))
                .collect();
            assert_eq!(found, expected, "{name}");
            fields += properties.len();
        } else if let Some(expected) = schema["enum"].as_array() {
            let found: Vec<_> = enums[name].iter().map(|(_, wire)| json!(wire)).collect();
            assert_eq!(&found, expected, "{name}");
            values += expected.len();
        }
    }
    println!(
        "{} structs with {fields} fields, {} enums with {values} values",
        structs.len(),
        enums.len()
    );
    assert_eq!(
        (structs.len(), fields, enums.len(), values),
        (8, 166, 11, 133)
    );
}

#[test]
fn the_docs_have_every_description_of_the_contract_once() {
    fn descriptions(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(
                    fields
                        .get("description")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                );
                fields.values().for_each(|value| descriptions(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| descriptions(item, found)),
            _ => {}
        }
    }
    let contract = contract();
    let mut found = Vec::new();
    for schema in contract["components"]["schemas"]
        .as_object()
        .unwrap()
        .values()
    {
        // The union has a type, and docs, of our own.
        if schema["oneOf"].is_null() {
            descriptions(schema, &mut found);
        }
    }
    let docs = surface::docs();
    for description in &found {
        let wanted = found.iter().filter(|other| *other == description).count();
        let times = docs
            .iter()
            .filter(|text| text.trim() == description.trim())
            .count();
        assert_eq!(times, wanted, "{description}");
    }
    println!("{} descriptions", found.len());
    assert!(found.len() > 166 + 8 + 11 - 1);
}
