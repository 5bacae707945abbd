//! What clones share, on paused time: the pause of the service, the budget for retries, and the client's rate limit.

use super::*;

#[tokio::test(start_paused = true)]
async fn every_clone_waits_when_one_has_to() {
    let first = transport(0, 300 * SECOND);
    let other = first.clone().for_one_call();
    run(&first, vec![response(429, &[("retry-after", "20")])]).await;
    let started = Instant::now();
    let (last, _, delays) = run(&other, vec![response(200, &[])]).await;
    assert_eq!(
        (last, delays, started.elapsed()),
        (200, vec![20.0], 20 * SECOND)
    );

    // A 429 without a wait pauses others as well.
    run(&first, vec![response(429, &[])]).await;
    let (.., delays) = run(&other, vec![response(200, &[])]).await;
    assert_eq!(delays, [0.5]);
}

/// Otherwise it concerns this response alone.
#[tokio::test(start_paused = true)]
async fn the_third_503_in_a_row_that_says_how_long_is_for_every_clone() {
    for (times, wish, paused) in [
        (2, &[("retry-after", "30")][..], &[][..]),
        (3, &[("retry-after", "30")], &[30.0]),
        (3, &[], &[]),
    ] {
        let first = transport(0, 300 * SECOND);
        let other = first.clone().for_one_call();
        for _ in 0..times {
            run(&first, vec![response(503, wish)]).await;
        }
        let (.., delays) = run(&other, vec![response(200, &[])]).await;
        assert_eq!(delays, paused, "{times} {wish:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_service_may_ask_for_is_bounded() {
    for status in [429, 503] {
        let (first, started) = (transport(5, 300 * SECOND), Instant::now());
        let other = first.clone().for_one_call();
        let year = response(status, &[("retry-after", "31536000")]);
        let (last, retry_after, delays) = run(&first, vec![year]).await;
        let year = 31_536_000 * SECOND;
        assert_eq!((last, retry_after, delays), (status, Some(year), vec![]));
        let why = lock(&first.report).gave_up;
        assert_eq!(why, Some(GaveUp::MaxRetryAfter));
        // The pause of the others ends as well.
        let (last, ..) = run(&other, vec![response(200, &[])]).await;
        let paused = if status == 429 { 120 } else { 0 };
        assert_eq!((last, started.elapsed()), (200, paused * SECOND));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_says_why_it_gave_up() {
    let gave_up = async |transport: Transport, outcomes| {
        run(&transport, outcomes).await;
        let report = lock(&transport.report).clone();
        report.gave_up
    };
    let retries = gave_up(transport(1, 300 * SECOND), failed(2, 503)).await;
    assert_eq!(retries, Some(GaveUp::MaxRetries));
    let budget = with_budget(2, 5, 300 * SECOND);
    assert_eq!(
        gave_up(budget, failed(3, 503)).await,
        Some(GaveUp::RetryBudget)
    );
    let deadline = gave_up(transport(5, SECOND), failed(2, 503)).await;
    assert_eq!(deadline, Some(GaveUp::Deadline));
    let settled = vec![response(503, &[]), response(404, &[])];
    assert_eq!(gave_up(transport(5, 300 * SECOND), settled).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_the_service_asked_for_costs_nothing_of_the_budget() {
    for status in [429, 503] {
        let transport = with_budget(0, 5, 300 * SECOND);
        let outcomes = vec![
            response(status, &[("retry-after", "1")]),
            response(200, &[]),
        ];
        assert_eq!(run(&transport, outcomes).await.0, 200, "{status}");
    }
    let transport = with_budget(0, 5, 300 * SECOND);
    let outcomes = vec![response(429, &[]), response(200, &[])];
    assert_eq!(run(&transport, outcomes).await.0, 200);
}

/// A call that waited for its turn needed no retry, and so gives something back.
#[tokio::test(start_paused = true)]
async fn a_rate_limit_does_not_keep_the_budget_from_recovering() {
    let transport = with_budget(1, 5, 300 * SECOND).patient();
    for _ in 0..3 {
        let outage = vec![response(500, &[]), response(200, &[])];
        assert_eq!(run(&transport, outage).await.0, 200);
        for _ in 0..5 {
            let limited = vec![response(429, &[]), response(200, &[])];
            assert_eq!(run(&transport, limited).await.0, 200);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_beyond_the_deadline_is_an_error_without_a_request() {
    let transport = transport(5, 30 * SECOND);
    run(&transport, vec![response(429, &[("retry-after", "40")])]).await;
    *lock(&transport.report) = CallReport::default();
    let attempt = || async { unreachable!("nothing may be sent") };
    let (outcome, retry_after) = transport.attempts(&request(), || 1.0, || {}, attempt).await;
    let failure = outcome.err().unwrap();
    let report = lock(&transport.report).clone();
    let error = Error::from_transport(failure, &transport.limits, retry_after, report);
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 0)
    );
    assert_eq!(error.retry_after(), Some(40 * SECOND));
    assert!(error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn an_outage_does_not_multiply_the_load() {
    let transport = transport(5, 300 * SECOND);
    let mut attempts = 0;
    for _ in 0..1000 {
        run(&transport, failed(6, 503)).await;
        attempts += lock(&transport.report).attempts;
    }
    // 1,000 calls and the budget's 100 retries, not 6,000 requests.
    assert_eq!(attempts, 1100);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_of_the_client_is_waited_for_within_the_deadline() {
    let limiter = RateLimiter::new(1, 60 * SECOND);
    let transport = transport(5, 70 * SECOND).with_client_rate_limiter(limiter);
    for waits in [&[][..], &[60.0]] {
        let (last, _, delays) = run(&transport, vec![response(200, &[])]).await;
        assert_eq!((last, &delays[..]), (200, waits));
    }
    let transport = { transport }.with_rate_limiter(RateLimiter::new(1, 100 * SECOND));
    let (last, ..) = run(&transport, vec![response(200, &[])]).await;
    assert_eq!(last, 200);
    let started = Instant::now();
    let attempt = || async { unreachable!("nothing may be sent") };
    let (outcome, wish) = transport.attempts(&request(), || 1.0, || {}, attempt).await;
    let report = lock(&transport.report).clone();
    let error = Error::from_transport(outcome.err().unwrap(), &transport.limits, wish, report);
    assert_eq!(
        error.to_string(),
        "the client's own rate limit lets the request go later than the deadline of 70 s; \
        the next attempt would come after the deadline; raise the deadline to wait longer"
    );
    assert!(error.is_timeout() && error.is_retryable());
    // At once, or when the first limit has let it go.
    assert!(started.elapsed() <= 60 * SECOND);

    // It is the caller's own wish for many calls.
    let many = { transport }.patient().for_one_call();
    assert_eq!(run(&many, vec![response(200, &[])]).await.0, 200);
}
