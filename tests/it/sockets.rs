//! Hostile and broken servers on raw sockets: none makes the client panic, hang, read without end, or retry without need.

use std::time::{Duration, Instant};

use processing_results::{Error, ErrorKind, TimeoutKind};

use crate::support::{HISTORY, Raw, Step, gzip, ok, response};

const ATTEMPT: ErrorKind = ErrorKind::Timeout(TimeoutKind::Attempt);

/// A client with one attempt of at most 400 ms, which reads 1 MiB at most.
async fn once(step: Step) -> Result<(), Error> {
    let server = Raw::start(vec![step]).await;
    let client = server
        .builder()
        .attempt_timeout(Duration::from_millis(400))
        .max_response_bytes(1 << 20);
    let started = Instant::now();
    let response = client.build().unwrap().processing_results("a").send().await;
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "hung for {:?}",
        started.elapsed()
    );
    response.map(drop)
}

fn gzipped(body: &[u8]) -> Vec<u8> {
    response("200 OK", "content-encoding: gzip\r\n", body)
}

fn head(headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes()
}

fn with(mut head: Vec<u8>, body: &[u8]) -> Vec<u8> {
    head.extend_from_slice(body);
    head
}

fn deep(levels: usize) -> String {
    let (open, close) = ("[".repeat(levels), "]".repeat(levels));
    HISTORY.replace("[]", &format!(r#"[], "new": {open}{close}"#))
}

#[tokio::test]
async fn each_hostile_response_has_its_kind() {
    let long = "x".repeat(2 << 20);
    let slow = Duration::from_millis(50);
    let chunked = |body: &str| with(head("transfer-encoding: chunked\r\n"), body.as_bytes());
    let rows: Vec<(&str, Step, ErrorKind)> = vec![
        (
            "one byte now and then",
            Step::Drip(head("content-length: 1000\r\n"), b' ', slow),
            ATTEMPT,
        ),
        (
            "headers without end",
            Step::Drip(b"HTTP/1.1 200 OK\r\nx: ".to_vec(), b'x', slow),
            ATTEMPT,
        ),
        ("silence", Step::Hang(Vec::new()), ATTEMPT),
        (
            "silence in the body",
            Step::Hang(head("content-length: 9\r\n")),
            ATTEMPT,
        ),
        (
            "reset before the first byte",
            Step::ResetAtOnce,
            ErrorKind::Interrupted,
        ),
        (
            "reset after the request",
            Step::Reset(Vec::new()),
            ErrorKind::Interrupted,
        ),
        (
            "reset in the headers",
            Step::Reset(b"HTTP/1.1 200 OK\r\nx: y".to_vec()),
            ErrorKind::Interrupted,
        ),
        (
            "reset in the body",
            Step::Reset(with(head("content-length: 900\r\n"), b"{\"item")),
            ErrorKind::Interrupted,
        ),
        (
            "closed without a word",
            Step::Send(Vec::new()),
            ErrorKind::Interrupted,
        ),
        (
            "not HTTP",
            Step::Send(b"SSH-2.0-OpenSSH\r\n\r\n".to_vec()),
            ErrorKind::Interrupted,
        ),
        (
            "shorter than announced",
            Step::Send(with(head("content-length: 900\r\n"), b"{}")),
            ErrorKind::Interrupted,
        ),
        (
            "two lengths",
            Step::Send(with(
                head("content-length: 2\r\ncontent-length: 3\r\n"),
                b"{}",
            )),
            ErrorKind::Interrupted,
        ),
        (
            "chunks cut off",
            Step::Send(chunked("5\r\n{\"ite\r\n")),
            ErrorKind::Interrupted,
        ),
        (
            "chunks of no size",
            Step::Send(chunked("zz\r\n{}\r\n0\r\n\r\n")),
            ErrorKind::Interrupted,
        ),
        (
            "gzip cut off",
            Step::Send(gzipped(&gzip(HISTORY.as_bytes())[..20])),
            ErrorKind::Interrupted,
        ),
        (
            "longer than it may be",
            Step::Send(ok(&long)),
            ErrorKind::TooLarge,
        ),
        (
            "announced longer than it may be",
            Step::Hang(head("content-length: 99999999999\r\n")),
            ErrorKind::TooLarge,
        ),
        (
            "longer than it may be, in chunks",
            Step::Send(chunked(&format!("{:x}\r\n{long}\r\n0\r\n\r\n", long.len()))),
            ErrorKind::TooLarge,
        ),
        (
            "a gzip bomb",
            Step::Send(gzipped(&gzip(&vec![b' '; 64 << 20]))),
            ErrorKind::TooLarge,
        ),
        (
            "cut before its announced end",
            Step::Send(ok(&HISTORY[..40])),
            ErrorKind::Undecodable,
        ),
        (
            "invalid UTF-8",
            Step::Send(ok(b"{\"item_id\": \"\xff\xfe\"}")),
            ErrorKind::Undecodable,
        ),
        (
            "duplicate keys",
            Step::Send(ok(HISTORY.replace("{", r#"{"item_id": "b","#))),
            ErrorKind::Undecodable,
        ),
        (
            "an error nested 10,000 deep",
            Step::Send(response(
                "400 Bad",
                "",
                format!(r#"{{"detail": {}"#, "[".repeat(10_000)),
            )),
            ErrorKind::InvalidRequest,
        ),
        (
            "two documents",
            Step::Send(ok(format!("{HISTORY}{HISTORY}"))),
            ErrorKind::Undecodable,
        ),
    ];
    for (what, step, kind) in rows {
        let error = once(step).await.expect_err(what);
        assert_eq!(
            (error.kind(), error.attempts()),
            (kind, 1),
            "{what}: {error:?}"
        );
    }
}

#[tokio::test]
async fn unusual_responses_that_are_right_are_read() {
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("gzip", gzipped(&gzip(HISTORY.as_bytes()))),
        ("gzip by name only", gzipped(HISTORY.as_bytes())),
        ("gzip without a word", ok(gzip(HISTORY.as_bytes()))),
        (
            "another encoding by name only",
            response("200 OK", "content-encoding: br, none\r\n", HISTORY),
        ),
        (
            "gzip with padding",
            gzipped(&with(gzip(HISTORY.as_bytes()), &[0; 512])),
        ),
        ("two members of gzip", {
            let (first, second) = HISTORY.as_bytes().split_at(20);
            gzipped(&with(gzip(first), &gzip(second)))
        }),
        ("a byte order mark", ok(format!("\u{feff}{HISTORY}"))),
        ("an unknown value nested 10,000 deep", ok(deep(10_000))),
        (
            "HTTP/1.0",
            format!("HTTP/1.0 200 OK\r\n\r\n{HISTORY}").into_bytes(),
        ),
        (
            "until the end of the connection",
            with(head(""), HISTORY.as_bytes()),
        ),
        ("one byte a chunk", {
            let chunks: String = HISTORY.chars().map(|c| format!("1\r\n{c}\r\n")).collect();
            with(
                head("transfer-encoding: chunked\r\n"),
                format!("{chunks}0\r\n\r\n").as_bytes(),
            )
        }),
        (
            "another content type",
            response("200 OK", "content-type: text/plain\r\n", HISTORY),
        ),
        ("unknown values up to 100 deep", ok(deep(100))),
        (
            "a key twice that nobody knows",
            ok(HISTORY.replace("{", r#"{"x": 1, "x": 2,"#)),
        ),
    ];
    for (what, bytes) in rows {
        once(Step::Send(bytes))
            .await
            .unwrap_or_else(|error| panic!("{what}: {error:?}"));
    }
}

#[tokio::test]
async fn a_string_of_100_mb_is_not_kept_in_memory() {
    let peak = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    };
    let bomb = gzip(format!(r#"{{"item_id": "{}"}}"#, "x".repeat(100 << 20)).as_bytes());
    let server = Raw::start(vec![Step::Send(gzipped(&bomb))]).await;
    let client = server
        .builder()
        .max_response_bytes(1 << 20)
        .build()
        .unwrap();
    let before = peak();
    let error = client.processing_results("a").send().await.unwrap_err();
    assert!(error.is_too_large(), "{error}");
    // The other tests of this process share the peak; ten times the limit is far from 100 MB.
    assert!(peak() - before < 40 << 20, "{} more bytes", peak() - before);
}

#[tokio::test]
async fn a_read_that_stops_is_noticed_before_the_attempt_is_over() {
    let server = Raw::start(vec![Step::Hang(head("content-length: 9\r\n"))]).await;
    let client = server
        .builder()
        .read_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = client.processing_results("a").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::ReadIdle));
}

#[tokio::test]
async fn what_breaks_off_is_fetched_again_body_included() {
    let short = with(head("content-length: 900\r\n"), b"{\"item");
    let steps = vec![
        Step::Send(short),
        Step::Reset(Vec::new()),
        Step::Send(response("502 Bad", "", "<html>")),
        Step::Send(ok(HISTORY)),
    ];
    let server = Raw::start(steps).await;
    let client = server.builder().max_retries(5).build().unwrap();
    let (history, report) = client.processing_results("a").send_with_report().await;
    assert_eq!(history.unwrap().item_id, "a");
    assert_eq!(
        (report.attempts, report.delays.len(), server.heads().len()),
        (4, 3, 4)
    );
    assert!(report.elapsed >= report.delays.iter().sum::<Duration>());
}

#[tokio::test]
async fn a_body_that_does_not_decode_is_not_fetched_again() {
    for body in ["<html>", "{}", "", "{\"item_id\""] {
        let server = Raw::always(ok(body)).await;
        let client = server.builder().max_retries(5).build().unwrap();
        let error = client.processing_results("a").send().await.unwrap_err();
        assert_eq!(
            (error.attempts(), server.heads().len(), error.is_retryable()),
            (1, 1, false),
            "{body}"
        );
    }
}

#[tokio::test]
async fn the_deadline_ends_everything() {
    let server = Raw::start(vec![Step::Hang(Vec::new())]).await;
    let client = server.builder().max_retries(5).build().unwrap();
    let started = Instant::now();
    let request = client
        .processing_results("a")
        .deadline(Duration::from_millis(300));
    let error = request.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Deadline));
    assert!(
        started.elapsed() < Duration::from_secs(3),
        "{:?}",
        started.elapsed()
    );
}
