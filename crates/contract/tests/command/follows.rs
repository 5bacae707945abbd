//! `upstream` and `page`: exit codes, formats, and the files that `--write` changes.

use crate::{Run, USUAL, contract, directory, spec_in};
use serde_json::Value;
use std::fs::read_to_string;

const LEDGER: &str = "# Ledger\n\n| where | source | vendor | contract | since | evidence |\n|---|---|---|---|---|---|\n";
const CHANGELOG: &str = "# Changelog\n\n## 0.1.0\n\n### Contract\n\n- The call.\n\n### Rust API\n";

/// The contract as a document of OpenAPI 3.1, with one field more.
pub(crate) fn vendor() -> String {
    let contract =
        processing_results_contract::Document::parse("", &contract()).expect("the contract");
    let mut json = contract.to_json();
    json["openapi"] = "3.1.0".into();
    json["components"]["schemas"]["ClassifyJob"]["properties"]["client_secret"] = serde_json::json!({"anyOf": [{"type": "string"}, {"type": "null"}], "description": "Prose."});
    json.to_string().replace("\"x-default\":", "\"default\":")
}

/// Runs the command where a contract, its ledger, a changelog and what the vendor publishes are.
fn run(vendor: &str, args: &[&str]) -> (crate::Directory, Run) {
    let directory = directory(&[
        (USUAL, &contract()),
        ("openapi/README.md", LEDGER),
        ("CHANGELOG.md", CHANGELOG),
        ("vendor.json", vendor),
    ]);
    let run = spec_in(&directory.0, args);
    (directory, run)
}

#[test]
fn a_difference_is_shown_with_both_places_its_verdict_and_a_fragment() {
    let (_directory, run) = run(&vendor(), &["upstream", "vendor.json"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        lines[0],
        "ClassifyJob.client_secret: new field: optional string"
    );
    assert!(
        lines[1].starts_with("  vendor    vendor.json:1:"),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].starts_with("  contract  openapi/processing-results.yaml:"),
        "{}",
        lines[2]
    );
    assert!(
        lines[3].starts_with("  wire: additive, Rust API: minor: "),
        "{}",
        lines[3]
    );
    let fragment = "        client_secret:\n          type: string\n          format: password\n          nullable: true\n          description: To be described.\n";
    assert!(run.stdout.contains(fragment), "{}", run.stdout);
    assert_eq!(
        run.stderr,
        "error: 1 difference between vendor.json and openapi/processing-results.yaml\n"
    );
}

#[test]
fn each_format_has_the_difference() {
    for (format, needle) in [
        ("json", "\"place\": \"ClassifyJob.client_secret\""),
        (
            "markdown",
            "| `ClassifyJob.client_secret` | new field: optional string |",
        ),
        (
            "github",
            "::error file=openapi/processing-results.yaml,line=",
        ),
    ] {
        let (_directory, run) = run(&vendor(), &["upstream", "vendor.json", "-f", format]);
        assert_eq!(run.code, Some(1));
        assert!(run.stdout.contains(needle), "{format}: {}", run.stdout);
        if format == "json" {
            let json: Value = serde_json::from_str(&run.stdout).expect("JSON");
            assert_eq!(json[0]["kind"], "field");
            assert_eq!(json[0]["wire"], "additive");
        }
    }
}

#[test]
fn the_contract_the_ledger_and_the_changelog_are_written() {
    let args = ["upstream", "vendor.json", "--write", "--date", "2026-08-20"];
    let (directory, run) = run(&vendor(), &args);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let read = |name: &str| read_to_string(directory.0.join(name)).expect("a file");
    assert!(
        read(USUAL).contains(
            "        client_secret:\n          type: string\n          format: password\n"
        )
    );
    let row = "| `ClassifyJob.client_secret` | page | `-` | `optional string` | 2026-08-20 | the vendor's document |\n";
    assert!(
        read("openapi/README.md").ends_with(row),
        "{}",
        read("openapi/README.md")
    );
    let entry = "- The call.\n- As the vendor's document of 2026-08-20 has it: new field: `ClassifyJob.client_secret`.\n\n### Rust API\n";
    assert!(
        read("CHANGELOG.md").contains(entry),
        "{}",
        read("CHANGELOG.md")
    );
    let again = spec_in(&directory.0, &["upstream", "vendor.json"]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (Some(0), ""),
        "{}",
        again.stderr
    );
    let check = spec_in(&directory.0, &["check"]);
    assert_eq!(check.code, Some(1));
    assert_eq!(
        check.stderr,
        "error: 1 finding in openapi/processing-results.yaml\n"
    );
    assert!(
        check
            .stdout
            .contains("the description of `client_secret` is still to be written"),
        "{}",
        check.stdout
    );
}

#[test]
fn a_row_of_the_ledger_that_explains_nothing_is_a_finding_and_goes() {
    let (directory, _) = run(&vendor(), &["show"]);
    let stale = format!(
        "{LEDGER}| `ClassifyJob.mode` | document | `string` | `values` | 2026-01-01 | none |\n"
    );
    std::fs::write(directory.0.join("openapi/README.md"), &stale).expect("writable");
    let found = spec_in(&directory.0, &["upstream", "vendor.json"]);
    assert_eq!(found.code, Some(1));
    assert!(
        found
            .stdout
            .contains("openapi/README.md:5: `ClassifyJob.mode`"),
        "{}",
        found.stdout
    );
    spec_in(&directory.0, &["upstream", "vendor.json", "--write"]);
    let ledger = read_to_string(directory.0.join("openapi/README.md")).expect("a file");
    assert!(!ledger.contains("ClassifyJob.mode"), "{ledger}");
    let odd = stale.replace("| document |", "| somewhere |");
    std::fs::write(directory.0.join("openapi/README.md"), odd).expect("writable");
    let odd = spec_in(&directory.0, &["upstream", "vendor.json"]);
    assert_eq!(odd.code, Some(2), "{}", odd.stderr);
}

#[test]
fn what_cannot_be_compared_is_one_sentence() {
    let vendor = vendor();
    let cases = [
        (String::new(), "it is empty"),
        ("<html>\n<p>: x</p>".into(), "neither JSON nor YAML"),
        ("[1, 2]".into(), "it is no OpenAPI document"),
        (
            "{\"detail\": \"Not Found\"}".into(),
            "it is no OpenAPI document",
        ),
        (
            vendor[..vendor.len() / 2].to_owned(),
            "it is truncated JSON: EOF while parsing a string at line 1 column ",
        ),
        (
            vendor.replace("3.1.0", "2.1"),
            "it is OpenAPI 2.1, and 3.0 or 3.1 is needed",
        ),
        (
            vendor.replace("\"openapi\":\"3.1.0\"", "\"swagger\":\"2.0\""),
            "it is Swagger 2.0",
        ),
        (
            vendor.replace("processing-results\"", "processing_results\""),
            "it has no GET /api/v1/beta/batch-processing/items/",
        ),
        (vendor.replace("\"get\":", "\"post\":"), "but no GET there"),
        (
            vendor.replace("\"ClassifyMode\":{", "\"ClassifyMod\":{"),
            "refers to nothing: #/components/schemas/ClassifyMode",
        ),
        (
            vendor.replace(
                "\"#/components/schemas/ClassifyMode\"",
                "\"other.json#/Mode\"",
            ),
            "refers to another file: other.json#/Mode",
        ),
    ];
    for (text, expected) in cases {
        let (_directory, run) = run(&text, &["upstream", "vendor.json"]);
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (Some(2), ""),
            "{expected}: {}",
            run.stderr
        );
        assert!(
            run.stderr
                .starts_with("error: vendor.json cannot be compared: "),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr.contains(expected) && run.stderr.lines().count() == 1,
            "{expected}: {}",
            run.stderr
        );
    }
}
