//! `export --resume`: what it resumes from, and what it requests again.

use std::fs;
use std::thread;
use std::time::Duration;

use crate::exporting::{Files, Mock, ids, item, lines};
use crate::support::{Run, signal};

/// Nine items, and one that fails each time.
fn failing() -> Mock {
    Mock::start(|server| {
        let items = (0..9).map(item);
        let server = items.fold(server, |server, item| server.with_item(item));
        server.respond_to("failing", [503; 99])
    })
}

#[test]
fn what_was_written_after_the_last_commit_does_not_count() {
    let mock = failing();
    let files = Files::new("export-torn", &(ids(9) + "failing\n"), "out.ndjson");
    assert_eq!(mock.run(&files.args(&[])).code, Some(7));
    let whole = fs::read(&files.out).unwrap();
    for name in ["rows", "failed-0.ndjson"] {
        let path = files.part().join(name);
        let mut text = fs::read(&path).unwrap();
        text.extend(br#"{"item_id": "torn"#);
        fs::write(path, text).unwrap();
    }
    assert_eq!(mock.run(&files.args(&["--resume"])).code, Some(7));
    assert_eq!(fs::read(&files.out).unwrap(), whole);
    let cut = files.part().join("rows");
    fs::write(&cut, &whole[..9]).unwrap();
    let missing = mock.run(&files.args(&["--resume"]));
    assert_eq!(missing.code, Some(1));
    assert!(
        missing
            .stderr
            .contains("rows has been changed since it was written"),
        "{}",
        missing.stderr
    );
}

#[test]
fn what_failed_is_requested_again_and_comes_at_the_end() {
    let mock = Mock::start(|server| {
        let items = (0..9).map(item);
        let server = items.fold(server, |server, item| server.with_item(item));
        server
            .respond_to("item-1", [503, 503])
            .respond_to("item-2", [503])
    });
    let files = Files::new("export-again", &ids(9), "out.ndjson");
    let first = mock.run(&files.args(&[]));
    assert_eq!(first.code, Some(7), "{}", first.stderr);
    let rows = fs::read_to_string(&files.out).unwrap();
    let second = mock.run(&files.args(&["--resume"]));
    assert_eq!(second.code, Some(7), "{}", second.stderr);
    assert_eq!(lines(&fs::read_to_string(files.errors()).unwrap()).len(), 1);
    let third = mock.run(&files.args(&["--resume"]));
    assert_eq!(
        (third.code, third.stderr),
        (
            Some(0),
            format!(
                "12 results of 9 items, 3 of them without: {}\n",
                files.out.display()
            )
        )
    );
    let all = fs::read_to_string(&files.out).unwrap();
    let more = all
        .strip_prefix(&rows)
        .expect("what was there stays in its place");
    let more: Vec<_> = lines(more)
        .iter()
        .map(|row| row["result_id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(more, ["result-2-0", "result-2-1", "result-1-0"]);
    assert_eq!(
        fs::read_dir(&files.directory.0).unwrap().count(),
        2,
        "the ids and the rows are left"
    );
}

#[test]
fn a_journal_that_was_edited_is_refused() {
    let mock = failing();
    let files = Files::new("export-edited", &(ids(9) + "failing\n"), "out.ndjson");
    assert_eq!(mock.run(&files.args(&[])).code, Some(7));
    let before = fs::read(&files.out).unwrap();
    let path = files.part().join("journal.json");
    let journal = fs::read_to_string(&path).unwrap();
    for (value, other) in [
        ("\"items\":10", "\"items\":0"),
        ("\"results\":", "\"results\":9"),
        ("\"is_complete\":true", "\"is_complete\":false"),
    ] {
        let edited = journal.replacen(value, other, 1);
        assert_ne!(edited, journal);
        fs::write(&path, edited).unwrap();
        let run = mock.run(&files.args(&["--resume"]));
        assert_eq!(run.code, Some(2), "{value}: {}", run.stderr);
        let says = "out.ndjson.part cannot be read: it has been changed since it was written; --force starts again\n";
        assert!(run.stderr.ends_with(says), "{value}: {}", run.stderr);
        assert_eq!(fs::read(&files.out).unwrap(), before);
    }
    fs::write(&path, journal).unwrap();
    assert_eq!(mock.run(&files.args(&["--resume"])).code, Some(7));
}

#[test]
fn other_items_or_settings_are_refused() {
    let mock = failing();
    let files = Files::new("export-other", &(ids(9) + "failing\n"), "out.ndjson");
    assert_eq!(mock.run(&files.args(&[])).code, Some(7));
    let before = fs::read(&files.out).unwrap();
    for given in [
        "item-1\nitem-0\n".to_owned() + &ids(9) + "failing\n",
        ids(9),
        ids(9) + "failing\nitem-10\n",
    ] {
        files.directory.write("ids", &given);
        let run = mock.run(&files.args(&["--resume"]));
        assert_eq!(run.code, Some(2), "{given}");
        assert!(
            run.stderr
                .contains("was begun with other items; give the same ones"),
            "{}",
            run.stderr
        );
    }
    files.directory.write("ids", &(ids(9) + "failing\n"));
    for setting in [
        &["--output", "csv"][..],
        &["--job-type", "parse"],
        &["--reveal-secrets"],
    ] {
        let run = mock.run(&files.args(&[&["--resume"], setting].concat()));
        assert_eq!(run.code, Some(2), "{setting:?}");
        assert!(
            run.stderr
                .contains(&format!("was begun with another {}", setting[0])),
            "{}",
            run.stderr
        );
    }
    let again = mock.run(&files.args(&[]));
    assert_eq!(again.code, Some(2));
    assert!(
        again
            .stderr
            .contains("--resume resumes it, --force starts again"),
        "{}",
        again.stderr
    );
    assert_eq!(fs::read(&files.out).unwrap(), before);
}

#[test]
#[cfg(unix)]
fn a_signal_stops_it_with_what_is_done_kept() {
    let mock = Mock::with_items(240, Duration::from_millis(30));
    let files = Files::new("export-signal", &ids(240), "out.ndjson");
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let child = mock.spawn(&files.args(&["--resume"]));
        thread::sleep(Duration::from_millis(250));
        let second = mock.run(&files.args(&["--resume"]));
        assert_eq!(second.code, Some(2));
        assert!(
            second.stderr.contains("is being written by another export"),
            "{}",
            second.stderr
        );
        signal(&child, name);
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.code, Some(code), "{}", run.stderr);
        let (note, error) = run.stderr.split_once('\n').unwrap();
        assert!(
            note.starts_with("note: done so far: ") && note.ends_with("; --resume continues"),
            "{note}"
        );
        assert!(error.starts_with("error: stopped by "), "{error}");
        assert!(!files.out.exists());
    }
    assert_eq!(mock.run(&files.args(&["--resume"])).code, Some(0));
    let undisturbed = mock.run(&["--items", files.items.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&files.out).unwrap(), undisturbed.stdout);
}
