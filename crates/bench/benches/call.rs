//! A call, and many, beside what bare reqwest takes.

// A bench that fails to set up has nothing to measure.
#![allow(clippy::unwrap_used)]

use divan::Bencher;
use processing_results_bench::bodies::{Kind, SIZES, body};
use processing_results_bench::calls::{self, NOWHERE};
use processing_results_bench::server;

fn main() {
    divan::main();
}

#[divan::bench]
fn up_to_the_socket(bencher: Bencher) {
    let runtime = calls::runtime();
    let _inside = runtime.enter();
    let client = calls::client_by(calls::unconnected(), NOWHERE);
    bencher.bench_local(|| calls::begin(client.processing_results("one").send()));
}

#[divan::bench]
fn up_to_the_socket_bare(bencher: Bencher) {
    let runtime = calls::runtime();
    let _inside = runtime.enter();
    let (http, url) = (calls::unconnected(), calls::url(NOWHERE, "one"));
    bencher.bench_local(|| calls::begin(calls::bare(&http, &url)));
}

/// A server of one item, `item`, with this number of results.
fn serve(results: usize) -> String {
    let item = ("item".to_owned(), body(Kind::Full, results));
    format!("http://{}", server::start(server::responses(vec![item])))
}

#[divan::bench(args = SIZES)]
fn warm(bencher: Bencher, results: usize) {
    let (runtime, client) = (calls::runtime(), calls::client(&serve(results)));
    bencher.bench_local(|| {
        runtime
            .block_on(client.processing_results("item").send())
            .unwrap()
    });
}

#[divan::bench(args = SIZES)]
fn warm_bare(bencher: Bencher, results: usize) {
    let (runtime, http) = (calls::runtime(), calls::http());
    let url = calls::url(&serve(results), "item");
    bencher.bench_local(|| runtime.block_on(calls::bare(&http, &url)));
}

#[divan::bench(sample_count = 5)]
fn fetch_10_000(bencher: Bencher) {
    let (runtime, client) = (calls::runtime(), calls::client(&serve(1)));
    bencher.bench_local(|| runtime.block_on(calls::many(&client, 10_000)));
}

#[divan::bench(sample_count = 5)]
fn fetch_10_000_bare(bencher: Bencher) {
    let (runtime, http) = (calls::runtime(), calls::http());
    let url = calls::url(&serve(1), "item");
    bencher.bench_local(|| runtime.block_on(calls::many_bare(&http, &url, 10_000)));
}
