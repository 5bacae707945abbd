//! The command `spec`, as reviewers and their tools run it.

#![cfg(test)]

mod changes;
mod checks;
mod contributing;
mod follows;
mod shows;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A property of the contract that is easy to edit.
const BUCKET: &str = "        outputBucket:\n          type: string\n";

/// Where the command looks for the contract.
const USUAL: &str = "openapi/processing-results.yaml";

/// What a call of the command printed, and how it ended.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }
}

fn contract() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(USUAL);
    std::fs::read_to_string(path).expect("the contract is beside this package")
}

/// The contract with one edit.
fn edited(old: &str, new: &str) -> String {
    let contract = contract();
    assert!(contract.contains(old), "{old}");
    contract.replacen(old, new, 1)
}

/// A directory that is removed with its value. It is outside of every checkout, where no contract is above it.
struct Directory(PathBuf);

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn directory(files: &[(&str, &str)]) -> Directory {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("spec-{}-{count}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a directory");
    for (name, text) in files {
        let path = path.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        std::fs::write(path, text).expect("a file");
    }
    Directory(path)
}

fn spec_command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spec"));
    command.args(args).env_remove("COLUMNS");
    command
}

fn spec_in(directory: &Path, args: &[&str]) -> Run {
    let output = spec_command(args).current_dir(directory).output();
    output.expect("the command runs").into()
}

/// The command in a directory of its own, with these files.
fn spec(args: &[&str], files: &[(&str, &str)]) -> Run {
    spec_in(&directory(files).0, args)
}

/// Compares with a file in `tests/golden`, or writes it.
fn assert_golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        return std::fs::write(&path, actual).expect("the golden is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        actual, expected,
        "if crates/contract/tests/golden/{name} is to change: UPDATE_GOLDENS=1 cargo test -p \
         processing-results-contract --features command"
    );
}
