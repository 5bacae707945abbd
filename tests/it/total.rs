//! Whatever the service sends: what decodes is not lost because of what does not.

use processing_results::Job;
use processing_results::types::{ItemProcessingResults, ProcessingResult};

use crate::support::{Raw, Step, ok};

fn result(id: &str, members: &str) -> String {
    format!(
        r#"{{"item_id":"a","job_config":{{}},"job_type":"parse","output_s3_path":"","processed_at":"2026-01-02T03:04:05","result_id":"{id}"{members}}}"#
    )
}

fn history(more: &str, results: &[String]) -> String {
    let results = results.join(",");
    format!(r#"{{"item_id":"a","item_name":"a.pdf","processing_results":[{results}]{more}}}"#)
}

fn read(text: &str) -> ItemProcessingResults {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn what_nobody_knows_keeps_its_text() {
    let values = [
        "12345678901234567890123",
        "0.10000000000000000555",
        "1e400",
        "-0",
        "1.10",
        "null",
        r#""\ud83d""#,
        r#"{"b":1,"a":2,"a":3}"#,
    ];
    for value in values {
        let hash = r#","parameters_hash":"h""#;
        let text = history(
            &format!(r#","x":{value}"#),
            &[result(
                "r",
                &format!(r#"{hash},"output_metadata":{value},"y":{value},"y":{value}"#),
            )],
        );
        let history = read(&text);
        assert_eq!(history.extra["x"].raw(), value);
        let written = serde_json::to_string(&history).unwrap();
        // Documented members come first, in alphabetical order; all others keep their order.
        for member in ["x", "y", "output_metadata"] {
            assert!(
                written.contains(&format!(r#""{member}":{value}"#)),
                "{written}"
            );
        }
        assert_eq!(written.matches(r#""y":"#).count(), 2);
        assert_eq!(read(&written), history);
    }
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let history = read(&history(&format!(r#","x":{deep}"#), &[]));
    assert_eq!(history.extra["x"].raw(), deep);
    assert!(format!("{history:?}").contains("<array>") && history == history.clone());
    assert_eq!(history.masked()["x"], "<array>");
}

#[test]
fn an_odd_value_costs_its_field_at_most() {
    let odd = result("half \\ud83d of a pair", r#","parameters_hash":"h""#);
    let history = read(&history(
        "",
        &[odd.replace("03:04:05", "24:00:00[Europe/Berlin]")],
    ));
    let [result] = history.results() else {
        panic!("one result")
    };
    assert_eq!(result.result_id, "half \u{fffd} of a pair");
    assert!(!result.processed_at.is_exact());

    let mut result = result.clone();
    let config =
        r#"{"parameters": {"max_pages": 10.0, "tier": "fast", "x": 1e400, "lang": "\udc00"}}"#;
    result.job_config = serde_json::from_str(config).unwrap();
    let Job::Parse(record) = result.job() else {
        panic!("a parse record")
    };
    let parameters = record.parameters.unwrap();
    assert_eq!(parameters.max_pages, Some(10));
    assert_eq!(parameters.extra["x"].raw(), "1e400");
    assert_eq!(parameters.lang.unwrap().as_str(), "\u{fffd}");
}

#[test]
fn changes_are_found_in_what_is_no_value() {
    let with = |job_type: &str, config: &str| -> ProcessingResult {
        let text = result("r", r#","parameters_hash":"h""#);
        let text = text.replace("\"parse\"", &format!("{job_type:?}"));
        serde_json::from_str(
            &text.replace("\"job_config\":{}", &format!("\"job_config\":{config}")),
        )
        .unwrap()
    };
    for odd in ["1e400", r#""\ud83d""#, "12345678901234567890123"] {
        let config =
            |lang: &str| format!(r#"{{"parameters": {{"lang": "{lang}", "max_pages": {odd}}}}}"#);
        let (before, after) = (with("parse", &config("en")), with("parse", &config("de")));
        let changes = after.changes_since(&before);
        let changes: Vec<_> = changes.iter().map(ToString::to_string).collect();
        assert_eq!(changes, [r#"lang: "en" -> "de""#]);
    }
    for (before, after) in [
        ("1e400", "1e401"),
        (
            r#"{"a": 12345678901234567890123}"#,
            r#"{"a": 12345678901234567890124}"#,
        ),
        (r#"{"a": "\ud83d"}"#, r#"{"a": "\ud83e"}"#),
        (r#"{"a": 1, "a": 2}"#, r#"{"a": 2}"#),
        ("[1e400]", "[\"1e400\"]"),
    ] {
        for job_type in ["extract", "parse", "classify"] {
            let (before, after) = (with(job_type, before), with(job_type, after));
            let is_setting = job_type == "extract" || !before.job_config.raw().starts_with('{');
            assert_eq!(
                !after.changes_since(&before).is_empty(),
                is_setting,
                "{before:?}"
            );
            let Job::Other(other) = with("extract", before.job_config.raw()).job() else {
                panic!("no type")
            };
            assert!(!other.value().is_null() && other.raw() == before.job_config.raw());
        }
    }
    let (ten, point) = (
        with("parse", r#"{"parameters":{"max_pages":10}}"#),
        with("parse", r#"{"parameters":{"max_pages":10.0}}"#),
    );
    assert!(point.changes_since(&ten).is_empty());
}

#[tokio::test]
async fn an_error_carries_the_results_that_decode() {
    let hash = r#","parameters_hash":"h""#;
    let results = [
        result("one", hash),
        result("two", r#","parameters_hash":null"#),
        result("three", hash),
        "7".to_owned(),
        result("four", &format!("{hash},\"result_id\":\"CANARY\"")),
    ];
    let body =
        history(r#","x":1e400"#, &results).replace(r#""item_name":"a.pdf""#, r#""item_name":null"#);
    let server = Raw::start(vec![Step::Send(ok(body))]).await;
    let error = server
        .client()
        .processing_results("a")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.json_path(), Some("item_name"));
    let partial = error.partial().unwrap();
    assert_eq!(
        (
            partial.history.item_id.as_str(),
            partial.history.item_name.as_str()
        ),
        ("a", "")
    );
    assert_eq!(partial.history.extra["x"].raw(), "1e400");
    let ids: Vec<_> = partial
        .history
        .results()
        .iter()
        .map(|it| it.result_id.as_str())
        .collect();
    assert_eq!(ids, ["one", "three"]);
    let skipped: Vec<_> = partial
        .skipped
        .iter()
        .map(|it| (it.index(), it.reason(), it.raw()))
        .collect();
    let reasons = [
        (
            1,
            "does not decode at parameters_hash: expected a string, found null",
        ),
        (
            3,
            "does not decode at the root: expected struct ProcessingResult, found a number",
        ),
        (
            4,
            "does not decode at result_id: field `result_id` appears twice",
        ),
    ];
    let expected =
        reasons.map(|(index, reason)| (index, reason.to_owned(), results[index].as_str()));
    assert_eq!(skipped, expected);
    assert!(!format!("{partial:?}").contains("CANARY"));

    for body in [
        "[1]",
        r#"{"item_id":"a","item_name":"a","processing_results":7}"#,
    ] {
        let server = Raw::start(vec![Step::Send(ok(body))]).await;
        let error = server
            .client()
            .processing_results("a")
            .send()
            .await
            .unwrap_err();
        assert!(error.is_undecodable() && error.partial().is_none());
    }
}

#[test]
fn the_work_on_a_history_is_linear() {
    let more: [fn(usize) -> String; 3] = [
        |count| (0..count).map(|n| format!(r#","key{n}":{n}"#)).collect(),
        |count| r#","x":1"#.repeat(count),
        |count| format!(r#","x":"{}""#, "a".repeat(100 * count)),
    ];
    for more in more {
        let work = |count| {
            let more = more(count);
            let one = read(&history(&more, &[result("r", r#","parameters_hash":"h""#)]));
            let other = one.clone();
            assert!(one == other && format!("{one:?}").len() > 100 && one.masked().is_object());
            let mut configured = other.results()[0].clone();
            configured.job_config = serde_json::from_str(&format!("{{{}}}", &more[1..])).unwrap();
            configured.job_type = "extract".into();
            let mut earlier = configured.clone();
            earlier.job_config = serde_json::from_str(r#"{"other": 1}"#).unwrap();
            assert!(!configured.changes_since(&earlier).is_empty());
        };
        crate::linear::grows_linearly(work, 2_000);
    }
}
