//! Downloads that were stopped, and the next run.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::s3::{
    ONE, Store, command_for, download, error, file, names, response, scripted, service,
};
use crate::serving::Directory;

#[test]
fn a_stopped_download_goes_on_where_it_was_if_the_output_is_the_same() {
    let store = Store::start("resume");
    let bytes = "0123456789".repeat(1000);
    store.insert("bucket/a.json", bytes.as_bytes());
    let (service, directory) = (
        service(&[("parse", "s3://bucket/a.json")]),
        Directory::new("dl-resume"),
    );
    download(&service, &store.url, &directory, &[]);
    let (path, name) = (file(&directory, "a-"), names(&directory).remove(0));
    let record = fs::read_to_string(directory.0.join(format!("{name}.sha256"))).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(record.lines().next().unwrap().trim_start_matches("# ")).unwrap();
    let stopped = |etag: &str, part: &str| {
        fs::remove_file(&path).unwrap();
        directory.write(&format!("{name}.part"), part);
        directory.write(&format!("{name}.part.json"), &note(etag, part));
        store.requests();
        let run = download(&service, &store.url, &directory, &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(fs::read_to_string(&path).unwrap(), bytes);
        assert_eq!(names(&directory).len(), 2, "{:?}", names(&directory));
        let requested = store
            .requests()
            .iter()
            .map(|line| line.split(' ').nth(1).unwrap_or("all").to_owned())
            .collect::<Vec<_>>();
        (
            run.stdout.split(' ').next().unwrap().to_owned(),
            requested.join(" "),
        )
    };
    let said = |word: &str, requested: &str| (word.to_owned(), requested.to_owned());
    let etag = json["etag"].as_str().unwrap();
    assert_eq!(
        stopped(etag, &bytes[..4321]),
        said("resumed", "bytes=4321-")
    );
    assert_eq!(
        stopped("\"another\"", &bytes[..4321]),
        said("downloaded", "bytes=4321- all")
    );
    assert_eq!(
        stopped("not\nan etag", &bytes[..4321]),
        said("downloaded", "all")
    );
    assert_eq!(stopped(etag, ""), said("downloaded", "all"));
    assert_eq!(
        stopped(etag, &bytes),
        said("downloaded", "bytes=10000- all")
    );
    assert_eq!(
        stopped(etag, &format!("{bytes}more")),
        said("downloaded", "bytes=10004- all")
    );
}

#[test]
fn a_body_that_breaks_off_is_continued_in_the_same_run() {
    let store = scripted(|head, _| match head.contains("range: bytes=4-9") {
        true => response(
            "206 X",
            "etag: \"v\"\r\ncontent-range: bytes 4-9/10\r\n",
            6,
            "456789",
        ),
        false => response("200 X", "etag: \"v\"\r\n", 10, "0123"),
    });
    let directory = Directory::new("dl-breaks");
    let run = download(&service(&ONE), &store, &directory, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        fs::read_to_string(file(&directory, "a-")).unwrap(),
        "0123456789"
    );
}

#[test]
fn a_body_that_keeps_breaking_off_leaves_a_part_that_the_next_run_continues() {
    let store = scripted(|head, _| match head.contains("range: bytes=4-") {
        true => response(
            "206 X",
            "etag: \"v\"\r\ncontent-range: bytes 4-9/10\r\n",
            6,
            "456",
        ),
        false => response("200 X", "etag: \"v\"\r\n", 10, "0123"),
    });
    let directory = Directory::new("dl-left");
    let run = download(&service(&ONE), &store, &directory, &["--max-retries", "0"]);
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    assert!(
        run.stderr.contains("the connection to the store broke off"),
        "{}",
        run.stderr
    );
    let left = names(&directory);
    assert!(
        left.len() == 2 && left[0].ends_with(".txt.part") && left[1].ends_with(".txt.part.json"),
        "{left:?}"
    );
    assert_eq!(
        fs::read_to_string(directory.0.join(&left[0])).unwrap(),
        "0123"
    );
    download(&service(&ONE), &store, &directory, &["--max-retries", "0"]);
    assert_eq!(
        fs::read_to_string(directory.0.join(&left[0])).unwrap(),
        "0123456"
    );
    let rest = scripted(|head, _| {
        assert!(
            head.contains("range: bytes=7-") && head.contains("if-match: \"v\""),
            "{head}"
        );
        response(
            "206 X",
            "etag: \"v\"\r\ncontent-range: bytes 7-9/10\r\n",
            3,
            "789",
        )
    });
    let run = download(&service(&ONE), &rest, &directory, &[]);
    assert_eq!(
        (run.code, &run.stdout[..7]),
        (Some(0), "resumed"),
        "{}",
        run.stderr
    );
    assert_eq!(
        fs::read_to_string(file(&directory, "a-")).unwrap(),
        "0123456789"
    );
    assert_eq!(names(&directory).len(), 2);
}

/// The note of a run about a partial file.
fn note(etag: &str, part: &str) -> String {
    let sha256: String = Sha256::digest(part)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    serde_json::json!({"etag": etag, "bytes": part.len(), "sha256": sha256}).to_string()
}

#[test]
fn a_partial_file_that_was_changed_is_not_used() {
    let whole = |head: &str| match head.contains("range: bytes=4-") {
        true => response(
            "206 X",
            "etag: \"v\"\r\ncontent-range: bytes 4-9/10\r\n",
            6,
            "456789",
        ),
        false => response("200 X", "etag: \"v\"\r\n", 10, "0123456789"),
    };
    for (part, word) in [
        ("0123", "resumed"),
        ("0X23", "downloaded"),
        ("012", "downloaded"),
        ("0123+++", "resumed"),
        ("", "downloaded"),
    ] {
        let store = scripted(move |head, _| whole(head));
        let directory = Directory::new("dl-changed");
        with_part(&directory);
        directory.write("a-e67b7b993c60.txt.part", part);
        let run = download(&service(&ONE), &store, &directory, &[]);
        assert_eq!(
            (run.code, run.stdout.split(' ').next()),
            (Some(0), Some(word)),
            "{part}: {}",
            run.stderr
        );
        assert_eq!(
            fs::read_to_string(file(&directory, "a-")).unwrap(),
            "0123456789",
            "{part}"
        );
        assert_eq!(names(&directory).len(), 2, "{:?}", names(&directory));
    }
}

/// The digits in the name are a checksum of the location, and do not change.
fn with_part(directory: &Directory) {
    directory.write("a-e67b7b993c60.txt.part", "0123");
    directory.write("a-e67b7b993c60.txt.part.json", &note("\"v\"", "0123"));
}

#[test]
fn without_ranges_or_with_another_version_it_starts_over() {
    let changed = "HTTP/1.1 412 X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let mixed = response(
        "206 X",
        "etag: \"w\"\r\ncontent-range: bytes 4-9/10\r\n",
        6,
        "wwwwww",
    );
    let shifted = response(
        "206 X",
        "etag: \"v\"\r\ncontent-range: bytes 0-5/10\r\n",
        6,
        "012345",
    );
    let whole = response("200 X", "etag: \"v\"\r\n", 10, "abcdefghij");
    for first in [changed, &mixed, &shifted, &whole] {
        let (first, whole) = (first.to_owned(), whole.clone());
        let store = scripted(move |head, _| {
            if head.contains("range: ") {
                first.clone()
            } else {
                whole.clone()
            }
        });
        let directory = Directory::new("dl-over");
        with_part(&directory);
        let run = download(&service(&ONE), &store, &directory, &[]);
        assert_eq!(
            (run.code, &run.stdout[..10]),
            (Some(0), "downloaded"),
            "{}",
            run.stderr
        );
        assert_eq!(
            fs::read_to_string(file(&directory, "a-")).unwrap(),
            "abcdefghij"
        );
        assert_eq!(names(&directory).len(), 2, "{:?}", names(&directory));
    }
}

#[test]
fn a_part_is_kept_when_the_store_cannot_be_called() {
    let directory = Directory::new("dl-kept");
    with_part(&directory);
    let store = scripted(|_, _| error("403 X", "AccessDenied"));
    for store in [store.as_str(), "http://127.0.0.1:1"] {
        download(&service(&ONE), store, &directory, &["--max-retries", "0"]);
        assert_eq!(
            fs::read_to_string(directory.0.join("a-e67b7b993c60.txt.part")).unwrap(),
            "0123"
        );
    }
}

#[test]
fn two_runs_at_a_time_do_not_write_the_same_file() {
    let store = scripted(|_, _| response("200 X", "etag: \"v\"\r\n", 4, "done"));
    let hanging = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", hanging.local_addr().unwrap());
    let (service, directory) = (service(&ONE), Directory::new("dl-two"));
    let mut first = command_for(&service, &url, &directory, &[])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while names(&directory).is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    let run = download(&service, &store, &directory, &[]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("another download is writing it"),
        "{}",
        run.stderr
    );
    first.kill().unwrap();
    first.wait().unwrap();
    let run = download(&service, &store, &directory, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}
