//! Outputs from a real store.

use std::fs;
use std::process::Command;

use crate::s3::{Store, command_for, download, file, names, service};
use crate::serving::Folder;
use crate::support::run;

#[test]
fn each_output_is_downloaded_once_whole_and_with_a_checksum() {
    let store = Store::start("each");
    let large: Vec<u8> = (0..300_000u32).flat_map(u32::to_le_bytes).collect();
    store.put("bucket/out/report.json", &large);
    store.put("bucket/out/text.md", b"");
    let service = service(&[
        ("parse", "s3://bucket/out/report.json"),
        ("parse", "s3://bucket/out/report.json"),
        ("extract", ""),
        ("classify", "s3://bucket/out/text.md"),
    ]);
    let folder = Folder::new("dl-each");
    let made = Folder(folder.0.join("made/now"));
    let run = download(&service, &store.url, &made, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stdout);
    assert!(
        run.stdout.starts_with("downloaded    1.14 MiB  "),
        "{}",
        run.stdout
    );
    assert!(
        run.stderr.contains("note: result result-2 has no output\n"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.ends_with(&format!(
            "2 downloaded, 0 unchanged, all 2 in {}\n",
            made.path()
        )),
        "{}",
        run.stderr
    );
    assert_eq!(fs::read(file(&made, "report-")).unwrap(), large);
    assert_eq!(fs::read(file(&made, "text-")).unwrap(), b"");
    assert_eq!(names(&made).len(), 4, "{:?}", names(&made));
    assert_eq!(
        store.asked(),
        ["/bucket/out/report.json", "/bucket/out/text.md"]
    );
}

#[test]
#[cfg(target_os = "linux")]
fn the_checksums_are_what_sha256sum_reads() {
    let store = Store::start("sums");
    store.put("bucket/a.json", b"{}");
    let folder = Folder::new("dl-sums");
    download(
        &service(&[("parse", "s3://bucket/a.json")]),
        &store.url,
        &folder,
        &[],
    );
    let check = || {
        let mut check = Command::new("sh");
        check
            .args(["-c", "sha256sum --strict -c *.sha256"])
            .current_dir(&folder.0)
            .output()
            .unwrap()
    };
    assert!(check().status.success(), "{:?}", check());
    fs::write(file(&folder, "a-"), b"[]").unwrap();
    assert!(!check().status.success());
}

#[test]
fn what_is_there_and_the_same_is_not_downloaded_again() {
    let store = Store::start("again");
    store.put("bucket/a.json", b"first");
    let (service, folder) = (
        service(&[("parse", "s3://bucket/a.json")]),
        Folder::new("dl-again"),
    );
    let again = || {
        let run = download(&service, &store.url, &folder, &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run.stdout.split(' ').next().unwrap().to_owned()
    };
    assert_eq!(again(), "downloaded");
    assert_eq!(again(), "unchanged");
    let path = file(&folder, "a-");
    // Of the same size, so that only the checksum tells.
    fs::write(&path, b"FIRST").unwrap();
    assert_eq!(again(), "downloaded");
    store.put("bucket/a.json", b"other");
    assert_eq!(again(), "downloaded");
    assert_eq!(fs::read(&path).unwrap(), b"other");
    fs::remove_file(&path).unwrap();
    assert_eq!(again(), "downloaded");
    assert_eq!(again(), "unchanged");
}

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
        folder.write(&format!("{name}.part.etag"), etag);
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
    for location in ["a//b", "/x", "x/", "a/../x", "./x", "a/b\u{7}", "", ".."] {
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
fn the_outputs_are_those_that_the_arguments_name() {
    let store = Store::start("chosen");
    for name in ["p1", "p2", "e1", "bare/key"] {
        store.put(&format!("bucket/{name}"), name.as_bytes());
    }
    let service = service(&[
        ("parse", "s3://bucket/p1"),
        ("extract", "s3://bucket/e1"),
        ("parse", "s3://bucket/p2"),
    ]);
    let asked = |args: &[&str]| {
        let run = download(&service, &store.url, &Folder::new("dl-chosen"), args);
        (run.code, store.asked().join(" "), run.stderr)
    };
    assert_eq!(asked(&["--latest"]).1, "/bucket/e1 /bucket/p2");
    assert_eq!(
        asked(&["--result", "result-0", "--result", "result-2"]).1,
        "/bucket/p1 /bucket/p2"
    );
    let (code, nothing, stderr) = asked(&["--result", "result-9"]);
    assert_eq!((code, nothing.as_str()), (Some(4), ""));
    assert_eq!(
        stderr,
        "error: item item-1 has no processing result result-9\n"
    );
    asked(&["-t", "parse"]);
    assert!(service.heads().last().unwrap().contains("job_type=parse"));
}

#[test]
fn a_bare_key_needs_a_bucket_and_says_which_flag() {
    let store = Store::start("bare");
    store.put("bucket/bare/key", b"here");
    store.put("other/a", b"there");
    let (service, folder) = (
        service(&[("parse", "bare/key"), ("parse", "s3://other/a")]),
        Folder::new("dl-bare"),
    );
    let run = download(&service, &store.url, &folder, &[]);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "error: the output of result result-0 has no bucket: say with --bucket where it is\n"
    );
    assert_eq!(store.asked(), [""; 0]);
    let run = download(&service, &store.url, &folder, &["--bucket", "bucket"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(store.asked(), ["/bucket/bare/key", "/other/a"]);
    assert_eq!(fs::read(file(&folder, "key-")).unwrap(), b"here");
}

#[test]
fn nothing_is_asked_without_credentials_and_no_demo_has_outputs() {
    let (service, folder) = (
        service(&[("parse", "s3://bucket/a")]),
        Folder::new("dl-none"),
    );
    let mut command = command_for(&service, "http://127.0.0.1:1", &folder, &[]);
    let output = command.env_remove("AWS_ACCESS_KEY_ID").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("AWS_ACCESS_KEY_ID")
    );
    assert_eq!(service.heads().len(), 0);
    let run = run(&["download", "invoice-0001", "--demo", "--to", folder.path()]);
    assert_eq!((run.code, run.stderr.lines().count()), (Some(2), 1));
}

#[test]
fn an_item_without_outputs_is_no_failure() {
    let folder = Folder::new("dl-empty");
    let run = download(&service(&[]), "http://127.0.0.1:1", &folder, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "note: item item-1 has no outputs\n");
}
