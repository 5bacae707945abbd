//! `diff` and `latest`.

use serde_json::{Value, json};

use crate::collection::{Collection, HOSTILE, SECRETS, item, parse, run};
use crate::support::{assert_golden, demo, run as run_command};

#[test]
fn each_format_is_as_it_was() {
    assert_golden("diff-80.txt", &demo("80", &["diff", "invoice-0001"]));
    assert_golden("diff-140.txt", &demo("140", &["diff", "invoice-0001"]));
    assert_golden(
        "diff-json.txt",
        &demo("80", &["diff", "invoice-0001", "-o", "json"]),
    );
    assert_golden("latest-120.txt", &demo("120", &["latest", "invoice-0001"]));
}

#[test]
fn a_value_is_never_broken_and_never_acts_on_the_terminal() {
    let results = [
        parse(
            "a",
            "2026-01-01T00:00:00Z",
            "h",
            json!({"lang": "en", HOSTILE: 1}),
        ),
        parse(
            "b",
            "2026-01-02T00:00:00Z",
            "h",
            json!({"lang": HOSTILE, "user_prompt": "words".repeat(900)}),
        ),
    ];
    let collection = Collection::of("diff-widths", &[item("a", &results)]);
    for columns in [36, 80, 250] {
        let run = collection.run_at(&columns.to_string(), &["diff", "a"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        for line in run.stdout.lines() {
            assert_eq!(line, line.trim_end());
            assert!(
                !line.contains(|c: char| c.is_control() || c == '\u{202e}'),
                "{line:?}"
            );
        }
        assert!(run.stdout.contains(&"words".repeat(900)), "{}", run.stdout);
        assert!(run.stdout.contains("lang"));
    }
}

/// Results of three job types, not in the order of time.
fn mixed() -> Vec<Value> {
    vec![
        parse("p-3", "2026-01-05T00:00:00Z", "h-3", json!({"lang": "fr"})),
        parse(
            "p-1",
            "2026-01-01T00:00:00Z",
            "h-1",
            json!({"lang": "en", "gpt4o_api_key": SECRETS[0]}),
        ),
        run(
            "extract",
            "e-2",
            "2026-01-06T00:00:00Z",
            "h",
            json!({"k": 2, "api_token": SECRETS[2]}),
        ),
        run(
            "extract",
            "e-1",
            "2026-01-04T00:00:00Z",
            "h",
            json!({"k": 1}),
        ),
        parse(
            "p-2",
            "2026-01-03T02:00:00+03:00",
            "h-1",
            json!({"lang": "de", "gpt4o_api_key": "sk-CANARY-2"}),
        ),
        run("classify", "c-1", "2026-01-07T00:00:00Z", "h", json!({})),
    ]
}

#[test]
fn nested_values_are_compared_one_by_one_and_credentials_shown_on_request() {
    let config = |mode: &str, token: &str| json!({"config": {"mode": mode, "pages": [1, 2]}, "token": token});
    let results = [
        run(
            "extract",
            "aaaaaaaa-1111-2222-3333",
            "2026-01-01T00:00:00Z",
            "h-1",
            config("FAST", "CANARY-1"),
        ),
        run(
            "extract",
            "bbbbbbbb-1111-2222-3333",
            "2026-01-02T00:00:00Z",
            "h-2",
            config("BALANCED", "CANARY-2"),
        ),
    ];
    let collection = Collection::of("diff-nested", &[item("a", &results)]);
    let masked = collection.run(&["diff", "a", "aaaa", "bbbb"]).stdout;
    for line in [
        "- config.mode  FAST",
        "+ config.mode  BALANCED",
        "+ token        *** (another value, masked)",
    ] {
        assert!(masked.contains(line), "{masked}");
    }
    assert!(!masked.contains("pages"), "{masked}");
    let shown = collection.run(&["diff", "a", "--reveal-secrets"]).stdout;
    assert!(
        shown.contains("- token        CANARY-1\n+ token        CANARY-2\n"),
        "{shown}"
    );
}

#[test]
fn two_results_are_chosen_or_found() {
    let collection = Collection::of("diff-chosen", &[item("a", &mixed())]);
    for (args, before, after, changes) in [
        // The latest result has none of its type before it.
        (&[][..], "e-1", "e-2", vec!["api_token", "k"]),
        (
            &["-t", "parse"],
            "p-2",
            "p-3",
            vec!["gpt4o_api_key", "lang"],
        ),
        (&["p-1", "p-2"], "p-1", "p-2", vec!["gpt4o_api_key", "lang"]),
        (&["p-3", "p-1"], "p-3", "p-1", vec!["gpt4o_api_key", "lang"]),
        (&["p-3", "p-3"], "p-3", "p-3", vec![]),
    ] {
        let run = collection.run(&[&["diff", "a", "-o", "json"], args].concat());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(!run.stdout.contains("CANARY"), "{}", run.stdout);
        let json: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(
            (&json["before"]["result_id"], &json["after"]["result_id"]),
            (&json!(before), &json!(after))
        );
        let names: Vec<_> = json["changes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, changes, "{args:?}");
    }
    let json = collection
        .run(&["diff", "a", "p-1", "p-2", "-o", "json"])
        .stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        json["before"],
        json!({
            "result_id": "p-1", "job_type": "parse", "processed_at": "2026-01-01T00:00:00Z", "parameters_hash": "h-1"
        })
    );
    assert_eq!(
        json["changes"][0],
        json!({"name": "gpt4o_api_key", "before": "***", "after": "***"})
    );
    assert_eq!(
        json["changes"][1],
        json!({"name": "lang", "before": "en", "after": "de"})
    );
}

#[test]
fn a_result_that_is_not_there_is_refused_with_those_that_are() {
    let collection = Collection::of("diff-unknown", &[item("a", &mixed()), item("none", &[])]);
    let run = collection.run(&["diff", "a", "p-1", "p-9"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert_eq!(run.stderr.lines().count(), 1);
    assert!(run.stderr.starts_with(
        "error: item a has no result p-9; there are c-1 (classify, 2026-01-07 00:00:00Z), "
    ));
    for id in ["p-1", "p-2", "p-3", "e-1", "e-2"] {
        assert!(run.stderr.contains(&format!(" {id} (")), "{}", run.stderr);
    }
    let run = collection.run(&["diff", "none", "p-1", "p-9"]);
    assert_eq!(
        run.stderr,
        "error: item none has no result p-1; it has none\n"
    );
    assert_eq!(collection.run(&["diff", "a", "p-1"]).code, Some(2));
    assert_eq!(
        collection
            .run(&["diff", "a", "p-1", "p-2", "-t", "parse"])
            .code,
        Some(2)
    );
    assert_eq!(collection.run(&["diff", "nobody"]).code, Some(4));
}

#[test]
fn nothing_to_compare_is_said() {
    let single = [parse("p-1", "2026-01-01T00:00:00Z", "h", json!({}))];
    let collection = Collection::of("diff-nothing", &[item("one", &single), item("none", &[])]);
    for (args, after, note) in [
        (
            &["one"][..],
            json!("p-1"),
            "item one has no two results of the same job type",
        ),
        (
            &["one", "-t", "parse"],
            json!("p-1"),
            "item one has only one result of job type parse",
        ),
        (
            &["one", "-t", "extract"],
            json!(null),
            "item one has no results of job type extract",
        ),
        (&["none"], json!(null), "item none has no results"),
    ] {
        let run = collection.run(&[&["diff", "-o", "json"], args].concat());
        assert_eq!(run.code, Some(0));
        assert_eq!(run.stderr, format!("note: nothing to compare: {note}\n"));
        let json: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(
            (
                &json["before"],
                &json["after"]["result_id"],
                &json["changes"]
            ),
            (&json!(null), &after, &json!([]))
        );
        assert_eq!(collection.run(&[&["diff"], args].concat()).code, Some(0));
    }
}

#[test]
fn latest_has_one_result_of_each_job_type() {
    let collection = Collection::of("latest", &[item("a", &mixed())]);
    let ids = |args: &[&str]| {
        let run = collection.run(&[&["latest", "a", "-o", "ndjson"], args].concat());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(!run.stdout.contains("CANARY-1"));
        let ids = run
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        ids.map(|json| json["result_id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]), ["c-1", "e-2", "p-3"]);
    assert_eq!(ids(&["-t", "parse"]), ["p-3"]);
    assert_eq!(run_command(&["latest", "nobody", "--demo"]).code, Some(4));
}
