//! `doctor`: what it shows of the settings.

use serde_json::{Value, json};

use crate::support::{KEY, Run, Server, command, run};

/// The findings as JSON, of a run with these arguments and variables.
fn doctor(args: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, Value) {
    let mut command = command(&["doctor", "-o", "json", "--max-retries", "0"]);
    let output = command
        .args(args)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let run = Run::from(output);
    assert!(
        !run.stdout.contains("CANARY") && !run.stderr.contains("CANARY"),
        "{}",
        run.stdout
    );
    (run.code, serde_json::from_str(&run.stdout).unwrap())
}

#[test]
fn the_demo_works() {
    let (code, findings) = doctor(
        &["--demo"],
        &[
            ("LLAMA_CLOUD_API_KEY", KEY),
            ("LLAMA_CLOUD_PROJECT_ID", "prj-1"),
        ],
    );
    assert_eq!(code, Some(0), "{findings}");
    assert_eq!(findings["works"], true);
    assert_eq!(findings["key_from"], "the demo");
    assert_eq!(findings["project"], Value::Null);
    assert_eq!(findings["contract"], processing_results::spec::API_VERSION);
    assert_eq!(
        findings["contract_sha256"],
        processing_results::spec::SHA256
    );
}

#[test]
fn settings_are_named_with_their_source() {
    let server = Server::start(404, r#"{"detail": "Item not found"}"#);
    let environment = [
        ("LLAMA_PARSE_API_KEY", KEY),
        ("LLAMA_CLOUD_BASE_URL", server.url.as_str()),
        ("LLAMA_CLOUD_ORGANIZATION_ID", "org-1"),
        ("HTTPS_PROXY", "http://user:CANARY@proxy.example.com:3128"),
        ("no_proxy", "localhost"),
    ];
    let (code, findings) = doctor(&["--project-id", "prj-1"], &environment);
    assert_eq!(code, Some(0), "{findings}");
    assert_eq!(findings["key_from"], "LLAMA_PARSE_API_KEY");
    assert_eq!(findings["base_url"], server.url.as_str());
    assert_eq!(findings["base_url_from"], "LLAMA_CLOUD_BASE_URL");
    assert_eq!(findings["project"], "prj-1");
    assert_eq!(findings["organization"], "org-1");
    let proxies =
        json!({"HTTPS_PROXY": "http://***@proxy.example.com:3128", "no_proxy": "localhost"});
    assert_eq!(findings["proxies"], proxies);
    assert!(server.heads()[0].contains("project_id=prj-1"));
}

#[test]
fn what_the_service_says_is_what_the_code_says() {
    for (status, body, code, says) in [
        (
            404,
            r#"{"detail": "Item not found"}"#,
            0,
            "works: it accepts the key",
        ),
        (
            200,
            r#"{"item_id": "a", "item_name": "b"}"#,
            0,
            "works: it responds",
        ),
        (
            401,
            r#"{"detail": "bad key llx-CANARY-key"}"#,
            3,
            "one region and one project",
        ),
        (404, "<html>", 5, "no longer has this call"),
        (503, "", 5, "status 503"),
        (200, "<html>", 6, "found HTML"),
    ] {
        let server = Server::start(status, body);
        let (found, findings) = doctor(
            &["--base-url", &server.url],
            &[("LLAMA_CLOUD_API_KEY", KEY)],
        );
        assert_eq!(found, Some(code), "{status}: {findings}");
        assert!(
            findings["service"].as_str().unwrap().contains(says),
            "{findings}"
        );
        assert_eq!(findings["works"], code == 0);
    }
}

#[test]
fn settings_that_cannot_be_used_are_shown_all_the_same() {
    let (code, findings) = doctor(&["--region", "eu"], &[]);
    assert_eq!(code, Some(2));
    assert_eq!(
        (&findings["region"], &findings["key_from"]),
        (&json!("eu"), &Value::Null)
    );
    assert!(
        findings["service"]
            .as_str()
            .unwrap()
            .starts_with("not called: there is no API key"),
        "{findings}"
    );

    // Nothing listens at the proxy, so nothing leaves this machine.
    let environment = [
        ("LLAMA_CLOUD_API_KEY", KEY),
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
    ];
    let (code, findings) = doctor(&["--region", "eu"], &environment);
    assert_eq!(
        (code, &findings["region"]),
        (Some(5), &json!("eu")),
        "{findings}"
    );

    let url = "https://user:CANARY@example.com/?token=CANARY";
    let (code, findings) = doctor(&["--base-url", url], &[("LLAMA_CLOUD_API_KEY", KEY)]);
    assert_eq!(code, Some(2));
    assert_eq!(findings["base_url"], "https://***@example.com/?***");
}

#[test]
fn no_setting_shows_a_password_or_key_wherever_it_was_put() {
    let urls = [
        "https://user:CANARY",
        "user:CANARY",
        "https://user:CAN ARY@example.com CANARY",
        "http://127.0.0.1:1/llx-CANARY0123",
        "http://127.0.0.1:1/hooks/CANARY0123456789",
    ];
    for url in urls {
        let proxy = [("LLAMA_CLOUD_API_KEY", KEY), ("HTTPS_PROXY", url)];
        let (_, found) = doctor(&["--region", "eu"], &proxy);
        assert!(!found.to_string().contains("CANARY"), "{url}: {found}");
        let args = ["--base-url", url];
        let (_, found) = doctor(&args, &[("LLAMA_CLOUD_API_KEY", KEY)]);
        assert!(!found.to_string().contains("CANARY"), "{url}: {found}");
        let mut get = command(&["get", "item-1", "--max-retries", "0"]);
        get.args(args).env("LLAMA_CLOUD_API_KEY", KEY);
        let shown = Run::from(get.output().unwrap());
        assert!(!shown.stderr.contains("CANARY"), "{url}: {}", shown.stderr);
    }
}

#[test]
fn as_text_it_is_one_setting_a_line() {
    let run = run(&["doctor", "--demo"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.stdout
            .lines()
            .any(|line| line == "key from         the demo"),
        "{}",
        run.stdout
    );
    assert_eq!(run.stdout.lines().count(), 11);
    assert_eq!(run.stderr, "");
}
