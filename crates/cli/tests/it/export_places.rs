//! `export`: what it writes into, replaces, keeps and leaves alone.

use std::fs;
use std::time::Duration;

use crate::exporting::{Files, Mock, ids, lines};
use crate::support::{Run, fifo};

/// An item that does not exist is among them.
pub fn some(name: &str) -> (Mock, Files) {
    let mock = Mock::with_items(4, Duration::ZERO);
    (
        mock,
        Files::new(name, &(ids(4) + "no-such-item\n"), "out.ndjson"),
    )
}

#[test]
#[cfg(unix)]
fn one_file_has_one_role_however_it_is_spelled() {
    let (mock, files) = some("places-roles");
    let before = fs::read(&files.items).unwrap();
    let link = files.directory.0.join("link");
    let hard = files.directory.0.join("hard");
    std::os::unix::fs::symlink("ids", &link).unwrap();
    fs::hard_link(&files.items, &hard).unwrap();
    let items = files.items.to_str().unwrap();
    let dotted = files.directory.0.join("./ids");
    for other in [&files.items, &link, &hard, &dotted].map(|path| path.to_str().unwrap()) {
        for option in ["--errors", "--out"] {
            let run = mock.run(&["--items", items, option, other, "--max-retries", "0"]);
            assert_eq!(run.code, Some(2), "{option} {other}: {}", run.stderr);
            assert!(
                run.stderr.contains("is both --items and "),
                "{}",
                run.stderr
            );
        }
        assert_eq!(fs::read(&files.items).unwrap(), before);
    }
    let out = files.directory.0.join("new.ndjson");
    let again = files.directory.0.join("./new.ndjson");
    let [out, again] = [&out, &again].map(|path| path.to_str().unwrap());
    let run = mock.run(&["--items", items, "--out", out, "--errors", again]);
    assert!(
        run.stderr.contains("is both --out and --errors"),
        "{}",
        run.stderr
    );
    let rows = fs::File::options().append(true).open(&files.items).unwrap();
    let run = mock
        .export(&["--items", items])
        .stdout(rows)
        .output()
        .unwrap();
    assert_eq!(Run::from(run).code, Some(2));
    assert_eq!(fs::read(&files.items).unwrap(), before);
    // An earlier export on standard input is read, too.
    let earlier = files.directory.0.join("earlier.ndjson");
    fs::write(&earlier, "").unwrap();
    let name = earlier.to_str().unwrap();
    let mut report = crate::support::command(&["report", "--from", "-", "--out", name]);
    let input = fs::File::open(&earlier).unwrap();
    let run = Run::from(report.stdin(input).output().unwrap());
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.contains("is both --from and --out"),
        "{}",
        run.stderr
    );
    assert_eq!(fs::read(&earlier).unwrap(), b"");
    // Messages would be lost when the file is replaced.
    let log = files.directory.0.join("log");
    for (option, also) in [("--out", "--force"), ("--errors", "--quiet")] {
        let stderr = fs::File::create(&log).unwrap();
        let args = ["--items", items, option, log.to_str().unwrap(), also];
        let status = mock.export(&args).stderr(stderr).status().unwrap();
        assert_eq!(status.code(), Some(2), "{option}");
        let text = fs::read_to_string(&log).unwrap();
        let says = format!("is both {option} and standard error");
        assert!(text.contains(&says), "{text}");
    }
}

#[test]
fn a_list_of_failures_for_standard_output_is_written_there() {
    let (mock, files) = some("places-stdout");
    let to_file = mock.run(&files.args(&["--errors", "-"]));
    let items = files.items.to_str().unwrap();
    let device = mock.run(&["--items", items, "--out", "/dev/null", "--errors", "-"]);
    for run in [to_file, device] {
        assert_eq!(run.code, Some(7), "{}", run.stderr);
        let [failure] = &lines(&run.stdout)[..] else {
            panic!("{}", run.stdout);
        };
        assert_eq!(failure["item_id"], "no-such-item");
        assert!(run.stderr.contains("see standard output"), "{}", run.stderr);
    }
    let mixed = mock.run(&["--items", items, "--errors", "-"]);
    assert_eq!(
        (mixed.code, mixed.stdout.as_str()),
        (Some(2), ""),
        "{}",
        mixed.stderr
    );
}

#[test]
#[cfg(unix)]
fn a_pipe_or_a_device_is_written_into() {
    use std::os::unix::fs::FileTypeExt;
    let (mock, files) = some("places-pipe");
    let pipe = files.directory.0.join("pipe");
    let name = pipe.to_str().unwrap();
    fifo(&pipe);
    for args in [
        files.args(&["--errors", name]),
        vec!["--items", files.items.to_str().unwrap(), "--errors", name],
        vec!["--items", files.items.to_str().unwrap(), "--out", name],
    ] {
        let child = mock.spawn(&args);
        let text = fs::read_to_string(&pipe).unwrap();
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.code, Some(7), "{}", run.stderr);
        assert!(text.contains("item"), "{text}");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        let _ = fs::remove_file(&files.out);
    }
    // Standard error is a file here, and keeps what it has.
    let log = files.directory.0.join("log");
    fs::write(&log, "before\n").unwrap();
    let stderr = fs::File::options().append(true).open(&log).unwrap();
    let link = files.directory.0.join("stderr");
    std::os::unix::fs::symlink("/dev/stderr", &link).unwrap();
    let mut export = mock.export(&files.args(&["--errors", link.to_str().unwrap()]));
    assert_eq!(export.stderr(stderr).status().unwrap().code(), Some(7));
    let text = fs::read_to_string(&log).unwrap();
    assert!(
        text.starts_with("before\n") && text.contains("\"not_found\""),
        "{text}"
    );
    let null = mock.run(&["item-1", "--out", "/dev/null", "--errors", "/dev/null"]);
    assert_eq!(null.code, Some(0), "{}", null.stderr);
    assert!(
        fs::metadata("/dev/null")
            .unwrap()
            .file_type()
            .is_char_device()
    );
}

#[test]
#[cfg(unix)]
fn a_link_keeps_its_name_and_a_file_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let mock = Mock::with_items(4, Duration::ZERO);
    let files = Files::new("places-mode", &ids(4), "out.ndjson");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mock.run(&files.args(&["--reveal-secrets"])).code, Some(0));
    assert_eq!(mode(&files.out), 0o600);
    assert_eq!(mock.run(&files.args(&["--force"])).code, Some(0));
    assert_eq!(mode(&files.out), 0o600);
    fs::set_permissions(&files.out, fs::Permissions::from_mode(0o640)).unwrap();
    let link = files.directory.0.join("link.ndjson");
    std::os::unix::fs::symlink("out.ndjson", &link).unwrap();
    let items = files.items.to_str().unwrap();
    let run = mock.run(&["--items", items, "--out", link.to_str().unwrap(), "--force"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(mode(&files.out), 0o640);
}

#[test]
fn what_the_command_did_not_make_stays() {
    let (mock, files) = some("places-foreign");
    fs::write(files.errors(), "mine\n").unwrap();
    for more in [&[][..], &["--force"], &["--resume"]] {
        let run = mock.run(&files.args(more));
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert_eq!(fs::read_to_string(files.errors()).unwrap(), "mine\n");
        assert!(!files.part().exists());
    }
    let [items, errors] =
        [files.items.clone(), files.errors()].map(|path| path.display().to_string());
    for args in [
        vec!["--items", &items, "--errors", &errors],
        files.args(&["--errors", &errors, "--force"]),
    ] {
        let run = mock.run(&args);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(
            run.stderr.contains("not a list of failed items"),
            "{}",
            run.stderr
        );
        assert_eq!(fs::read_to_string(files.errors()).unwrap(), "mine\n");
    }
    // The list of another run is one.
    fs::write(files.errors(), "").unwrap();
    for _ in 0..2 {
        let again = mock.run(&["--items", &items, "--errors", &errors]);
        assert_eq!(again.code, Some(7), "{}", again.stderr);
        assert_eq!(lines(&fs::read_to_string(files.errors()).unwrap()).len(), 1);
    }
    fs::remove_file(files.errors()).unwrap();
    fs::create_dir_all(files.part().join("precious")).unwrap();
    for more in [&["--force"][..], &["--resume"]] {
        let run = mock.run(&files.args(more));
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(
            run.stderr.contains("not of an export: precious"),
            "{}",
            run.stderr
        );
        assert!(files.part().join("precious").exists());
    }
    // A name that an export has too is no proof that it is of one.
    fs::remove_dir(files.part().join("precious")).unwrap();
    fs::write(files.part().join("rows"), "mine\n").unwrap();
    for more in [&["--force"][..], &["--resume"]] {
        let run = mock.run(&files.args(more));
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(
            run.stderr.contains("not of an export: rows"),
            "{}",
            run.stderr
        );
        assert_eq!(
            fs::read_to_string(files.part().join("rows")).unwrap(),
            "mine\n"
        );
    }
}

#[test]
fn every_place_is_looked_at_before_the_first_request() {
    let files = Files::new("places-missing", &ids(4), "out.ndjson");
    // Nobody listens there: a call would be another failure.
    let nobody = Mock::at("http://127.0.0.1:1".to_owned());
    let run = nobody.run(&files.args(&["--errors", "/no/such/directory/errors"]));
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .starts_with("error: /no/such/directory/errors cannot be written"),
        "{}",
        run.stderr
    );
    let yaml = nobody.run(&["item-1", "--out", "rows.yaml"]);
    assert_eq!(yaml.code, Some(2));
    assert!(yaml.stderr.contains("not as yaml"), "{}", yaml.stderr);
}

#[test]
fn rows_that_were_changed_and_another_server_are_not_resumed() {
    let mock = Mock::start(|server| server.respond_to("item-1", [503]));
    let files = Files::new("places-changed", "item-1\n", "out.csv");
    assert_eq!(mock.run(&files.args(&[])).code, Some(7));
    let other = Mock::with_items(2, Duration::ZERO).run(&files.args(&["--resume"]));
    assert_eq!(other.code, Some(2), "{}", other.stderr);
    assert!(other.stderr.contains("another server"), "{}", other.stderr);
    let project = mock.run(&files.args(&["--resume", "--project-id", "other"]));
    assert!(
        project.stderr.contains("another --project-id"),
        "{}",
        project.stderr
    );
    let rows = files.part().join("rows");
    let text = fs::read_to_string(&rows)
        .unwrap()
        .replace("item_id", "item_ix");
    fs::write(&rows, text).unwrap();
    let changed = mock.run(&files.args(&["--resume"]));
    assert_eq!(changed.code, Some(1), "{}", changed.stderr);
    assert!(
        changed.stderr.contains("has been changed"),
        "{}",
        changed.stderr
    );
}

#[test]
fn only_what_may_pass_is_fetched_again() {
    let (mock, files) = some("places-for-good");
    let run = mock.run(&files.args(&[]));
    assert_eq!(run.code, Some(7));
    assert!(
        run.stderr.contains("1 of 5 items failed: 1 not found"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("--resume"), "{}", run.stderr);
    assert!(files.out.exists() && !files.part().exists());
    let again = mock.run(&files.args(&["--resume"]));
    assert_eq!(again.code, Some(7), "{}", again.stderr);
    assert!(
        again.stderr.contains("is complete but for the items in"),
        "{}",
        again.stderr
    );
}
