//! Runs the command in an environment of its own, against servers of our own.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub const KEY: &str = "llx-CANARY-key";

/// The outcome of a run.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
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

/// The command, without the environment of the test.
pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_processing-results"));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy().to_uppercase();
        if text.starts_with("LLAMA_")
            || text.starts_with("AWS_")
            || text.ends_with("_PROXY")
            || text == "COLUMNS"
        {
            command.env_remove(name);
        }
    }
    command.args(args);
    command
}

pub fn run(args: &[&str]) -> Run {
    command(args).output().expect("the command runs").into()
}

/// Standard output of a command that succeeds with the demo, without a message, at this width.
pub fn demo(columns: &str, args: &[&str]) -> String {
    let mut command = command(args);
    let output = command
        .arg("--demo")
        .env("COLUMNS", columns)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// Creates a named pipe.
#[cfg(unix)]
pub fn fifo(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo runs").success());
}

/// Sends a process a signal, and expects that it ends soon with this exit code.
#[cfg(unix)]
pub fn stops(child: Child, name: &str, code: i32) {
    let begin = Instant::now();
    signal(&child, name);
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(code), "{}", run.stderr);
    assert!(begin.elapsed() < Duration::from_secs(3));
}

/// Sends a process a signal.
pub fn signal(child: &Child, name: &str) {
    let mut kill = Command::new("kill");
    kill.args(["-s", name, &child.id().to_string()]);
    assert!(kill.status().expect("kill runs").success());
}

/// `get` against a server of the test, with a key and without retries.
pub fn get(server: &Server, args: &[&str]) -> Run {
    let mut command = command(&[
        "get",
        "item-1",
        "--max-retries",
        "0",
        "--base-url",
        &server.url,
    ]);
    command.args(args).env("LLAMA_CLOUD_API_KEY", KEY);
    command.output().expect("the command runs").into()
}

/// A server that sends the same response to every request.
pub struct Server {
    pub url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Responds with JSON, or with another body.
    pub fn start(status: u16, body: &str) -> Self {
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\n"
        );
        Self::raw(format!(
            "{head}content-length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    /// Responds with these bytes and closes.
    pub fn raw(response: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n")
                    && stream.read(&mut byte).is_ok_and(|read| read == 1)
                {
                    head.push(byte[0]);
                }
                seen.lock()
                    .unwrap()
                    .push(String::from_utf8_lossy(&head).into_owned());
                let _ = stream.write_all(response.as_bytes());
            }
        });
        Server { url, heads }
    }

    /// The heads of the requests so far.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

/// A response with one result.
pub fn history(job_type: &str, job_config: &str) -> String {
    format!(
        r#"{{"item_id": "item-1", "item_name": "name.pdf", "processing_results": [{}]}}"#,
        result(job_type, job_config)
    )
}

pub fn result(job_type: &str, job_config: &str) -> String {
    format!(
        r#"{{"item_id": "item-1", "job_config": {job_config}, "job_type": "{job_type}",
        "output_s3_path": "s3://bucket/key", "parameters_hash": "hash-1",
        "processed_at": "2026-03-01T09:30:00", "result_id": "result-1"}}"#
    )
}

/// Compares with a file in `tests/golden`, or writes it.
pub fn assert_golden(name: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(&path, actual).expect("the golden is written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = expected
        .lines()
        .zip(actual.lines())
        .position(|(old, new)| old != new);
    let line = differs.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
    assert!(
        expected == actual,
        "crates/cli/tests/golden/{name} differs from line {}:\n- {}\n+ {}\n\
        if that is meant, accept it: UPDATE_GOLDENS=1 cargo test -p processing-results-cli",
        line + 1,
        expected.lines().nth(line).unwrap_or("(end)"),
        actual.lines().nth(line).unwrap_or("(end)"),
    );
}
