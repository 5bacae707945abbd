//! `check` and `explain`, and which file they read.

use crate::{BUCKET, USUAL, contract, directory, edited, spec, spec_in};
use serde_json::Value;

fn wrong() -> String {
    edited(BUCKET, &BUCKET.replace("type: string", "type: strin"))
}

#[test]
fn the_contract_is_found_from_any_directory_of_the_checkout() {
    let wrong = wrong();
    let directory = directory(&[(USUAL, &wrong), ("crates/cli/src/main.rs", "")]);
    let line = wrong.lines().position(|line| line.ends_with("strin"));
    let line = line.expect("the edit") + 1;
    for (from, path) in [
        ("", USUAL.to_owned()),
        ("openapi", format!("../{USUAL}")),
        ("crates/cli/src", format!("../../../{USUAL}")),
    ] {
        let run = spec_in(&directory.0.join(from), &["check"]);
        assert_eq!(run.code, Some(1), "{from}");
        let start = format!("{path}:{line}:17: unknown-type: ");
        assert!(run.stdout.starts_with(&start), "{}", run.stdout);
        assert!(run.stdout.contains("  help: "), "{}", run.stdout);
        assert_eq!(run.stderr, format!("error: 1 finding in {path}\n"));
    }
}

#[test]
fn without_a_contract_nothing_is_green() {
    for args in [&["check"][..], &["show"], &["drift", "a.json"]] {
        let run = spec(args, &[("a.json", "{}")]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        let start = format!("error: there is no {USUAL} in this directory or above it");
        assert!(run.stderr.starts_with(&start), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn several_files_are_checked_at_once() {
    let (good, wrong) = (contract(), wrong());
    let files = [("a.yaml", good.as_str()), ("b.yaml", wrong.as_str())];
    let run = spec(&["check", "a.yaml", "b.yaml"], &files);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.starts_with("b.yaml:"), "{}", run.stdout);
    assert_eq!(run.stderr, "error: 1 finding in 2 files\n");
    let run = spec(&["check", "a.yaml", "none.yaml", "b.yaml"], &files);
    assert_eq!(run.code, Some(2), "what cannot be read outweighs a finding");
    assert!(run.stdout.starts_with("b.yaml:"), "{}", run.stdout);
    assert!(run.stderr.contains("error: none.yaml cannot be read: "));
    let run = spec(&["check", "a.yaml", "a.yaml"], &files);
    assert_eq!(run.stderr, "note: no findings in 2 files\n");
    assert_eq!(run.code, Some(0));
}

#[test]
fn findings_come_in_each_format() {
    let wrong = wrong();
    let files = [("a.yaml", wrong.as_str())];
    let github = spec(&["check", "a.yaml", "--format", "github"], &files);
    assert_eq!(github.code, Some(1));
    assert!(
        github.stdout.starts_with("::error file=a.yaml,line="),
        "{}",
        github.stdout
    );
    let json = spec(&["check", "a.yaml", "--format", "json"], &files);
    let findings: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(findings[0]["file"], "a.yaml");
    assert_eq!(findings[0]["rule"], "unknown-type", "{findings}");
    let good = spec(
        &["check", "a.yaml", "-f", "json"],
        &[("a.yaml", &contract())],
    );
    assert_eq!((good.code, good.stdout.trim()), (Some(0), "[]"));
}

#[test]
fn annotations_name_the_file_from_the_root_of_the_repository() {
    let directory = directory(&[(USUAL, &wrong()), (".git/HEAD", ""), ("docs/a.md", "")]);
    let absolute = directory.0.join(USUAL);
    let absolute = absolute.to_str().expect("a path");
    for (from, args) in [
        ("", &["check", "-f", "github"][..]),
        ("docs", &["check", "-f", "github"]),
        (
            "docs",
            &[
                "check",
                "-f",
                "github",
                "../openapi/processing-results.yaml",
            ],
        ),
        ("openapi", &["check", "-f", "github", absolute]),
    ] {
        let run = spec_in(&directory.0.join(from), args);
        let start = format!("::error file={USUAL},line=");
        assert!(run.stdout.starts_with(&start), "{args:?}: {}", run.stdout);
    }
}

#[test]
fn a_rule_is_explained() {
    let run = spec(&["explain", "dead-ref"], &[]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.stdout.starts_with("dead-ref\n\nThe generator stops"),
        "{}",
        run.stdout
    );
    let all = spec(&["explain"], &[]).stdout;
    for rule in processing_results_contract::rules::ALL {
        assert!(all.contains(&format!("\n{}  ", rule.name)), "{}", rule.name);
    }
    let run = spec(&["explain", "ded-ref"], &[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        run.stderr,
        "error: there is no rule ded-ref; did you mean dead-ref?\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_2() {
    for args in [
        &["check", "none.yaml"][..],
        &["show", "--contract", "none.yaml"],
        &["diff", "none.yaml", "none.yaml"],
        &["drift", "-c", "good.yaml", "none.json"],
        &["drift"],
        &["drift", "-c", "good.yaml", "bad.json"],
        &["show", "-c", "bad.json"],
    ] {
        let run = spec(
            args,
            &[("bad.json", "[\"CANARY\""), ("good.yaml", &contract())],
        );
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(
            run.stderr.contains("error: ") && !run.stderr.contains("CANARY"),
            "{args:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn fix_corrects_what_needs_no_decision_and_shows_it() {
    let broken = contract()
        .replacen("type: boolean", "type: boolan", 1)
        .replacen("    get:\n", "    get:\n      x: 1\n", 1);
    let run = spec(&["check", "--fix", "api.yaml"], &[("api.yaml", &broken)]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stdout
            .contains("\n-          type: boolan\n+          type: boolean\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("unknown-key") && !run.stdout.contains("unknown-type"),
        "{}",
        run.stdout
    );
    let good = contract().replacen("type: boolean", "type: boolan", 1);
    let run = spec(&["check", "--fix", "api.yaml"], &[("api.yaml", &good)]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), "note: no findings in api.yaml\n")
    );
}

#[test]
fn names_and_arguments_are_shown_with_what_cannot_be_seen() {
    let hidden = "a\u{61c}\u{200b}\u{2800}\u{1b}[31m\u{202e}\u{e0041}";
    for args in [
        vec!["check", hidden],
        vec!["show", hidden, "-c", "c.yaml"],
        vec!["explain", hidden],
        vec!["upstream", hidden, "-c", "c.yaml"],
        vec![hidden],
    ] {
        let run = spec(&args, &[("c.yaml", &contract())]);
        assert_eq!(run.code, Some(2), "{args:?}");
        let shown = r"a\u{61c}\u{200b}\u{2800}\u{1b}[31m\u{202e}\u{e0041}";
        assert!(run.stderr.contains(shown), "{args:?}: {}", run.stderr);
        let printed = run.stdout + &run.stderr;
        assert!(!printed.contains('\u{200b}'), "{printed}");
    }
}

#[test]
fn a_name_of_two_lines_is_shown_on_one() {
    let named = contract().replacen("job_config:", "\"job\\nconfig\":", 1);
    let files = [("old.yaml", contract()), ("new.yaml", named)];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    for args in [
        &["check", "new.yaml"][..],
        &["diff", "old.yaml", "new.yaml"],
    ] {
        let run = spec(args, &files);
        assert!(run.stdout.contains(r"job\nconfig"), "{}", run.stdout);
        let broken = run.stdout.lines().find(|line| line.starts_with("config"));
        assert_eq!(broken, None, "{}", run.stdout);
    }
}
