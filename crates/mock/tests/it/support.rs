//! An item, and calls of a plain HTTP client.

use std::time::Duration;

use processing_results_mock::{API_KEY, Server};
use reqwest::Client;
use serde_json::Value;

pub const ITEM: &str = r#"{"zeta": 12345678901234567890123, "item_id": "i", "item_name": "é",
    "processing_results": [
        {"job_type": "parse", "n": 1.0, "big": 18446744073709551616},
        {"n": 1, "job_type": "classify"},
        {"job_type": "p\u0061rse", "n": 1e2}, {"job_type": null}, 7
    ], "alpha": 1.50}"#;

pub fn url(server: &Server, rest: &str) -> String {
    format!(
        "{}/api/v1/beta/batch-processing/items/{rest}",
        server.base_url()
    )
}

pub fn call(server: &Server, id: &str, query: &str) -> reqwest::RequestBuilder {
    let http = Client::builder().no_proxy().build().unwrap();
    http.get(url(server, &format!("{id}/processing-results{query}")))
        .bearer_auth(API_KEY)
}

pub async fn response(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

pub async fn text(request: reqwest::RequestBuilder) -> String {
    request.send().await.unwrap().text().await.unwrap()
}

pub async fn soon<T>(done: impl Future<Output = T>) -> T {
    let limit = Duration::from_secs(20);
    tokio::time::timeout(limit, done).await.expect("at once")
}

pub async fn with_item() -> Server {
    Server::start_empty().await.unwrap().with_item(ITEM)
}
