//! Retries on paused time: what is waited for, and what is not.

use std::cell::RefCell;
use std::future::ready;

use bytes::Bytes;
use tokio::time::sleep;

use super::*;
use crate::response::TransportError;
use crate::{ErrorKind, GaveUp, TimeoutKind};

mod shared;
mod throttled;

const SECOND: Duration = Duration::from_secs(1);

fn transport(retries: u32, deadline: Duration) -> Transport {
    let budget = Limits::default().retry_budget;
    with_budget(budget, retries, deadline)
}

fn with_budget(retry_budget: u32, max_retries: u32, deadline: Duration) -> Transport {
    let limits = Limits {
        deadline,
        max_retries,
        retry_budget,
        ..Limits::default()
    };
    Transport::new("test", limits)
}

fn request() -> Request {
    let url = "http://127.0.0.1:1/items/a".parse().unwrap();
    Request::new(reqwest::Method::GET, url)
}

fn response(status: u16, headers: &[(&'static str, &str)]) -> Result<Response, TransportError> {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()));
    Ok(Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers: headers.collect(),
        body: Bytes::new(),
    })
}

/// Runs the outcomes with the longest jitter; returns the status of the last one, or 0, the requested wait, and the
/// waits in seconds.
async fn run(
    transport: &Transport,
    outcomes: Vec<Result<Response, TransportError>>,
) -> (u16, Option<Duration>, Vec<f64>) {
    *lock(&transport.report) = CallReport::default();
    let outcomes = RefCell::new(outcomes.into_iter());
    let attempt = || ready(outcomes.borrow_mut().next().unwrap());
    let (outcome, retry_after) = transport.attempts(&request(), || 1.0, || {}, attempt).await;
    let delays = lock(&transport.report)
        .delays
        .iter()
        .map(Duration::as_secs_f64)
        .collect();
    (
        outcome.map_or(0, |response| response.status.as_u16()),
        retry_after,
        delays,
    )
}

fn failed(times: usize, status: u16) -> Vec<Result<Response, TransportError>> {
    (0..times).map(|_| response(status, &[])).collect()
}

#[tokio::test(start_paused = true)]
async fn transient_responses_are_retried_with_growing_waits() {
    for status in [408, 409, 429, 500, 502, 503, 504, 599] {
        let mut outcomes = failed(5, status);
        outcomes.push(response(200, &[]));
        let (last, _, delays) = run(&transport(5, 300 * SECOND), outcomes).await;
        assert_eq!(
            (last, delays),
            (200, vec![0.5, 1.0, 2.0, 4.0, 8.0]),
            "{status}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn retries_end_at_their_number() {
    for retries in [0, 1, 3] {
        let transport = transport(retries, 300 * SECOND);
        let (last, ..) = run(&transport, failed(1 + retries as usize, 503)).await;
        assert_eq!((last, lock(&transport.report).attempts), (503, 1 + retries));
    }
}

#[tokio::test(start_paused = true)]
async fn everything_else_is_not_retried() {
    for status in [
        200, 201, 204, 301, 400, 401, 402, 403, 404, 405, 410, 418, 422,
    ] {
        let transport = transport(5, 300 * SECOND);
        assert_eq!(run(&transport, failed(1, status)).await.0, status);
    }
    for failure in [
        TransportError::TooLarge,
        TransportError::Timeout(TimeoutKind::Deadline),
    ] {
        assert_eq!(
            run(&transport(5, 300 * SECOND), vec![Err(failure)]).await.0,
            0
        );
    }
}

#[tokio::test(start_paused = true)]
async fn timeouts_of_an_attempt_are_retried() {
    for kind in [
        TimeoutKind::Connect,
        TimeoutKind::Attempt,
        TimeoutKind::ReadIdle,
    ] {
        let outcomes = vec![Err(TransportError::Timeout(kind)), response(200, &[])];
        assert_eq!(run(&transport(5, 300 * SECOND), outcomes).await.0, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn the_service_can_overrule_the_status() {
    let no = vec![response(503, &[("x-should-retry", "false")])];
    assert_eq!(run(&transport(5, 300 * SECOND), no).await.0, 503);
    let yes = vec![
        response(400, &[("x-should-retry", "true")]),
        response(200, &[("x-should-retry", "true")]),
    ];
    assert_eq!(run(&transport(5, 300 * SECOND), yes).await.0, 200);
    let nonsense = vec![response(404, &[("x-should-retry", "maybe")])];
    assert_eq!(run(&transport(5, 300 * SECOND), nonsense).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn a_requested_wait_of_over_a_minute_is_kept() {
    let started = Instant::now();
    let outcomes = vec![
        response(503, &[("retry-after", "90.5")]),
        response(200, &[]),
    ];
    let (last, _, delays) = run(&transport(5, 300 * SECOND), outcomes).await;
    assert_eq!((last, delays), (200, vec![90.5]));
    assert_eq!(started.elapsed(), Duration::from_millis(90_500));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_does_not_fit_ends_the_call_at_once() {
    let started = Instant::now();
    let outcomes = vec![response(429, &[("retry-after", "300")])];
    let (last, retry_after, delays) = run(&transport(5, 300 * SECOND), outcomes).await;
    assert_eq!(
        (last, retry_after, delays),
        (429, Some(300 * SECOND), vec![])
    );
    assert_eq!(started.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_what_is_left_of_the_deadline() {
    let (transport, started) = (transport(5, 10 * SECOND), Instant::now());
    let seen = RefCell::new(Vec::new());
    let attempt = || {
        seen.borrow_mut().push(started.elapsed().as_secs_f64());
        async {
            sleep(2 * SECOND).await;
            response(500, &[])
        }
    };
    let (outcome, _) = transport.attempts(&request(), || 1.0, || {}, attempt).await;
    // 2 s each, with waits of 0.5, 1 and 2 s; the last attempt has no more than half a second.
    assert_eq!(*seen.borrow(), [0.0, 2.5, 5.5, 9.5]);
    assert_eq!(started.elapsed(), 10 * SECOND);
    let is_late = matches!(outcome, Err(TransportError::Timeout(TimeoutKind::Deadline)));
    assert!(is_late, "{outcome:?}");
}
