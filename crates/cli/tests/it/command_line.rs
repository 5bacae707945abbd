//! Mistakes in the command line: nothing that may be a secret is repeated, and nothing acts on a terminal.

use crate::support::{KEY, Run, Server, command, history, run};

#[test]
fn what_may_be_a_secret_is_not_repeated() {
    for args in [
        &["get", "item-1", "CANARY-llx-1234567890"][..],
        &["get", "item-1", "llx-CANARY1234567890abcdefgh"],
        &["get", "item-1", "--sk-live-CANARY9876543210"],
        &["get", "item-1", "--api-key=llx-CANARY"],
        &["get", "item-1", "--api-key", "llx-CANARY"],
        &["get", "item-1", "--token=CANARY"],
        &["get", "item-1", "--timeout", "llx-CANARY1234567890abcdefgh"],
        &["get", "item-1", "-o", "Bearer CANARY"],
        // Nothing about these shows that they are secrets.
        &["get", "item-1", "-o", "CANARY"],
        &["get", "item-1", "--max-retries", "CANARY"],
        &["get", "item-1", "--verbose=CANARY"],
        &["get", "item-1", "CANARY"],
        &["get", "item-1", "--region", "https://user:CANARY@host/"],
        &["llx-CANARY1234567890abcdefgh"],
        &["CANARY9876"],
        &["help", "CANARY9876"],
        &["spec", "CANARY9876"],
        &["completions", "llx-CANARY1234567890abcdefgh"],
        &["export", "--concurrency", "https://user:CANARY@host/"],
        &["report", "--price", "https://user:CANARY@host/"],
        &["serve", "--listen", "https://user:CANARY@host/"],
        &["serve", "--fail", "https://user:CANARY@host/"],
    ] {
        let run = run(args);
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stderr);
        assert!(!run.stderr.contains("CANARY"), "{args:?}: {}", run.stderr);
        assert!(
            run.stderr.starts_with("error: "),
            "{args:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn nothing_of_an_argument_acts_on_a_terminal() {
    let active = "\u{1b}]52;c;CANARY\u{7}\u{1b}[2J\u{9b}31m\u{202e}\r\n";
    for args in [
        &["get", "item-1", active][..],
        &["get", "item-1", "-o", active],
        &["get", "item-1", "--timeout", active],
        &["get", "item-1", &format!("--{active}")],
        &["get", "item-1", "--since", active],
        &[active],
        &["get", active, "--demo"],
        &["export", active, "--demo"],
        &["export", "--items", active],
        &["export", "--demo", "--out", &format!("/nowhere/{active}")],
        &["diff", "invoice-0001", active, active, "--demo"],
        &["serve", "--data", active],
        &["spec", "check", active],
    ] {
        // As on a terminal: without one, a library removes escapes.
        let run: Run = command(args)
            .env("CLICOLOR_FORCE", "1")
            .output()
            .unwrap()
            .into();
        assert_ne!(run.code, Some(0), "{args:?}");
        let text = run.stderr + &run.stdout;
        for sequence in ["\u{1b}]", "\u{1b}[2J", "\u{9b}", "\u{202e}", "\r", "\u{7}"] {
            assert!(!text.contains(sequence), "{args:?}: {text:?}");
        }
    }
}

#[test]
fn mistakes_are_corrected_where_they_can_be_recognized() {
    for (args, says) in [
        (
            &["get", "item-1", "--jobtype", "x"][..],
            "a similar argument exists: '--job-type'",
        ),
        (&["exprot"], "similar subcommands exist: 'report', 'export'"),
        (
            &["get", "item-1", "-o", "yaml"],
            "invalid value '…' for '--output <FORMAT>'",
        ),
        (
            &["get", "item-1", "--api-key", "x"],
            "the API key is read from LLAMA_CLOUD_API_KEY",
        ),
        (
            &["get", "item-1", "--region", "us"],
            "possible values: na, eu",
        ),
        (
            &["get", "item-1", "--timeout", "5 days"],
            "'…' for '--timeout <DURATION>': write a number above 0 with a unit",
        ),
        (
            &["export", "--concurrency", "0"],
            "write a number of requests above 0",
        ),
        (&["export", "--rate", "20"], "such as 20/min"),
        (
            &["export", "--out", "x"],
            "name some, read them with --items FILE, or try --demo",
        ),
        (
            &["get", "--demo", "invoice-0001", "--fields", "item_id"],
            "--fields chooses columns of rows",
        ),
        (
            &[
                "get",
                "--demo",
                "invoice-0001",
                "-o",
                "json",
                "--fields",
                "item_id",
            ],
            "add -o csv",
        ),
        (
            &["get", "--demo", "invoice-0001", "-o", "ndjson", "--csv-bom"],
            "--csv-bom is for csv",
        ),
        (
            &[
                "get",
                "--demo",
                "invoice-0001",
                "-o",
                "ndjson",
                "--fields",
                "nope",
            ],
            "there is no field nope; there are item_id",
        ),
    ] {
        let run = run(args);
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{args:?}: {}", run.stderr);
    }
}

/// An id as it is given, the exit code, the message, and whether a request was sent.
#[test]
fn what_is_no_item_id_is_said_to_be_something_else() {
    let url = "https://cloud.llamaindex.ai/items/CANARY?sig=CANARY";
    for (id, code, says) in [
        (url, 2, "the item id is a URL: pass the item id alone"),
        ("\"item-1\"", 2, "has quotes around it: leave them out"),
        ("'item-1'", 2, "has quotes around it: leave them out"),
        (
            "docs/scan.pdf",
            2,
            "has a slash in it, as the name of a file has",
        ),
        ("docs\\scan.pdf", 2, "has a slash in it"),
        ("item\n1", 2, "has control characters in it"),
        ("  ", 2, "the item id is empty"),
        (
            "scan.pdf",
            4,
            "looks like the name of a file: pass the id that the service gave the item",
        ),
        (
            "bjb-41c7e0a9",
            4,
            "the id of a batch job: GET /api/v1/beta/batch-processing/bjb-41c7e0a9/items lists the ids of its items",
        ),
        ("item-9", 4, "check the item id"),
    ] {
        let server = Server::start(404, r#"{"detail": "not found"}"#);
        for name in ["get", "latest", "diff", "export"] {
            let mut command = command(&[name, "--base-url", &server.url, "--", id]);
            let run: Run = command
                .env("LLAMA_CLOUD_API_KEY", KEY)
                .output()
                .unwrap()
                .into();
            assert_eq!(
                run.code,
                Some(if name == "export" && code == 4 {
                    7
                } else {
                    code
                }),
                "{name} {id}"
            );
            assert!(run.stderr.contains(says), "{name} {id}: {}", run.stderr);
            assert!(
                !run.stderr.contains("CANARY"),
                "{name} {id}: {}",
                run.stderr
            );
        }
        let requests = server.heads().len();
        assert_eq!(requests, if code == 4 { 4 } else { 0 }, "{id}");
    }
    let server = Server::start(200, &history("parse", "{}"));
    let mut command = command(&["get", " item-1\n", "--base-url", &server.url]);
    assert!(
        command
            .env("LLAMA_CLOUD_API_KEY", KEY)
            .status()
            .unwrap()
            .success()
    );
    assert!(server.heads()[0].contains("/items/item-1/"));
}

#[test]
fn a_proxy_that_cannot_be_used_is_named_before_any_call() {
    let get = |server: &str, name: &str, value: &str| -> Run {
        let mut command = command(&["get", "item-1", "--max-retries", "0", "--base-url", server]);
        command.env("LLAMA_CLOUD_API_KEY", KEY).env(name, value);
        command.output().unwrap().into()
    };
    for (name, value, code, says) in [
        (
            "HTTPS_PROXY",
            "::::",
            2,
            "HTTPS_PROXY is not the URL of a proxy",
        ),
        (
            "https_proxy",
            "ht!tp://CANARY",
            2,
            "https_proxy is not the URL of a proxy",
        ),
        (
            "ALL_PROXY",
            "socks5h://u:CANARY@127.0.0.1:1",
            2,
            "ALL_PROXY names a SOCKS proxy",
        ),
        (
            "HTTPS_PROXY",
            "http://u:CANARY@127.0.0.1:1",
            5,
            "the proxy in HTTPS_PROXY does not accept connections",
        ),
        (
            "ALL_PROXY",
            "127.0.0.1:1",
            5,
            "the proxy in ALL_PROXY does not accept connections",
        ),
    ] {
        let run = get("https://api.example.org", name, value);
        assert_eq!(run.code, Some(code), "{name}={value}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{name}={value}: {}", run.stderr);
        assert!(!run.stderr.contains("CANARY"), "{}", run.stderr);
    }
    // A request to this machine uses no proxy.
    let server = Server::start(200, &history("parse", "{}"));
    assert_eq!(get(&server.url, "HTTP_PROXY", "::::").code, Some(0));
}
