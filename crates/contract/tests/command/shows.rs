//! `show`.

use crate::{Run, USUAL, assert_golden, contract, directory, spec, spec_command, spec_in};
use serde_json::Value;

/// Of its own, so that an edit of the contract does not change what is expected here.
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

fn show(args: &[&str]) -> Run {
    let args = [&["show", "-c", "kinds.yaml"], args].concat();
    spec(&args, &[("kinds.yaml", KINDS)])
}

#[test]
fn components_are_shown_as_tables() {
    assert_golden("spec-show.txt", &show(&[]).stdout);
    assert_golden("spec-show-object.txt", &show(&["receiver"]).stdout);
    assert_golden("spec-show-enum.txt", &show(&["Kind"]).stdout);
}

#[test]
fn fields_and_values_are_found_by_their_names() {
    for (name, path) in [
        ("headers", "Receiver.headers"),
        ("Receiver.headers", "Receiver.headers"),
        ("short", "Kind.short"),
    ] {
        let run = show(&[name, "-f", "json"]);
        let rows: Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!(rows[0]["path"], path, "{rows}");
        assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
        assert!(show(&[name]).stdout.contains(&format!("\n{path}  ")));
    }
    let everywhere = spec(&["show", "lang", "-f", "json"], &[(USUAL, &contract())]);
    let rows: Value = serde_json::from_str(&everywhere.stdout).expect("JSON");
    assert!(rows.as_array().is_some_and(|rows| rows.len() > 1), "{rows}");
}

#[test]
fn tables_are_json_too() {
    let tables: Value = serde_json::from_str(&show(&["-f", "json"]).stdout).expect("JSON");
    assert_eq!(tables[0]["name"], "Receiver");
    assert_eq!(tables[0]["rows"][1]["secret"], true);
    let one: Value = serde_json::from_str(&show(&["Kind", "-f", "json"]).stdout).expect("JSON");
    assert_eq!(one[0]["rows"][0]["description"], "has the state alone.");
}

#[test]
fn what_is_not_found_is_2_with_the_nearest_name() {
    for (name, near) in [
        ("Recever", "Receiver"),
        ("Receiver.heders", "Receiver.headers"),
        ("shor", "short"),
    ] {
        let run = show(&[name]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
        let message =
            format!("error: there is no component, field or value {name}; did you mean {near}?\n");
        assert_eq!(run.stderr, message);
    }
    assert!(
        show(&["zzzzzz"])
            .stderr
            .ends_with("`spec show` lists all components\n")
    );
}

#[test]
fn tables_fit_the_terminal() {
    let directory = directory(&[(USUAL, &contract())]);
    assert_eq!(spec_in(&directory.0, &["show"]).code, Some(0));
    for columns in [36_usize, 80, 100, 200] {
        for args in [
            &["show", "BatchParseJobConfig"][..],
            &["show", "ParsingMode"],
            &["show", "JobConfig"],
            &["show", "lang"],
            &["show"],
            &["explain"],
        ] {
            let mut command = spec_command(args);
            command
                .current_dir(&directory.0)
                .env("COLUMNS", columns.to_string());
            let run = Run::from(command.output().expect("the command runs"));
            assert_eq!(run.code, Some(0));
            for line in run.stdout.lines() {
                assert!(line.chars().count() <= columns, "{columns}: {line}");
            }
        }
    }
}
