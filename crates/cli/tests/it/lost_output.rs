//! Standard output that is closed or full.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::support::{Run, command, run};

const CONTRACT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../openapi/processing-results.yaml"
);

/// Each command that writes to standard output.
const WRITERS: [&[&str]; 21] = [
    &["get", "invoice-0001", "--demo"],
    &["get", "invoice-0001", "--demo", "-o", "json"],
    &["latest", "invoice-0001", "--demo"],
    &["diff", "invoice-0001", "--demo"],
    &["duplicates", "--demo"],
    &["duplicates", "--demo", "-o", "json"],
    &["export", "--demo"],
    &["export", "--demo", "-o", "csv"],
    &["export", "--demo", "--out", "-"],
    &["report", "--demo", "--out", "-"],
    &["doctor", "--demo"],
    &["serve", "--listen", "127.0.0.1:0"],
    &["spec", "show", "-c", CONTRACT],
    &["completions", "bash"],
    &["man"],
    &["help", "exit-codes"],
    &["help"],
    &["--help"],
    &["-h"],
    &["--version"],
    &["get", "--help"],
];

#[test]
#[cfg(unix)]
fn nothing_is_written_to_a_closed_standard_output() {
    let device: &[&str] = &["export", "--demo", "--out", "/dev/stdout"];
    for args in WRITERS.iter().chain([&device]) {
        // Only a shell closes it.
        let mut shell = Command::new("sh");
        shell.args(["-c", "exec \"$0\" \"$@\" >&-"]);
        shell.arg(command(args).get_program()).args(*args);
        let run: Run = shell.output().unwrap().into();
        assert_eq!(run.code, Some(1), "{args:?}: {}", run.stderr);
        let says = "error: standard output is closed: ";
        assert!(run.stderr.starts_with(says), "{args:?}: {}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{args:?}: {}", run.stderr);
    }
}

#[test]
#[cfg(unix)]
fn a_standard_output_that_is_open_for_reading_is_a_closed_one() {
    let directory = crate::serving::Directory::new("read-only-stdout");
    directory.write("file", "kept");
    let path = directory.0.join("file");
    for args in WRITERS {
        let file = File::open(&path).unwrap();
        let run: Run = command(args).stdout(file).output().unwrap().into();
        assert_eq!(run.code, Some(1), "{args:?}: {}", run.stderr);
        let says = "error: standard output is closed: ";
        assert!(run.stderr.starts_with(says), "{args:?}: {}", run.stderr);
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "kept");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_of_every_command() {
    for args in WRITERS {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command(args).stdout(full).stderr(Stdio::piped()).output();
        let stderr = String::from_utf8(output.as_ref().unwrap().stderr.clone()).unwrap();
        assert_eq!(output.unwrap().status.code(), Some(1), "{args:?}: {stderr}");
        let says = "cannot be written: No space left on device";
        assert!(stderr.contains(says), "{args:?}: {stderr}");
    }
}

#[test]
#[cfg(unix)]
fn the_null_device_and_a_file_need_no_standard_output() {
    // Python and Node.js open it for reading too: it is not closed then.
    let null = File::options().read(true).write(true).open("/dev/null");
    let get = ["get", "invoice-0001", "--demo"];
    let status = command(&get).stdout(null.unwrap()).status().unwrap();
    assert_eq!(status.code(), Some(0));
    let directory = crate::serving::Directory::new("closed-stdout");
    for (args, name) in [
        (&["export", "--demo", "--out"][..], "out.ndjson"),
        (&["report", "--demo", "--out"], "report.html"),
    ] {
        let path = directory.0.join(name);
        let mut shell = Command::new("sh");
        shell.args(["-c", "exec \"$0\" \"$@\" >&-"]);
        shell.arg(command(&[]).get_program()).args(args).arg(&path);
        assert_eq!(shell.status().unwrap().code(), Some(0), "{args:?}");
        assert!(std::fs::metadata(&path).unwrap().len() > 1_000);
    }
    assert_eq!(run(&["get", "invoice-0001", "--demo"]).code, Some(0));
}
