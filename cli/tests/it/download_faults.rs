//! Downloads that fail: what is said, what is left, and what the next run makes of it.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::s3::{Store, assert_no_secret, command_for, download, file, names, service, told};
use crate::serving::Folder;
use crate::support::Run;

const ONE: [(&str, &str); 1] = [("parse", "s3://bucket/a.txt")];

/// An answer with a body, and a length that may be another.
fn answer(status: &str, headers: &str, length: usize, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// The error of a store, with what it should not repeat.
fn error(status: &str, code: &str) -> String {
    let body = format!(
        "<Error><Code>{code}</Code><AWSAccessKeyId>AKIA-CANARY-ID</AWSAccessKeyId><X>Signature=1</X></Error>"
    );
    answer(status, "", body.len(), &body)
}

#[test]
fn the_exit_code_and_the_line_say_why_one_output_failed() {
    for (status, code, exit, why) in [
        ("403 X", "AccessDenied", 3, "does not allow"),
        ("403 X", "InvalidAccessKeyId", 3, "does not know the key"),
        ("403 X", "RequestTimeTooSkewed", 3, "clock"),
        ("400 X", "ExpiredToken", 3, "expired"),
        ("404 X", "NoSuchKey", 4, "there is no such output"),
        ("404 X", "NoSuchBucket", 4, "there is no such bucket"),
        ("301 X", "PermanentRedirect", 2, "AWS_REGION"),
        ("400 X", "AKIA-CANARY-ID", 5, "status 400"),
        ("503 X", "SlowDown", 5, "status 503"),
        ("500 X", "", 5, "status 500"),
    ] {
        let store = told(move |_, _| error(status, code));
        let folder = Folder::new("dl-why");
        let run = download(&service(&ONE), &store, &folder, &["--max-retries", "0"]);
        assert_eq!(run.code, Some(exit), "{status} {code}: {}", run.stderr);
        assert!(
            run.stderr.starts_with("error: s3://bucket/a.txt: ") && run.stderr.contains(why),
            "{}",
            run.stderr
        );
        assert_eq!(
            (run.stdout.as_str(), run.stderr.lines().count()),
            ("", 1),
            "{}",
            run.stderr
        );
        assert_eq!(names(&folder), ["a-e67b7b993c60.txt.part"; 0], "{status}");
    }
}

#[test]
fn a_real_store_that_refuses_is_understood() {
    let store = Store::start("refuses");
    store.put("bucket/there", b"");
    let told = |location: &str, secret: &str| {
        let (service, folder) = (service(&[("parse", location)]), Folder::new("dl-refuses"));
        let run: Run = command_for(&service, &store.url, &folder, &[])
            .env("AWS_SECRET_ACCESS_KEY", secret)
            .output()
            .unwrap()
            .into();
        assert_no_secret(&run);
        (run.code, run.stderr)
    };
    let (code, stderr) = told("s3://bucket/a.txt", "CANARY-other");
    assert!(
        code == Some(3) && stderr.contains("AWS_SECRET_ACCESS_KEY does not belong"),
        "{stderr}"
    );
    let (code, stderr) = told("s3://bucket/a.txt", crate::s3::SECRET_KEY);
    assert!(
        code == Some(4) && stderr.contains("no such output"),
        "{stderr}"
    );
}

#[test]
fn no_connection_is_told_without_the_request() {
    let folder = Folder::new("dl-refused");
    let run = download(
        &service(&ONE),
        "http://127.0.0.1:1",
        &folder,
        &["--max-retries", "0"],
    );
    assert_eq!(run.code, Some(5));
    assert!(
        run.stderr.contains("no connection to the store (") && !run.stderr.contains("http"),
        "{}",
        run.stderr
    );
    let head = |_: &str, _| "nonsense\r\n\r\n".to_owned();
    let run = download(
        &service(&ONE),
        &told(head),
        &folder,
        &["--max-retries", "0"],
    );
    assert_eq!(run.code, Some(5), "{}", run.stderr);
}

#[test]
fn a_body_that_breaks_off_is_continued_in_the_same_run() {
    let store = told(|head, _| match head.contains("range: bytes=4-9") {
        true => answer(
            "206 X",
            "etag: \"v\"\r\ncontent-range: bytes 4-9/10\r\n",
            6,
            "456789",
        ),
        false => answer("200 X", "etag: \"v\"\r\n", 10, "0123"),
    });
    let folder = Folder::new("dl-breaks");
    let run = download(&service(&ONE), &store, &folder, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        fs::read_to_string(file(&folder, "a-")).unwrap(),
        "0123456789"
    );
}

#[test]
fn a_body_that_keeps_breaking_off_leaves_a_part_that_the_next_run_continues() {
    let store = told(|head, _| match head.contains("range: bytes=4-") {
        true => answer(
            "206 X",
            "etag: \"v\"\r\ncontent-range: bytes 4-9/10\r\n",
            6,
            "456",
        ),
        false => answer("200 X", "etag: \"v\"\r\n", 10, "0123"),
    });
    let folder = Folder::new("dl-left");
    let run = download(&service(&ONE), &store, &folder, &["--max-retries", "0"]);
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    assert!(
        run.stderr.contains("the connection to the store broke off"),
        "{}",
        run.stderr
    );
    let left = names(&folder);
    assert!(
        left.len() == 2 && left[0].ends_with(".txt.part") && left[1].ends_with(".txt.part.etag"),
        "{left:?}"
    );
    assert_eq!(fs::read_to_string(folder.0.join(&left[0])).unwrap(), "0123");
    download(&service(&ONE), &store, &folder, &["--max-retries", "0"]);
    assert_eq!(
        fs::read_to_string(folder.0.join(&left[0])).unwrap(),
        "0123456"
    );
    let rest = told(|head, _| {
        assert!(
            head.contains("range: bytes=7-") && head.contains("if-match: \"v\""),
            "{head}"
        );
        answer(
            "206 X",
            "etag: \"v\"\r\ncontent-range: bytes 7-9/10\r\n",
            3,
            "789",
        )
    });
    let run = download(&service(&ONE), &rest, &folder, &[]);
    assert_eq!(
        (run.code, &run.stdout[..7]),
        (Some(0), "resumed"),
        "{}",
        run.stderr
    );
    assert_eq!(
        fs::read_to_string(file(&folder, "a-")).unwrap(),
        "0123456789"
    );
    assert_eq!(names(&folder).len(), 2);
}

/// The digits of the name are of the location, and do not change.
fn with_part(folder: &Folder) {
    folder.write("a-e67b7b993c60.txt.part", "0123");
    folder.write("a-e67b7b993c60.txt.part.etag", "\"v\"");
}

#[test]
fn without_ranges_or_with_another_version_it_starts_over() {
    let changed = "HTTP/1.1 412 X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let mixed = answer(
        "206 X",
        "etag: \"w\"\r\ncontent-range: bytes 4-9/10\r\n",
        6,
        "wwwwww",
    );
    let shifted = answer(
        "206 X",
        "etag: \"v\"\r\ncontent-range: bytes 0-5/10\r\n",
        6,
        "012345",
    );
    let whole = answer("200 X", "etag: \"v\"\r\n", 10, "abcdefghij");
    for first in [changed, &mixed, &shifted, &whole] {
        let (first, whole) = (first.to_owned(), whole.clone());
        let store = told(move |head, _| {
            if head.contains("range: ") {
                first.clone()
            } else {
                whole.clone()
            }
        });
        let folder = Folder::new("dl-over");
        with_part(&folder);
        let run = download(&service(&ONE), &store, &folder, &[]);
        assert_eq!(
            (run.code, &run.stdout[..10]),
            (Some(0), "downloaded"),
            "{}",
            run.stderr
        );
        assert_eq!(
            fs::read_to_string(file(&folder, "a-")).unwrap(),
            "abcdefghij"
        );
        assert_eq!(names(&folder).len(), 2, "{:?}", names(&folder));
    }
}

#[test]
fn a_part_is_kept_when_the_store_cannot_be_asked() {
    let folder = Folder::new("dl-kept");
    with_part(&folder);
    let store = told(|_, _| error("403 X", "AccessDenied"));
    for store in [store.as_str(), "http://127.0.0.1:1"] {
        download(&service(&ONE), store, &folder, &["--max-retries", "0"]);
        assert_eq!(
            fs::read_to_string(folder.0.join("a-e67b7b993c60.txt.part")).unwrap(),
            "0123"
        );
    }
}

#[test]
fn some_that_fail_do_not_keep_the_others_from_coming() {
    let store = Store::start("some");
    store.put("bucket/a.txt", b"a");
    store.put("bucket/c.txt", b"c");
    let outputs = [
        ("parse", "s3://bucket/a.txt"),
        ("parse", "s3://bucket/no.txt"),
        ("parse", "s3://bucket/c.txt"),
    ];
    let folder = Folder::new("dl-some");
    let run = download(&service(&outputs), &store.url, &folder, &[]);
    assert_eq!(run.code, Some(7), "{}", run.stderr);
    let lines: Vec<_> = run.stderr.lines().collect();
    assert_eq!(
        lines[0],
        "failed: s3://bucket/no.txt: there is no such output"
    );
    assert_eq!(
        lines[1],
        format!(
            "error: 1 of 3 outputs failed; the other 2 are in {}",
            folder.path()
        )
    );
    assert_eq!((run.stdout.lines().count(), names(&folder).len()), (2, 4));
    let none = [("parse", "s3://bucket/x"), ("parse", "s3://bucket/y")];
    let run = download(&service(&none), &store.url, &folder, &[]);
    assert_eq!(
        (run.code, run.stderr.lines().last()),
        (Some(4), Some("error: all 2 outputs failed"))
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_written_is_told_with_its_name() {
    let store = Store::start("disk");
    store.put("bucket/a.txt", b"a");
    let folder = Folder::new("dl-disk");
    folder.write("file", "");
    let run = download(
        &service(&ONE),
        &store.url,
        &Folder(folder.0.join("file")),
        &[],
    );
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    std::os::unix::fs::symlink("/dev/full", folder.0.join("a-e67b7b993c60.txt.part")).unwrap();
    let run = download(&service(&ONE), &store.url, &folder, &[]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("a-e67b7b993c60.txt.part cannot be written: "),
        "{}",
        run.stderr
    );
}

#[test]
fn two_runs_at_a_time_do_not_write_the_same_file() {
    let slow = told(|_, _| {
        std::thread::sleep(Duration::from_millis(1500));
        answer("200 X", "etag: \"v\"\r\n", 4, "slow")
    });
    let hanging = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", hanging.local_addr().unwrap());
    let (service, folder) = (service(&ONE), Folder::new("dl-two"));
    let mut first = command_for(&service, &url, &folder, &[])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while names(&folder).is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    let run = download(&service, &slow, &folder, &[]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("another download is writing it"),
        "{}",
        run.stderr
    );
    first.kill().unwrap();
    first.wait().unwrap();
    let run = download(&service, &slow, &folder, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn a_redirect_is_not_followed_with_the_credentials() {
    let elsewhere = crate::support::Server::start(200, "x");
    let location = format!("location: {}/bucket/a.txt\r\n", elsewhere.url);
    let store = told(move |_, _| answer("307 X", &location, 0, ""));
    let run = download(&service(&ONE), &store, &Folder::new("dl-redirect"), &[]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(elsewhere.heads().len(), 0);
}

#[test]
fn an_error_without_end_is_not_read_to_its_end() {
    let endless = "x".repeat(50_000_000);
    let store = told(move |_, _| answer("403 X", "", endless.len(), &endless));
    let run = download(&service(&ONE), &store, &Folder::new("dl-endless"), &[]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
}
