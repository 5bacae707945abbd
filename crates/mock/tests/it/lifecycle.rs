//! What a server remembers, how its items change, and how it ends.

use std::time::Duration;

use processing_results_mock::{API_KEY, Response, Server};
use reqwest::{Client, header};
use serde_json::json;

use crate::support::{ITEM, call, response, soon, text, url, with_item};

#[tokio::test]
async fn requests_are_remembered_as_they_were_and_without_credentials() {
    let server = with_item().await;
    let request = call(&server, "%69%2F..%5c%20é", "?job_type=%70arse&a=%2B+");
    let request = request.header(header::COOKIE, "a=hush; session=hush; hush");
    response(request).await;
    response(call(&server, "plain", "").header("authorization", "hush")).await;
    let [first, second] = &server.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!(first.method, "GET");
    assert_eq!(
        first.path,
        "/api/v1/beta/batch-processing/items/%69%2F..%5c%20%C3%A9/processing-results"
    );
    assert_eq!(first.query.as_deref(), Some("job_type=%70arse&a=%2B+"));
    assert_eq!(first.headers["authorization"], "Bearer ***");
    assert_eq!(first.headers["cookie"], "a=***; session=***; ***");
    assert_eq!(second.query, None);
    let shown = format!("{:?}", server.requests());
    assert!(
        !shown.contains("hush") && !shown.contains(API_KEY),
        "{shown}"
    );
}

#[tokio::test]
async fn an_id_is_one_segment_and_decoded_once() {
    let id = "a/b \\..%2F?#é";
    let server = with_item().await.with_item(json!({"item_id": id}));
    let encoded = "a%2Fb%20%5C..%252F%3F%23%C3%A9";
    assert_eq!(response(call(&server, encoded, "")).await.1["item_id"], id);
    assert_eq!(response(call(&server, "%FF", "")).await.0, 404);
}

#[tokio::test]
async fn an_unusable_item_is_reported_to_its_author() {
    let server = with_item().await;
    for bad in [
        "",
        "[]",
        "{}",
        r#"{"item_id": 1}"#,
        r#"{"item_id": ""}"#,
        r#"{"item_id": "x", "respond": 503}"#,
    ] {
        server.set_item(bad).unwrap_err();
    }
    assert_eq!(text(call(&server, "i", "")).await, ITEM);
    // The mark of an editor on Windows is not a part of the item.
    server.set_item(format!("\u{feff}{ITEM}")).unwrap();
    assert_eq!(text(call(&server, "i", "")).await, ITEM);
    let server = server.with_item(json!({"item_name": "without"}));
    let (status, body) = response(call(&server, "i", "")).await;
    assert_eq!(status, 500);
    let said = "mock: with_item: the item has no string `item_id`";
    assert_eq!(body, json!({"detail": said}));
    let (_, body) = response(call(
        &with_item()
            .await
            .respond_with([Response::new(200).header("a b", "")]),
        "i",
        "",
    ))
    .await;
    assert!(
        body["detail"].as_str().unwrap().contains("\"a b\""),
        "{body}"
    );
}

#[tokio::test]
async fn items_change_while_it_runs() {
    let server = with_item().await;
    server.set_item(r#"{"item_id": "i", "new": 1}"#).unwrap();
    assert_eq!(response(call(&server, "i", "")).await.1["new"], 1);
    assert!(server.remove_item("i") && !server.remove_item("i"));
    assert_eq!(response(call(&server, "i", "")).await.0, 404);
}

#[tokio::test]
async fn dropping_it_stops_it_whatever_is_under_way() {
    let server = with_item()
        .await
        .respond_to("slow", [Response::new(200).delay(Duration::MAX)]);
    let http = Client::new();
    let place = url(&server, "i/processing-results");
    let idle = http.get(&place).bearer_auth(API_KEY);
    assert_eq!(response(idle.try_clone().unwrap()).await.0, 200);
    let slow = tokio::spawn(call(&server, "slow", "").send());
    while server.requests().len() < 2 {
        tokio::task::yield_now().await;
    }
    // From a thread without a runtime.
    std::thread::spawn(move || drop(server)).join().unwrap();
    soon(slow).await.unwrap().unwrap_err();
    soon(idle.send()).await.unwrap_err();
}

#[tokio::test]
async fn shutting_down_responds_to_what_has_arrived() {
    let server = with_item().await.delay(Duration::from_millis(100));
    let place = url(&server, "i/processing-results");
    let slow = tokio::spawn(response(call(&server, "i", "")));
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    soon(server.shutdown()).await;
    assert_eq!(slow.await.unwrap().0, 200);
    assert!(
        Client::new()
            .get(place)
            .send()
            .await
            .unwrap_err()
            .is_connect()
    );
}

#[tokio::test]
async fn a_taken_address_is_an_error() {
    let server = Server::start_empty().await.unwrap();
    let address = server.base_url().trim_start_matches("http://");
    let address: std::net::SocketAddr = address.parse().unwrap();
    let error = Server::bind(address).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}
