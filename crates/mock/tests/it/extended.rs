//! The mock server with additional routes, failures at random, and items that change.

use axum::routing::get;
use processing_results_mock::{API_KEY, Server};
use serde_json::json;

async fn status(server: &Server, path: &str) -> u16 {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let place = format!("{}{path}", server.base_url());
    let response = http.get(place).bearer_auth(API_KEY).send().await.unwrap();
    response.status().as_u16()
}

const PATH: &str = "/api/v1/beta/batch-processing/items/a/processing-results";

#[tokio::test]
async fn routes_of_one_s_own_stand_beside_the_api_s() {
    let server = Server::bind_with(([127, 0, 0, 1], 0), |api, items| {
        api.route("/ids", get(async move || items.ids().join(" ")))
    });
    let server = server.await.unwrap().with_item(json!({"item_id": "b"}));
    let server = server.with_item(json!({"item_id": "a"}));
    let ids = reqwest::get(format!("{}/ids", server.base_url())).await;
    assert_eq!(ids.unwrap().text().await.unwrap(), "a b");
    assert_eq!(status(&server, PATH).await, 200);
    assert_eq!(status(&server, "/nowhere").await, 404);
    let requests = server.requests().len();
    assert_eq!(
        requests, 2,
        "those for routes of one's own are not the API's"
    );
}

#[tokio::test]
async fn an_item_is_read_as_it_is_served() {
    let text = r#"{"item_id": "a", "n": 1.0, "unknown": {"b": null}}"#;
    let server = Server::start_empty().await.unwrap().with_item(text);
    let items = server.items();
    assert_eq!(items.get("a").as_deref(), Some(text));
    assert_eq!(items.get("b"), None);
    server
        .set_item(r#"{"item_id": "b", "secret": "hush"}"#)
        .unwrap();
    assert_eq!(format!("{items:?}"), r#"Items(["a", "b"])"#);
    server.remove_item("a");
    assert_eq!(items.ids(), ["b"]);
}

#[tokio::test]
async fn a_part_of_the_calls_fails_once_sequences_are_over() {
    let server = Server::start_empty().await.unwrap();
    let server = server
        .with_item(json!({"item_id": "a"}))
        .fail(503, 0.5)
        .fail(429, 0.5);
    let server = server.respond_to("a", [200, 418]);
    assert_eq!(status(&server, PATH).await, 200);
    assert_eq!(status(&server, PATH).await, 418);
    let mut found = [0, 0];
    for _ in 0..100 {
        match status(&server, PATH).await {
            503 => found[0] += 1,
            429 => found[1] += 1,
            other => panic!("{other}"),
        }
    }
    assert!(found.iter().all(|count| *count > 20), "{found:?}");
    let never = Server::start().await.unwrap().fail(503, 0.0);
    assert_eq!(
        status(&never, &PATH.replace("/a/", "/invoice-0001/")).await,
        200
    );
}

#[tokio::test]
async fn an_item_s_new_data_ends_what_its_old_data_requested() {
    let server = Server::start_empty().await.unwrap();
    server
        .set_item(json!({"item_id": "a", "respond": [503, 503]}))
        .unwrap();
    assert_eq!(status(&server, PATH).await, 503);
    server.set_item(json!({"item_id": "a"})).unwrap();
    assert_eq!(status(&server, PATH).await, 200);
    // What a test has set stays.
    let server = server
        .respond_to("a", [503])
        .with_item(json!({"item_id": "a"}));
    assert_eq!(status(&server, PATH).await, 503);
}
