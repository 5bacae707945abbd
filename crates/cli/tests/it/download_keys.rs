//! Keys with any characters in them.

use std::fs;

use crate::s3::{Store, download, file, names, response, scripted, service};
use crate::serving::Directory;

#[test]
fn keys_are_requested_to_the_letter() {
    let store = Store::start("letter");
    let keys = [
        "größe/日本 1.json",
        "a+b.json",
        "c%20d.json",
        "e f.json",
        "g&h=i;j.json",
        "~tilde!.json",
        "(k)*'.json",
    ];
    let outputs: Vec<_> = keys
        .iter()
        .map(|key| ("parse", format!("s3://bucket/{key}")))
        .collect();
    for key in keys {
        store.insert(&format!("bucket/{key}"), key.as_bytes());
    }
    // What a client would find that decodes the key, or reads a plus as a space.
    store.insert("bucket/a b.json", b"wrong");
    store.insert("bucket/c d.json", b"wrong");
    let outputs: Vec<_> = outputs
        .iter()
        .map(|(job_type, location)| (*job_type, location.as_str()))
        .collect();
    let (service, directory) = (service(&outputs), Directory::new("dl-letter"));
    let run = download(&service, &store.url, &directory, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let contents = names(&directory)
        .into_iter()
        .filter(|name| name.ends_with(".json"));
    let mut contents: Vec<_> = contents
        .map(|name| fs::read_to_string(directory.0.join(name)).unwrap())
        .collect();
    let mut expected = keys.to_vec();
    contents.sort();
    expected.sort();
    assert_eq!(contents, expected);
}

#[test]
fn what_cannot_be_requested_to_the_letter_is_not_requested() {
    let store = Store::start("odd");
    for name in ["bucket/a/b", "bucket/x", "x/y"] {
        store.insert(name, b"wrong");
    }
    for location in ["/x", "//x", "a/../x", "./x", "a/b\u{7}", ".."] {
        let (service, directory) = (
            service(&[("parse", &format!("s3://bucket/{location}"))]),
            Directory::new("dl-odd"),
        );
        let run = download(&service, &store.url, &directory, &[]);
        assert_eq!(
            run.code,
            Some(6),
            "{location}: {} {}",
            run.stdout,
            run.stderr
        );
        assert_eq!(names(&directory), [""; 0], "{location}");
    }
    for location in [
        "s3://../x/y",
        "s3://bucket?x=/a/b",
        "s3://b%2fx/y",
        "https://h/x?X-Amz-Signature=CANARY",
    ] {
        let (service, directory) = (service(&[("parse", location)]), Directory::new("dl-odd"));
        let run = download(&service, &store.url, &directory, &["--bucket", "bucket"]);
        assert_eq!(run.code, Some(6), "{location}: {}", run.stderr);
        if location.starts_with("https") {
            let run = download(&service, &store.url, &directory, &[]);
            assert_eq!(run.code, Some(2), "{location}: {}", run.stderr);
            assert!(run.stderr.contains("is at a URL"), "{}", run.stderr);
        }
    }
    assert_eq!(store.requests(), [""; 0]);
}

#[test]
fn what_may_be_a_signature_is_neither_in_a_name_nor_in_a_record() {
    let echo = scripted(|_, _| response("200 X", "etag: \"v\"\r\n", 1, "x"));
    let service = service(&[("parse", "s3://bucket/a/b.md?X-Amz-Signature=CANARY")]);
    let directory = Directory::new("dl-signature");
    for word in ["downloaded", "unchanged"] {
        let run = download(&service, &echo, &directory, &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stdout.starts_with(word), "{}", run.stdout);
        for name in names(&directory) {
            let text = fs::read_to_string(directory.0.join(&name)).unwrap();
            assert!(
                !name.contains("CANARY") && !text.contains("CANARY"),
                "{text}"
            );
        }
    }
}

#[test]
fn slashes_in_a_key_are_kept() {
    // This server responds with what was requested; the real one checks that this is what was signed.
    let echo = scripted(|head, _| {
        let requested = head.split(' ').nth(1).unwrap();
        response("200 X", "etag: \"v\"\r\n", requested.len(), requested)
    });
    let store = Store::start("slashes");
    store.insert("bucket/a/b", b"");
    for key in ["a//b", "a///b", "a/b/", "a/b//"] {
        let (service, directory) = (
            service(&[("parse", &format!("s3://bucket/{key}"))]),
            Directory::new("dl-slashes"),
        );
        let run = download(&service, &echo, &directory, &[]);
        assert_eq!(run.code, Some(0), "{key}: {}", run.stderr);
        let requested = fs::read_to_string(file(&directory, "b-")).unwrap();
        assert_eq!(requested, format!("/bucket/{key}"));
        let run = download(&service, &store.url, &directory, &[]);
        assert_ne!(run.code, Some(3), "{key}: {}", run.stderr);
    }
}
