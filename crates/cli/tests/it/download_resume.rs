//! Downloads that were stopped, and the next run.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::s3::{ONE, Store, answer, command_for, download, error, file, names, service, told};
use crate::serving::Folder;

#[test]
fn a_stopped_download_goes_on_where_it_was_if_the_output_is_the_same() {
    let store = Store::start("resume");
    let bytes = "0123456789".repeat(1000);
    store.put("bucket/a.json", bytes.as_bytes());
    let (service, folder) = (
        service(&[("parse", "s3://bucket/a.json")]),
        Folder::new("dl-resume"),
    );
    download(&service, &store.url, &folder, &[]);
    let (path, name) = (file(&folder, "a-"), names(&folder).remove(0));
    let record = fs::read_to_string(folder.0.join(format!("{name}.sha256"))).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(record.lines().next().unwrap().trim_start_matches("# ")).unwrap();
    let stopped = |etag: &str, part: &str| {
        fs::remove_file(&path).unwrap();
        folder.write(&format!("{name}.part"), part);
        folder.write(&format!("{name}.part.json"), &note(etag, part));
        store.asked();
        let run = download(&service, &store.url, &folder, &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(fs::read_to_string(&path).unwrap(), bytes);
        assert_eq!(names(&folder).len(), 2, "{:?}", names(&folder));
        let asked = store
            .asked()
            .iter()
            .map(|line| line.split(' ').nth(1).unwrap_or("all").to_owned())
            .collect::<Vec<_>>();
        (
            run.stdout.split(' ').next().unwrap().to_owned(),
            asked.join(" "),
        )
    };
    let said = |word: &str, asked: &str| (word.to_owned(), asked.to_owned());
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
        left.len() == 2 && left[0].ends_with(".txt.part") && left[1].ends_with(".txt.part.json"),
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

/// What a run writes down about a partial file.
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
        true => answer(
            "206 X",
            "etag: \"v\"\r\ncontent-range: bytes 4-9/10\r\n",
            6,
            "456789",
        ),
        false => answer("200 X", "etag: \"v\"\r\n", 10, "0123456789"),
    };
    for (part, word) in [
        ("0123", "resumed"),
        ("0X23", "downloaded"),
        ("012", "downloaded"),
        ("0123+++", "resumed"),
        ("", "downloaded"),
    ] {
        let store = told(move |head, _| whole(head));
        let folder = Folder::new("dl-changed");
        with_part(&folder);
        folder.write("a-e67b7b993c60.txt.part", part);
        let run = download(&service(&ONE), &store, &folder, &[]);
        assert_eq!(
            (run.code, run.stdout.split(' ').next()),
            (Some(0), Some(word)),
            "{part}: {}",
            run.stderr
        );
        assert_eq!(
            fs::read_to_string(file(&folder, "a-")).unwrap(),
            "0123456789",
            "{part}"
        );
        assert_eq!(names(&folder).len(), 2, "{:?}", names(&folder));
    }
}

/// The digits of the name are of the location, and do not change.
fn with_part(folder: &Folder) {
    folder.write("a-e67b7b993c60.txt.part", "0123");
    folder.write("a-e67b7b993c60.txt.part.json", &note("\"v\"", "0123"));
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
fn two_runs_at_a_time_do_not_write_the_same_file() {
    let store = told(|_, _| answer("200 X", "etag: \"v\"\r\n", 4, "done"));
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
    let run = download(&service, &store, &folder, &[]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("another download is writing it"),
        "{}",
        run.stderr
    );
    first.kill().unwrap();
    first.wait().unwrap();
    let run = download(&service, &store, &folder, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}
