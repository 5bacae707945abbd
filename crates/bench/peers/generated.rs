//! The Rust client of openapi-generator among the peers; see peers.py for the words.

use std::time::Instant;

use futures_util::{StreamExt, stream};
use generated::apis::configuration::Configuration;
use generated::apis::default_api::get_item_processing_results;
use generated::models::{ItemProcessingResults, JobConfig};
use serde_json::json;

async fn call(peer: &Configuration, item: &str) -> Result<ItemProcessingResults, String> {
    let response = get_item_processing_results(peer, item, None, None, None, None).await;
    response.map_err(|error| error.to_string())
}

fn filed(history: &ItemProcessingResults) -> Vec<&'static str> {
    let results = history.processing_results.iter().flatten().flatten();
    results
        .map(|result| match *result.job_config {
            JobConfig::BatchParseJobRecordCreate(_) => "parse",
            JobConfig::ClassifyJob(_) => "classify",
        })
        .collect()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut peer = Configuration::new();
    peer.base_path = std::env::args().nth(1).unwrap();
    peer.bearer_access_token = Some("llx-0123456789abcdef0123456789abcdef0123456789abcdef".to_owned());
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let words: Vec<_> = line.split(' ').collect();
        if let ["read", item] = words[..] {
            let reading = call(&peer, item).await;
            println!("{}", match reading {
                Ok(history) => json!({ "value": history, "filed": filed(&history) }),
                Err(error) => json!({ "error": error }),
            });
            continue;
        }
        let [item, at_a_time, calls] = words[..] else { panic!("not understood: {line}") };
        let started = Instant::now();
        let calls = stream::iter((0..calls.parse().unwrap()).map(|_: usize| call(&peer, item)));
        let calls = calls.buffer_unordered(at_a_time.parse().unwrap());
        calls.for_each(|history| async move { drop(history.unwrap()) }).await;
        println!("{}", started.elapsed().as_secs_f64());
    }
}
