//! Histories in which some results do not decode: the others are used, and nothing is left out in silence.

use std::fs;

use serde_json::{Value, json};

use crate::exporting::{Mock, id, item};
use crate::serving::Directory;
use crate::support::{KEY, Run, command};

/// Item 3 with three results; the second does not decode.
fn mock() -> Mock {
    Mock::start(|server| {
        let mut broken = item(3);
        broken["processing_results"][1]["parameters_hash"] = json!(["CANARY"]);
        broken["processing_results"][0]["parameters_hash"] = json!("same");
        broken["processing_results"][2]["parameters_hash"] = json!("same");
        [item(2), broken]
            .into_iter()
            .fold(server, |server, item| server.with_item(item))
    })
}

fn run(mock: &Mock, args: &[&str]) -> Run {
    let mut command = command(args);
    command.args(["--base-url", &mock.url, "--max-retries", "0"]);
    let output = command
        .env("LLAMA_CLOUD_API_KEY", processing_results_mock::API_KEY)
        .output();
    let run: Run = output.unwrap().into();
    let text = run.stdout.clone() + &run.stderr;
    assert!(!text.contains("CANARY") && !text.contains(KEY), "{text}");
    run
}

fn assert_partial(run: &Run) {
    assert_eq!(run.code, Some(7), "{}", run.stderr);
    let says =
        "error: item item-3: 1 of 3 results cannot be decoded, and the others are used: result 2 (";
    assert!(run.stderr.contains(says), "{}", run.stderr);
    assert!(run.stderr.contains("parameters_hash"), "{}", run.stderr);
}

#[test]
fn commands_of_one_item_use_the_results_that_decode() {
    let mock = mock();
    let get = run(&mock, &["get", &id(3), "-o", "json"]);
    assert_partial(&get);
    let json: Value = serde_json::from_str(&get.stdout).unwrap();
    let ids: Vec<_> = json["processing_results"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    let ids: Vec<_> = ids.iter().map(|result| &result["result_id"]).collect();
    assert_eq!(ids, ["result-3-0", "result-3-2"]);
    for format in ["table", "ndjson", "csv", "tsv"] {
        let get = run(&mock, &["get", &id(3), "-o", format]);
        assert_partial(&get);
        assert!(
            get.stdout.contains("3/0.md") && get.stdout.contains("3/2.md"),
            "{}",
            get.stdout
        );
    }
    let latest = run(&mock, &["latest", &id(3)]);
    assert_partial(&latest);
    assert!(latest.stdout.contains("3/2.md"), "{}", latest.stdout);
    let diff = run(&mock, &["diff", &id(3), "-o", "json"]);
    assert_partial(&diff);
    let json: Value = serde_json::from_str(&diff.stdout).unwrap();
    assert_eq!(json["before"]["result_id"], "result-3-0");
    assert_eq!(json["after"]["result_id"], "result-3-2");
}

#[test]
fn duplicates_and_the_report_count_them_and_say_what_is_missing() {
    let mock = mock();
    for ids in [&[id(3)][..], &[id(2), id(3)]] {
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        let args = [&["duplicates", "-o", "json"][..], &ids].concat();
        let duplicates = run(&mock, &args);
        assert_partial(&duplicates);
        let json: Value = serde_json::from_str(&duplicates.stdout).unwrap();
        assert_eq!(json[0]["results"].as_array().unwrap().len(), 2);
        let summary = "2 of 4 results repeat an earlier one, in 2 of 2 items; 1 of 2 items failed: 1 partly undecodable";
        assert!(
            ids.len() == 1 || duplicates.stderr.contains(summary),
            "{}",
            duplicates.stderr
        );

        let directory = Directory::new("partial-report");
        let page = directory.0.join("report.html");
        let args = [&["report", "--out", page.to_str().unwrap()][..], &ids].concat();
        assert_partial(&run(&mock, &args));
        let page = fs::read_to_string(page).unwrap();
        assert!(page.contains("some results could not be decoded; the others are counted"));
    }
}
