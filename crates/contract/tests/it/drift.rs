//! What an answer holds beyond the contract.

use super::{contract, example};
use processing_results_contract::drift::{self, Drift, Kind};
use processing_results_contract::{Document, check};
use serde_json::{Value, json};

fn document() -> Document {
    Document::parse("api.yaml", &contract()).expect("readable")
}

/// An answer with one result.
fn answer(job_type: &str, job_config: Value) -> Value {
    json!({"item_id": "i", "item_name": "n", "processing_results": [{
        "item_id": "i", "job_config": job_config, "job_type": job_type, "output_s3_path": "", "parameters_hash": "h",
        "processed_at": "2026-01-02T03:04:05", "result_id": "r",
    }]})
}

fn lines(answer: &Value) -> Vec<String> {
    drift::inspect(&document(), answer)
        .iter()
        .map(Drift::to_string)
        .collect()
}

#[test]
fn the_documented_answer_and_a_realistic_history_do_not_drift() {
    for name in ["documented.json", "history.json"] {
        assert_eq!(lines(&example(name)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_drifting_example_has_drifts_of_each_level_and_no_value_in_the_report() {
    let answer = example("drift.json");
    let drifts = drift::inspect(&document(), &answer);
    let of = |kind: Kind| drifts.iter().filter(|drift| drift.kind == kind).count();
    println!(
        "{}",
        drifts
            .iter()
            .map(|drift| format!("{drift}\n{}", drift.fragment.as_deref().unwrap_or_default()))
            .collect::<String>()
    );
    assert!(
        of(Kind::UnknownField) >= 8 && of(Kind::UnknownValue) >= 8,
        "{drifts:#?}"
    );
}

#[test]
fn a_new_field_comes_with_its_type_and_yaml_to_paste() {
    let answer = answer(
        "parse",
        json!({"parameters": {"confidence_score_effort": null, "webhook_signing_secret": "s3cr3t"}}),
    );
    let mut second = answer.clone();
    second["processing_results"][0]["job_config"]["parameters"]["confidence_score_effort"] =
        json!("low");
    let drifts = drift::inspect_all(&document(), [&answer, &second]);
    let texts: Vec<String> = drifts.iter().map(Drift::to_string).collect();
    let at = "at `/processing_results/0/job_config/parameters";
    assert_eq!(
        texts,
        [
            format!(
                "BatchParseJobConfig.confidence_score_effort: unknown field, string or null (2 times, first {at}/confidence_score_effort`)"
            ),
            format!(
                "BatchParseJobConfig.webhook_signing_secret: unknown field, string (2 times, first {at}/webhook_signing_secret`)"
            ),
        ]
    );
    let fragment = drifts[1].fragment.as_deref().expect("a fragment");
    assert_eq!(
        fragment,
        "\
# components/schemas/BatchParseJobConfig/properties
        webhook_signing_secret:
          type: string
          format: password
          nullable: true
          description: TODO
"
    );
}

#[test]
fn what_is_pasted_passes_the_check() {
    let answer = answer(
        "parse",
        json!({"parameters": {
            "a_text": "t", "a_url": "https://x", "a_time": "2026-01-02T03:04:05Z", "a_number": 1.5, "an_integer": 3,
            "a_flag": true, "a_list": ["x"], "a_map": {"k": 1}, "a_nothing": null, "a_key": "k", "no": "x",
            "a_list_of_maps": [{"a": 1}], "an_empty_list": [], "mixed list": [1, "x"], "mixed": 1, "odd: key #": "x",
        }}),
    );
    let text = contract();
    let (before, after) = text
        .split_once("        adaptive_long_table:\n")
        .expect("the first parameter");
    let drifts = drift::inspect(&document(), &answer);
    assert_eq!(drifts.len(), 16);
    let pasted: String = drifts
        .iter()
        .filter_map(|drift| drift.fragment.clone())
        .collect();
    let text = format!("{before}{pasted}        adaptive_long_table:\n{after}");
    assert_eq!(check("api.yaml", &text), []);
    let document = Document::parse("api.yaml", &text).expect("readable");
    assert_eq!(drift::inspect(&document, &answer), []);
}

#[test]
fn a_new_enum_value_is_named_only_if_it_looks_like_a_name() {
    let found = lines(&answer(
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
    let drifts = drift::inspect(&document(), &answer("translate", json!({})));
    assert_eq!(
        drifts[0].fragment.as_deref(),
        Some("# components/schemas/JobType/enum\n        - translate\n")
    );
}

#[test]
fn the_job_type_decides_what_a_configuration_is_compared_with() {
    let job =
        json!({"id": "1", "project_id": "p", "rules": [], "status": "SUCCESS", "user_id": "u"});
    assert_eq!(
        lines(&answer("classify", job.clone())),
        Vec::<String>::new()
    );
    assert_eq!(
        lines(&answer("extract", json!({"anything": 1}))),
        Vec::<String>::new()
    );
    let as_parse = lines(&answer("parse", job));
    assert!(
        as_parse
            .iter()
            .any(|line| line.starts_with("BatchParseJobRecordCreate.rules: unknown field")),
        "{as_parse:?}"
    );
    let missing = lines(&answer("classify", json!({"id": "1"})));
    assert!(
        missing
            .iter()
            .any(|line| line.starts_with("ClassifyJob.rules: required, but not there")),
        "{missing:?}"
    );
}

#[test]
fn nulls_and_wrong_types_are_found_with_the_place() {
    let mut answer = answer(
        "parse",
        json!({"parameters": {"max_pages": "many", "auto_mode": 1}}),
    );
    answer["item_name"] = json!(null);
    answer["processing_results"][0]["processed_at"] = json!("yesterday");
    assert_eq!(
        lines(&answer),
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
