//! What a stranger sees first.

use crate::support::{KEY, Run, assert_golden, command, run};
use serde_json::Value;

fn demo(args: &[&str], columns: &str) -> String {
    let mut command = command(&["get", "invoice-0001", "--demo"]);
    let output = command.args(args).env("COLUMNS", columns).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.stderr, b"");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_format_is_as_it_was() {
    assert_golden("table-120.txt", &demo(&[], "120"));
    assert_golden("table-80.txt", &demo(&[], "80"));
    assert_golden("json.txt", &demo(&["-o", "json"], "120"));
    assert_golden("ndjson.txt", &demo(&["-o", "ndjson"], "120"));
    assert_golden("csv.txt", &demo(&["-o", "csv"], "120"));
}

#[test]
fn the_job_type_narrows_the_history() {
    let lines = demo(&["-o", "ndjson", "--job-type", "parse"], "120");
    assert_eq!(lines.lines().count(), 2);
    for line in lines.lines() {
        let result: Value = serde_json::from_str(line).unwrap();
        assert_eq!(result["job_type"], "parse");
        assert_eq!(result["item_id"], "invoice-0001");
        assert_eq!(result["item_name"], "invoice-0001.pdf");
    }
}

#[test]
fn an_unknown_item_is_not_found() {
    let run = run(&["get", "no-such-item", "--demo"]);
    assert_eq!(run.code, Some(4), "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert!(
        run.stderr
            .starts_with("error: there is no such item (status 404)"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.lines().count(), 1);
}

#[test]
fn an_unknown_job_type_is_refused_by_the_service() {
    let run = run(&["get", "invoice-0001", "--demo", "-t", "banana"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("status 422"), "{}", run.stderr);
    assert!(run.stderr.contains("job_type"), "{}", run.stderr);
}

#[test]
fn the_environment_does_not_reach_the_demo() {
    let output = command(&["get", "invoice-0001", "--demo"])
        .env("LLAMA_CLOUD_API_KEY", "not a key\n")
        .env("LLAMA_CLOUD_BASE_URL", "http://example.com/api/v1")
        .env("HTTP_PROXY", "http://127.0.0.1:1")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn an_item_that_the_demo_does_not_have_is_refused_with_those_that_it_has() {
    let mut command = command(&["get", "nobody", "--demo"]);
    // Also where there is a key, which the demo does not use.
    let run: Run = command
        .env("LLAMA_CLOUD_API_KEY", KEY)
        .output()
        .unwrap()
        .into();
    assert_eq!(run.code, Some(4));
    assert!(
        run.stderr.contains("the demo has invoice-0001 and others"),
        "{}",
        run.stderr
    );
}
