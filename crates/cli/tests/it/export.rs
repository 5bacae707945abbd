//! `export`: rows of many items, and those that fail.

use std::fs;
use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::exporting::{Mock, item, lines};
use crate::serving::Directory;
use crate::support::{Run, run};

#[test]
fn lines_are_those_of_get_with_the_place_of_the_output() {
    let get = run(&["get", "invoice-0001", "--demo", "-o", "ndjson"]);
    let mut export = lines(&run(&["export", "invoice-0001", "--demo"]).stdout);
    let mut places = Vec::new();
    for row in &mut export {
        let row = row.as_object_mut().unwrap();
        let mut take = |name| row.shift_remove(name).unwrap();
        places.push((take("output_bucket"), take("output_key")));
    }
    assert_eq!(export, lines(&get.stdout));
    assert_eq!(places.len(), 4);
    assert_eq!(places[1], (Value::Null, Value::Null));
    assert_eq!(places[0].0, "example-output");
}

#[test]
fn get_and_export_have_the_same_columns_and_parquet_too() {
    let rows = |text: &str| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        rows
    };
    let get = run(&["get", "invoice-0001", "--demo", "-o", "csv"]).stdout;
    let export = run(&["export", "invoice-0001", "--demo", "-o", "csv"]).stdout;
    assert_eq!(get, export);
    let rows = rows(&get);
    let cell = |row: usize, name: &str| {
        let at = rows[0].iter().position(|column| column == name).unwrap();
        rows[row][at].to_owned()
    };
    assert_eq!(
        format!(
            "s3://{}/{}",
            cell(1, "output_bucket"),
            cell(1, "output_key")
        ),
        cell(1, "output_s3_path")
    );
    assert_eq!(cell(1, "batch_id"), "bjb-41c7e0a9");
    assert_eq!(
        [cell(2, "job_status"), cell(2, "job_mode")],
        ["SUCCESS", "MULTIMODAL"]
    );
    // The service sent +02:00 here.
    assert_eq!(cell(3, "processed_at"), "2026-04-17T14:02:33.918045Z");
    assert_eq!(cell(3, "parameters_max_pages"), "10");
}

#[test]
fn fields_are_selected_and_a_mark_for_spreadsheets_on_request() {
    let fields = ["--fields", "job_type,result_id"];
    let args = ["export", "invoice-0001", "--demo", "-o", "csv", "--csv-bom"];
    let csv = run(&[&args[..], &fields].concat()).stdout;
    assert!(
        csv.starts_with("\u{feff}job_type,result_id\nparse,8d1c7b30-"),
        "{csv}"
    );
    let tsv = run(&[&["get", "invoice-0001", "--demo", "-o", "tsv"], &fields[..]].concat()).stdout;
    assert!(
        tsv.starts_with("job_type\tresult_id\nparse\t8d1c7b30-"),
        "{tsv}"
    );
    let wrong = run(&[
        "get",
        "invoice-0001",
        "--demo",
        "-o",
        "csv",
        "--fields",
        "nope",
    ]);
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong
            .stderr
            .starts_with("error: there is no field nope; there are item_id, ")
    );
    let json = run(&[
        &["get", "invoice-0001", "--demo", "-o", "json"],
        &fields[..],
    ]
    .concat());
    assert_eq!(json.code, Some(2), "{}", json.stderr);
    let narrowed = ["export", "--demo", "--tier", "agentic_plus", "-t", "parse"];
    let narrowed = run(&narrowed);
    let tiers = narrowed.stdout.matches("\"tier\":\"agentic_plus\"").count();
    assert!(
        tiers > 3 && tiers == narrowed.stdout.lines().count(),
        "{tiers}"
    );
}

#[test]
fn an_id_is_requested_once_wherever_it_comes_from() {
    let mock = Mock::with_items(4, Duration::ZERO);
    let directory = Directory::new("export-once");
    directory.write("ids", "item-3\n\nitem-1\nitem-3\n");
    let file = directory.0.join("ids");
    let by_file = mock.run(&["--items", file.to_str().unwrap()]);
    let by_name = mock.run(&["item-3", "item-1", "item-3"]);
    let mut export = mock.export(&["-"]);
    let mut child = export
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"item-3\nitem-1\nitem-3")
        .unwrap();
    let by_stream: Run = child.wait_with_output().unwrap().into();
    let results: Vec<_> = lines(&by_file.stdout)
        .iter()
        .map(|row| row["result_id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        results,
        ["result-3-0", "result-3-1", "result-3-2", "result-1-0"]
    );
    for run in [by_name, by_stream] {
        assert_eq!(run.stdout, by_file.stdout);
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (Some(0), "4 results of 2 items\n")
        );
    }
}

#[test]
fn items_that_fail_are_reported_and_all_others_are_there() {
    let mock = Mock::start(|server| {
        let items = [1, 2, 3].map(item);
        let server = items
            .into_iter()
            .fold(server, |server, item| server.with_item(item));
        server.respond_to("item-2", [503; 9])
    });
    let directory = Directory::new("export-failed");
    let out = directory.0.join("out.csv");
    let ids = [
        "item-1",
        "no-such-item",
        "item-2",
        "item-3",
        "--max-retries",
        "0",
    ];
    let run = mock.run(&[&ids[..], &["--out", out.to_str().unwrap()]].concat());
    assert_eq!(run.code, Some(7));
    let errors = directory.0.join("out.csv.errors.ndjson");
    let said = format!(
        "4 results of 2 items: {}\nerror: 2 of 4 items failed: 1 not found, 1 server, see {}; --resume fetches them again\n",
        out.display(),
        errors.display()
    );
    assert_eq!(run.stderr, said);
    let failed = lines(&fs::read_to_string(errors).unwrap());
    let kinds: Vec<_> = failed
        .iter()
        .map(|row| (&row["item_id"], &row["kind"], &row["status"]))
        .collect();
    let expected = [
        ("no-such-item", "not_found", 404),
        ("item-2", "server", 503),
    ];
    for ((id, kind, status), expected) in kinds.iter().zip(expected) {
        assert_eq!(
            (id.as_str(), kind.as_str(), status.as_i64()),
            (Some(expected.0), Some(expected.1), Some(expected.2))
        );
    }
    assert_eq!(failed.len(), 2);
    assert_eq!(failed[1]["attempts"], 1);
    assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), 5);

    let stream = mock.run(&ids);
    assert_eq!(stream.code, Some(7));
    assert_eq!(lines(&stream.stdout).len(), 4);
    assert!(
        stream
            .stderr
            .contains("error: item no-such-item: there is no such item"),
        "{}",
        stream.stderr
    );
    let errors = directory.0.join("errors");
    let stream = mock.run(&[&ids[..], &["--errors", errors.to_str().unwrap()]].concat());
    assert!(!stream.stderr.contains("no-such-item"), "{}", stream.stderr);
    assert_eq!(fs::read_to_string(errors).unwrap().lines().count(), 2);
}

#[test]
fn no_secret_is_exported_unless_requested() {
    let mock = Mock::with_items(2, Duration::ZERO);
    for (format, reveal) in [
        ("ndjson", false),
        ("csv", false),
        ("ndjson", true),
        ("csv", true),
    ] {
        let mut args = vec!["item-1", "-o", format];
        args.extend(reveal.then_some("--reveal-secrets"));
        let run = mock.run(&args);
        assert_eq!(run.stdout.contains("CANARY"), reveal, "{args:?}");
        assert!(run.stdout.contains("result-1-0"), "{args:?}");
    }
}

#[test]
fn only_results_of_the_job_type_are_exported() {
    let run = run(&["export", "invoice-0001", "--demo", "-t", "classify"]);
    let rows = lines(&run.stdout);
    assert!(!rows.is_empty() && rows.iter().all(|row| row["job_type"] == "classify"));
}
