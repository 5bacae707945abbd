//! What a history takes in memory, while it is fetched and when it is kept,
//! as multiples of its JSON.

// A bench that fails to set up has nothing to measure.
#![allow(clippy::unwrap_used)]

use peak_alloc::PeakAlloc;
use processing_results::types::ItemProcessingResults;
use processing_results_bench::bodies::{Kind, SIZES, body};
use processing_results_bench::{calls, plain, server};
use serde_json::Value;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    println!("| what | JSON | peak | kept |\n|---|---|---|---|");
    for kind in Kind::ALL {
        for results in SIZES {
            let body = body(kind, results);
            let what = format!("{results}, {kind:?}").to_lowercase();
            let decode = || serde_json::from_str::<ItemProcessingResults>(&body).unwrap();
            row(&format!("decode {what}"), &body, decode);
            let decode = || serde_json::from_str::<plain::History>(&body).unwrap();
            row(&format!("decode {what}, flat struct"), &body, decode);
            let decode = || serde_json::from_str::<Value>(&body).unwrap();
            row(&format!("decode {what}, value"), &body, decode);
            call(&what, &body);
            jobs(&what, &body);
        }
    }
}

/// Peak and rest of the heap, above what was there.
fn row<T>(what: &str, body: &str, run: impl FnOnce() -> T) {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let kept = run();
    let times = |bytes: usize| (bytes - before) as f64 / body.len() as f64;
    let (peak, rest) = (times(HEAP.peak_usage()), times(HEAP.current_usage()));
    println!("| {what} | {} | {peak:.2} x | {rest:.2} x |", body.len());
    drop(kept);
}

/// A call on a warm connection, the server's share left out: its response is ready before.
fn call(what: &str, body: &str) {
    let responses = server::responses(vec![("item".to_owned(), body.to_owned())]);
    let client = calls::client(&format!("http://{}", server::start(responses)));
    let runtime = calls::runtime();
    let call = || {
        runtime
            .block_on(client.processing_results("item").send())
            .unwrap()
    };
    drop(call());
    row(&format!("call {what}"), body, call);
}

/// Every configuration typed, and all of them kept.
fn jobs(what: &str, body: &str) {
    let history: ItemProcessingResults = serde_json::from_str(body).unwrap();
    let jobs = || {
        history
            .results()
            .iter()
            .map(|result| result.job())
            .collect::<Vec<_>>()
    };
    row(&format!("job() of {what}"), body, jobs);
}
