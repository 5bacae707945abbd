//! Each exit code, with a server that causes it.

use crate::support::{KEY, Server, command, get, run};
use processing_results::ErrorKind;

/// Status and body of the response, and the exit code.
const RESPONSES: [(u16, &str, i32); 19] = [
    (200, r#"{"item_id": "item-1", "item_name": "a.pdf"}"#, 0),
    (400, r#"{"detail": "bad"}"#, 2),
    (401, r#"{"detail": "Invalid API key llx-CANARY-key"}"#, 3),
    (402, "{}", 3),
    (403, "{}", 3),
    (404, r#"{"detail": "Item not found"}"#, 4),
    // The body of the framework for an unknown path, and one of a gateway.
    (404, r#"{"detail": "Not Found"}"#, 5),
    (404, "<html>", 5),
    (409, "{}", 5),
    (410, "{}", 5),
    (418, "{}", 5),
    (
        422,
        r#"{"detail": [{"loc": ["query", "job_type"], "msg": "no", "type": "enum"}]}"#,
        2,
    ),
    (429, "{}", 5),
    (500, "", 5),
    (502, "<html>", 5),
    (301, "", 5),
    (204, "", 6),
    (200, "<html>", 6),
    (200, r#"{"item_id": 1, "item_name": "a.pdf"}"#, 6),
];

#[test]
fn the_code_says_what_became_of_it() {
    for (status, body, code) in RESPONSES {
        let server = Server::start(status, body);
        let run = get(&server, &[]);
        assert_eq!(run.code, Some(code), "{status} {body}: {}", run.stderr);
        assert_eq!(server.heads().len(), 1, "{status}");
        if code != 0 {
            assert_eq!(run.stdout, "", "{status}");
            assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
            assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
        }
        assert!(!run.stderr.contains(KEY), "{}", run.stderr);
    }
}

#[test]
fn a_service_that_cannot_be_reached_is_5_with_the_reason() {
    let run: crate::support::Run = command(&[
        "get",
        "x",
        "--base-url",
        "http://127.0.0.1:1",
        "--max-retries",
        "0",
    ])
    .env("LLAMA_CLOUD_API_KEY", KEY)
    .output()
    .unwrap()
    .into();
    assert_eq!(run.code, Some(5));
    assert!(run.stderr.contains("no connection"), "{}", run.stderr);
    assert!(run.stderr.contains("refused"), "{}", run.stderr);
}

#[test]
fn a_timeout_is_5() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let output = command(&["get", "x", "--base-url", &url, "--timeout", "0.2"])
        .env("LLAMA_CLOUD_API_KEY", KEY)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(5));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("deadline of 0.2 s"), "{stderr}");
}

#[test]
fn configuration_that_cannot_be_used_is_2() {
    let no_key = run(&["get", "x"]);
    assert_eq!(no_key.code, Some(2));
    for name in ["LLAMA_CLOUD_API_KEY", "LLAMA_PARSE_API_KEY", "--demo"] {
        assert!(no_key.stderr.contains(name), "{}", no_key.stderr);
    }
    assert_eq!(no_key.stderr.lines().count(), 1);

    for (url, says) in [
        ("http://example.com", "plain http"),
        ("https://example.com/api/v1", "leave that out"),
    ] {
        let output = command(&["get", "x"])
            .env("LLAMA_PARSE_API_KEY", KEY)
            .env("LLAMA_CLOUD_BASE_URL", url)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains(says) && !stderr.contains(KEY), "{stderr}");
    }
}

#[test]
fn an_item_id_that_is_no_path_segment_is_2_and_calls_no_server() {
    let server = Server::start(200, "{}");
    for id in ["", " ", "..", "a/b", "a\\b"] {
        let mut command = command(&["get", id, "--base-url", &server.url]);
        let output = command.env("LLAMA_CLOUD_API_KEY", KEY).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{id:?}");
    }
    assert_eq!(server.heads().len(), 0);
}

#[test]
fn usage_is_2() {
    for args in [
        &["get"][..],
        &[],
        &["frobnicate"],
        &["get", "x", "--demo", "--region", "eu"],
        &["get", "x", "--demo", "--base-url", "http://localhost"],
        &[
            "get",
            "x",
            "--region",
            "eu",
            "--base-url",
            "https://example.com",
        ],
        &["get", "x", "--demo", "-o", "xml"],
        &["get", "x", "--demo", "--timeout", "0"],
        &["get", "x", "--demo", "--timeout", "soon"],
        &["get", "x", "--demo", "--max-retries", "-1"],
    ] {
        let run = run(args);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert_eq!(run.stdout, "", "{args:?}");
        assert!(!run.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn the_request_has_what_the_arguments_say() {
    let server = Server::start(200, r#"{"item_id": "item-1", "item_name": "a.pdf"}"#);
    let more = [
        "-t",
        "parse",
        "--project-id",
        "prj-1",
        "--organization-id",
        "org-1",
    ];
    assert_eq!(get(&server, &more).code, Some(0));
    let head = server.heads().remove(0);
    for part in [
        "/items/item-1/processing-results?",
        "job_type=parse",
        "project_id=prj-1",
        "organization_id=org-1",
    ] {
        assert!(head.contains(part), "{head}");
    }
    assert!(head.contains(&format!("Bearer {KEY}")), "{head}");
}

#[test]
fn help_has_all_codes_and_defaults() {
    let codes = run(&["help", "exit-codes"]).stdout;
    for code in 0..=7 {
        assert!(codes.contains(&format!("\n  {code}  ")), "{codes}");
    }
    let help = run(&["get", "--help"]).stdout;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    use processing_results::defaults::{DEADLINE, MAX_RETRIES};
    assert!(
        help.contains(&format!("[default: {}s]", DEADLINE.as_secs())),
        "{help}"
    );
    let doctor = run(&["doctor", "--help"]).stdout;
    assert!(doctor.contains("[default: 10s]"), "{doctor}");
    assert!(
        help.contains(&format!("[default: {MAX_RETRIES}]")),
        "{help}"
    );
    // A new kind needs a row above.
    assert_eq!(ErrorKind::Gone.error_type(), "gone");
}
