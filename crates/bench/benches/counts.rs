//! Instructions of what a caller pays for at each call, against the last
//! accepted counts: unlike time, they are the same on a busy machine.
//!
//! Valgrind runs this very binary, once with `RUNS` and once with `2 * RUNS`
//! runs of an operation; the difference leaves out how a process starts, and
//! with it most of what environment, arguments and loader have to do with it.

// A bench that fails to set up has nothing to measure.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use processing_results::types::ItemProcessingResults;
use processing_results_bench::bodies::{Kind, body};
use processing_results_bench::calls::{self, NOWHERE};

const RUNS: u64 = 20;
/// In percent of the accepted count.
const TOLERANCE: f64 = 3.0;
/// One way to copy and compare memory, whatever the processor offers.
const BASELINE: &str = "glibc.cpu.hwcaps=-AVX,-AVX2,-AVX_Fast_Unaligned_Load,-AVX512F,-AVX512VL,-ERMS,\
                        -FSRM,-MOVBE,-SSE4_1,-SSSE3,-Fast_Unaligned_Copy,-Fast_Copy_Backward";
const REFRESH: &str = "UPDATE_GOLDENS=1 cargo bench -p processing-results-bench --bench counts";

type Operation = (&'static str, fn(u64));

const OPERATIONS: [Operation; 7] = [
    ("decode 1, full", |runs| decode(Kind::Full, 1, runs)),
    ("decode 50, full", |runs| decode(Kind::Full, 50, runs)),
    ("decode 50, realistic", |runs| {
        decode(Kind::Realistic, 50, runs)
    }),
    ("job() of one, full", |runs| job(Kind::Full, runs)),
    ("job() of one, realistic", |runs| job(Kind::Realistic, runs)),
    ("encode 50, full", encode),
    ("a call up to the socket", building),
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match (
        arguments.next().as_deref(),
        arguments.next(),
        arguments.next(),
    ) {
        (Some("run"), Some(name), Some(runs)) => {
            let found = OPERATIONS.iter().find(|(known, _)| *known == name);
            found.unwrap().1(runs.parse().unwrap());
            ExitCode::SUCCESS
        }
        _ => compare(),
    }
}

fn history(body: &str) -> ItemProcessingResults {
    serde_json::from_slice(body.as_bytes()).unwrap()
}

fn decode(kind: Kind, results: usize, runs: u64) {
    let body = body(kind, results);
    for _ in 0..runs {
        black_box(history(&body));
    }
}

fn job(kind: Kind, runs: u64) {
    let history = history(&body(kind, 1));
    for _ in 0..runs {
        black_box(history.results()[0].job());
    }
}

fn encode(runs: u64) {
    let history = history(&body(Kind::Full, 50));
    for _ in 0..runs {
        black_box(serde_json::to_vec(&history).unwrap());
    }
}

fn building(runs: u64) {
    let runtime = calls::runtime();
    let _inside = runtime.enter();
    let client = calls::client_by(calls::unconnected(), NOWHERE);
    for _ in 0..runs {
        let call = client.processing_results("one").job_type("parse");
        calls::begin(call.send());
    }
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/counts.txt")
}

/// Counts, and compares with `counts.txt` or writes it.
fn compare() -> ExitCode {
    if !alone() {
        println!("not counted beside the command: {}", &REFRESH[17..]);
        return ExitCode::SUCCESS;
    }
    let counts = OPERATIONS.map(|(name, _)| (name, count(name, 2 * RUNS) - count(name, RUNS)));
    let counts = counts.map(|(name, total)| (name, total / RUNS));
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        let mut text = String::new();
        for (name, count) in counts {
            writeln!(text, "{name}: {count}").unwrap();
        }
        std::fs::write(golden(), text).unwrap();
        return ExitCode::SUCCESS;
    }
    let accepted = std::fs::read_to_string(golden()).unwrap_or_default();
    let lines = accepted.lines().filter_map(|line| line.split_once(": "));
    let accepted: BTreeMap<_, f64> = lines
        .filter_map(|(name, count)| Some((name, count.parse().ok()?)))
        .collect();
    let mut agrees = accepted.len() == counts.len();
    for (name, count) in counts {
        let change = accepted
            .get(name)
            .map(|was| (count as f64 / was - 1.0) * 100.0);
        let is_small = change.is_some_and(|change| change.abs() <= TOLERANCE);
        let change = change.map_or("new".to_owned(), |change| format!("{change:+.1} %"));
        let mark = if is_small { "" } else { "  <- not accepted" };
        println!("{name:<26}{count:>12}{change:>10}{mark}");
        agrees &= is_small;
    }
    if agrees {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "crates/bench/benches/counts.txt differs by more than {TOLERANCE} %\nIf that is meant: {REFRESH}"
    );
    ExitCode::FAILURE
}

/// Whether the bindings were built for themselves: beside the command,
/// serde_json has features that change the counts.
fn alone() -> bool {
    let keys: serde_json::Value = serde_json::from_str(r#"{"b": 1, "a": 2}"#).unwrap();
    keys.as_object()
        .and_then(|keys| keys.keys().next())
        .is_some_and(|key| key == "a")
}

/// Instructions of a process that runs an operation this many times.
fn count(name: &str, runs: u64) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().unwrap())
        .args(["run", name, &runs.to_string()])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("GLIBC_TUNABLES", BASELINE)
        .output();
    let output = output.unwrap_or_else(|error| {
        eprintln!("valgrind cannot be run ({error}): apt-get install valgrind");
        std::process::exit(2)
    });
    let text = String::from_utf8_lossy(&output.stderr);
    let collected = text.split("Collected : ").nth(1).unwrap_or_default();
    let count = collected.split_whitespace().next().unwrap_or_default();
    count.parse().unwrap_or_else(|_| {
        eprintln!("valgrind did not count:\n{text}");
        std::process::exit(2)
    })
}
