//! Outputs from a real store.

use std::fs;
use std::process::Command;

use crate::s3::{Store, command_for, download, file, names, service};
use crate::serving::Directory;
use crate::support::{assert_golden, run};

#[test]
fn each_output_is_downloaded_once_completely_and_with_a_checksum() {
    let store = Store::start("each");
    let large: Vec<u8> = (0..300_000u32).flat_map(u32::to_le_bytes).collect();
    store.insert("bucket/out/report.json", &large);
    store.insert("bucket/out/text.md", b"");
    let service = service(&[
        ("parse", "s3://bucket/out/report.json"),
        ("parse", "s3://bucket/out/report.json"),
        ("extract", ""),
        ("classify", "s3://bucket/out/text.md"),
    ]);
    let directory = Directory::new("dl-each");
    let made = Directory(directory.0.join("made/now"));
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
        store.requests(),
        ["/bucket/out/report.json", "/bucket/out/text.md"]
    );
}

#[test]
#[cfg(target_os = "linux")]
fn the_checksums_are_what_sha256sum_reads() {
    let store = Store::start("sums");
    store.insert("bucket/a.json", b"{}");
    let directory = Directory::new("dl-sums");
    download(
        &service(&[("parse", "s3://bucket/a.json")]),
        &store.url,
        &directory,
        &[],
    );
    let check = || {
        let mut check = Command::new("sh");
        check
            .args(["-c", "sha256sum --strict -c *.sha256"])
            .current_dir(&directory.0)
            .output()
            .unwrap()
    };
    assert!(check().status.success(), "{:?}", check());
    // And as help has it, from where the download was begun.
    let help = crate::support::run(&["download", "--help"]).stdout;
    let line = help.lines().find(|line| line.contains("sha256sum"));
    let line = line
        .unwrap()
        .replace("outputs", directory.0.to_str().unwrap());
    let status = Command::new("sh").args(["-c", &line]).status().unwrap();
    assert!(status.success(), "{line}");
    fs::write(file(&directory, "a-"), b"[]").unwrap();
    assert!(!check().status.success());
}

#[test]
fn what_is_there_and_the_same_is_not_downloaded_again() {
    let store = Store::start("again");
    store.insert("bucket/a.json", b"first");
    let (service, directory) = (
        service(&[("parse", "s3://bucket/a.json")]),
        Directory::new("dl-again"),
    );
    let again = || {
        let run = download(&service, &store.url, &directory, &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run.stdout.split(' ').next().unwrap().to_owned()
    };
    assert_eq!(again(), "downloaded");
    assert_eq!(again(), "unchanged");
    let path = file(&directory, "a-");
    // Of the same size, so that only the checksum shows it.
    fs::write(&path, b"FIRST").unwrap();
    assert_eq!(again(), "downloaded");
    store.insert("bucket/a.json", b"other");
    assert_eq!(again(), "downloaded");
    assert_eq!(fs::read(&path).unwrap(), b"other");
    fs::remove_file(&path).unwrap();
    assert_eq!(again(), "downloaded");
    assert_eq!(again(), "unchanged");
}

#[test]
fn the_outputs_are_those_that_the_arguments_name() {
    let store = Store::start("chosen");
    for name in ["p1", "p2", "e1", "bare/key"] {
        store.insert(&format!("bucket/{name}"), name.as_bytes());
    }
    let service = service(&[
        ("parse", "s3://bucket/p1"),
        ("extract", "s3://bucket/e1"),
        ("parse", "s3://bucket/p2"),
    ]);
    let requested = |args: &[&str]| {
        let run = download(&service, &store.url, &Directory::new("dl-chosen"), args);
        (run.code, store.requests().join(" "), run.stderr)
    };
    assert_eq!(requested(&["--latest"]).1, "/bucket/e1 /bucket/p2");
    assert_eq!(
        requested(&["--result", "result-0", "--result", "result-2"]).1,
        "/bucket/p1 /bucket/p2"
    );
    let (code, nothing, stderr) = requested(&["--result", "result-9"]);
    assert_eq!((code, nothing.as_str()), (Some(4), ""));
    let says = "error: item item-1 has no result result-9; there are result-2 (parse, ";
    assert!(stderr.starts_with(says), "{stderr}");
    let (code, nothing, stderr) = requested(&["--result", "result-"]);
    assert_eq!((code, nothing.as_str()), (Some(2), ""));
    let says = "error: several results of item item-1 begin with result-; ";
    assert!(stderr.starts_with(says), "{stderr}");
    requested(&["-t", "parse"]);
    assert!(service.heads().last().unwrap().contains("job_type=parse"));
}

#[test]
fn a_bare_key_needs_a_bucket_and_says_which_flag() {
    let store = Store::start("bare");
    store.insert("bucket/bare/key", b"here");
    store.insert("other/a", b"there");
    let (service, directory) = (
        service(&[("parse", "bare/key"), ("parse", "s3://other/a")]),
        Directory::new("dl-bare"),
    );
    let run = download(&service, &store.url, &directory, &[]);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "error: the output of result result-0 has no bucket: say with --bucket where it is\n"
    );
    assert_eq!(store.requests(), [""; 0]);
    let run = download(&service, &store.url, &directory, &["--bucket", "bucket"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(store.requests(), ["/bucket/bare/key", "/other/a"]);
    assert_eq!(fs::read(file(&directory, "key-")).unwrap(), b"here");
}

#[test]
fn nothing_is_requested_without_credentials_and_no_demo_has_outputs() {
    let (service, directory) = (
        service(&[("parse", "s3://bucket/a")]),
        Directory::new("dl-none"),
    );
    let mut command = command_for(&service, "http://127.0.0.1:1", &directory, &[]);
    let output = command.env_remove("AWS_ACCESS_KEY_ID").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("AWS_ACCESS_KEY_ID")
    );
    assert_eq!(service.heads().len(), 0);
    let run = run(&[
        "download",
        "invoice-0001",
        "--demo",
        "--to",
        directory.path(),
    ]);
    assert_eq!((run.code, run.stderr.lines().count()), (Some(2), 1));
}

#[test]
fn an_item_without_outputs_is_no_failure() {
    let directory = Directory::new("dl-empty");
    let run = download(&service(&[]), "http://127.0.0.1:1", &directory, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "note: item item-1 has no outputs\n");
}

#[test]
fn the_help_has_the_variables_the_files_and_the_exit_codes() {
    assert_golden("help-download.txt", &run(&["download", "--help"]).stdout);
}
