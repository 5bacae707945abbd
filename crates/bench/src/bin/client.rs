//! This crate among the peers, and bare reqwest as the floor: reads commands from standard
//! input, and prints to standard output how long each took.
//! `client ours|typed|bare URL`; see `crates/bench/peers/peers.py` for the words.

// A bench that fails to set up has nothing to measure.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use processing_results::types::ItemProcessingResults;
use processing_results::{Client, Job};
use processing_results_bench::calls;
use serde_json::{Value, json};

struct Peer {
    how: String,
    base: String,
    client: Client,
    http: reqwest::Client,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (how, base) = (arguments.next().unwrap(), arguments.next().unwrap());
    let peer = Peer {
        client: calls::client(&base),
        http: calls::http(),
        how,
        base,
    };
    let runtime = calls::runtime();
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let words: Vec<_> = line.split(' ').collect();
        match words[..] {
            ["read", item] => println!("{}", runtime.block_on(peer.read(item))),
            [item, at_a_time, calls] => {
                let (at_a_time, calls) = (at_a_time.parse().unwrap(), calls.parse().unwrap());
                let took = runtime.block_on(peer.run(item, at_a_time, calls));
                println!("{}", took.as_secs_f64());
            }
            _ => panic!("not understood: {line}"),
        }
    }
}

impl Peer {
    async fn run(&self, item: &str, at_a_time: usize, calls: usize) -> Duration {
        let started = Instant::now();
        let calls = stream::iter(std::iter::repeat_with(|| self.call(item)).take(calls));
        calls
            .buffer_unordered(at_a_time)
            .for_each(|()| std::future::ready(()))
            .await;
        started.elapsed()
    }

    async fn call(&self, item: &str) {
        if self.how == "bare" {
            calls::bare(&self.http, &calls::url(&self.base, item)).await;
            return;
        }
        let history = self.client.processing_results(item).send().await.unwrap();
        if self.how == "typed" {
            history
                .results()
                .iter()
                .for_each(|result| drop(result.job()));
        }
    }

    /// What is in the value, and what each configuration is taken for.
    async fn read(&self, item: &str) -> Value {
        let history = self.client.processing_results(item).send().await;
        match history {
            Ok(history) => json!({ "value": *history, "filed": filed(&history) }),
            Err(error) => json!({ "error": error.to_string() }),
        }
    }
}

fn filed(history: &ItemProcessingResults) -> Vec<&'static str> {
    let jobs = history.results().iter().map(|result| result.job());
    jobs.map(|job| match job {
        Job::Parse(_) => "parse",
        Job::Classify(_) => "classify",
        _ => "value",
    })
    .collect()
}
