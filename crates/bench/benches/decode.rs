//! Decoding, typing and encoding, each beside its floors.

// A bench that fails to set up has nothing to measure.
#![allow(clippy::unwrap_used)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use processing_results::types::ItemProcessingResults;
use processing_results_bench::bodies::{Kind, SIZES, body, configuration};
use processing_results_bench::plain;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

fn main() {
    divan::main();
}

/// A history, skipped, into a flat struct, into a value.
#[divan::bench(
    types = [ItemProcessingResults, IgnoredAny, plain::History, Value],
    args = [Kind::Full, Kind::Realistic],
    consts = SIZES,
)]
fn decode<T: DeserializeOwned + Send, const RESULTS: usize>(bencher: Bencher, kind: Kind) {
    let body = body(kind, RESULTS);
    let bytes = body.as_bytes();
    bencher
        .counter(BytesCount::of_slice(bytes))
        .bench_local(|| serde_json::from_slice::<T>(black_box(bytes)).unwrap());
}

#[divan::bench(args = SIZES)]
fn job_of_all(bencher: Bencher, results: usize) {
    let history: ItemProcessingResults = serde_json::from_str(&body(Kind::Full, results)).unwrap();
    let jobs = || history.results().iter().map(|result| result.job());
    bencher.bench_local(|| jobs().for_each(drop));
}

#[divan::bench]
fn job_as_a_plain_struct(bencher: Bencher) {
    let text = configuration();
    bencher.bench_local(|| serde_json::from_str::<plain::Record>(black_box(&text)).unwrap());
}

#[divan::bench(types = [ItemProcessingResults, plain::History], args = SIZES)]
fn encode<T: DeserializeOwned + serde::Serialize>(bencher: Bencher, results: usize) {
    let history: T = serde_json::from_str(&body(Kind::Full, results)).unwrap();
    bencher.bench_local(|| serde_json::to_vec(black_box(&history)).unwrap());
}
