//! Responses that are large in an unusual way: the work on them is linear in their size.

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::serving::Directory;
use crate::support::{KEY, Server, command};

/// Two results of this job type, with this configuration and these further fields, some of them unlike.
fn history(job_type: &str, config: &str, more: &str) -> String {
    let result = |at: usize| {
        format!(
            r#"{{"item_id": "item-1", "job_config": {}, "job_type": "{job_type}", "output_s3_path": "",
            "parameters_hash": "hash-{at}", "processed_at": "2026-03-0{at}T09:30:00", "result_id": "r-{at}"{more}}}"#,
            config.replace("@", &at.to_string())
        )
    };
    let (one, two) = (result(1), result(2));
    format!(r#"{{"item_id": "item-1", "item_name": "n", "processing_results": [{one}, {two}]}}"#)
}

/// Members of an object, each with a name and a value of its own; `@` is the result's number.
fn members(count: usize) -> String {
    let mut members = String::new();
    for at in 0..count {
        write!(
            members,
            r#"{}"name_{at}": "{at}-@""#,
            if at > 0 { "," } else { "" }
        )
        .unwrap();
    }
    members
}

#[test]
fn the_work_of_every_command_is_linear() {
    // Where it is quadratic, this takes a minute.
    let many = members(5_000);
    let deep = format!(r#"{{"config": {{"inner": {{{many}}}}}}}"#);
    let repeated = r#""value": 1,"#.repeat(12_500);
    for (what, body) in [
        (
            "parameters",
            history("parse", &format!(r#"{{"parameters": {{{many}}}}}"#), ""),
        ),
        (
            "members of a configuration",
            history("extract", &format!("{{{many}}}"), ""),
        ),
        ("members within members", history("extract", &deep, "")),
        (
            "unknown fields",
            history("parse", "{}", &format!(",{many}")),
        ),
        (
            "one key",
            history("extract", &format!(r#"{{{repeated} "value": "@"}}"#), ""),
        ),
        (
            "a word",
            history(
                "parse",
                &format!(
                    r#"{{"parameters": {{"user_prompt": "@{}"}}}}"#,
                    "x".repeat(1 << 20)
                ),
                "",
            ),
        ),
    ] {
        let server = Server::start(200, &body);
        let directory = Directory::new("large-responses");
        let page = directory.0.join("page.html");
        let report = ["report", "--items", "-", "--out", page.to_str().unwrap()];
        for args in [
            &["get", "item-1"][..],
            &["get", "item-1", "--params"],
            &["get", "item-1", "-o", "csv"],
            &["get", "item-1", "-o", "json"],
            &["diff", "item-1"],
            &report,
        ] {
            let mut command = command(args);
            command.args(["--base-url", &server.url, "--max-retries", "0"]);
            let (reader, mut writer) = std::io::pipe().unwrap();
            std::io::Write::write_all(&mut writer, b"item-1\n").unwrap();
            drop(writer);
            let begin = Instant::now();
            let output = command
                .env("LLAMA_CLOUD_API_KEY", KEY)
                .stdin(reader)
                .output()
                .unwrap();
            let took = begin.elapsed();
            println!("{what}: {args:?}: {took:?}");
            assert_eq!(output.status.code(), Some(0), "{what}: {args:?}");
            assert!(took < Duration::from_secs(30), "{what}: {args:?}: {took:?}");
        }
    }
}
