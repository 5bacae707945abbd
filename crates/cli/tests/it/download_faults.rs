//! Downloads that fail: messages and exit codes.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;

use crate::s3::{
    ONE, Store, assert_no_secret, command_for, download, error, file, names, response, scripted,
    service,
};
use crate::serving::Directory;
use crate::support::Run;

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
        let store = scripted(move |_, _| error(status, code));
        let directory = Directory::new("dl-why");
        let run = download(&service(&ONE), &store, &directory, &["--max-retries", "0"]);
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
        assert_eq!(
            names(&directory),
            ["a-e67b7b993c60.txt.part"; 0],
            "{status}"
        );
    }
}

#[test]
fn a_real_store_that_refuses_is_understood() {
    let store = Store::start("refuses");
    store.insert("bucket/there", b"");
    let failed = |location: &str, secret: &str| {
        let (service, directory) = (
            service(&[("parse", location)]),
            Directory::new("dl-refuses"),
        );
        let run: Run = command_for(&service, &store.url, &directory, &[])
            .env("AWS_SECRET_ACCESS_KEY", secret)
            .output()
            .unwrap()
            .into();
        assert_no_secret(&run);
        (run.code, run.stderr)
    };
    let (code, stderr) = failed("s3://bucket/a.txt", "CANARY-other");
    assert!(
        code == Some(3) && stderr.contains("AWS_SECRET_ACCESS_KEY does not belong"),
        "{stderr}"
    );
    let (code, stderr) = failed("s3://bucket/a.txt", crate::s3::SECRET_KEY);
    assert!(
        code == Some(4) && stderr.contains("no such output"),
        "{stderr}"
    );
}

#[test]
fn no_connection_is_reported_without_the_request() {
    let directory = Directory::new("dl-refused");
    let run = download(
        &service(&ONE),
        "http://127.0.0.1:1",
        &directory,
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
        &scripted(head),
        &directory,
        &["--max-retries", "0"],
    );
    assert_eq!(run.code, Some(5), "{}", run.stderr);
}

#[test]
fn some_that_fail_do_not_keep_the_others_from_coming() {
    let store = Store::start("some");
    store.insert("bucket/a.txt", b"a");
    store.insert("bucket/c.txt", b"c");
    let outputs = [
        ("parse", "s3://bucket/a.txt"),
        ("parse", "s3://bucket/no.txt"),
        ("parse", "s3://bucket/c.txt"),
    ];
    let directory = Directory::new("dl-some");
    let run = download(&service(&outputs), &store.url, &directory, &[]);
    assert_eq!(run.code, Some(7), "{}", run.stderr);
    let lines: Vec<_> = run.stderr.lines().collect();
    assert_eq!(
        lines[0],
        "failed: s3://bucket/no.txt: there is no such output"
    );
    assert_eq!(
        lines[1],
        format!(
            "error: 1 of 3 outputs failed; the others are in {}",
            directory.path()
        )
    );
    assert_eq!(
        (run.stdout.lines().count(), names(&directory).len()),
        (2, 4)
    );
    let none = [("parse", "s3://bucket/x"), ("parse", "s3://bucket/y")];
    let run = download(&service(&none), &store.url, &directory, &[]);
    assert_eq!(
        (run.code, run.stderr.lines().last()),
        (Some(4), Some("error: all 2 outputs failed"))
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_written_is_reported_with_its_name() {
    let store = Store::start("disk");
    store.insert("bucket/a.txt", b"a");
    let directory = Directory::new("dl-disk");
    directory.write("file", "");
    let run = download(
        &service(&ONE),
        &store.url,
        &Directory(directory.0.join("file")),
        &[],
    );
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let part = directory.0.join("a-e67b7b993c60.txt.part");
    directory.write("file", "somebody's");
    std::os::unix::fs::symlink(directory.0.join("file"), part).unwrap();
    let run = download(&service(&ONE), &store.url, &directory, &[]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("a-e67b7b993c60.txt.part cannot be written: "),
        "{}",
        run.stderr
    );
    let untouched = fs::read_to_string(directory.0.join("file")).unwrap();
    assert_eq!(untouched, "somebody's");
}

#[test]
fn a_redirect_is_not_followed_with_the_credentials() {
    let elsewhere = crate::support::Server::start(200, "x");
    let location = format!("location: {}/bucket/a.txt\r\n", elsewhere.url);
    let store = scripted(move |_, _| response("307 X", &location, 0, ""));
    let run = download(&service(&ONE), &store, &Directory::new("dl-redirect"), &[]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(elsewhere.heads().len(), 0);
}

#[test]
fn an_error_without_end_is_not_read_to_its_end() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let sent = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        stream.write_all(b"HTTP/1.1 403 X\r\n\r\n").unwrap();
        let mut megabytes = 0;
        while megabytes < 1000 && stream.write_all(&[b'x'; 1_000_000]).is_ok() {
            megabytes += 1;
        }
        megabytes
    });
    let run = download(&service(&ONE), &url, &Directory::new("dl-endless"), &[]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    let sent = sent.join().unwrap();
    assert!(sent < 100, "{sent} MB");
}

#[test]
fn the_variables_say_the_credentials_and_the_store() {
    let store = scripted(|head, _| {
        let says_all = [
            "akia-canary-id/",
            "/eu-central-1/s3/aws4_request",
            "x-amz-security-token: canary-token",
        ];
        match says_all.iter().all(|part| head.contains(part)) {
            true => response(
                "200 X",
                "etag: \"v\"\r\ncontent-encoding: gzip\r\n",
                3,
                "raw",
            ),
            false => error("403 X", "AccessDenied"),
        }
    });
    let directory = Directory::new("dl-who");
    let ask = |endpoint: &str, general: &str| {
        let mut command = command_for(&service(&ONE), general, &directory, &[]);
        let command = command
            .env("AWS_ENDPOINT_URL_S3", endpoint)
            .env("AWS_SESSION_TOKEN", "CANARY-token")
            .env("AWS_DEFAULT_REGION", "eu-west-1")
            .env("AWS_REGION", "eu-central-1");
        let run: Run = command.output().unwrap().into();
        assert_no_secret(&run);
        run
    };
    let run = ask(&store, "http://127.0.0.1:1");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(fs::read_to_string(file(&directory, "a-")).unwrap(), "raw");
    let run = ask("http://store.example.com", &store);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.contains("AWS_ENDPOINT_URL_S3 is plain http"),
        "{}",
        run.stderr
    );
}

#[test]
fn verbose_tells_of_each_attempt_without_what_was_sent() {
    let store = scripted(|_, number| match number {
        0 => error("503 X", "SlowDown"),
        _ => response("200 X", "etag: \"v\"\r\n", 1, "x"),
    });
    let directory = Directory::new("dl-verbose");
    let run = download(&service(&ONE), &store, &directory, &["-v"]);
    let lines: Vec<_> = run.stderr.lines().skip(2).collect();
    let address = store.trim_start_matches("http://");
    assert_eq!(lines[0], format!("GET s3://bucket/a.txt at {address}"));
    assert!(
        lines[1].starts_with("  attempt 1: status 503, "),
        "{lines:?}"
    );
    assert!(
        lines[2].starts_with("  attempt 2: status 200, "),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 4, "{lines:?}");
}
