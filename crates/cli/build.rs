//! Finds the commit that the command is built from, for `--version`.

use std::process::Command;
use std::{env, fs};

/// Written by `cargo package`, where there is no repository any more.
const PACKAGED: &str = ".cargo_vcs_info.json";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PROCESSING_RESULTS_COMMIT");
    let commit = env::var("PROCESSING_RESULTS_COMMIT").ok();
    let commit = commit.or_else(packaged).or_else(repository);
    let commit = commit.unwrap_or_else(|| "unknown".to_owned());
    println!("cargo::rustc-env=PROCESSING_RESULTS_COMMIT={commit}");
}

fn packaged() -> Option<String> {
    let text = fs::read_to_string(PACKAGED).ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}

/// Only of a release: another build would be repeated at each commit, or would name an earlier one.
fn repository() -> Option<String> {
    if env::var("PROFILE").ok()? != "release" {
        return Some("unknown (a development build)".to_owned());
    }
    if fs::exists("../../.git/HEAD").unwrap_or_default() {
        println!("cargo::rerun-if-changed=../../.git/HEAD");
    }
    let output = Command::new("git")
        .args(["rev-parse", "HEAD"])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|commit| !commit.is_empty())
}
