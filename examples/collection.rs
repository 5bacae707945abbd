//! Finds results that repeat an earlier one in a collection of items, and what changed last.
//!
//! ```sh
//! cargo run --example collection # a local server, no key
//! cargo run --example collection -- ITEM_ID ITEM_ID  # the service, with a key
//! ```

use std::error::Error;

use futures_util::StreamExt;
use processing_results::Client;
use processing_results_mock as mock;
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let ids: Vec<String> = std::env::args().skip(1).collect();
    match ids.is_empty() {
        false => repeats(&Client::from_env()?, ids).await,
        true => {
            let server = local_server().await?;
            let client = Client::builder()
                .api_key(mock::API_KEY)
                .base_url(server.base_url())
                .build()?;
            repeats(
                &client,
                ["scan-1", "scan-2", "scan-3"].map(String::from).to_vec(),
            )
            .await
        }
    }
}

/// Prints the repeats of each item. An item that fails does not stop the others.
async fn repeats(client: &Client, ids: Vec<String>) -> Result<(), Box<dyn Error>> {
    let mut histories = client.fetch_many(ids).ordered(true).stream();
    while let Some((id, response)) = histories.next().await {
        let history = match response {
            Ok(history) => history,
            Err(error) if error.is_not_found() => {
                println!("{id}: no such item");
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        for runs in history.duplicates() {
            let (first, count) = (runs[0], runs.len());
            println!(
                "{id}: {} with {} ran {count} times, first at {}",
                first.job_type, first.parameters_hash, first.processed_at
            );
        }
        if let [.., before, last] = history.chronological()[..] {
            for change in last.changes_since(before) {
                println!("{id}: last changed {change}");
            }
        }
    }
    Ok(())
}

/// Two items with a history, and one that is missing.
async fn local_server() -> std::io::Result<mock::Server> {
    let run = |id: &str, time: &str, hash: &str, lang: &str| {
        json!({
            "item_id": id, "result_id": format!("{id}-{time}"), "job_type": "parse",
            "job_config": {"parameters": {"lang": lang, "azure_openai_key": "not shown"}},
            "processed_at": time, "parameters_hash": hash, "output_s3_path": ""
        })
    };
    let server = mock::Server::start_empty().await?;
    for (id, second) in [("scan-1", ("8d0f", "en")), ("scan-2", ("77aa", "de"))] {
        let runs = [
            run(id, "2026-03-01T09:30:00Z", "8d0f", "en"),
            run(id, "2026-03-02T09:30:00Z", second.0, second.1),
        ];
        server.set_item(json!({"item_id": id, "item_name": id, "processing_results": runs}))?;
    }
    Ok(server)
}
