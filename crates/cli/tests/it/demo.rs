//! The demo: what a newcomer sees first.

use crate::support::{KEY, Run, assert_golden, command, demo};
use serde_json::Value;

fn get(args: &[&str], columns: &str) -> String {
    demo(columns, &[&["get", "invoice-0001"], args].concat())
}

#[test]
fn each_format_is_as_it_was() {
    assert_golden("table-120.txt", &get(&[], "120"));
    assert_golden("table-80.txt", &get(&[], "80"));
    assert_golden("json.txt", &get(&["-o", "json"], "120"));
    assert_golden("ndjson.txt", &get(&["-o", "ndjson"], "120"));
    assert_golden("csv.txt", &get(&["-o", "csv"], "120"));
}

#[test]
fn the_job_type_narrows_the_history() {
    let lines = get(&["-o", "ndjson", "--job-type", "parse"], "120");
    assert_eq!(lines.lines().count(), 2);
    for line in lines.lines() {
        let result: Value = serde_json::from_str(line).unwrap();
        assert_eq!(result["job_type"], "parse");
        assert_eq!(result["item_id"], "invoice-0001");
        assert_eq!(result["item_name"], "invoice-0001.pdf");
    }
}

#[test]
fn what_the_demo_does_not_have_is_refused_as_by_the_service() {
    for (args, code, says) in [
        (
            &["get", "no-such-item"][..],
            4,
            &[
                "error: there is no such item (status 404)",
                "the demo has invoice-0001 and others",
            ][..],
        ),
        (
            &["get", "invoice-0001", "-t", "banana"],
            2,
            &["status 422", "job_type"],
        ),
    ] {
        // Also if a key is set, which the demo does not use.
        let mut command = command(args);
        let output = command
            .arg("--demo")
            .env("LLAMA_CLOUD_API_KEY", KEY)
            .output();
        let run = Run::from(output.unwrap());
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (Some(code), ""),
            "{args:?}"
        );
        for text in says {
            assert!(run.stderr.contains(text), "{args:?}: {}", run.stderr);
        }
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
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
