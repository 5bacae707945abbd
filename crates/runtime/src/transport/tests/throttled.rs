//! Many calls to a service that limits the rate of requests, on paused time and at the real scale: 20 a minute, and others.

use std::cell::Cell;

use futures_util::{StreamExt, stream};

use self::service::{Counts, FREE, Plan, Says, Service, of};
use super::*;

mod service;

/// Runs many calls; returns how many of them failed, and the reasons.
async fn fetch(transport: &Transport, service: &Service, calls: u32, at_a_time: usize) -> u32 {
    let call = |_| async {
        let transport = transport.clone().patient().for_one_call();
        let (outcome, _) = transport
            .attempts(&request(), || 0.5, || {}, || service.respond())
            .await;
        u32::from(!outcome.is_ok_and(|response| response.status == StatusCode::OK))
    };
    let calls = stream::iter(0..calls).map(call);
    let failed = calls.buffer_unordered(at_a_time);
    failed.fold(0, async |sum, failed| sum + failed).await
}

#[tokio::test(start_paused = true)]
async fn no_call_is_lost_and_the_rate_settles_at_the_allowed_one() {
    use Says::*;
    for (plan, says, at_a_time) in [
        (FREE, &[When, Nothing][..], &[1, 8, 32, 100][..]),
        (FREE, &[Unavailable, Either], &[1, 8, 32, 100]),
        (FREE, &[Zero, Past, Date], &[8, 100]),
        (of(Counts::Sliding, 20, 60_000), &[When, Nothing], &[1, 100]),
        (of(Counts::Bucket, 20, 60_000), &[When, Nothing], &[1, 100]),
        (
            of(Counts::ByWindow, 5, 1000),
            &[When, Nothing, Unavailable],
            &[1, 8, 100],
        ),
        (of(Counts::Sliding, 5, 1000), &[When, Nothing], &[8, 100]),
        (of(Counts::Bucket, 5, 1000), &[When, Nothing], &[8, 100]),
        (of(Counts::Sliding, 5, 1000), &[Unavailable], &[1, 2]),
        (of(Counts::Bucket, 5, 1000), &[Unavailable], &[1]),
        (of(Counts::ByWindow, 3, 10_000), &[Unavailable], &[1]),
        (
            of(Counts::ByWindow, 100, 10_000),
            &[Either, Unavailable],
            &[1, 32],
        ),
        (of(Counts::Bucket, 1, 1000), &[When, Nothing], &[8]),
        (of(Counts::Concurrent, 4, 160), &[When, Nothing], &[8, 32]),
        (of(Counts::Shedding, 20, 1000), &[Unavailable], &[8, 32]),
    ] {
        for says in says {
            for at_a_time in at_a_time {
                arrives(plan, *says, *at_a_time).await;
            }
        }
    }
}

async fn arrives(plan: Plan, says: Says, at_a_time: usize) {
    const CALLS: u32 = 2000;
    let what = format!("{plan:?}, {says:?}, {at_a_time} at a time");
    let transport = transport(5, 300 * SECOND);
    let service = Service::new(plan, says);
    let started = Instant::now();
    let failed = fetch(&transport, &service, CALLS, at_a_time).await;
    let refused = service.requests.get() - CALLS;
    let needed = plan.window.as_secs_f64() * f64::from(CALLS) / f64::from(plan.allowed);
    let took = started.elapsed().as_secs_f64() / needed;
    println!("{what}: {failed} failed, {refused} refused, {took:.2} of the time needed");
    assert_eq!(failed, 0, "{what}");
    // A wait that is rounded up to seconds costs much of a short window.
    let longest = if plan.window < FREE.window { 1.5 } else { 1.15 };
    let wasted = if plan.refuses_by_chance() {
        CALLS / 5
    } else {
        CALLS / 20
    };
    assert!(refused <= at_a_time as u32 + wasted, "{what}: {refused}");
    assert!(took < longest, "{what}: {took}");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_refuses_everything_is_not_called_for_ever() {
    let transport = transport(5, 300 * SECOND);
    let requests = Cell::new(0);
    let call = |_| async {
        let transport = transport.clone().patient().for_one_call();
        let refuse = || {
            requests.set(requests.get() + 1);
            ready(response(429, &[]))
        };
        let (outcome, _) = transport.attempts(&request(), || 0.5, || {}, refuse).await;
        let report = lock(&transport.report).clone();
        assert_eq!(outcome.is_ok(), report.attempts > 0);
        assert_eq!(report.gave_up, Some(GaveUp::Refused));
    };
    let started = Instant::now();
    let calls = stream::iter(0..5000).map(call).buffer_unordered(32);
    calls.for_each(ready).await;
    assert!(requests.get() < 150, "{}", requests.get());
    assert!(started.elapsed() < 320 * SECOND, "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_request_that_alone_is_refused_does_not_hold_up_the_others() {
    let transport = transport(5, 300 * SECOND);
    let requests = Cell::new(0);
    let call = |at: u32| {
        let requests = &requests;
        let transport = transport.clone().patient().for_one_call();
        async move {
            let attempt = async || {
                requests.set(requests.get() + 1);
                sleep(Duration::from_millis(30)).await;
                response(if at == 7 { 429 } else { 200 }, &[])
            };
            let (outcome, _) = transport.attempts(&request(), || 0.5, || {}, attempt).await;
            let status = if at == 7 { 429 } else { 200 };
            assert_eq!(outcome.unwrap().status, status);
        }
    };
    let started = Instant::now();
    let calls = stream::iter(0..5000).map(call).buffer_unordered(8);
    calls.for_each(ready).await;
    println!("{} in {:?}", requests.get(), started.elapsed());
    assert!(requests.get() <= 5012, "{}", requests.get());
    assert!(started.elapsed() < 120 * SECOND, "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_was_lifted_is_soon_forgotten() {
    let transport = transport(5, 300 * SECOND);
    let service = Service::new(FREE, Says::When);
    fetch(&transport, &service, 200, 8).await;
    let started = Instant::now();
    let call = |_| async {
        let transport = transport.clone().patient().for_one_call();
        let attempt = || ready(response(200, &[]));
        transport
            .attempts(&request(), || 0.5, || {}, attempt)
            .await
            .0
            .unwrap();
    };
    let calls = stream::iter(0..2000).map(call).buffer_unordered(8);
    calls.for_each(|_| ready(())).await;
    // At the old rate it would take 100 minutes.
    assert!(started.elapsed() < 1200 * SECOND, "{:?}", started.elapsed());
}
