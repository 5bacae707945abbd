//! The vendor's document against the contract, and the contract that follows it.

use super::vendor::{PATH, on, their_name};
use super::{Chance, contract};
use processing_results_contract::Document;
use processing_results_contract::diff::{self, Wire};
use processing_results_contract::upstream::{Source, Texts, Written, compare, write};
use serde_json::{Map, Value, json};

/// Enough to meet each kind of edit several times.
const ROUNDS: usize = 40;

const DAYS: [&str; 3] = ["2026-03-27", "2026-06-29", "2026-08-20"];

fn ledger() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/README.md");
    std::fs::read_to_string(path).expect("the ledger is beside the contract")
}

/// The contract and the ledger at a time.
#[derive(Clone)]
struct State {
    contract: String,
    ledger: String,
}

impl State {
    fn texts<'t>(&'t self, vendor: &'t str) -> Texts<'t> {
        Texts {
            contract: &self.contract,
            vendor,
            ledger: &self.ledger,
        }
    }

    /// `kind place: what` of everything that is reported.
    fn reported(&self, vendor: &Value) -> Vec<String> {
        let report =
            compare(Source::Document, self.texts(&vendor.to_string())).expect("comparable");
        let differences = report
            .differences
            .iter()
            .map(|found| format!("{}: {}", found.place, found.what()));
        let stale = report
            .stale
            .iter()
            .map(|row| format!("stale {}", row.place));
        differences.chain(stale).collect()
    }

    fn following(&self, vendor: &Value) -> State {
        let vendor = vendor.to_string();
        let Written {
            contract,
            ledger,
            left,
            ..
        } = write(Source::Document, self.texts(&vendor), "2026-08-20").expect("writable");
        assert_eq!(left, [""; 0]);
        State { contract, ledger }
    }

    /// What `check` has to say but for descriptions to write.
    fn faults(&self) -> Vec<String> {
        let findings = super::check_any_api("", &self.contract).into_iter();
        let others = findings.filter(|finding| !finding.message.contains("still to be written"));
        others.map(|finding| finding.to_string()).collect()
    }
}

fn now() -> State {
    State {
        contract: contract(),
        ledger: ledger(),
    }
}

/// The contract as it is on a day, with nothing left to report.
fn state(day: &str) -> (State, Value) {
    let vendor = on(day, &contract());
    (now().following(&vendor), vendor)
}

#[test]
fn the_contract_follows_the_vendor_from_each_day_to_each_other() {
    for from in DAYS {
        let (before, _) = state(from);
        assert_eq!(before.faults(), [""; 0], "{from}");
        for to in DAYS {
            let vendor = on(to, &contract());
            let after = before.following(&vendor);
            assert_eq!(after.reported(&vendor), [""; 0], "{from} to {to}");
            assert_eq!(after.faults(), [""; 0], "{from} to {to}");
            let read = |state: &State| Document::parse("", &state.contract).expect("a contract");
            let changes = diff::compare(&read(&before), &read(&after));
            let worst = changes
                .iter()
                .map(diff::Change::wire)
                .max()
                .unwrap_or(Wire::None);
            assert_eq!(
                worst < Wire::Breaking,
                from <= to,
                "{from} to {to}: {changes:#?}"
            );
        }
    }
}

#[test]
fn what_was_added_and_removed_again_leaves_no_trace() {
    let (first, _) = state(DAYS[0]);
    let back = first
        .following(&on(DAYS[2], &contract()))
        .following(&on(DAYS[0], &contract()));
    assert_eq!(back.contract, first.contract);
    assert_eq!(back.ledger, first.ledger);
}

#[test]
fn the_days_differ_by_what_the_vendor_added() {
    let (first, _) = state(DAYS[0]);
    let found = first.reported(&on(DAYS[2], &contract()));
    assert_eq!(found.len(), 3 + 16, "{found:#?}");
    for line in [
        "BatchParseJobConfig.annotate_revisions: new field: optional boolean",
        "BatchParseJobConfig.confidence_score_effort: new field: optional string",
        "WebhookConfiguration.webhook_signing_secret: new field: optional string",
        "WebhookEvent \"classify.running\": new value",
    ] {
        assert!(
            found.iter().any(|found| found == line),
            "{line}: {found:#?}"
        );
    }
    let followed = first.following(&on(DAYS[2], &contract())).contract;
    let secret = "        webhook_signing_secret:\n          type: string\n          format: password\n          nullable: true\n";
    assert!(followed.contains(secret));
    assert!(followed.contains(
        "        - classify.pending\n        - classify.running\n        - classify.success\n"
    ));
}

#[test]
fn the_whole_document_and_this_call_alone_say_the_same() {
    let (state, mut vendor) = state(DAYS[1]);
    vendor["paths"]
        .as_object_mut()
        .expect("paths")
        .retain(|path, _| path == PATH);
    vendor["components"]["schemas"]
        .as_object_mut()
        .expect("schemas")
        .remove("Elsewhere");
    assert_eq!(state.reported(&vendor), [""; 0]);
}

#[test]
fn a_configuration_of_another_job_type_is_a_component_and_a_line_of_the_mapping() {
    let (state, mut vendor) = state(DAYS[1]);
    vendor["components"]["schemas"]["ExtractJob"] = json!({
        "type": "object",
        "required": ["schema_id"],
        "properties": {"schema_id": {"type": "string"}},
    });
    let results = fields(&mut vendor, "ProcessingResult");
    let arms = results["job_config"]["anyOf"].as_array_mut();
    arms.expect("alternatives")
        .push(json!({"$ref": "#/components/schemas/ExtractJob"}));
    let reported = state.reported(&vendor);
    assert_eq!(
        reported,
        ["JobConfig or ExtractJob: new alternative: object"]
    );
    let after = state.following(&vendor);
    assert!(after.contract.contains("          extract: ExtractJob\n"));
    assert_eq!(after.reported(&vendor), [""; 0]);
    assert_eq!(after.faults(), [""; 0]);
}

#[test]
fn rows_about_what_is_not_compared_wait_until_that_is_decided() {
    let (state, mut vendor) = state(DAYS[1]);
    fields(&mut vendor, "ProcessingResult").remove("job_config");
    require(&mut vendor, "ProcessingResult", "job_config", false);
    let reported = state.reported(&vendor);
    assert_eq!(
        reported,
        ["ProcessingResult.job_config: field removed: required object or object"]
    );
    let after = state.following(&vendor);
    assert!(!after.ledger.contains("BatchParseJobConfig.http_proxy"));
    assert_eq!(after.reported(&vendor), [""; 0]);
}

/// What an edit of the vendor's document is reported as.
struct Edit {
    vendor: Value,
    expected: Vec<String>,
}

/// Fields that an edit leaves alone: what the types of jobs hang on, and what the ledger has a row for.
fn is_left_alone(field: &str) -> bool {
    [
        "job_type",
        "job_config",
        "output_metadata",
        "partitions",
        "parameters",
    ]
    .contains(&field)
}

fn objects(vendor: &Value) -> Vec<String> {
    const OBJECTS: [&str; 8] = [
        "ItemProcessingResults",
        "ProcessingResult",
        "BatchParseJobRecordCreate",
        "BatchParseJobConfig",
        "WebhookConfiguration",
        "ClassifyJob",
        "ClassifierRule",
        "ClassifyParsingConfiguration",
    ];
    let there = |name: &&&str| vendor["components"]["schemas"][their_name(name)].is_object();
    OBJECTS
        .iter()
        .filter(there)
        .map(|name| (*name).to_owned())
        .collect()
}

fn fields<'v>(vendor: &'v mut Value, object: &str) -> &'v mut Map<String, Value> {
    let schema = &mut vendor["components"]["schemas"][their_name(object)];
    schema["properties"].as_object_mut().expect("fields")
}

fn require(vendor: &mut Value, object: &str, field: &str, required: bool) {
    let schema = &mut vendor["components"]["schemas"][their_name(object)];
    let mut names = schema["required"].as_array().cloned().unwrap_or_default();
    names.retain(|name| name != field);
    names.extend(required.then(|| json!(field)));
    schema["required"] = names.into();
}

fn is_required(vendor: &Value, object: &str, field: &str) -> bool {
    let names = vendor["components"]["schemas"][their_name(object)]["required"].as_array();
    names.is_some_and(|names| names.iter().any(|name| name == field))
}

/// New types, in the vendor's spelling and in our words.
fn kind(chance: &mut Chance) -> (Value, &'static str) {
    let kinds = [
        (json!({"type": "boolean", "default": true}), "boolean"),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "null"}], "minimum": 1}),
            "integer",
        ),
        (json!({"type": ["number", "null"]}), "number"),
        (
            json!({"type": "string", "format": "date-time"}),
            "string date-time",
        ),
        (
            json!({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]}),
            "array of string",
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
            "map of integer",
        ),
        (
            json!({"type": "object", "additionalProperties": true}),
            "map of any",
        ),
        (
            json!({"anyOf": [{"enum": ["fast", "slow"], "type": "string"}, {"type": "null"}]}),
            "values",
        ),
        (json!({"$ref": "#/components/schemas/StatusEnum"}), "values"),
        (json!({"$ref": "#/components/schemas/NewThing"}), "object"),
        (
            json!({"anyOf": [{"$ref": "#/components/schemas/NewThing"}, {"type": "null"}]}),
            "object",
        ),
        (
            json!({"type": "array", "items": {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]}}),
            "array of object",
        ),
    ];
    kinds[chance.below(kinds.len())].clone()
}

fn word(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

/// An edit at random: add, remove, retype, rename, require, move, and noise that means nothing.
fn edited(mut vendor: Value, words: impl Fn(&str, &str) -> String, chance: &mut Chance) -> Edit {
    vendor["components"]["schemas"]["NewThing"] = json!({
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "api_token": {"type": "string"}, "again": {"$ref": "#/components/schemas/NewThing"}},
    });
    let objects = objects(&vendor);
    let object = &objects[chance.below(objects.len())];
    let names: Vec<String> = fields(&mut vendor, object)
        .keys()
        .filter(|name| !is_left_alone(name))
        .cloned()
        .collect();
    let field = &names[chance.below(names.len())];
    let (was, required) = (words(object, field), is_required(&vendor, object, field));
    let gone = format!("{object}.{field}: field removed: {} {was}", word(required));
    let (schema, kind) = kind(chance);
    let mut expected = Vec::new();
    match chance.below(9) {
        0 | 1 => {
            let name = ["zebra", "aardvark", "max_items"][chance.below(3)];
            let required = chance.below(3) == 0;
            fields(&mut vendor, object).insert(name.to_owned(), schema);
            require(&mut vendor, object, name, required);
            expected.push(format!(
                "{object}.{name}: new field: {} {kind}",
                word(required)
            ));
        }
        2 => {
            fields(&mut vendor, object).remove(field);
            require(&mut vendor, object, field, false);
            expected.push(gone);
        }
        3 if was.split(' ').next() != kind.split(' ').next() => {
            fields(&mut vendor, object).insert(field.clone(), schema);
            expected.push(format!(
                "{object}.{field}: type changed: `{kind}` at the vendor, `{}` here",
                was
            ));
        }
        4 => {
            let schema = fields(&mut vendor, object).remove(field).expect("there");
            require(&mut vendor, object, field, false);
            fields(&mut vendor, object).insert("renamed_field".into(), schema);
            require(&mut vendor, object, "renamed_field", required);
            expected.push(gone);
            expected.push(format!(
                "{object}.renamed_field: new field: {} {}",
                word(required),
                their_words(&was, field)
            ));
        }
        5 => {
            require(&mut vendor, object, field, !required);
            expected.push(format!(
                "{object}.{field}: requiredness changed: `{}` at the vendor, `{}` here",
                word(!required),
                word(required)
            ));
            // What is required and may be null is a second thing to decide, once it is required.
        }
        6 => {
            let target = &objects[chance.below(objects.len())];
            let free = !fields(&mut vendor, target).contains_key(field);
            if free {
                let schema = fields(&mut vendor, object).remove(field).expect("there");
                require(&mut vendor, object, field, false);
                fields(&mut vendor, target).insert(field.clone(), schema);
                expected.push(gone);
                expected.push(format!(
                    "{target}.{field}: new field: optional {}",
                    their_words(&was, field)
                ));
            }
        }
        7 => {
            let values = vendor["components"]["schemas"]["ParserLanguages"]["enum"]
                .as_array_mut()
                .expect("values");
            let gone = values.remove(chance.below(values.len()));
            values.insert(chance.below(values.len()), json!("tlh"));
            expected.push("ParsingLanguages \"tlh\": new value".to_owned());
            expected.push(format!("ParsingLanguages {gone}: value removed"));
        }
        8 => {
            let parameters = vendor["paths"][PATH]["get"]["parameters"]
                .as_array_mut()
                .expect("parameters");
            parameters.retain(|parameter| parameter["name"] != "job_type");
            parameters.insert(0, json!({"name": "page_size", "in": "query", "required": true, "schema": {"type": "integer", "maximum": 9}}));
            expected.push("query job_type: parameter removed: optional values".to_owned());
            expected.push("query page_size: new parameter: required integer".to_owned());
        }
        _ => {}
    }
    noise(&mut vendor, chance);
    Edit { vendor, expected }
}

/// What is the vendor's word for what the contract calls by a format of its own.
fn their_words(ours: &str, field: &str) -> String {
    let uuids = [
        "organization_id",
        "project_id",
        "session_id",
        "correlation_id",
        "parent_job_execution_id",
        "id",
    ];
    match ours {
        "string" if uuids.contains(&field) => "string uuid".to_owned(),
        _ => ours.replace(" password", "").replace(" uri", ""),
    }
}

/// Prose, limits and order.
fn noise(vendor: &mut Value, chance: &mut Chance) {
    for schema in vendor["components"]["schemas"]
        .as_object_mut()
        .expect("schemas")
        .values_mut()
    {
        schema["description"] = format!("Prose {}.", chance.below(9)).into();
        if let Some(fields) = schema["properties"].as_object_mut() {
            let mut entries: Vec<_> = std::mem::take(fields).into_iter().collect();
            let count = entries.len();
            entries.rotate_left(chance.below(9) % count.max(1));
            fields.extend(entries);
            for field in fields
                .values_mut()
                .filter(|field| field.get("type") == Some(&json!("string")))
            {
                field["maxLength"] = chance.below(500).into();
            }
        }
    }
}

/// The type of a field of the contract in the report's words.
fn words(contract: &Value, object: &str, field: &str) -> String {
    fn of(contract: &Value, schema: &Value) -> String {
        let reference = schema["$ref"]
            .as_str()
            .or(schema["allOf"][0]["$ref"].as_str());
        if let Some(name) = reference.and_then(|text| text.strip_prefix("#/components/schemas/")) {
            let is_enum = contract["components"]["schemas"][name]["enum"].is_array();
            return if is_enum { "values" } else { "object" }.to_owned();
        }
        match schema["type"].as_str().unwrap_or("any") {
            "array" => format!("array of {}", of(contract, &schema["items"])),
            "object" => format!("map of {}", of(contract, &schema["additionalProperties"])),
            kind => match schema["format"].as_str() {
                Some(format) => format!("{kind} {format}"),
                None => kind.to_owned(),
            },
        }
    }
    of(
        contract,
        &contract["components"]["schemas"][object]["properties"][field],
    )
}

#[test]
fn a_random_edit_is_reported_as_what_it_is_and_followed() {
    let mut chance = Chance(16);
    let (state, vendor) = state(DAYS[1]);
    let contract = Document::parse("", &state.contract)
        .expect("the contract")
        .to_json();
    for round in 0..ROUNDS {
        let Edit {
            vendor,
            mut expected,
        } = edited(
            vendor.clone(),
            |object, field| words(&contract, object, field),
            &mut chance,
        );
        let mut reported = state.reported(&vendor);
        reported.sort();
        expected.sort();
        assert_eq!(reported, expected, "round {round}");
        println!("round {round}: {expected:?}");
        let after = state.following(&vendor);
        assert_eq!(
            after.reported(&vendor),
            [""; 0],
            "round {round}: {expected:?}"
        );
        assert_eq!(after.faults(), [""; 0], "round {round}: {expected:?}");
    }
}

#[test]
fn a_field_that_is_called_required_is_no_list_of_names() {
    let yaml = "
openapi: 3.0.3
paths:
  /a: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}}}
components:
  schemas:
    Item:
      type: object
      properties:
        required: # When it was.
          type: string
          format: date-time
";
    let edited = yaml.replace("          format: date-time\n", "");
    let texts = Texts {
        contract: yaml,
        vendor: &edited,
        ledger: "",
    };
    let written = write(Source::Document, texts, "2026-08-20").unwrap();
    assert_eq!(written.contract, edited);
}
