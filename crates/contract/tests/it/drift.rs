//! What a response holds beyond the contract.

use super::{contract, example};
use processing_results_contract::drift::{self, Drift, DriftKind, Inspector, ReadError};
use processing_results_contract::{Document, check};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

fn document() -> Document {
    Document::parse("api.yaml", &contract()).expect("readable")
}

/// A response with one result.
fn response(job_type: &str, job_config: Value) -> Value {
    json!({"item_id": "i", "item_name": "n", "processing_results": [{
        "item_id": "i", "job_config": job_config, "job_type": job_type, "output_s3_path": "", "parameters_hash": "h",
        "processed_at": "2026-01-02T03:04:05", "result_id": "r",
    }]})
}

fn lines(response: &Value) -> Vec<String> {
    drifts(response).iter().map(Drift::to_string).collect()
}

fn drifts(response: &Value) -> Vec<Drift> {
    drift::inspect(&document(), response).expect("the call is there")
}

/// What files with these contents differ in.
fn of_files(files: &[&[u8]]) -> Vec<Drift> {
    let document = document();
    let mut inspector = Inspector::new(&document).unwrap();
    for file in files {
        let responses = drift::read(file).unwrap();
        responses
            .iter()
            .for_each(|response| inspector.add(response));
    }
    inspector.into_drifts()
}

fn lines_of(text: &str) -> Vec<String> {
    of_files(&[text.as_bytes()])
        .iter()
        .map(Drift::to_string)
        .collect()
}

fn fragments(drifts: &[Drift]) -> Vec<Option<String>> {
    drift::remedies(&document(), &contract(), drifts).fragments
}

#[test]
fn the_documented_response_and_a_realistic_history_do_not_drift() {
    for name in ["documented.json", "history.json"] {
        assert_eq!(lines(&example(name)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_drifting_example_has_drifts_of_each_level_and_no_value_in_the_report() {
    let response = example("drift.json");
    let drifts = drifts(&response);
    let of = |kind: DriftKind| drifts.iter().filter(|drift| drift.kind == kind).count();
    assert!(
        of(DriftKind::UnknownField) >= 8 && of(DriftKind::UnknownValue) >= 8,
        "{drifts:#?}"
    );
}

#[test]
fn a_new_field_comes_with_its_type_and_yaml_to_paste() {
    let response = response(
        "parse",
        json!({"parameters": {"line_number_style": null, "webhook_signing_secret": "s3cr3t"}}),
    );
    let mut second = response.clone();
    second["processing_results"][0]["job_config"]["parameters"]["line_number_style"] = json!("low");
    let (response, second) = (response.to_string(), second.to_string());
    let drifts = of_files(&[response.as_bytes(), second.as_bytes()]);
    let texts: Vec<String> = drifts.iter().map(Drift::to_string).collect();
    let at = "at `/processing_results/0/job_config/parameters";
    assert_eq!(
        texts,
        [
            format!(
                "BatchParseJobConfig.line_number_style: unknown field, string or null (2 times, first {at}/line_number_style`)"
            ),
            format!(
                "BatchParseJobConfig.webhook_signing_secret: unknown field, string (2 times, first {at}/webhook_signing_secret`)"
            ),
        ]
    );
    assert_eq!(
        fragments(&drifts)[1].as_deref(),
        Some(
            "\
# components/schemas/BatchParseJobConfig/properties, after `webhook_configurations`
        webhook_signing_secret:
          type: string
          format: password
          nullable: true
          description: To be described.
"
        )
    );
}

#[test]
fn a_new_enum_value_is_named_only_if_it_looks_like_a_name() {
    let found = lines(&response(
        "parse",
        json!({"parameters": {"images_to_save": ["chart", "a secret text"]}}),
    ));
    let at = "(at `/processing_results/0/job_config/parameters/images_to_save";
    assert_eq!(
        found,
        [
            format!("ImageKind: unknown value that does not look like a name {at}/1`)"),
            format!("ImageKind: unknown value `chart` {at}/0`)"),
        ]
    );
    let drifts = drifts(&response("translate", json!({})));
    assert_eq!(
        fragments(&drifts)[0].as_deref(),
        Some("# components/schemas/JobType/enum\n        - translate\n")
    );
}

#[test]
fn the_job_type_decides_what_a_configuration_is_compared_with() {
    let job =
        json!({"id": "1", "project_id": "p", "rules": [], "status": "SUCCESS", "user_id": "u"});
    assert_eq!(
        lines(&response("classify", job.clone())),
        Vec::<String>::new()
    );
    assert_eq!(
        lines(&response("extract", json!({"anything": 1}))),
        Vec::<String>::new()
    );
    let as_parse = lines(&response("parse", job));
    assert!(
        as_parse
            .iter()
            .any(|line| line.starts_with("BatchParseJobRecordCreate.rules: unknown field")),
        "{as_parse:?}"
    );
    let missing = lines(&response("classify", json!({"id": "1"})));
    assert!(
        missing
            .iter()
            .any(|line| line.starts_with("ClassifyJob.rules: required, but not there")),
        "{missing:?}"
    );
}

#[test]
fn nulls_and_wrong_types_are_found_with_the_place() {
    let mut response = response(
        "parse",
        json!({"parameters": {"max_pages": "many", "auto_mode": 1}}),
    );
    response["item_name"] = json!(null);
    response["processing_results"][0]["processed_at"] = json!("yesterday");
    assert_eq!(
        lines(&response),
        [
            "BatchParseJobConfig.auto_mode: wrong type, integer (at `/processing_results/0/job_config/parameters/auto_mode`)",
            "BatchParseJobConfig.max_pages: wrong type, string (at `/processing_results/0/job_config/parameters/max_pages`)",
            "ItemProcessingResults.item_name: null, which is not allowed (at `/item_name`)",
            "ProcessingResult.processed_at: wrong type, string (at `/processing_results/0/processed_at`)",
        ]
    );
    assert_eq!(
        lines(&json!([]))[0],
        "ItemProcessingResults: wrong type, array (at ``)"
    );
}

#[test]
fn what_a_client_cannot_read_is_drift() {
    let mut response = response("parse", json!({"parameters": {"max_pages": 7}}));
    for time in [
        "2026-02-30T10:00:00Z",
        "2026-03-01 09:30:00 UTC",
        "9999-12-31T23:59:59Z",
    ] {
        response["processing_results"][0]["processed_at"] = json!(time);
        assert_eq!(
            lines(&response),
            [
                "ProcessingResult.processed_at: wrong type, string (at `/processing_results/0/processed_at`)"
            ]
        );
    }
    response["processing_results"][0]["processed_at"] = json!("2026-02-28T10:00:00");
    let with = |pages: &str| lines_of(&response.to_string().replace(":7", &format!(":{pages}")));
    assert_eq!(with("10.0"), Vec::<String>::new());
    for (pages, found) in [
        ("1e30", "number"),
        ("1.5", "number"),
        ("9223372036854775808", "integer beyond 64 bits"),
        ("-9223372036854775809", "integer beyond 64 bits"),
        ("1e400", "number beyond a float"),
    ] {
        let at = "(at `/processing_results/0/job_config/parameters/max_pages`)";
        let place = "BatchParseJobConfig.max_pages: wrong type";
        assert_eq!(with(pages), [format!("{place}, {found} {at}")]);
    }
    assert_eq!(
        lines_of(r#"{"item_id": "a\udcff", "item_name": "n", "item_name": "m"}"#),
        [
            "ItemProcessingResults.item_id: wrong type, text that is not Unicode (at `/item_id`)",
            "ItemProcessingResults.item_name: there twice in one object (at `/item_name`)",
        ]
    );
    assert_eq!(
        lines_of(r#"{"item_id": "a", "item_name": "n", "a\udcff": 1}"#),
        ["ItemProcessingResults: has a key that is not Unicode (at ``)"]
    );
}

#[test]
fn the_type_of_a_configuration_comes_from_the_contract() {
    let text = contract().replace(
        "classify: ClassifyJob\n",
        "classify: ClassifyJob\n          extract: ClassifierRule\n",
    );
    assert_ne!(text, contract());
    let document = Document::parse("api.yaml", &text).unwrap();
    let found =
        drift::inspect(&document, &response("extract", json!({"type": 1, "x": 1}))).unwrap();
    let found: Vec<String> = found.iter().map(|drift| drift.place.clone()).collect();
    assert_eq!(
        found,
        [
            "ClassifierRule.description",
            "ClassifierRule.type",
            "ClassifierRule.x"
        ]
    );
    // Of a type that nobody knows, the configuration is not passed over in silence.
    assert_eq!(
        lines(&response("translate", json!({"x": 1}))),
        [
            "JobType: unknown value `translate` (at `/processing_results/0/job_type`)",
            "ProcessingResult.job_config: cannot be compared, for the schema does not know its `job_type` (at `/processing_results/0/job_config`)",
        ]
    );
}

#[test]
fn responses_are_read_as_they_were_saved() {
    let one = response("parse", json!({"new": 1})).to_string();
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let place = "BatchParseJobRecordCreate.new";
    for (file, count) in [
        (one.clone().into_bytes(), 1),
        (format!("\u{feff}{one}").into_bytes(), 1),
        (utf16(&one), 1),
        (utf16(&format!("\u{feff}{one}")), 1),
        (
            format!("\u{feff}{one}")
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect(),
            1,
        ),
        (format!("[{one}, {one}]").into_bytes(), 2),
        (format!("{one}\n{one}\r\n\n{one}").into_bytes(), 3),
    ] {
        let found = of_files(&[&file]);
        let found: Vec<_> = found
            .iter()
            .map(|drift| (drift.place.as_str(), drift.count))
            .collect();
        assert_eq!(found, [(place, count)]);
    }
    // Lines of an export are results, with what the command adds to them.
    let result = &response("parse", json!({"new": 1}))["processing_results"][0];
    let mut line = result.clone();
    for (key, value) in [
        ("item_name", json!("n")),
        ("output_bucket", json!(null)),
        ("output_key", json!("k")),
    ] {
        line[key] = value;
    }
    assert_eq!(
        lines_of(&format!("{result}\n{line}\n")),
        [
            "BatchParseJobRecordCreate.new: unknown field, integer (2 times, first at `/job_config/new`)"
        ]
    );
    for (file, error) in [
        (&b""[..], ReadError::Empty),
        (b"[]", ReadError::Empty),
        (b"\xff\xfe\x00\xd8", ReadError::NotText),
        (b"{}\n{", ReadError::NotJson { line: 2, column: 1 }),
    ] {
        assert_eq!(drift::read(file).unwrap_err(), error);
    }
}

#[test]
fn a_document_without_the_call_is_refused() {
    for text in [
        "openapi: 3.0.3\n".to_owned(),
        contract().replace("application/json", "text/plain"),
        contract().replace("\n    get:\n", "\n    post: {}\n    get:\n"),
    ] {
        let document = Document::parse("api.yaml", &text).unwrap();
        assert!(drift::inspect(&document, &json!({})).is_err());
    }
}

/// What stands where a person has to write a description.
const TO_BE_DESCRIBED: &str = "To be described.";

/// Writes the remedies, and says what is left.
fn written(drifts: &[Drift], response: &str) -> (String, Vec<String>) {
    let remedies = drift::remedies(&document(), &contract(), drifts);
    let findings = check("api.yaml", &remedies.text);
    let lines: Vec<&str> = remedies.text.lines().collect();
    let findings: Vec<_> = findings
        .iter()
        .filter(|finding| !lines[finding.line - 1].contains(TO_BE_DESCRIBED))
        .map(|finding| format!("{finding}: {}", lines[finding.line - 1]))
        .collect();
    assert_eq!(findings, Vec::<String>::new());
    let document = Document::parse("api.yaml", &remedies.text).unwrap();
    let mut inspector = Inspector::new(&document).unwrap();
    inspector.add(&drift::read(response.as_bytes()).unwrap()[0]);
    let left = inspector.into_drifts();
    let without: Vec<&str> = (drifts.iter().zip(&remedies.fragments))
        .filter(|(_, fragment)| fragment.is_none())
        .map(|(drift, _)| drift.place.as_str())
        .collect();
    for drift in &left {
        assert!(
            without.contains(&drift.place.as_str()),
            "{drift} in spite of {without:?}"
        );
    }
    let left = left.iter().map(Drift::to_string).collect();
    (remedies.text, left)
}

#[test]
fn what_is_written_passes_the_check_and_leaves_no_drift() {
    let response = response(
        "parse",
        json!({"extra": 1, "": 2, "$ref": "x", "user-id": 1, "userId": 2, "parameters": {
            "a_text": "t", "a_url": "https://x", "a_time": "2026-01-02T03:04:05Z", "a_number": 1.5, "an_integer": 3,
            "a_flag": true, "a_list": ["x", null], "a_map": {"k": 1}, "a_nothing": null, "a_key": "k", "no": "x",
            "a_list_of_maps": [{"a": 1}], "an_empty_list": [], "mixed list": [1, "x"], "mixed": 1, "odd: key #": "x",
            "big": 18446744073709551615u64, "next_page_token": null, "callback_url": null, "max_tokens": 5, "pin": 1234,
            "la\u{200b}ng": 1, "名前": 2, "a_blob": "a1b2c3d4e5f6a7b8c9d0", "dsn_like": "Host=h;Password=p",
            "images_to_save": ["chart", "1", "unknown", "Layout", null], "max_pages": 1.5, "languages": ["en", 7],
            "custom_metadata": [1], "webhook_headers": {"A": "b"}, "preset": {}, "auto_mode": "yes",
        }, "partitions": {"a": 1}, "job_name": "Parse Raw"}),
    );
    let mut response = response;
    response["processing_results"][0]
        .as_object_mut()
        .unwrap()
        .remove("result_id");
    response["processing_results"][0]["parameters_hash"] = json!(null);
    response["processing_results"][0]["processed_at"] = json!("yesterday");
    let (text, left) = written(&drifts(&response), &response.to_string());
    // A text that is no name may be data, and what the bindings name stays as it is.
    let places: Vec<_> = left.iter().map(|line| line.split(": ").next()).collect();
    assert_eq!(
        places,
        [
            Some("JobName"),
            Some("ProcessingResult.parameters_hash"),
            Some("ProcessingResult.processed_at"),
            Some("ProcessingResult.result_id"),
        ]
    );
    for wanted in [
        "        a_key:\n          type: string\n          format: password\n",
        "        a_blob:\n          type: string\n          format: password\n",
        "        dsn_like:\n          type: string\n          format: password\n",
        "        next_page_token:\n          type: string\n          format: password\n",
        "        callback_url:\n          type: string\n          format: uri\n",
        "        a_time:\n          type: string\n          format: date-time\n",
        "        max_tokens:\n          type: integer\n",
        "        pin:\n          description: To be described.\n",
        "        big:\n          description: To be described.\n",
        "            type: string\n            nullable: true\n",
        "          type: number\n          nullable: true\n          description: How many pages",
    ] {
        assert!(text.contains(wanted), "{wanted} in\n{text}");
    }
    // Comments, and everything that is not new, stay.
    let diff = similar::TextDiff::from_lines(&contract(), &text)
        .iter_all_changes()
        .filter(|change| change.tag() == similar::ChangeTag::Delete)
        .map(|change| change.value().to_owned())
        .collect::<String>();
    assert!(diff.lines().count() < 20 && !diff.contains("# "), "{diff}");
}

#[test]
fn new_fields_stand_in_the_order_of_the_page() {
    let mut response = response(
        "parse",
        json!({"parameters": {"aa": 1, "lang_hint": 1, "zz": 1}}),
    );
    response["a_first"] = json!(1);
    response["processing_results"][0]["a_detail"] = json!("x");
    let (text, _) = written(&drifts(&response), &response.to_string());
    let document = Document::parse("api.yaml", &text).unwrap().to_json();
    let keys = |component: &str| {
        let properties = &document["components"]["schemas"][component]["properties"];
        properties
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let keys_of_page = keys("BatchParseJobConfig");
    assert!(
        keys_of_page
            .iter()
            .map(|key| key.to_lowercase())
            .is_sorted(),
        "{keys_of_page:?}"
    );
    assert_eq!(
        keys("ItemProcessingResults"),
        ["item_id", "item_name", "a_first", "processing_results"]
    );
    assert_eq!(
        keys("ProcessingResult")[7..],
        ["a_detail", "output_metadata"]
    );
}

/// Pointers of everything that the contract describes in an example, without free-form parts.
fn described(value: &Value, pointer: &str, all: &mut Vec<String>) {
    let free = ["/custom_metadata", "/output_metadata", "/resource_info"]
        .iter()
        .any(|end| pointer.ends_with(end));
    if free {
        return;
    }
    match value {
        Value::Object(map) => {
            let free_configuration = map.get("job_type").is_some_and(|kind| kind == "extract");
            for (key, value) in map {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                all.push(pointer.clone());
                if !(free_configuration && key == "job_config") {
                    described(value, &pointer, all);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                all.push(pointer.clone());
                described(item, &pointer, all);
            }
        }
        _ => {}
    }
}

/// Fields whose values an enum lists.
const ENUMS: [&str; 12] = [
    "/job_type",
    "/job_name",
    "/images_to_save/0",
    "/languages/0",
    "/languages/1",
    "/parse_mode",
    "/priority",
    "/replace_failed_page_mode",
    "/webhook_events/0",
    "/status",
    "/mode",
    "/parsing_configuration/lang",
];

#[derive(Clone, Debug)]
enum Mutation {
    Field(String, Value),
    Value(String),
    Type(Value),
    Null,
    Drop,
}

fn any_mutation() -> impl Strategy<Value = Mutation> {
    let key = prop_oneof![
        "[a-z_]{1,10}",
        ".{0,8}",
        "[A-Za-z0-9 ._$-]{1,6}",
        prop::sample::select(vec![
            "extra", "$ref", "no", "self", "type", "api_key", "x-y", "userId", "a/b~c", "\u{200b}"
        ])
        .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "https://x/?sig=1",
            "2026-01-02T03:04:05Z",
            "llx-abc",
            "s3://b/k"
        ])
        .prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    let name = prop_oneof![
        "[a-z]{1,8}",
        "[0-9A-Z_.-]{1,4}",
        prop::sample::select(vec!["unknown", "Parse", "1", "-", "self", "no"])
            .prop_map(str::to_owned)
    ];
    prop_oneof![
        4 => (key, value.clone()).prop_map(|(key, value)| Mutation::Field(key, value)),
        2 => name.prop_map(Mutation::Value),
        2 => value.prop_map(Mutation::Type),
        1 => Just(Mutation::Null),
        1 => Just(Mutation::Drop),
    ]
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

/// Makes a mutation somewhere, and says where a difference must be reported; `None` if it makes none.
fn mutate(response: &mut Value, mutation: &Mutation, place: Index) -> Option<String> {
    let mut all = Vec::new();
    described(response, "", &mut all);
    let token = |key: &str| key.replace('~', "~0").replace('/', "~1");
    let is_map = |pointer: &str| {
        [
            "/partitions",
            "/webhook_headers",
            "/custom_metadata",
            "/output_metadata",
            "/resource_info",
        ]
        .iter()
        .any(|end| pointer.ends_with(end))
    };
    let fits = |pointer: &&String| {
        let old = response.pointer(pointer).unwrap();
        match mutation {
            Mutation::Field(key, _) => old.as_object().is_some_and(|map| {
                let kind = pointer
                    .strip_suffix("/job_config")
                    .and_then(|result| response.pointer(result)?.get("job_type"));
                !is_map(pointer)
                    && !map.contains_key(key)
                    && kind.is_none_or(|kind| kind == "parse" || kind == "classify")
            }),
            Mutation::Value(_) => ENUMS.iter().any(|end| pointer.ends_with(end)) && old.is_string(),
            Mutation::Type(new) => {
                !new.is_null()
                    && !old.is_null()
                    && kind(old) != kind(new)
                    && !["/output_metadata", "/resource_info"]
                        .iter()
                        .any(|end| pointer.ends_with(end))
            }
            Mutation::Null => {
                pointer.rsplit('/').next().unwrap().parse::<usize>().is_ok()
                    || REQUIRED.iter().any(|end| pointer.ends_with(end))
            }
            Mutation::Drop => REQUIRED.iter().any(|end| pointer.ends_with(end)),
        }
    };
    let fitting: Vec<String> = all.iter().filter(fits).cloned().collect();
    let pointer = fitting.get(place.index(fitting.len().max(1)))?.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match mutation {
        Mutation::Field(key, value) => {
            response
                .pointer_mut(&pointer)?
                .as_object_mut()?
                .insert(key.clone(), value.clone());
            return Some(format!("{pointer}/{}", token(key)));
        }
        Mutation::Value(name) => {
            let known = ["", "\""].iter().any(|quote| {
                let item = format!("- {quote}{name}{quote}");
                contract()
                    .lines()
                    .any(|line| line.trim_start().split("  #").next() == Some(&item))
            });
            *response.pointer_mut(&pointer)? = json!(name);
            return (!known).then_some(pointer);
        }
        Mutation::Type(value) => *response.pointer_mut(&pointer)? = value.clone(),
        Mutation::Null => *response.pointer_mut(&pointer)? = Value::Null,
        Mutation::Drop => {
            response.pointer_mut(parent)?.as_object_mut()?.remove(name);
            return Some(parent.to_owned());
        }
    }
    Some(pointer)
}

/// Where the required fields of a response are.
const REQUIRED: &[&str] = &[
    "/item_id",
    "/item_name",
    "/job_type",
    "/output_s3_path",
    "/parameters_hash",
    "/processed_at",
    "/result_id",
    "/rules",
    "/status",
    "/description",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_undocumented_key_value_or_type_is_passed_over(
        name in prop::sample::select(vec!["documented.json", "history.json"]),
        mutation in any_mutation(),
        place in any::<Index>(),
    ) {
        let mut response = example(name);
        if let Some(pointer) = mutate(&mut response, &mutation, place) {
            let found = drifts(&response);
            prop_assert!(found.iter().any(|drift| drift.pointer == pointer), "{mutation:?} at {pointer}: {found:?}");
        }
    }

    #[test]
    fn whatever_drifts_can_be_written(
        name in prop::sample::select(vec!["documented.json", "history.json"]),
        mutations in prop::collection::vec((any_mutation(), any::<Index>()), 1..8),
    ) {
        let mut response = example(name);
        for (mutation, place) in &mutations {
            mutate(&mut response, mutation, *place);
        }
        let (_, left) = written(&drifts(&response), &response.to_string());
        // Complete objects of another type, what the bindings name, and texts that may be data: a person decides about those.
        let by_hand = ["response", "BatchParseJobRecordCreate.parameters", "webhook_configurations", "ClassifyJob.rules", "parsing_configuration"];
        for line in left {
            let place = line.split(": ").next().unwrap().trim_end_matches("[]");
            let data = line.contains("does not look like a name");
            let named = place.starts_with("ItemProcessingResults.") || place.starts_with("ProcessingResult.");
            prop_assert!(data || named || by_hand.iter().any(|by_hand| place.ends_with(by_hand)), "{line}");
        }
    }
}

/// Names of fields, and values; either alone shows that there is a credential.
const SECRETS: [(&str, &str); 8] = [
    ("webhook_auth", "plain"),
    ("jwt", ""),
    ("db_passwd", "x"),
    ("a_field", "llx-abc"),
    ("a_field", "Bearer abc"),
    ("a_field", "a1b2c3d4e5f6a7b8c9d0e1f2"),
    ("a_field", "postgres with https://u:p@h/db in it"),
    ("a_field", "Server=h;Pwd=x"),
];

#[test]
fn a_credential_stays_hidden_once_it_is_documented() {
    // Alone, among others, in a list, in a map, in a list of maps, and beside what is none.
    let shapes: [fn(&str) -> Value; 6] = [
        |secret| json!(secret),
        |secret| json!(["a", secret]),
        |secret| json!({"a": secret, "b": "c"}),
        |secret| json!([{"a": secret}]),
        |secret| json!([[secret]]),
        |secret| json!({"a": {"b": [secret]}}),
    ];
    for (name, secret) in SECRETS {
        for shape in shapes {
            let response = response("parse", json!({"parameters": {name: shape(secret)}}));
            let (text, _) = written(&drifts(&response), &response.to_string());
            let document = Document::parse("api.yaml", &text).unwrap().to_json();
            let field =
                &document["components"]["schemas"]["BatchParseJobConfig"]["properties"][name];
            // Nothing is shown of a value without a type, and of what `format: password` marks.
            let hidden =
                |schema: &Value| schema.get("type").is_none() || schema["format"] == "password";
            let inner = [
                &field["items"],
                &field["items"]["additionalProperties"],
                &field["additionalProperties"],
            ];
            let shown = match field["type"].as_str() {
                Some("array" | "object") => inner
                    .into_iter()
                    .find(|schema| schema["type"] == "string" && !hidden(schema)),
                _ => Some(field).filter(|field| !hidden(field)),
            };
            assert_eq!(shown, None, "{name}: {}", shape(secret));
        }
    }
    // A URL hides what is in it by itself.
    for url in ["postgres://u:p@h/db", "https://x/?sig=1", "s3://b/k"] {
        let response = response(
            "parse",
            json!({"parameters": {"a_field": url, "others": ["x", url]}}),
        );
        let (text, _) = written(&drifts(&response), &response.to_string());
        assert_eq!(
            text.matches("format: uri\n").count(),
            contract().matches("format: uri\n").count() + 2
        );
    }
}

#[test]
fn a_schema_that_leads_back_to_itself_ends() {
    for keyword in ["oneOf", "allOf", "anyOf"] {
        let itself = "{$ref: '#/components/schemas/A'}";
        let text = format!(
            "paths: {{/a: {{get: {{responses: {{'200': {{content: {{application/json: {{schema: {itself}}}}}}}}}}}}}}}\n\
             components: {{schemas: {{A: {{type: object, {keyword}: [{itself}, {itself}], properties: {{a: {itself}}}, example: {{a: 1}}}}}}}}\n"
        );
        let started = std::time::Instant::now();
        let document = Document::parse("api.yaml", &text).unwrap();
        let found = drift::inspect(&document, &json!({"a": {"a": {"a": 1}}})).unwrap();
        assert_eq!(found[0].kind, DriftKind::NotCompared, "{found:?}");
        document.check();
        assert!(
            started.elapsed().as_secs() < 5,
            "{keyword}: {:?}",
            started.elapsed()
        );
    }
}

#[test]
fn many_unknown_keys_take_linear_time() {
    let of = |count: usize| {
        let map = (0..count).map(|index| (format!("k{index}"), json!("x")));
        let mut response = response("parse", json!({}));
        response["processing_results"][0]["job_config"]["parameters"] =
            Value::Object(map.collect());
        response
    };
    let response = of(1_000);
    let (_, left) = written(&drifts(&response), &response.to_string());
    assert_eq!(left, Vec::<String>::new());
    let work = |count: usize| assert_eq!(drifts(&of(count)).len(), count);
    super::linear::grows_linearly(work, 5_000);
}
