//! `--from`: an export of any format gives the answers that the service gave, and what is no export is refused.

use std::fs;
use std::process::Stdio;

use serde_json::json;

use crate::collection::{Collection, item, parse};
use crate::support::{Run, command, run};

/// The formats of `export` in this build.
fn formats() -> impl Iterator<Item = &'static str> {
    let all = ["ndjson", "csv", "tsv", "parquet"];
    all.into_iter()
        .filter(|it| *it != "parquet" || cfg!(feature = "parquet"))
}

/// Times with offsets, at the end of the calendar and none at all, and texts that each format writes in its own way.
fn odd() -> Collection {
    let times = [
        "2026-03-01T10:00:00+02:00",
        "2026-03-01T09:00:00",
        "yesterday",
        "",
        "9999-12-30T21:00:00.5Z",
    ];
    let texts = ["=1+1", "'=1", "a\tb\\t\"c\"\r\nd,", "-0.5", " x "];
    let mut results = Vec::new();
    for (at, text) in texts.into_iter().enumerate() {
        for (again, time) in times.iter().enumerate() {
            let mut result = parse(
                &format!("{text}{at}-{again}"),
                time,
                text,
                json!({"lang": text}),
            );
            result["item_id"] = json!("odd");
            result["not_documented"] = json!({"a": [text]});
            results.push(result);
        }
    }
    let mut odd = item("odd", &results);
    odd["item_name"] = json!("=cmd.pdf");
    let mut broken = parse("b", "2026-01-01T00:00:00Z", "h", json!({}));
    broken["result_id"] = json!(null);
    let mut good = parse("a", "2026-01-01T00:00:00Z", "h", json!({}));
    good["item_id"] = json!("partly");
    let partly = item("partly", &[good, broken]);
    Collection::of("from-odd", &[odd, partly])
}

/// The page without the time when it was made, and without the reasons of failures.
fn comparable(page: &str) -> String {
    let (head, rest) = page.split_once("<h1>").unwrap();
    assert!(head.contains("made "));
    rest.split_once("<section id=\"failures\"")
        .map_or(rest, |(before, _)| before)
        .to_owned()
}

#[test]
fn an_export_of_every_format_gives_the_answers_of_the_service() {
    let collection = odd();
    let ids = collection.path("ids.txt");
    let asked = collection.run(&["duplicates", "--items", &ids, "-o", "json"]);
    assert_eq!(asked.code, Some(7), "{}", asked.stderr);
    let (_, page) = collection.report("ids.txt");
    for format in formats() {
        let out = collection.path(&format!("odd.{format}"));
        let export = collection.run(&["export", "--items", &ids, "--out", &out]);
        assert_eq!(export.code, Some(7), "{}", export.stderr);
        let read = run(&["duplicates", "--from", &out, "-o", "json"]);
        assert_eq!(read.stdout, asked.stdout, "{format}: {}", read.stderr);
        // The item that failed in part did so in the export.
        assert_eq!(read.code, Some(7), "{format}: {}", read.stderr);
        let warning = format!("warning: 1 item failed in this export, see {out}.errors.ndjson\n");
        assert!(read.stderr.starts_with(&warning), "{}", read.stderr);
        assert_eq!(
            read.stderr.lines().last(),
            asked.stderr.lines().last(),
            "{format}"
        );
        let report = run(&["report", "--from", &out, "--out", "-"]);
        assert_eq!(comparable(&report.stdout), comparable(&page), "{format}");
    }
}

#[test]
fn an_export_is_read_from_standard_input_whatever_its_name() {
    let demo = run(&["duplicates", "--demo", "-o", "json"]).stdout;
    for format in ["ndjson", "csv", "tsv"] {
        let rows = run(&["export", "--demo", "-o", format]).stdout;
        let mut child = command(&["duplicates", "--from", "-", "-o", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut input, rows.as_bytes()).unwrap();
        drop(input);
        let read: Run = child.wait_with_output().unwrap().into();
        assert_eq!(read.stdout, demo, "{format}: {}", read.stderr);
    }
}

#[test]
fn what_is_no_complete_export_is_refused_with_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let refused = |name: &str, says: &str| {
        let run = run(&["duplicates", "--from", &path(name)]);
        assert_eq!(run.code, Some(2), "{name}: {}", run.stderr);
        let last = run.stderr.lines().last().unwrap();
        assert!(
            last.starts_with(&format!("error: {}", path(name))),
            "{last}"
        );
        assert!(last.contains(says), "{name}: {last}");
        assert!(!run.stderr.contains("CANARY"), "{}", run.stderr);
    };
    for format in formats() {
        let out = path(&format!("whole.{format}"));
        assert_eq!(run(&["export", "--demo", "--out", &out]).code, Some(0));
        let whole = fs::read(&out).unwrap();
        // In the middle of the last row.
        let cut = whole.strip_suffix(b"\n").unwrap_or(&whole);
        fs::write(path(&format!("cut.{format}")), &cut[..cut.len() - 60]).unwrap();
        refused(&format!("cut.{format}"), "");
        let few = path(&format!("few.{format}"));
        let fields = "--fields=item_id,result_id,processed_at";
        run(&["export", "--demo", "--out", &few, fields]);
        refused(&format!("few.{format}"), "export it without --fields");
    }
    for (name, text) in [
        ("other.csv", "id,name\n1,CANARY\n"),
        ("array.json", "[{\"item_id\": \"CANARY\"}]"),
        ("text.txt", "CANARY\n"),
    ] {
        fs::write(path(name), text).unwrap();
        refused(name, "this is not an export");
    }
}
