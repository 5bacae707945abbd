//! What edits and real responses change.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::{BUCKET, Run, USUAL, contract, directory, edited, spec, spec_command};

fn example(name: &str) -> String {
    let path = format!(
        "{}/../../openapi/examples/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn an_edit_is_classed_for_wire_and_rust() {
    let contract = contract();
    let files = |new: &str| [("old.yaml", contract.clone()), ("new.yaml", new.to_owned())];
    let diff = |new: &str, more: &[&str]| {
        let files = files(new);
        let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
        spec(&[&["diff", "old.yaml", "new.yaml"], more].concat(), &files)
    };
    let same = diff(&contract, &[]);
    assert_eq!(
        (same.code, same.stdout.as_str(), same.stderr.as_str()),
        (Some(0), "", "note: no changes\n")
    );

    let more = diff(
        &edited(
            "        - screenshot\n",
            "        - screenshot\n        - thumbnail\n",
        ),
        &[],
    );
    assert_eq!(more.code, Some(0), "{}", more.stdout);
    assert!(
        more.stdout
            .starts_with("wire additive  Rust API minor  ImageKind: "),
        "{}",
        more.stdout
    );
    assert_eq!(
        more.stderr,
        "note: 1 change, wire: additive, Rust API: minor\n"
    );

    let less = diff(
        &edited(BUCKET, &BUCKET.replace("string", "integer")),
        &["--format", "json"],
    );
    assert_eq!(less.code, Some(1));
    let changes: Value = serde_json::from_str(&less.stdout).unwrap();
    assert_eq!(
        (&changes[0]["wire"], &changes[0]["api"]),
        (&"breaking".into(), &"major".into())
    );
    assert_eq!(changes[0]["file"], "new.yaml");
    assert!(changes[0]["line"].as_u64().unwrap() > 100);
    assert_eq!(
        less.stderr,
        "error: 1 change, wire: breaking, Rust API: major\n"
    );

    // Rust code does not notice, the service does.
    let moved = diff(&edited("/processing-results:\n", "/results:\n"), &[]);
    assert_eq!(moved.code, Some(1), "{}", moved.stdout);
    assert_eq!(
        moved.stderr,
        "error: 1 change, wire: breaking, Rust API: patch\n"
    );
}

#[test]
fn changes_come_in_the_format_and_with_the_exit_code_that_are_asked_for() {
    let contract = contract();
    let new = edited(BUCKET, &BUCKET.replace("string", "integer"));
    let files = [("old.yaml", contract.as_str()), ("new.yaml", new.as_str())];
    let diff = |more: &[&str]| spec(&[&["diff", "old.yaml", "new.yaml"], more].concat(), &files);

    let text = diff(&[]).stdout;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(
        lines[1].starts_with("  - old.yaml:") && lines[1].ends_with("  string"),
        "{text}"
    );
    assert!(
        lines[2].starts_with("  + new.yaml:") && lines[2].ends_with("  integer"),
        "{text}"
    );
    assert!(lines[3].starts_with("  responses breaking: "), "{text}");

    let github = diff(&["-f", "github"]).stdout;
    assert!(
        github.starts_with("::error file=new.yaml,line="),
        "{github}"
    );
    let notice = diff(&["-f", "github", "--fail-on", "none"]).stdout;
    assert!(
        notice.starts_with("::warning file=new.yaml,line="),
        "{notice}"
    );
    let markdown = diff(&["-f", "markdown"]).stdout;
    assert!(
        markdown.starts_with("### Breaking\n\n- `BatchParseJobConfig.outputBucket`: "),
        "{markdown}"
    );

    let codes = ["any", "wire", "api", "none"].map(|kind| diff(&["--fail-on", kind]).code);
    assert_eq!(codes, [Some(1), Some(1), Some(1), Some(0)]);
    // Rust code does not notice, the service does.
    let moved = edited("/processing-results:\n", "/results:\n");
    let files = [
        ("old.yaml", contract.as_str()),
        ("new.yaml", moved.as_str()),
    ];
    let code = |kind| spec(&["diff", "old.yaml", "new.yaml", "--fail-on", kind], &files).code;
    assert_eq!(["wire", "api"].map(code), [Some(1), Some(0)]);
}

#[test]
fn the_old_contract_may_come_from_standard_input() {
    let contract = contract();
    let directory = directory(&[("new.yaml", &contract)]);
    let mut command = spec_command(&["diff", "-", "new.yaml"]);
    command
        .current_dir(&directory.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(contract.as_bytes())
        .unwrap();
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), "note: no changes\n")
    );
}

#[test]
fn answers_that_agree_do_not_drift() {
    let (documented, history) = (example("documented.json"), example("history.json"));
    let run = spec(
        &["drift", "a.json", "b.json"],
        &[
            ("a.json", &documented),
            ("b.json", &history),
            (USUAL, &contract()),
        ],
    );
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), ""),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .starts_with("note: no differences between 2 responses and "),
        "{}",
        run.stderr
    );
}

#[test]
fn drift_comes_with_yaml_to_paste_and_without_values() {
    let response = r#"{"item_id": "CANARY 1", "item_name": 7, "new_field": "CANARY 2", "processing_results": []}"#;
    let text = spec(
        &["drift", "a.json"],
        &[("a.json", response), (USUAL, &contract())],
    );
    assert_eq!(text.code, Some(1));
    assert!(
        text.stdout
            .contains("ItemProcessingResults.new_field: unknown field, string"),
        "{}",
        text.stdout
    );
    assert!(
        text.stdout
            .contains("        new_field:\n          type: string\n"),
        "{}",
        text.stdout
    );
    let json = spec(
        &["drift", "a.json", "--format", "json"],
        &[("a.json", response), (USUAL, &contract())],
    );
    let drifts: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(drifts.as_array().unwrap().len(), 2, "{drifts}");
    assert_eq!(drifts[1]["kind"], "unknown-field", "{drifts}");
    for run in [text, json] {
        assert!(!run.stdout.contains("CANARY") && !run.stderr.contains("CANARY"));
    }
}

#[test]
fn drift_is_written_into_the_document_and_shown_as_a_diff() {
    let response =
        r#"{"item_id": "i", "item_name": "CANARY", "a_field": "CANARY 2", "token": "CANARY 3"}"#;
    let run = |args: &[&str], response: &str, document: &str| {
        spec(args, &[("a.json", response), (USUAL, document)])
    };
    let written = run(&["drift", "a.json", "--write"], response, &contract());
    assert_eq!(written.code, Some(0), "{}", written.stderr);
    let added: String = (written.stdout.lines())
        .filter_map(|line| line.strip_prefix('+'))
        .map(|line| format!("{line}\n"))
        .collect();
    let new = "        a_field:
          type: string
          nullable: true
          description: To be described.
        token:
          type: string
          format: password
          nullable: true
          description: To be described.
";
    assert_eq!(added.split_once('\n').unwrap().1, new);
    assert!(!written.stdout.contains("CANARY") && !written.stderr.contains("CANARY"));

    // What no edit can describe is named, and the exit code is not 0.
    let odd = run(
        &["drift", "a.json", "--write"],
        r#"{"item_id": "i", "item_name": "n", "processing_results": 1}"#,
        &contract(),
    );
    assert_eq!(odd.code, Some(1));
    assert!(
        odd.stderr
            .contains("not written: ItemProcessingResults.processing_results: wrong type, integer"),
        "{}",
        odd.stderr
    );
    assert_eq!(odd.stdout, "");
}

#[test]
fn drift_reads_exports_and_refuses_what_it_cannot_compare() {
    let lines = "\u{feff}{\"item_id\": \"i\", \"item_name\": \"n\", \"a\": 1}\n{\"item_id\": \"i\", \"item_name\": \"n\"}\n";
    let run = spec(
        &["drift", "a.ndjson"],
        &[("a.ndjson", lines), (USUAL, &contract())],
    );
    assert!(
        run.stderr
            .starts_with("error: 1 difference between 2 responses and "),
        "{}",
        run.stderr
    );
    for (response, document, message) in [
        (
            "{}",
            "openapi: 3.0.3\n".to_owned(),
            "does not describe one call",
        ),
        ("[]", contract(), "has no response in it"),
        ("{}\n{", contract(), "is not JSON at line 2, column 1"),
    ] {
        let run = spec(
            &["drift", "a.json"],
            &[("a.json", response), (USUAL, &document)],
        );
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}
