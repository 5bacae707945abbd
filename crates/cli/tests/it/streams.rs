//! Standard output and standard error: pipes, terminals, slow and closed readers.

use std::process::Stdio;

use crate::support::{KEY, Run, Server, command, get, history, run};

#[test]
fn a_closed_pipe_is_no_error() {
    for args in [
        &["get", "invoice-0001", "--demo", "-o", "json"][..],
        &["--help"],
        &["--version"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(args)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(output.stderr, b"", "{args:?}");
    }
}

#[test]
fn a_closed_standard_error_is_no_panic() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = command(&["get", "no-such-item", "--demo"])
        .stderr(writer)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(4));
}

#[test]
#[cfg(target_os = "linux")]
fn an_interrupt_ends_it_at_once_and_silently() {
    use std::os::unix::process::ExitStatusExt;

    if ignores_interrupts() {
        // As below `nohup` and in the background of a script; the command does the same.
        return;
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let child = command(&["get", "x", "--base-url", &url])
        .env("LLAMA_CLOUD_API_KEY", KEY)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Once it has connected, it waits for a response.
    let _connection = listener.accept().unwrap();
    crate::support::signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.signal(), Some(2));
    assert_eq!(
        (output.stdout.as_slice(), output.stderr.as_slice()),
        (&b""[..], &b""[..])
    );
}

/// Whether this process, and so what it starts, ignores interrupts.
#[cfg(target_os = "linux")]
fn ignores_interrupts() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let ignored = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .unwrap();
    u64::from_str_radix(ignored.trim(), 16).unwrap() & 0b10 != 0
}

#[test]
fn an_empty_history_says_so_on_standard_error() {
    let server = Server::start(
        200,
        r#"{"item_id": "item-1", "item_name": "a.pdf", "processing_results": null}"#,
    );
    for (format, lines) in [("table", 1), ("json", 5), ("ndjson", 0), ("csv", 1)] {
        let run = get(&server, &["-o", format]);
        assert_eq!(run.code, Some(0));
        assert_eq!(run.stderr, "note: item item-1 has no processing results\n");
        assert_eq!(
            run.stdout.lines().count(),
            lines,
            "{format}: {}",
            run.stdout
        );
    }
    let run = get(&server, &["-t", "parse"]);
    assert_eq!(
        run.stderr,
        "note: item item-1 has no results of job type parse\n"
    );
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let evil = r#"\u001b]0;x\u0007\u009b31m\u202e\r\u007f"#;
    // JSON may hold these as they are.
    let raw = "\u{9b}31m\u{7f}\u{202e}";
    let config = format!(
        r#"{{"parameters": {{"lang": "{evil}{raw}", "{evil}{raw}": 1}}, "{evil}{raw}": "{evil}{raw}"}}"#
    );
    for job_type in ["parse", "classify", "extract", &format!("{evil}{raw}")] {
        let body = history(job_type, &config).replace("name.pdf", &format!("{evil}{raw}"));
        let server = Server::start(
            200,
            &body
                .replace("s3://bucket/key", evil)
                .replace("result-1", evil),
        );
        // CSV is for programs: on a pipe, it has the text itself.
        for format in ["table", "json", "ndjson"] {
            let run = get(&server, &["-o", format]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            let raw = run
                .stdout
                .chars()
                .find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
            assert_eq!(raw, None, "{format} of {job_type}: {}", run.stdout);
        }
    }
    let server = Server::start(404, &format!(r#"{{"detail": "{evil}{raw}"}}"#));
    let stderr = get(&server, &[]).stderr;
    assert!(
        !stderr
            .trim_end()
            .contains(|c: char| c.is_control() || c == '\u{202e}'),
        "{stderr:?}"
    );
}

#[test]
fn escaped_json_says_the_same() {
    let config = "{\"k\u{9b}\": \"\u{202e}\u{7f}\"}";
    let server = Server::start(200, &history("extract", config));
    let shown: serde_json::Value =
        serde_json::from_str(&get(&server, &["-o", "json"]).stdout).unwrap();
    assert_eq!(
        shown["processing_results"][0]["job_config"]["k\u{9b}"],
        "\u{202e}\u{7f}"
    );
}

#[test]
fn csv_gives_back_what_it_was_given_and_has_no_formula() {
    let body = history("parse", "{}")
        .replace("name.pdf", "=HYPERLINK(1)\\nx")
        .replace("result-1", "a\u{202e}b");
    let run = get(&Server::start(200, &body), &["-o", "csv"]);
    assert!(
        run.stdout
            .contains("item-1,\"'=HYPERLINK(1)\nx\",a\u{202e}b,parse,2026-03-01T09:30:00Z,"),
        "{}",
        run.stdout
    );
}

#[test]
fn version_has_the_contract_s() {
    use processing_results::spec::{API_VERSION, SHA256};
    let short: Run = run(&["-V"]);
    assert_eq!(
        short.stdout,
        format!(
            "processing-results {} (contract {API_VERSION})\n",
            env!("CARGO_PKG_VERSION")
        )
    );
    assert!(run(&["--version"]).stdout.contains(SHA256));
}

/// A pipe that is full, and that nobody reads.
#[cfg(target_os = "linux")]
fn full_pipe() -> (std::io::PipeReader, std::io::PipeWriter) {
    let (reader, writer) = std::io::pipe().unwrap();
    let mut fill = std::process::Command::new("head");
    fill.args(["-c", "65536", "/dev/zero"]);
    let filled = fill.stdout(writer.try_clone().unwrap()).status().unwrap();
    assert!(filled.success());
    (reader, writer)
}

#[test]
#[cfg(target_os = "linux")]
fn signals_are_heard_while_a_stream_blocks() {
    let directory = crate::serving::Directory::new("signals");
    let [fifo, out] =
        ["fifo", "out.ndjson"].map(|name| directory.0.join(name).display().to_string());
    crate::support::fifo(fifo.as_ref());
    for (args, is_full) in [
        (&["serve", "--listen", "127.0.0.1:0"][..], true),
        (&["get", "invoice-0001", "--demo"], true),
        (&["duplicates", "--demo"], true),
        (&["export", "--demo"], true),
        (&["report", "--demo", "--out", "-"], true),
        (&["completions", "bash"], true),
        (&["report", "--demo", "--out", &fifo], false),
        (&["export", "--demo", "--out", &fifo], false),
        (
            &["export", "--demo", "--items", &fifo, "--out", &out],
            false,
        ),
        (
            &[
                "export",
                "--demo",
                "no-such-item",
                "--errors",
                &fifo,
                "--out",
                &out,
            ],
            false,
        ),
        (&["duplicates", "--demo", "--items", &fifo], false),
        (&["duplicates", "--from", &fifo], false),
        (&["spec", "check", &fifo], false),
    ] {
        let names = ["INT", "TERM"].into_iter();
        for name in names.skip(usize::from(ignores_interrupts())) {
            let (_reader, writer) = full_pipe();
            let mut command = command(args);
            command.stderr(Stdio::null());
            match is_full {
                true => command.stdout(writer),
                false => command.stdout(Stdio::null()),
            };
            let mut child = command.spawn().unwrap();
            std::thread::sleep(std::time::Duration::from_millis(300));
            assert_eq!(child.try_wait().unwrap(), None, "{args:?} does not block");
            crate::support::signal(&child, name);
            let end = std::time::Instant::now() + std::time::Duration::from_secs(4);
            while child.try_wait().unwrap().is_none() {
                let is_late = std::time::Instant::now() > end;
                if is_late {
                    child.kill().unwrap();
                }
                assert!(!is_late, "{args:?} does not hear SIG{name}");
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            let _ = std::fs::remove_dir_all(format!("{out}.part"));
        }
    }
}
