//! A service that limits requests, as services do it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::*;

/// How a service counts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counts {
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
pub(super) enum Says {
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
    /// 429 and nothing else to one request, 503 and when to come back to the next.
    Either,
}

/// How many requests a service allows in which time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    counts: Counts,
    pub(super) allowed: u32,
    pub(super) window: Duration,
}

impl Plan {
    pub(super) fn refuses_by_chance(&self) -> bool {
        matches!(self.counts, Counts::Shedding)
    }
}

pub(super) const FREE: Plan = Plan {
    counts: Counts::ByWindow,
    allowed: 20,
    window: Duration::from_secs(60),
};

pub(super) struct Service {
    plan: Plan,
    says: Says,
    started: Instant,
    accepted: RefCell<VecDeque<Instant>>,
    pub(super) requests: Cell<u32>,
    under_way: Cell<u32>,
    tokens: Cell<(f64, Instant)>,
}

impl Service {
    pub(super) fn new(plan: Plan, says: Says) -> Self {
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

    /// True of one request in ten, the same ones each time.
    fn draws_lot(&self) -> bool {
        let mut hasher = DefaultHasher::new();
        self.requests.get().hash(&mut hasher);
        hasher.finish().is_multiple_of(10)
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
            Counts::Shedding if !self.draws_lot() => Duration::ZERO,
            Counts::Concurrent | Counts::Shedding => length,
        };
        if excess.is_zero() {
            accepted.push_back(now);
        }
        excess
    }

    pub(super) async fn respond(&self) -> Result<Response, TransportError> {
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
            Says::Either if self.requests.get().is_multiple_of(2) => response(429, &[]),
            Says::Unavailable | Says::Either => response(503, &[("retry-after", &number)]),
        }
    }
}

pub(super) fn of(counts: Counts, allowed: u32, millis: u64) -> Plan {
    let window = Duration::from_millis(millis);
    Plan {
        counts,
        allowed,
        window,
    }
}
