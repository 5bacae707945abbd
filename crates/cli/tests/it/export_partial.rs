//! `export` of histories in which some results do not decode: the others are written.

use std::fs;

use serde_json::{Value, json};

use crate::exporting::{Files, Mock, id, ids, item, lines};

/// Item 3, of three results, with one of them broken.
fn broken(at: usize, field: &str, value: Value) -> Value {
    let mut item = item(3);
    item["processing_results"][at][field] = value;
    item
}

fn server(broken: Value) -> Mock {
    Mock::start(move |server| {
        [item(0), item(1), item(2), broken]
            .into_iter()
            .fold(server, |server, item| server.with_item(item))
    })
}

#[test]
fn a_broken_promise_costs_its_result_alone() {
    for (at, field, value) in [
        (0, "output_s3_path", Value::Null),
        (1, "parameters_hash", Value::Null),
        (2, "job_type", json!(7)),
        (1, "result_id", json!(["CANARY"])),
        (0, "processed_at", json!({"CANARY": 1})),
    ] {
        let mock = server(broken(at, field, value));
        let files = Files::new("export-partial", &ids(4), "out.ndjson");
        let run = mock.run(&files.args(&[]));
        assert_eq!(run.code, Some(7), "{field}: {}", run.stderr);
        assert!(
            run.stderr.contains("1 partly undecodable"),
            "{}",
            run.stderr
        );

        let rows = lines(&fs::read_to_string(&files.out).unwrap());
        let of_broken = rows.iter().filter(|row| row["item_id"] == id(3));
        let kept: Vec<_> = of_broken.map(|row| row["result_id"].clone()).collect();
        let others = (0..3).filter(|other| *other != at);
        let expected: Vec<_> = others.map(|at| json!(format!("result-3-{at}"))).collect();
        assert_eq!(kept, expected, "{field}");
        assert_eq!(rows.len(), 5, "{field}");

        let text = fs::read_to_string(files.errors()).unwrap();
        assert!(
            !text.contains("CANARY") && !run.stderr.contains("CANARY"),
            "{text}"
        );
        let [failed] = &lines(&text)[..] else {
            panic!("{text}")
        };
        assert_eq!(failed["item_id"], id(3));
        assert_eq!(failed["kind"], "partly_undecodable");
        assert_eq!(failed["skipped"][0]["index"], at);
        let reason = failed["skipped"][0]["reason"].as_str().unwrap();
        assert!(reason.contains(field), "{reason}");

        // What decodes is there already, so nothing is fetched, and nothing is written twice.
        let again = mock.run(&files.args(&["--resume"]));
        assert_eq!(
            lines(&fs::read_to_string(&files.out).unwrap()),
            rows,
            "{}",
            again.stderr
        );
    }
}

#[test]
fn a_stream_has_the_rows_that_decode_and_reports_the_others() {
    let mock = server(broken(1, "parameters_hash", Value::Null));
    let files = Files::new("export-partial-stream", &ids(4), "none");
    for format in ["ndjson", "csv"] {
        let args = ["--items", files.items.to_str().unwrap(), "-o", format];
        let run = mock.run(&args);
        assert_eq!(run.code, Some(7), "{}", run.stderr);
        assert!(run.stdout.contains("result-3-0") && run.stdout.contains("result-3-2"));
        assert!(!run.stdout.contains("result-3-1"), "{}", run.stdout);
        assert!(run.stderr.contains("item item-3: "), "{}", run.stderr);
    }
}

#[test]
fn an_object_that_is_no_history_has_no_rows() {
    let other =
        json!({"item_id": id(3), "login": "required", "processing_results": [{"result_id": 1}]});
    let mock = server(other);
    let files = Files::new("export-partial-none", &ids(4), "out.ndjson");
    let run = mock.run(&files.args(&[]));
    assert_eq!(run.code, Some(7), "{}", run.stderr);
    let [failed] = &lines(&fs::read_to_string(files.errors()).unwrap())[..] else {
        panic!("one failure")
    };
    assert_eq!(failed["kind"], "undecodable");
    assert!(failed["skipped"].is_null());
}
