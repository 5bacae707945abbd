//! The steps of CONTRIBUTING.md work as printed, on a copy of what they need.
//!
//! The shell runs each line. `cargo spec` is the command under test, `curl` writes a local file to the given path, and
//! `cargo test`, which would build everything, is only noted.

#![cfg(unix)]

use crate::follows::vendor;
use crate::{Directory, Run, USUAL, contract, directory};
use processing_results_contract::{Document, wire};
use std::fs::read_to_string;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

const CARGO: &str = r#"#!/bin/sh
# The alias builds first, which makes the directory.
mkdir -p target
case "$1" in
    spec) shift; exec "$SPEC" "$@" ;;
    test) echo "${UPDATE_GOLDENS:-0} $*" >> target/tested ;;
    *) exit 9 ;;
esac
"#;

const CURL: &str = r#"#!/bin/sh
while [ $# -gt 1 ]; do
    case "$1" in
        -o) mkdir -p "$(dirname "$2")" && cp vendor.json "$2"; shift ;;
        -sSf | --create-dirs) ;;
        *) exit 9 ;;
    esac
    shift
done
case "$1" in https://*) ;; *) exit 9 ;; esac
"#;

fn root(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    read_to_string(path).expect("a file of the project")
}

/// The lines of the fenced blocks of a language below a heading.
fn printed(heading: &str, language: &str) -> Vec<Vec<String>> {
    let page = root("CONTRIBUTING.md");
    let (_, section) = page
        .split_once(&format!("## {heading}\n"))
        .expect("the heading");
    let section = section.split("\n## ").next().expect("a section");
    let fence = format!("```{language}");
    let blocks = section.split(&fence).skip(1).map(|block| {
        let block = block.split("```").next().expect("the end of the fence");
        let lines = block.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    });
    blocks.collect()
}

/// A checkout: the files that the steps read and write, committed, and the programs that they run.
fn checkout() -> Directory {
    let copy = directory(&[
        (USUAL, &contract()),
        ("openapi/README.md", &root("openapi/README.md")),
        ("CHANGELOG.md", &root("CHANGELOG.md")),
        (
            "tests/inventory/document.tsv",
            &root("tests/inventory/document.tsv"),
        ),
        ("vendor.json", &vendor()),
        ("bin/cargo", CARGO),
        ("bin/curl", CURL),
    ]);
    for name in ["bin/cargo", "bin/curl"] {
        let path = copy.0.join(name);
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).expect("a program");
    }
    let commit = "git init -q . && git add . && git -c user.name=A -c user.email=a@example.com commit -qm First";
    let made = shell(&copy.0, commit);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    copy
}

fn shell(directory: &Path, line: &str) -> Run {
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(directory)
        .env(
            "PATH",
            format!("{}:{path}", directory.join("bin").display()),
        )
        .env("SPEC", env!("CARGO_BIN_EXE_spec"))
        .env_remove("UPDATE_GOLDENS")
        .output();
    output.expect("a shell").into()
}

/// Runs all lines, and returns the exit codes with what was printed.
fn run_all(directory: &Path, lines: &[String]) -> Vec<Run> {
    lines.iter().map(|line| shell(directory, line)).collect()
}

#[test]
fn an_edit_of_the_document_is_made_as_printed() {
    let copy = checkout();
    let option = "        new_option:\n          type: string\n          nullable: true\n          description: A new option.\n";
    let (old, place) = (contract(), "        model:\n");
    assert!(old.contains(place));
    let new = old.replacen(place, &format!("{option}{place}"), 1);
    std::fs::write(copy.0.join(USUAL), &new).expect("writable");

    let blocks = printed("Change the OpenAPI document", "sh");
    let lines: Vec<String> = blocks.concat();
    let runs = run_all(&copy.0, &lines);
    for (line, run) in lines.iter().zip(&runs) {
        assert_eq!(run.code, Some(0), "{line}: {}{}", run.stdout, run.stderr);
    }
    let diff = lines
        .iter()
        .position(|line| line.starts_with("cargo spec diff"));
    let diff = &runs[diff.expect("the diff is printed")].stdout;
    assert!(
        diff.contains("BatchParseJobConfig.new_option: optional field added"),
        "{diff}"
    );
    let tested = read_to_string(copy.0.join("target/tested")).expect("the tests are run");
    assert_eq!(tested, "0 test --all-features\n1 test --all-features\n");

    // What the page says the goldens get.
    let [lines] = &printed("Change the OpenAPI document", "text")[..] else {
        panic!("one block of lines")
    };
    let [wire_line, api_line] = &lines[..] else {
        panic!("two lines: {lines:?}")
    };
    let listing = |text: &str| wire::listing(&Document::parse("", text).expect("a contract"));
    let is_new = |line: &str| {
        listing(&new).lines().any(|it| it == line) && !listing(&old).lines().any(|it| it == line)
    };
    assert!(is_new(wire_line.trim_start_matches('+')), "{wire_line}");
    let like = api_line
        .trim_start_matches('+')
        .replace("new_option", "tier");
    assert!(
        root("tests/golden/api.txt").lines().any(|it| it == like),
        "{like}"
    );
}

#[test]
fn the_service_is_followed_in_five_lines_as_printed() {
    let copy = checkout();
    let lines = printed("Follow the service", "sh").concat();
    assert_eq!(lines.len(), 5, "{lines:?}");
    let runs = run_all(&copy.0, &lines);
    let codes: Vec<_> = runs.iter().map(|run| run.code).collect();
    // The check names what is left to write.
    assert_eq!(codes, [0, 0, 0, 1, 0].map(Some), "{}", runs[1].stderr);
    let findings: Vec<&str> = runs[3]
        .stdout
        .lines()
        .filter(|line| line.starts_with(USUAL))
        .collect();
    assert!(
        findings.len() == 1 && findings[0].contains("`client_secret` is still to be written"),
        "{findings:?}"
    );
    let read = |name: &str| read_to_string(copy.0.join(name)).expect("a file");
    assert!(
        read(USUAL).contains(
            "        client_secret:\n          type: string\n          format: password\n"
        )
    );
    assert!(read("openapi/README.md").contains("| `ClassifyJob.client_secret` | page |"));
    assert!(read("CHANGELOG.md").contains("`ClassifyJob.client_secret`"));
    assert!(read("tests/inventory/document.tsv").contains(".client_secret\toptional\tstring"));
    assert_eq!(read("target/tested"), "1 test --all-features\n");
    let again = shell(&copy.0, "cargo spec upstream target/upstream.json");
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (Some(0), ""),
        "{}",
        again.stderr
    );
}
