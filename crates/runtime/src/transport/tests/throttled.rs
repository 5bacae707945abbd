//! Many calls to a service that limits the rate of requests, on paused time and at the real scale: 20 a minute, and others.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures_util::{StreamExt, stream};

use super::*;
use crate::retry::random;

/// How a service counts.
#[derive(Clone, Copy, Debug)]
enum Counts {
    /// A new window after the last one, from the first request on.
    ByWindow,
    /// The requests of the time before each request.
    Sliding,
    /// A bucket that is filled evenly.
    Bucket,
    /// Requests under way.
    Concurrent,
    /// Of ten requests it refuses one, by chance, as an instance that is about to stop.
    Shedding,
}

/// What a service says when it refuses a request.
#[derive(Clone, Copy, Debug)]
enum Says {
    /// 429 and nothing else.
    Nothing,
    /// 429, and when to come back.
    When,
    /// 429, and to come back at once.
    Zero,
    /// 429, and the time at which the window began.
    Past,
    /// 429, and when to come back as a date, by a clock that is an hour late.
    Date,
    /// 503, and when to come back.
    Unavailable,
}

/// How many requests a service allows in which time.
#[derive(Clone, Copy, Debug)]
struct Plan {
    counts: Counts,
    allowed: u32,
    window: Duration,
}

const FREE: Plan = Plan {
    counts: Counts::ByWindow,
    allowed: 20,
    window: Duration::from_secs(60),
};

struct Service {
    plan: Plan,
    says: Says,
    started: Instant,
    accepted: RefCell<VecDeque<Instant>>,
    requests: Cell<u32>,
    under_way: Cell<u32>,
    tokens: Cell<(f64, Instant)>,
}

impl Service {
    fn new(plan: Plan, says: Says) -> Self {
        Service {
            plan,
            says,
            started: Instant::now(),
            accepted: RefCell::default(),
            requests: Cell::new(0),
            under_way: Cell::new(0),
            tokens: Cell::new((f64::from(plan.allowed), Instant::now())),
        }
    }

    /// How long the request came too early.
    fn excess(&self, now: Instant) -> Duration {
        let mut accepted = self.accepted.borrow_mut();
        let Plan {
            counts,
            allowed,
            window: length,
        } = self.plan;
        let per = length / allowed;
        let excess = match counts {
            Counts::ByWindow => {
                let window = |time: Instant| (time - self.started).as_nanos() / length.as_nanos();
                accepted.retain(|time| window(*time) == window(now));
                let end = self.started + length * (window(now) as u32 + 1);
                let is_full = accepted.len() >= allowed as usize;
                if is_full { end - now } else { Duration::ZERO }
            }
            Counts::Sliding => {
                accepted.retain(|time| now - *time < length);
                match accepted.front() {
                    Some(first) if accepted.len() >= allowed as usize => length - (now - *first),
                    _ => Duration::ZERO,
                }
            }
            Counts::Bucket => {
                let (tokens, last) = self.tokens.get();
                let gained = (now - last).as_secs_f64() / per.as_secs_f64();
                let tokens = (tokens + gained).min(f64::from(allowed));
                let taken = if tokens >= 1.0 { 1.0 } else { 0.0 };
                self.tokens.set((tokens - taken, now));
                per.mul_f64((1.0 - tokens).max(0.0))
            }
            Counts::Concurrent if self.under_way.get() <= allowed => Duration::ZERO,
            Counts::Shedding if random() < 0.9 => Duration::ZERO,
            Counts::Concurrent | Counts::Shedding => length,
        };
        if excess.is_zero() {
            accepted.push_back(now);
        }
        excess
    }

    async fn respond(&self) -> Result<Response, TransportError> {
        sleep(Duration::from_millis(40)).await;
        self.requests.set(self.requests.get() + 1);
        self.under_way.set(self.under_way.get() + 1);
        let excess = self.excess(Instant::now());
        sleep(Duration::from_millis(40)).await;
        self.under_way.set(self.under_way.get() - 1);
        if excess.is_zero() {
            return response(200, &[]);
        }
        let seconds = excess.as_secs_f64().ceil();
        let number = seconds.to_string();
        let clock = std::time::SystemTime::now() - Duration::from_secs(3600);
        let date = |time| httpdate::fmt_http_date(time);
        let (now, then) = (date(clock), date(clock + Duration::from_secs_f64(seconds)));
        let past = date(clock - self.plan.window);
        match self.says {
            Says::Nothing => response(429, &[]),
            Says::When => response(429, &[("retry-after", &number)]),
            Says::Zero => response(429, &[("retry-after", "0")]),
            Says::Past => response(429, &[("retry-after", &past)]),
            Says::Date => response(429, &[("date", &now), ("retry-after", &then)]),
            Says::Unavailable => response(503, &[("retry-after", &number)]),
        }
    }
}

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
        (FREE, &[Unavailable], &[1, 8, 32, 100]),
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

fn of(counts: Counts, allowed: u32, millis: u64) -> Plan {
    let window = Duration::from_millis(millis);
    Plan {
        counts,
        allowed,
        window,
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
    let (wasted, longest) = match plan.window < FREE.window {
        true => (CALLS / 5, 1.5),
        false => (CALLS / 20, 1.15),
    };
    assert!(refused <= at_a_time as u32 + wasted, "{what}: {refused}");
    assert!(took < longest, "{what}: {took}");
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
        let (outcome, _) = transport.attempts(&request(), || 0.5, || {}, refuse).await;
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
            let (outcome, _) = transport.attempts(&request(), || 0.5, || {}, attempt).await;
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
