//! `export`: what becomes of links and of a file's owner, and what is left of a list of failures.
#![cfg(unix)]

use std::fs;
use std::time::Duration;

use crate::export_places::some;
use crate::exporting::{Files, Mock, ids};
use crate::support::stops;

#[test]
fn links_to_links_stay_and_a_circle_of_them_is_refused() {
    use std::os::unix::fs::symlink;
    let mock = Mock::with_items(4, Duration::ZERO);
    let files = Files::new("places-links", &ids(4), "first");
    let path = |name: &str| files.directory.0.join(name);
    for (target, link) in [
        ("below/second", "first"),
        ("../end.ndjson", "below/second"),
        ("b", "a"),
        ("a", "b"),
    ] {
        fs::create_dir_all(path("below")).unwrap();
        symlink(target, path(link)).unwrap();
    }
    let run = mock.run(&files.args(&[]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(path("first").is_symlink() && path("below/second").is_symlink());
    assert!(path("end.ndjson").is_file());
    let nobody = Mock::at("http://127.0.0.1:1".to_owned());
    let [circle, folder] = [path("a"), path("new/")].map(|path| path.display().to_string());
    for (place, says) in [
        (&circle, "links lead in a circle"),
        (&folder, "is a directory"),
    ] {
        for args in [["--out", place, "--force"], ["--errors", place, "--quiet"]] {
            let run = nobody.run(&[&["item-1"], &args[..]].concat());
            assert_eq!(run.code, Some(1), "{args:?}: {}", run.stderr);
            assert!(run.stderr.contains(says), "{args:?}: {}", run.stderr);
        }
    }
    assert!(path("a").is_symlink() && path("b").is_symlink());
}

#[test]
fn an_unfinished_export_has_no_links_and_no_pipes() {
    use std::os::unix::fs::symlink;
    let mock = Mock::start(|server| server.respond_to("item-1", [503, 503, 503]));
    let files = Files::new("places-inside", "item-1\n", "out.ndjson");
    for name in ["lock", "rows", "journal.json"] {
        assert_eq!(mock.run(&files.args(&["--force"])).code, Some(7));
        let path = files.part().join(name);
        let elsewhere = files.directory.0.join("elsewhere");
        for is_link in [true, false] {
            fs::remove_file(&path).unwrap();
            match is_link {
                true => symlink(&elsewhere, &path).unwrap(),
                false => crate::support::fifo(&path),
            }
            for option in ["--force", "--resume"] {
                let run = mock.run(&files.args(&[option]));
                assert_eq!(run.code, Some(2), "{name}: {}", run.stderr);
                assert!(run.stderr.contains(name), "{}", run.stderr);
            }
            assert!(!elsewhere.exists(), "{name} was written through");
        }
        fs::remove_dir_all(files.part()).unwrap();
        fs::remove_file(files.errors()).unwrap();
    }
}

#[test]
fn a_file_keeps_its_owner_and_what_belongs_to_revealed_rows_is_private() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let (mock, files) = some("places-owner");
    let errors = files.directory.0.join("named");
    let named = errors.to_str().unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let items = files.items.to_str().unwrap();
    for args in [
        files.args(&["--reveal-secrets", "--errors", named]),
        vec!["--items", items, "--reveal-secrets", "--errors", named],
    ] {
        assert_eq!(mock.run(&args).code, Some(7));
        assert_eq!(mode(&errors), 0o600);
        fs::remove_file(&errors).unwrap();
    }
    for ending in ["ndjson", "parquet"] {
        let out = files.directory.0.join("owned").with_extension(ending);
        fs::write(&out, "").unwrap();
        // Only root may do that, and only root would change it.
        if chown(&out, Some(1234), Some(4321)).is_ok() {
            let run = mock.run(&["item-1", "--out", out.to_str().unwrap(), "--force"]);
            assert!(run.code == Some(0) || ending == "parquet", "{}", run.stderr);
            let data = fs::metadata(&out).unwrap();
            assert_eq!((data.uid(), data.gid()), (1234, 4321), "{ending}");
        }
    }
}

#[test]
fn a_list_of_failures_is_kept_when_a_signal_ends_a_stream() {
    let mock = Mock::start(|server| {
        let items = (0..40).map(crate::exporting::item);
        let server = items.fold(server, |server, item| server.with_item(item));
        server.delay(Duration::from_millis(100))
    });
    let wrong = "no-such-item\n".to_owned() + &ids(40);
    let files = Files::new("places-stopped", &wrong, "errors");
    let [items, errors] = [&files.items, &files.out].map(|path| path.to_str().unwrap());
    let child = mock.spawn(&["--items", items, "--errors", errors, "--concurrency", "1"]);
    std::thread::sleep(Duration::from_millis(1_500));
    stops(child, "TERM", 143);
    let failures = fs::read_to_string(&files.out).unwrap();
    assert!(failures.contains("no-such-item"), "{failures}");
    let left = fs::read_dir(&files.directory.0).unwrap().count();
    assert_eq!(left, 2, "a temporary file is left");
}

#[test]
fn a_list_of_failures_that_was_moved_elsewhere_is_known_later() {
    let mock = Mock::start(|server| {
        let server = server.with_item(crate::exporting::item(1));
        server.respond_to("item-1", [503, 503, 503])
    });
    let files = Files::new("places-moved", "item-1\n", "out.ndjson");
    let named = files.directory.0.join("named");
    assert_eq!(mock.run(&files.args(&[])).code, Some(7));
    let moved = mock.run(&files.args(&["--resume", "--errors", named.to_str().unwrap()]));
    assert_eq!(moved.code, Some(7), "{}", moved.stderr);
    // It would be taken for that of this run.
    assert!(named.exists() && !files.errors().exists());
    for code in [7, 0, 0] {
        let again = mock.run(&files.args(&["--resume"]));
        assert_eq!(again.code, Some(code), "{}", again.stderr);
    }
}
