//! Which server the command calls.

use crate::support::{KEY, Server, command};

const BODY: &str = r#"{"item_id": "item-1", "item_name": "a.pdf"}"#;

#[test]
fn arguments_come_before_the_environment() {
    let (said, meant) = (Server::start(200, BODY), Server::start(200, BODY));
    let output = command(&[
        "get",
        "item-1",
        "--base-url",
        &meant.url,
        "--project-id",
        "prj-argument",
    ])
    .env("LLAMA_CLOUD_API_KEY", KEY)
    .env("LLAMA_PARSE_API_KEY", "llx-second")
    .env("LLAMA_CLOUD_BASE_URL", &said.url)
    .env("LLAMA_CLOUD_PROJECT_ID", "prj-environment")
    .env("LLAMA_CLOUD_ORGANIZATION_ID", "org-environment")
    .output()
    .unwrap();
    assert!(output.status.success());
    assert_eq!(said.heads().len(), 0);
    let head = meant.heads().remove(0);
    assert!(head.contains("project_id=prj-argument"), "{head}");
    assert!(head.contains("organization_id=org-environment"), "{head}");
    assert!(head.contains(KEY) && !head.contains("llx-second"), "{head}");
}

#[test]
fn the_environment_names_the_server_and_the_second_key_is_good_too() {
    let server = Server::start(200, BODY);
    let output = command(&["get", "item-1"])
        .env("LLAMA_CLOUD_API_KEY", " ")
        .env("LLAMA_PARSE_API_KEY", KEY)
        .env("LLAMA_CLOUD_BASE_URL", &server.url)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(server.heads().remove(0).contains(KEY));
}

#[test]
fn failures_that_may_pass_are_retried_as_often_as_requested() {
    let server = Server::start(503, "");
    let output = command(&[
        "get",
        "item-1",
        "--max-retries",
        "1",
        "--base-url",
        &server.url,
    ])
    .env("LLAMA_CLOUD_API_KEY", KEY)
    .output()
    .unwrap();
    assert_eq!(output.status.code(), Some(5));
    assert_eq!(server.heads().len(), 2);
}

#[test]
#[cfg(not(feature = "s3"))]
fn a_build_without_the_feature_says_which_one_downloads() {
    for args in [
        &["download", "item-1", "--to", "x"][..],
        &["download", "--help"],
    ] {
        let run = crate::support::run(args);
        assert_eq!((run.code, run.stderr.lines().count()), (Some(2), 1));
        assert!(run.stderr.contains("--features s3"), "{}", run.stderr);
    }
}
