//! `export` on a full disk, and without a server.

use std::fs::{self, File};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::exporting::{Files, Mock, ids};
use crate::support::Run;

/// The same command, in a shell that limits the size of files, in blocks.
fn confined(export: &Command, blocks: u32) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!(
        "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""
    ));
    shell.arg(export.get_program()).args(export.get_args());
    for (name, value) in export.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_clear_error_and_nothing_is_lost() {
    let mock = Mock::with_items(200, Duration::ZERO);
    for name in ["out.ndjson", "out.csv"] {
        let files = Files::new("export-full", &ids(200), name);
        let full = confined(&mock.export(&files.args(&[])), 64).output();
        let full = Run::from(full.unwrap());
        assert_eq!(full.code, Some(1), "{}", full.stderr);
        let error = full.stderr.lines().last().unwrap();
        let expected = format!("error: {} cannot be written: ", files.out.display());
        assert!(error.starts_with(&expected), "{error}");
        assert!(!files.out.exists());
        assert_eq!(mock.run(&files.args(&["--resume"])).code, Some(0));
        let format = name.trim_start_matches("out.");
        let undisturbed = mock.run(&["--items", files.items.to_str().unwrap(), "-o", format]);
        assert_eq!(fs::read_to_string(&files.out).unwrap(), undisturbed.stdout);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_standard_output_is_an_error() {
    let mock = Mock::with_items(4, Duration::ZERO);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = mock
        .export(&["item-1"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(
        stderr.starts_with("error: the output cannot be written: "),
        "{stderr}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let mock = Mock::with_items(4, Duration::ZERO);
    let run = mock.run(&["item-1", "--out", "/no/such/directory/out.csv"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .starts_with("error: /no/such/directory/out.csv cannot be written: "),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.lines().count(), 1);
}

#[test]
fn a_service_that_is_not_there_ends_it_before_all_items_have_failed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let mock = Mock::with_items(60, Duration::ZERO);
    let files = Files::new("export-nobody", &ids(60), "out.ndjson");
    let nobody = Mock::at(url);
    let run = nobody.run(&files.args(&[]));
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    assert!(run.stderr.contains("no connection"), "{}", run.stderr);
    assert!(!files.out.exists());
    let other = mock.run(&files.args(&["--resume"]));
    assert_eq!(other.code, Some(2), "{}", other.stderr);
    let resumed = mock.run(&files.args(&["--force"]));
    assert_eq!(resumed.code, Some(0), "{}", resumed.stderr);
    assert_eq!(
        fs::read_to_string(&files.out).unwrap().lines().count(),
        (0..60).map(|n| n % 4).sum::<usize>()
    );
}
