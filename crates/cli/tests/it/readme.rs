//! Every command in the READMEs runs as it is printed, and prints what is printed.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::serving::Serving;
use crate::support::command;

const COMMAND: &str = "processing-results ";

/// A fenced block of a page: its language, and its lines with their numbers.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<Vec<(usize, &'a str)>> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        if line.strip_prefix("```") == Some(language) {
            blocks.push(
                lines
                    .by_ref()
                    .take_while(|(_, line)| *line != "```")
                    .collect(),
            );
        } else if line.starts_with("```") {
            lines.by_ref().find(|(_, line)| *line == "```");
        }
    }
    blocks
}

fn pages() -> Vec<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    vec![package.join("../../README.md"), package.join("README.md")]
}

/// The arguments of a printed command, without its comment, with ids that the server has.
fn arguments(line: &str) -> Option<Vec<String>> {
    let line = line.split(" # ").next()?.trim();
    let line = line.strip_prefix(COMMAND).or_else(|| {
        let spec = line.strip_prefix("cargo spec ")?;
        line.ends_with(&format!("spec {spec}"))
            .then_some(line.trim_start_matches("cargo "))
    })?;
    let words = shlex::split(line).expect("a command that a shell reads");
    let item = |word: String| match word.as_str() {
        "ITEM" | "ITEM_ID" => "invoice-0001".to_owned(),
        _ => word,
    };
    Some(words.into_iter().map(item).collect())
}

/// Runs in a directory with the files that the page names, against a server with the demo's items.
fn here(directory: &Path, server: &Serving, args: &[String]) -> Command {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut command = command(&args);
    command.current_dir(directory);
    command.env("LLAMA_CLOUD_API_KEY", "llx-mock-key");
    command.env("LLAMA_CLOUD_BASE_URL", format!("http://{}", server.address));
    command
}

fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let contract = root.join("openapi/processing-results.yaml");
    std::fs::create_dir(directory.path().join("openapi")).unwrap();
    for name in ["OLD.yaml", "NEW.yaml", "openapi/processing-results.yaml"] {
        std::fs::copy(&contract, directory.path().join(name)).unwrap();
    }
    let response = root.join("openapi/examples/history.json");
    std::fs::copy(response, directory.path().join("RESPONSE.json")).unwrap();
    std::fs::write(
        directory.path().join("ids.txt"),
        "invoice-0001\ndrift-0001\n",
    )
    .unwrap();
    directory
}

/// What needs something that a test does not have.
fn is_left_out(line: &str) -> bool {
    // S3, a server that runs until it is stopped, and another command's output.
    [" download ", " serve", "| "]
        .iter()
        .any(|part| line.contains(part))
}

#[test]
fn every_printed_command_works() {
    let server = Serving::start(&[]);
    let directory = directory();
    let mut runs = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for (number, line) in blocks(&text, "sh").into_iter().flatten() {
            if is_left_out(line) {
                continue;
            }
            if let Some(args) = arguments(line) {
                let output = here(directory.path(), &server, &args).output().unwrap();
                let stderr = String::from_utf8_lossy(&output.stderr);
                assert!(
                    output.status.success(),
                    "{}:{}: {line}\n{stderr}",
                    page.display(),
                    number + 1
                );
                runs += 1;
            }
        }
    }
    assert!(runs >= 6, "only {runs} commands were found");
}

#[test]
fn every_printed_output_is_the_command_s() {
    let server = Serving::start(&[]);
    let directory = directory();
    let mut outputs = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let mut updated = text.clone();
        for block in blocks(&text, "console") {
            let (number, first) = block[0];
            let line = first
                .strip_prefix("$ ")
                .expect("a console block starts with `$ `");
            let args = arguments(line).expect("a command of this project");
            let output = here(directory.path(), &server, &args).output().unwrap();
            let actual = String::from_utf8(output.stdout).unwrap();
            let printed: Vec<_> = block[1..].iter().map(|(_, line)| *line).collect();
            let printed = printed.join("\n");
            outputs += 1;
            if std::env::var_os("UPDATE_GOLDENS").is_some() {
                let old = format!("```console\n{first}\n{printed}\n```");
                updated = updated.replace(
                    &old,
                    &format!("```console\n{first}\n{}\n```", actual.trim_end()),
                );
            } else {
                assert!(
                    printed.trim_end() == actual.trim_end(),
                    "{}:{}: `{line}` prints something else:\n{actual}\n\
                     if that is meant: UPDATE_GOLDENS=1 cargo test -p processing-results-cli readme",
                    page.display(),
                    number + 1
                );
            }
        }
        if updated != text {
            std::fs::write(&page, updated).unwrap();
        }
    }
    assert!(outputs >= 2, "only {outputs} outputs were found");
}
