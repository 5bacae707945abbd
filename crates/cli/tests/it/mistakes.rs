//! Mistakes that people make, and their messages: one line that names the variable, the option or the server.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::support::{KEY, Run, Server, command, history};

/// `get item-1` of a server, with these arguments and variables beside the key.
fn get(server: &str, args: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = command(&["get", "item-1"]);
    for option in [["--max-retries", "0"], ["--timeout", "5s"]] {
        if !args.contains(&option[0]) {
            command.args(option);
        }
    }
    command.args(args).env("LLAMA_CLOUD_API_KEY", KEY);
    if !server.is_empty() {
        command.env("LLAMA_CLOUD_BASE_URL", server);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    output.into()
}

fn assert_says(run: &Run, code: i32, parts: &[&str]) {
    assert_eq!(run.code, Some(code), "{}", run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
    assert!(!run.stderr.contains(KEY), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn what_the_service_responds_names_the_server_and_what_to_do() {
    for (status, body, code, parts) in [
        (
            401,
            r#"{"detail": "no"}"#,
            3,
            &["the key is from LLAMA_CLOUD_API_KEY", "doctor"][..],
        ),
        (402, "{}", 3, &["credits"]),
        (403, "{}", 3, &["project", "organization"]),
        (404, r#"{"detail": "no item"}"#, 4, &["check the item id"]),
        (
            404,
            "<html>",
            5,
            &[
                "--base-url or LLAMA_CLOUD_BASE_URL",
                "server http://127.0.0.1:",
            ],
        ),
        (413, "{}", 5, &["status 413", "server http://127.0.0.1:"]),
        (
            429,
            "{}",
            5,
            &["--rate and --concurrency", "--timeout and --max-retries"],
        ),
        (503, "{}", 5, &["status 503", "server http://127.0.0.1:"]),
        (302, "", 5, &["check --base-url or LLAMA_CLOUD_BASE_URL"]),
        (
            200,
            "<html>sign in</html>",
            6,
            &["a proxy or a login page may be in between"],
        ),
    ] {
        let server = Server::start(status, body);
        let run = get(&server.url, &[], &[]);
        assert_says(&run, code, parts);
        // Settings that the library has and the command does not.
        for foreign in ["max_response_bytes", "raise the deadline"] {
            assert!(!run.stderr.contains(foreign), "{}", run.stderr);
        }
    }
}

#[test]
fn who_gave_up_is_said_with_options_of_the_command() {
    let later = "HTTP/1.1 429 X\r\nretry-after: 86400\r\ncontent-length: 0\r\n\r\n";
    let server = Server::raw(later.to_owned());
    let run = get(
        &server.url,
        &["--max-retries", "1", "--timeout", "48h"],
        &[],
    );
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    assert!(!run.stderr.contains("max_retry_after"), "{}", run.stderr);
    // Calls share a budget of retries, which many failures use up.
    let server = Server::start(503, "{}");
    let ids: Vec<_> = (0..60).map(|number| format!("item-{number}")).collect();
    let mut export = command(&["export", "--concurrency", "32", "--base-url", &server.url]);
    let run: Run = export
        .args(ids)
        .env("LLAMA_CLOUD_API_KEY", KEY)
        .output()
        .unwrap()
        .into();
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    assert!(run.stderr.contains("used up; try later"), "{}", run.stderr);
    assert!(!run.stderr.contains("retry_budget"), "{}", run.stderr);
}

#[test]
fn a_key_that_can_be_seen_to_be_none_is_named_by_its_variable() {
    for (key, says) in [
        ("\"llx-CANARY\"", "has quotes around it"),
        ("'llx-CANARY'", "has quotes around it"),
        ("Bearer llx-CANARY", "begins with `Bearer`"),
        ("llx-CANARY llx-2", "has a space or a line break"),
        ("llx-CANARY\nX", "has a space or a line break"),
        ("llx-CANARY\u{e9}", "has characters that no key has"),
    ] {
        let run = get("", &[], &[("LLAMA_CLOUD_API_KEY", key)]);
        assert_says(&run, 2, &["LLAMA_CLOUD_API_KEY", says]);
        assert!(!run.stderr.contains("CANARY"), "{}", run.stderr);
    }
    for name in ["BASE_URL", "PROJECT_ID", "ORGANIZATION_ID"] {
        let name = format!("LLAMA_CLOUD_{name}");
        for (value, says) in [
            ("'https://CANARY'", "has quotes around it"),
            ("CANARY\n.example.com", "has a line break"),
        ] {
            let run = get("", &[], &[("LLAMA_CLOUD_API_KEY", KEY), (&name, value)]);
            assert_says(&run, 2, &[&name, says]);
            assert!(!run.stderr.contains("CANARY"), "{}", run.stderr);
        }
    }
    // The line break that copying leaves at the end is removed.
    let server = Server::start(200, &history("parse", "{}"));
    let run = get(&server.url, &[], &[("LLAMA_CLOUD_API_KEY", " llx-1\n")]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(server.heads()[0].contains("Bearer llx-1\r\n"));
}

/// A server that says this as soon as it has read something, and closes.
fn responding(bytes: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(bytes);
        }
    });
    url
}

#[test]
fn a_server_that_is_not_there_or_something_else_is_named() {
    let nobody = get("http://127.0.0.1:1", &[], &[]);
    assert_says(
        &nobody,
        5,
        &[
            "nothing listens at http://127.0.0.1:1",
            "LLAMA_CLOUD_BASE_URL",
        ],
    );
    let plain = responding(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
    let tls = plain.replace("http://", "https://");
    let run = get(&tls, &[], &[]);
    assert_says(&run, 5, &["does not speak TLS: write http://"]);
    // The alert that a TLS server sends to a client that does not speak TLS.
    let url = responding(b"\x15\x03\x01\x00\x02\x02\x46");
    let run = get(&url, &[], &[]);
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    assert!(
        run.stderr.contains("server http://127.0.0.1:") || run.stderr.contains("may want TLS"),
        "{}",
        run.stderr
    );
    // What breaks off has spoken HTTP.
    for bytes in [
        &b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"[..],
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n\x1f\x8b\x08",
    ] {
        let run = get(&responding(bytes), &[], &[]);
        assert_says(&run, 5, &["the connection broke off"]);
        assert!(!run.stderr.contains("TLS"), "{}", run.stderr);
    }
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let run = get(&url, &["--timeout", "200ms"], &[]);
    assert_says(
        &run,
        5,
        &[
            "deadline of 0.2 s",
            "--timeout waits longer",
            "server http://127.0.0.1:",
        ],
    );
}

#[test]
fn options_are_understood_or_corrected() {
    let server = Server::start(200, &history("parse", "{}"));
    for more in [&["--timeout", "5s"][..], &["--timeout", "1m"], &["--quiet"]] {
        let run = get(&server.url, more, &[]);
        assert_eq!(run.code, Some(0), "{more:?}: {}", run.stderr);
    }
    for (args, says) in [
        (&["--region", "us"][..], "possible values: na, eu"),
        (
            &["--region", "eu", "--base-url", "http://127.0.0.1:1"],
            "cannot be used with",
        ),
        (&["--jobtype", "x"], "similar argument exists: '--job-type'"),
        (&["--timeout", "5 days"], "such as 30s"),
        (&["--quiet", "--verbose"], "cannot be used with"),
    ] {
        let run = get(&server.url, args, &[]);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert!(run.stderr.contains(says), "{args:?}: {}", run.stderr);
    }
    let doctor = command(&["doctor", "--region", "EU"]).output().unwrap();
    assert!(String::from_utf8_lossy(&doctor.stdout).contains("api.cloud.eu.llamaindex.ai"));
}

#[test]
fn a_setting_that_cannot_be_used_is_named_as_it_was_given() {
    let by_variable = |url: &str| get("", &[], &[("LLAMA_CLOUD_BASE_URL", url)]);
    let by_option = |url: &str| get("", &["--base-url", url], &[]);
    for (url, says) in [
        (
            "http://api.example.com",
            "allow it with --allow-plain-http HOST",
        ),
        ("https://api.example.com/api/v1", "leave that out"),
        ("htps://api.example.com", "write https"),
        ("https:/api.example.com", "write it like https://host"),
    ] {
        assert_says(
            &by_variable(url),
            2,
            &["error: LLAMA_CLOUD_BASE_URL ", says],
        );
        assert_says(&by_option(url), 2, &["error: --base-url ", says]);
    }
    let empty = get("http://127.0.0.1:1", &["-p", ""], &[]);
    assert_says(&empty, 2, &["--project-id is empty"]);
}

#[test]
fn what_can_select_nothing_or_contradicts_itself_is_refused() {
    let refused = |args: &[&str], says: &[&str]| assert_says(&crate::support::run(args), 2, says);
    let demo = |args: &[&'static str]| [&["get", "invoice-0001", "--demo"], args].concat();
    for (name, says) in [
        ("item_di", "no field item_di: did you mean item_id?"),
        ("tier", "did you mean parameters_tier?"),
        ("Parameters.Tier", "did you mean parameters_tier?"),
        ("item_id,", "has an empty name"),
        ("item_id,job_type,item_id", "names item_id twice"),
        ("banana", "there are item_id, "),
    ] {
        refused(&demo(&["-o", "csv", "--fields", name]), &["field", says]);
    }
    let between = ["--since", "2026-05-01", "--until", "2026-01-01"];
    for command in ["get invoice-0001", "export", "duplicates", "report --out -"] {
        let args: Vec<_> = command
            .split(' ')
            .chain(["--demo"])
            .chain(between)
            .collect();
        refused(&args, &["--since is not before --until"]);
    }
    refused(
        &["export", "--demo", "--out", "x.ndjson.gz"],
        &["not as gz"],
    );
    let twice = ["--price", "parse=1", "--price", "parse=2"];
    let report = ["report", "--demo", "--out", "-"];
    refused(
        &[&report[..], &twice].concat(),
        &["--price gives parse two prices"],
    );
    let tier = crate::support::run(&demo(&["--tier", ""]));
    assert_eq!(tier.code, Some(2), "{}", tier.stderr);
}

#[test]
fn conditions_that_select_nothing_are_named() {
    let all = crate::support::run(&["export", "--demo"])
        .stdout
        .lines()
        .count();
    let misspelt = ["--demo", "--tier", "agentc", "--since", "2020-01-01"];
    for command in ["duplicates", "export", "report --out -"] {
        let args: Vec<_> = command.split(' ').chain(misspelt).collect();
        let run = crate::support::run(&args);
        let warning = format!("warning: --since and --tier selected none of {all} results");
        assert!(run.stderr.contains(&warning), "{command}: {}", run.stderr);
    }
    let good = crate::support::run(&["duplicates", "--demo", "--tier", "agentic"]);
    assert!(!good.stderr.contains("warning"), "{}", good.stderr);
}

#[test]
fn a_tier_and_a_format_are_recognized_in_any_case() {
    let tier = |tier| crate::support::run(&["duplicates", "--demo", "--tier", tier, "-o", "JSON"]);
    let lower = tier("agentic_plus");
    assert!(lower.stdout.len() > 3, "{}", lower.stderr);
    assert_eq!(tier("Agentic_Plus").stdout, lower.stdout);
}

#[test]
fn version_says_what_the_command_was_built_with() {
    let version = crate::support::run(&["--version"]).stdout;
    for (feature, is_on) in [
        ("parquet", cfg!(feature = "parquet")),
        ("s3", cfg!(feature = "s3")),
    ] {
        let line = version
            .lines()
            .find(|line| line.starts_with("features "))
            .unwrap();
        assert_eq!(line.contains(feature), is_on, "{version}");
    }
    assert!(version.contains("\ncommit "), "{version}");
}

#[test]
fn colors_are_there_when_they_are_wanted() {
    let colored = |args: &[&str]| {
        let run: Run = command(args).output().unwrap().into();
        run.stderr.contains('\u{1b}')
    };
    let get = ["get", "no-such-item", "--demo"];
    assert!(!colored(&get));
    assert!(colored(&[&get[..], &["--color", "always"]].concat()));
    assert!(!colored(&[&get[..], &["--color", "never"]].concat()));
    // Also where the command line is wrong, and in help.
    assert!(!colored(&["get"]) && colored(&["get", "--color=always"]));
    let colors = |variables: &[(&str, &str)], args: &[&str]| {
        let output = command(args)
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        [output.stdout, output.stderr].concat().contains(&0x1b)
    };
    let (force, none) = (("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1"));
    for args in [&get[..], &["get"], &["get", "--help"]] {
        assert!(colors(&[force], args), "{args:?}");
        assert!(!colors(&[force, none], args), "{args:?}");
        assert!(
            !colors(&[force], &[args, &["--color", "never"]].concat()),
            "{args:?}"
        );
    }
}

#[test]
fn quiet_leaves_data_and_problems() {
    let run = crate::support::run(&["export", "--demo", "no-such-item", "invoice-0001", "-q"]);
    assert_eq!(run.code, Some(7));
    assert!(
        run.stderr.lines().all(|line| line.starts_with("error: ")),
        "{}",
        run.stderr
    );
    let good = crate::support::run(&["export", "--demo", "invoice-0001", "-q"]);
    assert_eq!((good.code, good.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_wait_of_more_than_a_second_is_reported() {
    let server = Server::raw(
        "HTTP/1.1 429 X\r\nretry-after: 2\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"
            .to_owned(),
    );
    let run = get(
        &server.url,
        &["--max-retries", "1", "--timeout", "30s"],
        &[],
    );
    assert_eq!(run.code, Some(5));
    let expected = "note: rate limited, next try in 2 s (127.0.0.1, item item-1)";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
}
