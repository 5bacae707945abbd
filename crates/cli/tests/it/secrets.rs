//! What is masked, and what is still shown.

use crate::support::{Server, assert_golden, command, get, history, run};
use serde_json::{Value, json};

/// Secrets in every place that the contract knows, and in places that it does not.
fn parse_config() -> Value {
    json!({
        "parameters": {
            "azure_openai_key": "CANARY-1",
            "gpt4o_api_key": "CANARY-2",
            "vendor_multimodal_api_key": "CANARY-3",
            "http_proxy": "http://user:CANARY-4@proxy.example.com:3128",
            "input_url": "https://files.example.com/a.pdf?X-Amz-Signature=CANARY-5#CANARY-6",
            "webhook_url": "https://hooks.example.com/?t=CANARY-7",
            "webhook_configurations": [{
                "webhook_headers": {"X-Custom": "CANARY-8"},
                "webhook_url": "https://u:CANARY-9@hooks.example.com",
                "webhook_signing_secret": "CANARY-10"
            }],
            "custom_metadata": {"apiKey": "CANARY-11", "note": "harmless", "plain": "Bearer CANARY-12"},
            "resource_info": {"links": ["https://files.example.com/b.pdf?sig=CANARY-13"]},
            "new_tokens": ["CANARY-14", {"any": "CANARY-15"}],
            "new_option": 7,
            "lang": "en"
        },
        "partitions": {"session_token": "CANARY-16", "batch": "bjb-1"},
        "webhook_url": "https://hooks.example.com/parsed?token=CANARY-17",
        "extra_headers": [{"name": "X-Api-Key", "value": "CANARY-18"}],
        "pairs": [{"name": "Authorization", "value": "CANARY-19"}],
        "nested": {"azure_openai_key": {"odd": "CANARY-20"}, "password": 0}
    })
}

/// Like an extract job: nothing about it is documented.
fn unknown_config() -> Value {
    json!({
        "config": {"vendor_multimodal_api_key": "CANARY-21", "target": "PER_DOC"},
        "webhook_headers": {"X-Custom": "CANARY-22"},
        "http_proxy": "user:CANARY-29@proxy.example.com:3128",
        "credentials": {"user": "CANARY-23"},
        "url": "https://u:CANARY-24@example.com/x"
    })
}

/// Secrets where the contract promises something else.
fn odd_config() -> Value {
    json!({
        "parameters": {
            "azure_openai_key": ["CANARY-25"],
            "http_proxy": {"url": "CANARY-26"},
            "webhook_configurations": {"webhook_headers": "CANARY-27"},
            "lang": {"secret": "CANARY-28"}
        }
    })
}

fn servers() -> [(Server, Value); 4] {
    let server = |job_type: &str, config: Value| {
        (
            Server::start(200, &history(job_type, &config.to_string())),
            config,
        )
    };
    [
        server("parse", parse_config()),
        server("extract", unknown_config()),
        server("classify", unknown_config()),
        server("parse", odd_config()),
    ]
}

#[test]
fn no_format_shows_a_secret_unless_requested() {
    for (server, config) in servers() {
        for format in ["table", "json", "ndjson", "csv"] {
            let args = if format == "table" { "--params" } else { "-v" };
            let run = get(&server, &["-o", format, args]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            assert!(!run.stdout.contains("CANARY"), "{format}: {}", run.stdout);
            let keys: Vec<_> = config.as_object().unwrap().keys().collect();
            assert!(format == "table" || keys.iter().all(|key| run.stdout.contains(*key)));
        }
    }
}

#[test]
fn json_keeps_what_is_no_secret() {
    let (server, _) = &servers()[0];
    let shown: Value = serde_json::from_str(&get(server, &["-o", "json"]).stdout).unwrap();
    let config = &shown["processing_results"][0]["job_config"];
    let parameters = &config["parameters"];
    assert_eq!(
        parameters["http_proxy"],
        "http://***@proxy.example.com:3128"
    );
    assert_eq!(
        parameters["input_url"],
        "https://files.example.com/a.pdf?***"
    );
    assert_eq!(
        parameters["webhook_configurations"][0]["webhook_headers"],
        json!({"X-Custom": "***"})
    );
    assert_eq!(
        parameters["custom_metadata"],
        json!({"apiKey": "***", "note": "harmless", "plain": "Bearer ***"})
    );
    assert_eq!(parameters["new_tokens"], json!(["***", {"any": "***"}]));
    assert_eq!(parameters["new_option"], 7);
    assert_eq!(parameters["lang"], "en");
    assert_eq!(
        config["partitions"],
        json!({"session_token": "***", "batch": "bjb-1"})
    );
    assert_eq!(
        config["nested"],
        json!({"azure_openai_key": {"odd": "***"}, "password": "***"})
    );
}

#[test]
fn csv_has_the_configuration_that_json_has() {
    let (server, _) = &servers()[0];
    let line: Value = serde_json::from_str(&get(server, &["-o", "ndjson"]).stdout).unwrap();
    let csv = get(server, &["-o", "csv", "--fields", "job_config"]).stdout;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let row = rows.records().next().unwrap().unwrap();
    let config: Value = serde_json::from_str(&row[0]).unwrap();
    assert_eq!(config, line["job_config"]);
    assert_eq!(config["parameters"]["custom_metadata"]["note"], "harmless");
}

#[test]
fn a_table_shows_what_json_shows_of_what_the_contract_does_not_know() {
    let config =
        json!({"parameters": {"new_option": "plain", "new_token": "CANARY", "lang": "en"}});
    let server = Server::start(200, &history("parse", &config.to_string()));
    let table = get(&server, &["--params"]).stdout;
    for line in [
        "new_option       plain",
        "new_token        ***",
        "lang             en",
    ] {
        assert!(table.contains(line), "{table}");
    }
}

#[test]
fn revealing_shows_all_of_it() {
    for (server, config) in servers() {
        let json: Value =
            serde_json::from_str(&get(&server, &["-o", "json", "--reveal-secrets"]).stdout)
                .unwrap();
        assert_eq!(json["processing_results"][0]["job_config"], config);
        let line: Value =
            serde_json::from_str(&get(&server, &["-o", "ndjson", "--reveal-secrets"]).stdout)
                .unwrap();
        assert_eq!(line["job_config"], config);
        let csv = get(
            &server,
            &["-o", "csv", "--reveal-secrets", "--fields", "job_config"],
        )
        .stdout;
        let row = csv::Reader::from_reader(csv.as_bytes())
            .records()
            .next()
            .unwrap()
            .unwrap();
        assert_eq!(serde_json::from_str::<Value>(&row[0]).unwrap(), config);
    }
    let (server, _) = &servers()[0];
    let table = get(server, &["--reveal-secrets", "--params"]).stdout;
    for canary in ["CANARY-1", "CANARY-4", "CANARY-5"] {
        assert!(table.contains(canary), "{table}");
    }
}

#[test]
fn json_is_the_service_s_to_the_digit() {
    let config = r#"{"a": 1.0, "b": 1e400, "c": 12345678901234567890123, "d": null, "d": 2, "e": "\u00fc\/"}"#;
    let server = Server::start(200, &history("extract", config));
    let json = get(&server, &["-o", "json"]).stdout;
    for part in [
        "\"a\": 1.0",
        "1e400",
        "12345678901234567890123",
        "\"d\": null",
        "\"d\": 2",
        r#""\u00fc\/""#,
    ] {
        assert!(json.contains(part), "{part} in {json}");
    }
}

#[test]
fn unknown_fields_of_the_response_are_kept() {
    let body = r#"{"item_id": "item-1", "item_name": "a", "page_token": "CANARY", "state": {"archived": false},
        "processing_results": [{"item_id": "item-1", "job_config": {}, "job_type": "translate", "output_s3_path": "",
        "parameters_hash": "", "processed_at": "2026-03-01T09:30:00", "result_id": "r", "reviewed_by": "someone"}]}"#;
    let server = Server::start(200, body);
    let json: Value = serde_json::from_str(&get(&server, &["-o", "json"]).stdout).unwrap();
    assert_eq!(json["state"], json!({"archived": false}));
    assert_eq!(json["page_token"], "***");
    assert_eq!(json["processing_results"][0]["reviewed_by"], "someone");
    assert_eq!(
        json["processing_results"][0]["processed_at"],
        "2026-03-01T09:30:00"
    );
}

#[test]
fn nesting_without_end_is_hidden_and_not_followed() {
    let deep = format!(
        r#"{{"x": {}"CANARY"{}}}"#,
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let server = Server::start(200, &history("extract", &deep));
    for format in ["table", "json", "ndjson", "csv"] {
        let run = get(&server, &["-o", format]);
        assert_eq!(run.code, Some(0), "{format}: {}", run.stderr);
        assert!(!run.stdout.contains("CANARY"));
    }
    let line = get(&server, &["-o", "ndjson", "--reveal-secrets"]).stdout;
    assert!(line.contains("CANARY") && line.lines().count() == 1);
}

#[test]
fn the_key_is_nowhere_in_help_or_errors() {
    let output = command(&[
        "get",
        "x",
        "--base-url",
        "http://llx-CANARY-key@127.0.0.1:1",
    ])
    .env("LLAMA_CLOUD_API_KEY", "llx-CANARY-key")
    .output()
    .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains("CANARY"), "{stderr}");
    let help = run(&["get", "--help"]).stdout;
    assert!(!help.contains("CANARY"), "{help}");
    let topic = run(&["help", "secrets"]).stdout;
    assert!(topic.contains("Secrets:"), "{topic}");
    assert_golden("help-get.txt", &help);
}
