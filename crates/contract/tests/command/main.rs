//! The reviewer's desk.

use std::path::PathBuf;

use processing_results::spec::YAML;
use serde_json::Value;

use crate::support::{Run, assert_golden, command};

pub const BUCKET: &str = "        outputBucket:\n          type: string\n";

const KINDS: &str = "\
components:
  schemas:
    Receiver:
      type: object
      description: One receiver of messages, and what it is sent, described at such a length that it takes two lines.
      required: [kind]
      properties:
        kind:
          type: string
          description: What is sent.
          allOf: [{$ref: '#/components/schemas/Kind'}]
        headers:
          type: object
          nullable: true
          description: HTTP headers, by name.
          additionalProperties: {type: string, format: password}
    Kind:
      type: string
      description: |
        Kind of message.

        - `short` has the state alone.
      enum: [short, long]
";

/// `spec` in a folder of its own, with files.
pub fn spec(args: &[&str], files: &[(&str, &str)]) -> Run {
    let folder = folder();
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let output = command(&["spec"])
        .args(args)
        .current_dir(&folder)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    output.into()
}

pub fn folder() -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "spec-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn edited(old: &str, new: &str) -> String {
    assert!(YAML.contains(old), "{old}");
    YAML.replacen(old, new, 1)
}

#[test]
fn the_bundled_contract_has_no_findings() {
    let run = spec(&["check"], &[]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), ""),
        "{}",
        run.stderr
    );
    assert_eq!(
        run.stderr,
        "note: no findings in openapi/processing-results.yaml (bundled)\n"
    );
}

#[test]
fn the_checkout_s_contract_comes_first() {
    let slip = edited(BUCKET, &BUCKET.replace("type: string", "type: strin"));
    let run = spec(&["check"], &[("openapi/processing-results.yaml", &slip)]);
    assert_eq!(run.code, Some(1));
    let line = slip
        .lines()
        .position(|line| line.ends_with("strin"))
        .unwrap()
        + 1;
    let start = format!("openapi/processing-results.yaml:{line}:17: unknown-type: ");
    assert!(run.stdout.starts_with(&start), "{}", run.stdout);
    assert!(run.stdout.contains("  help: "), "{}", run.stdout);
    assert_eq!(
        run.stderr,
        "error: 1 finding in openapi/processing-results.yaml\n"
    );
}

#[test]
fn findings_come_in_each_format() {
    let slip = edited(
        "        - screenshot\n",
        "        - screenshot\n        - screenshot\n",
    );
    let files = [("a.yaml", slip.as_str())];
    let github = spec(&["check", "a.yaml", "--format", "github"], &files);
    assert_eq!(github.code, Some(1));
    assert!(
        github.stdout.starts_with("::error file=a.yaml,line="),
        "{}",
        github.stdout
    );
    let json = spec(&["check", "a.yaml", "--format", "json"], &files);
    let findings: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(findings[0]["file"], "a.yaml");
    assert_eq!(findings[0]["rule"], "enum-duplicate", "{findings}");
    let good = spec(
        &["check", "a.yaml", "--format", "json"],
        &[("a.yaml", YAML)],
    );
    assert_eq!((good.code, good.stdout.trim()), (Some(0), "[]"));
}

#[test]
fn a_file_that_cannot_be_read_is_2() {
    for args in [
        &["check", "none.yaml"][..],
        &["show", "--contract", "none.yaml"],
        &["diff", "none.yaml", "none.yaml"],
        &["drift", "none.json"],
        &["drift"],
        &["drift", "bad.json"],
        &["show", "-c", "bad.json"],
    ] {
        let run = spec(args, &[("bad.json", "[\"CANARY\"")]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(
            run.stderr.contains("error: ") && !run.stderr.contains("CANARY"),
            "{args:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn components_are_shown_as_tables() {
    // Of its own, so that an edit of the contract does not change what is expected here.
    let files = [("kinds.yaml", KINDS)];
    let show = |args: &[&str]| spec(&[&["show", "-c", "kinds.yaml"], args].concat(), &files).stdout;
    assert_golden("spec-show.txt", &show(&[]));
    assert_golden("spec-show-object.txt", &show(&["receiver"]));
    assert_golden("spec-show-enum.txt", &show(&["Kind"]));
    let run = spec(&["show", "WebhookConfig"], &[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(
        run.stderr
            .starts_with("error: there is no component WebhookConfig; "),
        "{}",
        run.stderr
    );
}

#[test]
fn tables_fit_the_terminal() {
    for columns in [36_usize, 80, 100, 200] {
        for component in [
            &["BatchParseJobConfig"][..],
            &["ParsingMode"],
            &["JobConfig"],
            &[],
        ] {
            let mut command = command(&["spec", "show"]);
            let output = command
                .args(component)
                .env("COLUMNS", columns.to_string())
                .output()
                .unwrap();
            let run = Run::from(output);
            assert_eq!(run.code, Some(0));
            for line in run.stdout.lines() {
                assert!(line.chars().count() <= columns, "{columns}: {line}");
            }
        }
    }
}
