//! What `--verbose` logs, and what it does not.

use crate::support::{KEY, Server, command};

#[test]
fn each_attempt_is_logged_on_standard_error() {
    let server = Server::start(503, r#"{"detail": "CANARY-body"}"#);
    let output = command(&[
        "get",
        "CANARY-item",
        "-v",
        "--max-retries",
        "1",
        "--base-url",
        &server.url,
    ])
    .env("LLAMA_CLOUD_API_KEY", KEY)
    .output()
    .unwrap();
    assert_eq!(output.stdout, b"");
    let stderr = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<_> = stderr.lines().collect();
    assert!(lines[0].starts_with(
        "GET /api/v1/beta/batch-processing/items/{item_id}/processing-results at 127.0.0.1:"
    ));
    assert!(
        lines[1].starts_with("  attempt 1: status 503, "),
        "{stderr}"
    );
    assert!(
        lines[2].starts_with("  waiting before the next attempt for "),
        "{stderr}"
    );
    assert!(
        lines[3].starts_with("  attempt 2: status 503, "),
        "{stderr}"
    );
    // With many calls at a time, only the item says which of them a line is about.
    let of_item = |line: &&str| line.ends_with(" (item CANARY-item)");
    assert!(lines[..4].iter().all(of_item), "{stderr}");
    assert!(lines[4].starts_with("error: "), "{stderr}");
    assert_eq!(lines.len(), 5, "{stderr}");
    assert!(!stderr.contains(KEY));
    // The last line may repeat what the service said; the others must not.
    assert!(!lines[..4].concat().contains("CANARY-body"), "{stderr}");
}

#[test]
fn a_key_that_was_passed_as_an_item_is_not_logged() {
    let server = Server::start(503, "{}");
    let key = "llx-0123CANARYabcdefghijklmnopqrstuvwxyz456789";
    let output = command(&["get", key, "-v", "--max-retries", "0"])
        .args(["--base-url", &server.url])
        .env("LLAMA_CLOUD_API_KEY", KEY)
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains(" (item ***)"), "{stderr}");
    assert!(!stderr.contains("CANARY"), "{stderr}");
}

#[test]
fn an_attempt_without_a_response_says_why() {
    let output = command(&[
        "--verbose",
        "get",
        "x",
        "--max-retries",
        "0",
        "--base-url",
        "http://127.0.0.1:1",
    ])
    .env("LLAMA_CLOUD_API_KEY", KEY)
    .output()
    .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.contains("  attempt 1: failed (connect), "),
        "{stderr}"
    );
}

#[test]
fn data_is_the_same_with_it() {
    let plain = command(&["get", "invoice-0001", "--demo", "-o", "json"])
        .output()
        .unwrap();
    let verbose = command(&["get", "invoice-0001", "--demo", "-o", "json", "-v"])
        .output()
        .unwrap();
    assert_eq!(plain.stdout, verbose.stdout);
    assert!(plain.stderr.is_empty() && !verbose.stderr.is_empty());
}
