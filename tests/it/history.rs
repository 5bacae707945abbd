//! Helpers of a history: what was last, what was repeated, what changed.

use processing_results::types::{ItemProcessingResults, JobType, ProcessingResult};
use serde_json::{Value, json};

fn run(id: &str, job_type: &str, time: &str, hash: &str) -> Value {
    json!({
        "item_id": "a", "result_id": id, "job_type": job_type, "job_config": {},
        "processed_at": time, "parameters_hash": hash, "output_s3_path": ""
    })
}

fn history(runs: &[Value]) -> ItemProcessingResults {
    let json = json!({"item_id": "a", "item_name": "a.pdf", "processing_results": runs});
    serde_json::from_value(json).unwrap()
}

fn configured(job_type: &str, config: Value) -> ProcessingResult {
    let mut json = run("r", job_type, "2026-03-01T09:30:00Z", "h");
    json["job_config"] = config;
    serde_json::from_value(json).unwrap()
}

fn ids<'a>(results: impl IntoIterator<Item = &'a ProcessingResult>) -> Vec<&'a str> {
    results
        .into_iter()
        .map(|it| it.result_id.as_str())
        .collect()
}

/// The changes from one configuration to another, as text.
fn changes(job_type: &str, before: Value, after: Value) -> Vec<String> {
    let (before, after) = (configured(job_type, before), configured(job_type, after));
    let changes = after.changes_since(&before);
    changes.iter().map(ToString::to_string).collect()
}

#[test]
fn the_order_of_time_is_that_of_instants_and_keeps_ties() {
    let history = history(&[
        run("later", "parse", "2026-03-01T12:00:00Z", "h"),
        run("tie-1", "parse", "2026-03-01T11:00:00+01:00", "h"),
        run("first", "parse", "2026-03-01T09:59:59.999", "h"),
        run("tie-2", "extract", "2026-03-01T10:00:00", "h"),
        run("tie-3", "parse", "2026-03-01T10:00:00Z", "h"),
    ]);
    let order = ["first", "tie-1", "tie-2", "tie-3", "later"];
    assert_eq!(ids(history.chronological()), order);
    assert_eq!(history.latest(&JobType::Parse).unwrap().result_id, "later");
    assert!(history.latest(&JobType::Classify).is_none());
}

#[test]
fn of_two_at_the_same_time_the_latest_is_the_one_sent_later() {
    let history = history(&[
        run("one", "parse", "2026-03-01T10:00:00Z", "h"),
        run("two", "parse", "2026-03-01T11:00:00+01:00", "h"),
        run("other", "extract", "2026-03-02T10:00:00Z", "h"),
    ]);
    assert_eq!(history.latest(&JobType::Parse).unwrap().result_id, "two");
}

#[test]
fn a_hash_finds_its_results_whatever_their_type() {
    let history = history(&[
        run("one", "parse", "2026-03-02T10:00:00Z", "h-1"),
        run("two", "parse", "2026-03-01T10:00:00Z", "h-2"),
        run("three", "extract", "2026-03-03T10:00:00Z", "h-1"),
    ]);
    assert_eq!(ids(history.by_parameters_hash("h-1")), ["one", "three"]);
    assert!(history.already_processed("h-2"));
    assert!(!history.already_processed("h"));
}

#[test]
fn duplicates_have_type_and_hash_in_common() {
    let history = history(&[
        run("p-3", "parse", "2026-03-03T10:00:00Z", "same"),
        run("p-1", "parse", "2026-03-01T10:00:00Z", "same"),
        run("x-1", "extract", "2026-03-02T10:00:00Z", "same"),
        run("n-2", "new_type", "2026-02-02T10:00:00Z", "same"),
        run("p-2", "parse", "2026-03-02T10:00:00Z", "same"),
        run("n-1", "new_type", "2026-02-01T10:00:00Z", "same"),
        run("other", "parse", "2026-03-02T10:00:00Z", "other"),
        run("e-1", "parse", "2026-03-01T10:00:00Z", ""),
        run("e-2", "parse", "2026-03-02T10:00:00Z", ""),
    ]);
    let groups: Vec<_> = history.duplicates().into_iter().map(ids).collect();
    assert_eq!(groups, [vec!["n-1", "n-2"], vec!["p-1", "p-2", "p-3"]]);
}

#[test]
fn a_history_without_results_has_none_of_any_kind() {
    let json = json!({"item_id": "a", "item_name": "a.pdf", "processing_results": null});
    let history: ItemProcessingResults = serde_json::from_value(json).unwrap();
    assert!(history.chronological().is_empty());
    assert!(history.duplicates().is_empty());
    assert!(!history.already_processed(""));
}

#[test]
fn what_changed_is_named_with_both_values() {
    let before = json!({"parameters": {
        "lang": "en", "max_pages": 5, "job_timeout_in_seconds": 1, "languages": ["de"], "do_not_cache": null,
        "custom_metadata": {"a": "x", "b": 1}, "fast_mode": true, "tier": "fast",
    }});
    let after = json!({"correlation_id": "another", "parameters": {
        "lang": "de", "max_pages": 5, "job_timeout_in_seconds": 1.0, "languages": ["de", "xx"],
        "custom_metadata": {"a": "y", "b": 1, "c": []}, "fast_mode": null, "extract_layout": false, "tier": "fast",
    }});
    let expected = [
        r#"custom_metadata.a: "<string>" -> "<string>""#,
        r#"custom_metadata.c: - -> "<array>""#,
        "extract_layout: - -> false (the default)",
        "fast_mode: true -> - (default false)",
        r#"lang: "en" -> "de""#,
        r#"languages: ["de"] -> ["de","xx"]"#,
    ];
    assert_eq!(changes("parse", before.clone(), after), expected);
    assert!(changes("parse", before.clone(), before).is_empty());
    assert!(changes("extract", json!({"a": null}), json!({})).is_empty());
}

#[test]
fn of_a_classify_job_only_its_settings_count() {
    let job = |id: &str, rules: Value, pages: i64| {
        json!({
            "id": id, "project_id": "p", "user_id": "u", "status": "SUCCESS", "rules": rules,
            "mode": "FAST", "parsing_configuration": {"max_pages": pages, "lang": "en"},
        })
    };
    let rule = |text: &str| json!([{"description": text, "type": "invoice"}]);
    assert_eq!(
        changes("classify", job("1", rule("a"), 5), job("2", rule("b"), 6)),
        [
            "parsing_configuration.max_pages: 5 -> 6",
            r#"rules: [{"description":"a","type":"invoice"}] -> [{"description":"b","type":"invoice"}]"#,
        ]
    );
    assert!(changes("classify", job("1", rule("a"), 5), job("2", rule("a"), 5)).is_empty());
}

#[test]
fn what_is_absent_and_the_default_are_shown_as_such() {
    let parse = |parameters: Value| configured("parse", json!({ "parameters": parameters }));
    let cases = [
        (
            json!({}),
            json!({"lang": "en"}),
            r#"lang: - -> "en" (the default)"#,
            true,
        ),
        (
            json!({"lang": "en"}),
            json!({"lang": null}),
            r#"lang: "en" (the default) -> -"#,
            true,
        ),
        (
            json!({}),
            json!({"lang": "de"}),
            r#"lang: - (default "en") -> "de""#,
            false,
        ),
        (
            json!({"page_error_tolerance": 0.050}),
            json!({}),
            "page_error_tolerance: 0.05 (the default) -> -",
            true,
        ),
        (
            json!({}),
            json!({"tier": "agentic"}),
            r#"tier: - -> "agentic""#,
            false,
        ),
        (
            json!({"lang": "en"}),
            json!({"lang": "de"}),
            r#"lang: "en" -> "de""#,
            false,
        ),
    ];
    for (before, after, expected, is_default) in cases {
        let changes = parse(after).changes_since(&parse(before));
        let [change] = &changes[..] else {
            panic!("one change: {changes:?}")
        };
        assert_eq!(
            (change.to_string().as_str(), change.is_default()),
            (expected, is_default)
        );
    }
    let classify = |lang: Value| configured("classify", json!({"parsing_configuration": lang}));
    let changes = classify(json!({"lang": "en"})).changes_since(&classify(json!({})));
    assert_eq!(
        changes[0].to_string(),
        r#"parsing_configuration.lang: - -> "en" (the default)"#
    );
    let changes = configured("extract", json!({"lang": "en"}))
        .changes_since(&configured("extract", json!({})));
    assert_eq!(changes[0].default, None);
}

#[test]
fn a_change_shows_no_secret_and_is_found_all_the_same() {
    let parameters = |n: u32| {
        json!({"parameters": {
            "azure_openai_key": format!("CANARY-{n}"),
            "http_proxy": format!("http://user:CANARY-{n}@proxy/{n}?t=CANARY"),
            "webhook_configurations": [{"webhook_headers": {"x": format!("CANARY-{n}")}}],
            "unknown": {"deep": format!("CANARY-{n}")},
            "webhook_signing_secret": format!("CANARY-{n}"),
        }})
    };
    let typed = changes("parse", parameters(1), parameters(2));
    let names = [
        "azure_openai_key",
        "http_proxy",
        "unknown",
        "webhook_configurations",
        "webhook_signing_secret",
    ];
    assert_eq!(typed.len(), names.len());
    for (change, name) in typed.iter().zip(names) {
        assert!(change.starts_with(name), "{change}");
    }
    assert!(
        typed[1].contains("proxy/1?***\" -> \"http://***@proxy/2"),
        "{}",
        typed[1]
    );
    let untyped = changes("extract", parameters(1), parameters(2));
    assert_eq!(untyped, [r#"parameters: "<object>" -> "<object>""#]);
    let to_nothing = changes("extract", json!("CANARY"), json!(["CANARY"]));
    assert_eq!(to_nothing, [r#"job_config: "<string>" -> "<array>""#]);

    let (before, after) = (
        configured("parse", parameters(1)),
        configured("parse", parameters(2)),
    );
    let all = after.changes_since(&before);
    let json = serde_json::to_string(&all).unwrap();
    for shown in [typed.concat(), untyped.concat(), format!("{all:?}"), json] {
        assert!(!shown.contains("CANARY"), "{shown}");
    }
}

#[test]
fn a_configuration_that_is_not_what_its_type_promises_is_compared_by_its_keys() {
    let wrong = json!({"parameters": {"max_pages": "CANARY", "lang": "en"}});
    let right = json!({"parameters": {"max_pages": 3, "lang": "en"}});
    assert_eq!(
        changes("parse", wrong.clone(), right.clone()),
        [r#"max_pages: "<string>" -> 3"#]
    );
    assert_eq!(
        changes("parse", right, wrong),
        [r#"max_pages: 3 -> "<string>""#]
    );
    assert_eq!(
        changes("parse", json!(null), json!({"parameters": {"lang": "en"}})),
        [r#"job_config: null -> {"lang":"en"}"#]
    );
}
