//! `duplicates`: results of many items that repeat an earlier one.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::collection::{Collection, HOSTILE, item, items, parse};
use crate::support::{assert_golden, command, run};

#[test]
fn every_group_of_a_collection_is_found() {
    let collection = Collection::of("duplicates", &items());
    let ids = collection.path("ids.txt");
    let run = collection.run(&["duplicates", "--items", &ids, "-o", "json"]);
    assert_eq!(run.code, Some(7), "{}", run.stderr);
    let groups: Value = serde_json::from_str(&run.stdout).unwrap();
    let groups = groups.as_array().unwrap();
    let usual: Vec<_> = (0..300)
        .step_by(3)
        .map(|at| format!("item-{at:03}"))
        .collect();
    let found: Vec<_> = groups
        .iter()
        .map(|it| it["item_id"].as_str().unwrap())
        .collect();
    assert_eq!(found[..100], usual);
    assert_eq!(found[100..], ["hostile", "hostile", "long"]);
    assert_eq!(groups[100]["parameters_hash"], HOSTILE);
    assert_eq!(
        groups[0],
        json!({
            "item_id": "item-000", "item_name": "item-000.pdf", "job_type": "parse", "parameters_hash": "h-1", "repeats": 1,
            "results": [
                {"result_id": "first", "processed_at": "2026-01-01T08:00:00Z", "output_s3_path": "s3://bucket/first"},
                {"result_id": "second", "processed_at": "2026-01-02T08:00:00Z", "output_s3_path": "s3://bucket/second"},
            ]
        })
    );
    let lines: Vec<_> = run.stderr.lines().collect();
    assert!(
        lines[0].starts_with("error: item forbidden: "),
        "{}",
        run.stderr
    );
    assert_eq!(
        lines[1..],
        [
            "note: 103 of 438 results repeat an earlier one, in 102 of 302 items; 1 of 303 items failed: 1 forbidden"
        ]
    );

    let lines = collection
        .run(&["duplicates", "--items", &ids, "-o", "ndjson"])
        .stdout;
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(&lines, groups);
    let parse = collection.run(&[
        "duplicates",
        "--items",
        &ids,
        "-o",
        "ndjson",
        "-t",
        "classify",
    ]);
    assert_eq!(parse.stdout, "");
}

#[test]
fn a_table_has_no_active_characters_and_a_line_for_each_group() {
    let collection = Collection::of("duplicates-table", &items()[270..]);
    let ids = collection.path("ids.txt");
    for columns in [36, 140] {
        let run = collection.run_at(&columns.to_string(), &["duplicates", "--items", &ids]);
        for line in run.stdout.lines() {
            assert!(
                !line.contains(|c: char| c.is_control() || c == '\u{202e}'),
                "{line:?}"
            );
        }
        assert!(run.stdout.contains("item-297"));
        assert!(!run.stdout.contains("item-298"));
    }
    let times = ["01", "02", "03"].map(|day| format!("2026-01-{day}T00:00:00Z"));
    let results = times.map(|time| parse(&time, &time, "0123456789abcdef", json!({})));
    let two = [item("a", &results), item("b", &results[1..])];
    let collection = Collection::of("duplicates-golden", &two);
    let table = collection.run_at("80", &["duplicates", "a", "b"]);
    assert_eq!(table.code, Some(0));
    assert_golden("duplicates-80.txt", &table.stdout);
}

#[test]
fn an_item_named_twice_is_requested_once_and_a_lone_failure_has_its_own_code() {
    let again = [parse("r-1", "2026-01-01T00:00:00Z", "h", json!({}))];
    let collection = Collection::of("duplicates-twice", &[item("a", &again)]);
    let run = collection.run(&["duplicates", "a", "a", "a"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "note: no duplicates in 1 item with 1 result\n");
    let run = collection.run(&["duplicates", "nobody", "-o", "json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(4), "[]\n"));
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert_eq!(collection.run(&["duplicates", "a", "nobody"]).code, Some(7));
}

#[test]
fn what_is_wrong_with_all_items_is_reported_once() {
    let ids: Vec<_> = (0..100).map(|at| format!("item-{at}")).collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let nobody = ["--base-url", "http://127.0.0.1:1", "--max-retries", "0"];
    let refused = |args: &[&str]| {
        let mut command = command(&[&["duplicates", "-o", "json"], &ids[..], args].concat());
        command
            .env("LLAMA_CLOUD_API_KEY", "llx-wrong")
            .output()
            .unwrap()
            .into()
    };
    let run: crate::support::Run = refused(&nobody);
    assert_eq!((run.code, run.stdout.as_str()), (Some(5), ""));
    assert_eq!(run.stderr.lines().count(), 20, "{}", run.stderr);
    let collection = Collection::of("duplicates-key", &[item("a", &[])]);
    let server = collection.url();
    let run: crate::support::Run = refused(&["--base-url", &server]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""));
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn nobody_who_reads_on_ends_it_and_is_no_failure() {
    let collection = Collection::of("duplicates-pipe", &items()[200..]);
    let ids = collection.path("ids.txt");
    for format in ["table", "json", "ndjson"] {
        let mut command = command(&["duplicates", "--items", &ids, "-o", format]);
        command
            .args(["--base-url", &collection.url()])
            .env("LLAMA_CLOUD_API_KEY", "llx-mock-key")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        // It has not come as far as the item that fails.
        assert_eq!(output.stderr, b"");
    }
}

#[test]
fn the_demo_has_some_and_an_export_of_it_the_same() {
    let demo = run(&["duplicates", "--demo", "-o", "json"]);
    assert_eq!(demo.code, Some(0), "{}", demo.stderr);
    assert_eq!(
        demo.stderr,
        "note: 14 of 77 results repeat an earlier one, in 13 of 24 items\n"
    );
    let directory = tempfile::tempdir().unwrap();
    let endings = ["ndjson", "parquet"];
    for ending in endings
        .iter()
        .filter(|it| **it == "ndjson" || cfg!(feature = "parquet"))
    {
        let out = directory.path().join(format!("demo.{ending}"));
        let out = out.to_str().unwrap();
        let export = run(&["export", "--demo", "--out", out]);
        assert_eq!(export.code, Some(0), "{}", export.stderr);
        let again = run(&["duplicates", "--from", out, "-o", "json"]);
        assert_eq!(
            (again.code, &again.stdout),
            (Some(0), &demo.stdout),
            "{}",
            again.stderr
        );
        let page = |args: &[&str]| run(&[&["report", "--out", "-"], args].concat());
        let (from, of) = (page(&["--from", out]), page(&["--demo"]));
        assert_eq!(from.code, Some(0), "{}", from.stderr);
        let repeats = |page: &str| {
            let (_, rest) = page.split_once("id=\"repeats\"").unwrap();
            rest.split("</section>")
                .next()
                .unwrap()
                .matches("<tr")
                .count()
        };
        assert_eq!(repeats(&from.stdout), repeats(&of.stdout));
    }
}
