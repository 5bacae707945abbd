//! Many calls to a service that limits the rate of requests, on paused time and at the real scale: 20 a minute.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures_util::{StreamExt, stream};

use super::*;

const ALLOWED: u32 = 20;
const WINDOW: Duration = Duration::from_secs(60);

/// How a service counts.
#[derive(Clone, Copy, Debug)]
enum Counts {
    /// A new window in each minute since the first request.
    ByWindow,
    /// The requests of the last minute.
    Sliding,
    /// A bucket of 20 that gets one more every 3 s.
    Bucket,
}

struct Service {
    counts: Counts,
    says_when: bool,
    started: Instant,
    accepted: RefCell<VecDeque<Instant>>,
    requests: Cell<u32>,
    tokens: Cell<(f64, Instant)>,
}

impl Service {
    fn new(counts: Counts, says_when: bool) -> Self {
        Service {
            counts,
            says_when,
            started: Instant::now(),
            accepted: RefCell::default(),
            requests: Cell::new(0),
            tokens: Cell::new((f64::from(ALLOWED), Instant::now())),
        }
    }

    /// How long the request came too early.
    fn excess(&self, now: Instant) -> Duration {
        let mut accepted = self.accepted.borrow_mut();
        let per = WINDOW / ALLOWED;
        let excess = match self.counts {
            Counts::ByWindow => {
                let window = |time: Instant| (time - self.started).as_secs() / WINDOW.as_secs();
                accepted.retain(|time| window(*time) == window(now));
                let end = self.started + WINDOW * (window(now) as u32 + 1);
                let is_full = accepted.len() >= ALLOWED as usize;
                if is_full { end - now } else { Duration::ZERO }
            }
            Counts::Sliding => {
                accepted.retain(|time| now - *time < WINDOW);
                match accepted.front() {
                    Some(first) if accepted.len() >= ALLOWED as usize => WINDOW - (now - *first),
                    _ => Duration::ZERO,
                }
            }
            Counts::Bucket => {
                let (tokens, last) = self.tokens.get();
                let gained = (now - last).as_secs_f64() / per.as_secs_f64();
                let tokens = (tokens + gained).min(f64::from(ALLOWED));
                let taken = if tokens >= 1.0 { 1.0 } else { 0.0 };
                self.tokens.set((tokens - taken, now));
                per.mul_f64((1.0 - tokens).max(0.0))
            }
        };
        if excess.is_zero() {
            accepted.push_back(now);
        }
        excess
    }

    async fn respond(&self) -> Result<Response, TransportError> {
        sleep(Duration::from_millis(40)).await;
        self.requests.set(self.requests.get() + 1);
        let excess = self.excess(Instant::now());
        sleep(Duration::from_millis(40)).await;
        if excess.is_zero() {
            return response(200, &[]);
        }
        let seconds = excess.as_secs_f64().ceil().to_string();
        let headers = [("retry-after", seconds.as_str())];
        response(429, if self.says_when { &headers } else { &[] })
    }
}

/// Runs many calls; returns how many of them failed, and the reasons.
async fn fetch(transport: &Transport, service: &Service, calls: u32, at_a_time: usize) -> u32 {
    let call = |_| async {
        let transport = transport.clone().patient().for_one_call();
        let (outcome, _) = transport
            .attempts(|| 0.5, || {}, || service.respond())
            .await;
        u32::from(!outcome.is_ok_and(|response| response.status == StatusCode::OK))
    };
    let calls = stream::iter(0..calls).map(call);
    let failed = calls.buffer_unordered(at_a_time);
    failed.fold(0, async |sum, failed| sum + failed).await
}

#[tokio::test(start_paused = true)]
async fn no_call_is_lost_and_the_rate_settles_at_the_allowed_one() {
    const CALLS: u32 = 2000;
    for (counts, concurrency) in [
        (Counts::ByWindow, &[1, 8, 32, 100][..]),
        (Counts::Sliding, &[1, 100]),
        (Counts::Bucket, &[1, 100]),
    ] {
        for says_when in [true, false] {
            for &at_a_time in concurrency {
                let what = format!("{counts:?}, wish {says_when}, {at_a_time} at a time");
                let transport = transport(5, 300 * SECOND);
                let service = Service::new(counts, says_when);
                let started = Instant::now();
                let failed = fetch(&transport, &service, CALLS, at_a_time).await;
                let refused = service.requests.get() - CALLS;
                let needed = WINDOW.as_secs_f64() * f64::from(CALLS) / f64::from(ALLOWED);
                let took = started.elapsed().as_secs_f64() / needed;
                println!("{what}: {refused} refused, {took:.2} of the time needed");
                assert_eq!(failed, 0, "{what}");
                assert!(
                    refused <= at_a_time as u32 + CALLS / 20,
                    "{what}: {refused}"
                );
                assert!(took < 1.15, "{what}: {took}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_refuses_everything_is_not_asked_for_ever() {
    let transport = transport(5, 300 * SECOND);
    let asked = Cell::new(0);
    let call = |_| async {
        let transport = transport.clone().patient().for_one_call();
        let refuse = || {
            asked.set(asked.get() + 1);
            ready(response(429, &[]))
        };
        let (outcome, _) = transport.attempts(|| 0.5, || {}, refuse).await;
        let report = lock(&transport.report).clone();
        assert_eq!(outcome.is_ok(), report.attempts > 0);
        assert_eq!(report.gave_up, Some(GaveUp::Refused));
    };
    let started = Instant::now();
    let calls = stream::iter(0..5000).map(call).buffer_unordered(32);
    calls.for_each(ready).await;
    assert!(asked.get() < 150, "{}", asked.get());
    assert!(started.elapsed() < 320 * SECOND, "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_request_that_alone_is_refused_does_not_hold_up_the_others() {
    let transport = transport(5, 300 * SECOND);
    let asked = Cell::new(0);
    let call = |at: u32| {
        let asked = &asked;
        let transport = transport.clone().patient().for_one_call();
        async move {
            let attempt = async || {
                asked.set(asked.get() + 1);
                sleep(Duration::from_millis(30)).await;
                response(if at == 7 { 429 } else { 200 }, &[])
            };
            let (outcome, _) = transport.attempts(|| 0.5, || {}, attempt).await;
            let status = if at == 7 { 429 } else { 200 };
            assert_eq!(outcome.unwrap().status, status);
        }
    };
    let started = Instant::now();
    let calls = stream::iter(0..5000).map(call).buffer_unordered(8);
    calls.for_each(ready).await;
    println!("{} in {:?}", asked.get(), started.elapsed());
    assert!(asked.get() <= 5012, "{}", asked.get());
    assert!(started.elapsed() < 120 * SECOND, "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_was_lifted_is_soon_forgotten() {
    let transport = transport(5, 300 * SECOND);
    let service = Service::new(Counts::ByWindow, true);
    fetch(&transport, &service, 200, 8).await;
    let started = Instant::now();
    let call = |_| async {
        let transport = transport.clone().patient().for_one_call();
        let attempt = || ready(response(200, &[]));
        transport.attempts(|| 0.5, || {}, attempt).await.0.unwrap();
    };
    let calls = stream::iter(0..2000).map(call).buffer_unordered(8);
    calls.for_each(|_| ready(())).await;
    // At the old rate it would take 100 minutes.
    assert!(started.elapsed() < 1200 * SECOND, "{:?}", started.elapsed());
}
