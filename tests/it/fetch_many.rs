//! Many items at a time, against the local server.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use processing_results::{Client, ClientBuilder, JobType};
use processing_results_mock as mock;
use serde_json::json;

fn item(at: usize) -> String {
    format!("item-{at:03}")
}

/// A server with this number of items, and a client of it.
async fn collection(count: usize) -> (mock::Server, ClientBuilder) {
    let server = mock::Server::start_empty().await.unwrap();
    for at in 0..count {
        let json = json!({"item_id": item(at), "item_name": format!("{at}.pdf")});
        server.set_item(json).unwrap();
    }
    let client = Client::builder()
        .api_key(mock::API_KEY)
        .base_url(server.base_url());
    (server, client)
}

#[tokio::test]
async fn every_id_gets_its_own_result_and_a_failure_ends_nothing() {
    let (server, client) = collection(50).await;
    let server = server.respond_to("item-007", [403]);
    let client = client.build().unwrap();
    let ids = (0..52).map(item).chain(["a/b".to_owned()]);
    let mut responses = client.fetch_many(ids).concurrency(9).collect().await;
    responses.sort_by(|one, other| one.0.cmp(&other.0));

    assert_eq!(responses.len(), 53);
    for (id, response) in responses {
        match (id.as_str(), response) {
            ("item-007", response) => assert!(response.unwrap_err().is_forbidden()),
            ("item-050" | "item-051", response) => assert!(response.unwrap_err().is_not_found()),
            ("a/b", response) => assert!(response.unwrap_err().is_invalid_request()),
            (_, response) => assert_eq!(response.unwrap().item_id, id),
        }
    }
    assert_eq!(server.requests().len(), 52);
}

#[tokio::test]
async fn results_come_as_calls_end_or_in_the_order_of_the_ids() {
    let (server, client) = collection(6).await;
    let slow = mock::Response::new(200).delay(Duration::from_millis(300));
    let server = server.respond_to("item-000", [slow.clone(), slow]);
    let client = client.build().unwrap();
    let many = || client.fetch_many((0..6).map(item)).concurrency(3);
    let ids =
        |responses: Vec<(String, _)>| responses.into_iter().map(|it| it.0).collect::<Vec<_>>();

    let as_they_end = ids(many().collect().await);
    assert_eq!(as_they_end.last(), Some(&item(0)));
    let in_order = ids(many().ordered(true).collect().await);
    assert_eq!(in_order, (0..6).map(item).collect::<Vec<_>>());
    assert_eq!(server.requests().len(), 12);
}

#[tokio::test]
async fn ids_are_taken_only_as_calls_end() {
    let (_server, client) = collection(1).await;
    let client = client.build().unwrap();
    for ordered in [false, true] {
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = taken.clone();
        // The source is endless: a stream that read all of it first would never end.
        let ids = stream::repeat_with(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            item(0)
        });
        let many = client.fetch_many_from(ids).concurrency(4).ordered(ordered);
        let mut responses = many.stream();
        for done in 1..=100 {
            let (_, response) = responses.next().await.unwrap();
            assert!(response.is_ok());
            assert!(taken.load(Ordering::Relaxed) <= done + 4);
        }
    }
}

#[tokio::test]
async fn no_more_calls_than_the_concurrency_are_under_way() {
    for calls in [0, 1, 5] {
        let (server, client) = collection(12).await;
        let server = server.delay(Duration::from_millis(60));
        let client = client.build().unwrap();
        let started = Instant::now();
        let responses = client.fetch_many((0..12).map(item)).concurrency(calls);
        let mut responses = responses.stream();
        while let Some((_, response)) = responses.next().await {
            assert!(response.is_ok());
        }
        let rounds = 12_usize.div_ceil(calls.max(1)) as u32;
        assert!(started.elapsed() >= Duration::from_millis(60) * rounds);
        assert_eq!(server.requests().len(), 12);
    }
}

#[tokio::test]
async fn dropping_the_stream_ends_the_calls() {
    let (server, client) = collection(100).await;
    let server = server.delay(Duration::from_millis(20));
    let client = client.build().unwrap();
    {
        let mut responses = client
            .fetch_many((0..100).map(item))
            .concurrency(4)
            .stream();
        assert!(responses.next().await.unwrap().1.is_ok());
    }
    let requests = server.requests().len();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(requests < 12, "{requests}");
    assert_eq!(server.requests().len(), requests);
}

#[tokio::test]
async fn settings_of_a_request_are_those_of_each() {
    let (server, client) = collection(3).await;
    let client = client.project_id("prj-1").build().unwrap();
    let many = client
        .fetch_many((0..3).map(item))
        .job_type(JobType::Extract)
        .each(|request| request.organization_id("org-1"));
    assert!(format!("{many:?}").contains("org-1"));
    assert_eq!(many.collect().await.len(), 3);
    for request in server.requests() {
        let query = request.query.unwrap();
        for part in [
            "job_type=extract",
            "project_id=prj-1",
            "organization_id=org-1",
        ] {
            assert!(query.contains(part), "{query}");
        }
    }
}

#[tokio::test]
async fn a_pause_longer_than_the_deadline_costs_no_item() {
    let (server, client) = collection(10).await;
    let limited = mock::Response::new(429).header("retry-after", "1");
    let server = server.respond_to("item-000", [limited]);
    let client = client.deadline(Duration::from_millis(500)).build().unwrap();
    let started = Instant::now();
    let responses = client
        .fetch_many((0..10).map(item))
        .concurrency(1)
        .collect()
        .await;

    assert!(responses.iter().all(|(_, response)| response.is_ok()));
    assert!(started.elapsed() >= Duration::from_millis(990));
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn a_rate_counts_retries_too() {
    let (mut server, client) = collection(20).await;
    for at in 0..20 {
        server = server.respond_to(&item(at), [503]);
    }
    let client = client.build().unwrap();
    let started = Instant::now();
    let many = client.fetch_many((0..20).map(item)).concurrency(20);
    let responses = many.rate_limit(20, Duration::from_secs(1)).collect().await;

    assert!(responses.iter().all(|(_, response)| response.is_ok()));
    assert_eq!(server.requests().len(), 40);
    // Without them the last one would be sent within 0.95 s, and again 0.5 s later at most.
    let elapsed = started.elapsed();
    assert!(elapsed >= Duration::from_millis(1940), "{elapsed:?}");
}

#[tokio::test]
async fn a_rate_of_the_client_is_that_of_all_its_calls() {
    let (server, client) = collection(10).await;
    let client = client
        .rate_limit(20, Duration::from_secs(1))
        .build()
        .unwrap();
    let started = Instant::now();
    let other = client.clone();
    let one = async { client.fetch_many((0..5).map(item)).collect().await };
    let two = async {
        for at in 5..10 {
            other.processing_results(item(at)).send().await.unwrap();
        }
    };
    tokio::join!(one, two);
    assert_eq!(server.requests().len(), 10);
    let elapsed = started.elapsed();
    assert!(elapsed >= Duration::from_millis(440), "{elapsed:?}");
}

/// Requests and streams own what they need.
#[tokio::test]
async fn calls_and_streams_outlive_their_client() {
    let (_server, client) = collection(3).await;
    let client = client.build().unwrap();
    let call = tokio::spawn(client.processing_results(item(0)).send());
    let ids = (0..3).map(item);
    let body = axum::body::Body::from_stream(
        client
            .fetch_many(ids)
            .stream()
            .map(|(_, history)| history.map(|history| history.item_name.clone())),
    );
    drop(client);
    assert_eq!(call.await.unwrap().unwrap().item_id, item(0));
    let bytes = axum::body::to_bytes(body, 1000).await.unwrap();
    assert_eq!(bytes.len(), "0.pdf".len() * 3);
}
