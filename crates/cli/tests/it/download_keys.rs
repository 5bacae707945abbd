//! Keys with anything in them.

use std::fs;

use crate::s3::{Store, answer, download, file, names, service, told};
use crate::serving::Folder;

#[test]
fn keys_are_asked_for_to_the_letter() {
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
        store.put(&format!("bucket/{key}"), key.as_bytes());
    }
    // What a client that decodes, or reads a plus as a space, would find.
    store.put("bucket/a b.json", b"wrong");
    store.put("bucket/c d.json", b"wrong");
    let outputs: Vec<_> = outputs
        .iter()
        .map(|(job_type, location)| (*job_type, location.as_str()))
        .collect();
    let (service, folder) = (service(&outputs), Folder::new("dl-letter"));
    let run = download(&service, &store.url, &folder, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let contents = names(&folder)
        .into_iter()
        .filter(|name| name.ends_with(".json"));
    let mut contents: Vec<_> = contents
        .map(|name| fs::read_to_string(folder.0.join(name)).unwrap())
        .collect();
    let mut expected = keys.to_vec();
    contents.sort();
    expected.sort();
    assert_eq!(contents, expected);
}

#[test]
fn what_cannot_be_asked_for_to_the_letter_is_not_asked_for() {
    let store = Store::start("odd");
    for name in ["bucket/a/b", "bucket/x", "x/y"] {
        store.put(name, b"wrong");
    }
    for location in ["/x", "//x", "a/../x", "./x", "a/b\u{7}", ".."] {
        let (service, folder) = (
            service(&[("parse", &format!("s3://bucket/{location}"))]),
            Folder::new("dl-odd"),
        );
        let run = download(&service, &store.url, &folder, &[]);
        assert_eq!(
            run.code,
            Some(6),
            "{location}: {} {}",
            run.stdout,
            run.stderr
        );
        assert_eq!(names(&folder), [""; 0], "{location}");
    }
    for location in [
        "s3://../x/y",
        "s3://bucket?x=/a/b",
        "s3://b%2fx/y",
        "https://h/x?X-Amz-Signature=CANARY",
    ] {
        let (service, folder) = (service(&[("parse", location)]), Folder::new("dl-odd"));
        let run = download(&service, &store.url, &folder, &["--bucket", "bucket"]);
        assert_eq!(run.code, Some(6), "{location}: {}", run.stderr);
    }
    assert_eq!(store.asked(), [""; 0]);
}

#[test]
fn slashes_in_a_key_are_kept() {
    // It answers with what it was asked for, and the real one checks that this is what was signed.
    let echo = told(|head, _| {
        let asked = head.split(' ').nth(1).unwrap();
        answer("200 X", "etag: \"v\"\r\n", asked.len(), asked)
    });
    let store = Store::start("slashes");
    store.put("bucket/a/b", b"");
    for key in ["a//b", "a///b", "a/b/", "a/b//"] {
        let (service, folder) = (
            service(&[("parse", &format!("s3://bucket/{key}"))]),
            Folder::new("dl-slashes"),
        );
        let run = download(&service, &echo, &folder, &[]);
        assert_eq!(run.code, Some(0), "{key}: {}", run.stderr);
        let asked = fs::read_to_string(file(&folder, "b-")).unwrap();
        assert_eq!(asked, format!("/bucket/{key}"));
        let run = download(&service, &store.url, &folder, &[]);
        assert_ne!(run.code, Some(3), "{key}: {}", run.stderr);
    }
}
