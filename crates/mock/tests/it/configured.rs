//! Responses that a test or a client has requested: sequences, failures, delays, broken bodies.

use std::time::{Duration, Instant};

use processing_results_mock::Response;

use crate::support::{ITEM, call, response, text, with_item};

#[tokio::test]
async fn responses_come_in_order_and_then_the_usual_one() {
    let html = Response::new(502)
        .header("content-type", "text/html")
        .body("<h1>");
    let server = with_item()
        .await
        .respond_with([Response::from(500), Response::new(204), html])
        .respond_to("i", [503, 200])
        .respond_to("i", [Response::new(429).header("retry-after", "7")]);
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let response = call(&server, "i", "").send().await.unwrap();
        let status = response.status().as_u16();
        statuses.push(status);
        let header = |name| response.headers().get(name).cloned();
        match status {
            429 => assert_eq!(header("retry-after").unwrap(), "7"),
            502 => assert_eq!(header("content-type").unwrap(), "text/html"),
            204 => assert_eq!(header("content-length"), None),
            _ => assert_eq!(header("content-type").unwrap(), "application/json"),
        }
        let body = response.text().await.unwrap();
        match status {
            200 => assert_eq!(body, ITEM),
            502 => assert_eq!(body, "<h1>"),
            204 => assert_eq!(body, ""),
            _ => assert!(body.starts_with(r#"{"detail":""#), "{body}"),
        }
    }
    assert_eq!(statuses, [503, 200, 429, 500, 204, 502, 200]);
}

#[tokio::test]
async fn a_200_in_a_sequence_is_still_checked() {
    let ok = Response::new(200).header("x-mine", "1");
    let server = with_item().await.respond_with([ok.clone(), ok]);
    let found = call(&server, "i", "").send().await.unwrap();
    assert_eq!(found.headers()["x-mine"], "1");
    assert_eq!(found.text().await.unwrap(), ITEM);
    assert_eq!(response(call(&server, "other", "")).await.0, 404);
}

#[tokio::test]
async fn an_item_can_ask_for_responses_itself() {
    let server = with_item()
        .await
        .with_item(r#"{"b": 1.0, "item_id": "r", "respond": [503, 200, 418], "a": 2}"#);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(response(call(&server, "r", "")).await.0);
    }
    assert_eq!(statuses, [503, 200, 418, 200]);
    let body = text(call(&server, "r", "")).await;
    assert_eq!(body, r#"{"b":1.0,"item_id":"r","a":2}"#);
}

#[tokio::test]
async fn a_client_can_ask_for_failures() {
    let server = with_item().await.respond_with([503]);
    let prefer = |prefer: &'static str| call(&server, "i", "").header("prefer", prefer);
    assert_eq!(response(prefer("code=429")).await.0, 429);
    let (status, body) = response(prefer("example=drift")).await;
    assert_eq!(status, 503, "the sequence is still to come: {body}");
    let (_, body) = response(prefer("respond-async, Example=\"drift\"; foo=bar")).await;
    assert_eq!(body["item_id"], "drift-0001");
    let (_, body) =
        response(call(&server, "i", "?job_type=classify").header("prefer", "example=history"))
            .await;
    assert_eq!(body["processing_results"].as_array().unwrap().len(), 1);
    let started = Instant::now();
    assert_eq!(response(prefer("delay=0.2,code=404")).await.0, 404);
    assert!(started.elapsed() >= Duration::from_millis(200));
    for nonsense in [
        "code=99",
        "code=101",
        "code=600",
        "code=1000",
        "code=x",
        "example=x",
    ] {
        let response = prefer(nonsense).send().await.unwrap();
        assert_eq!(response.headers()["x-should-retry"], "false");
        assert_eq!(response.status(), 500);
        assert!(response.text().await.unwrap().contains("mock: "));
    }
    assert_eq!(
        response(prefer("delay=-1, delay, =, handling=lenient"))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn delays_add_up() {
    let second = Duration::from_millis(150);
    let server = with_item()
        .await
        .respond_with([Response::new(200).delay(second)])
        .delay(Duration::from_millis(100));
    for at_least in [250, 100] {
        let started = Instant::now();
        assert_eq!(response(call(&server, "i", "")).await.0, 200);
        assert!(started.elapsed() >= Duration::from_millis(at_least));
    }
}

#[tokio::test(start_paused = true)]
async fn paused_time_does_not_wait_for_a_delay() {
    let server = with_item().await.delay(Duration::from_secs(86_400));
    let started = Instant::now();
    assert_eq!(response(call(&server, "i", "")).await.0, 200);
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[tokio::test]
async fn a_truncated_body_announces_more_than_it_sends() {
    let server = with_item()
        .await
        .respond_with([Response::new(200).truncate_body(5)])
        .respond_with([Response::new(200).truncate_body(100_000)]);
    let mut response = call(&server, "i", "").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.content_length(), Some(ITEM.len() as u64));
    assert_eq!(response.chunk().await.unwrap().unwrap(), ITEM[..5]);
    response.chunk().await.unwrap_err();

    assert_eq!(text(call(&server, "i", "")).await, ITEM);
    let server = server.truncate_body(0);
    let response = call(&server, "i", "").send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.bytes().await.unwrap_err();
}
