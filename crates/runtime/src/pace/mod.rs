//! What all clones of a client know about how fast the service lets them go.
//!
//! No request waits until the service refuses one with 429. Then all clones pause for as long as the service asked, or
//! else for a time that grows with each refusal, and one request at a time tests whether the pause is over. Once one is
//! accepted, requests follow each other at the rate at which the service has accepted them, a little slower at first and
//! then faster and faster, until it refuses again. So the rate settles just below what is allowed, and follows within
//! minutes when that changes.
//!
//! ```text
//! of a service that allows 60 requests a minute:
//!   0 s  60 requests at once are accepted, the next one is refused: Retry-After: 59
//!  60 s  all have paused; one request is sent as a test, and accepted. 60 were accepted in 60 s: 1 a second
//!  61 s  requests follow each other at 0.95 a second
//! 165 s  100 later they are at 1 a second again, and become faster until one is refused
//! ```
//!
//! Nothing here looks at a clock or waits: times come in, and the time until which to wait goes out. That makes it
//! possible to test hours of work in a moment.

use std::time::Duration;

use tokio::time::Instant;

use self::doubts::Doubts;
use self::rate::{IDLE, Rate};

mod doubts;
mod rate;

/// Timers are late by some milliseconds; a rate is kept in spite of that, if need be by one request too early.
const SLACK: Duration = Duration::from_millis(5);
/// What a single refusal leaves of the rate at least.
const DECREASE: f64 = 0.7;

/// The pace of all clones of a client.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    pause_until: Option<Instant>,
    refused: Option<Refused>,
    last_accepted: Option<Instant>,
    doubts: Doubts,
    cycle: Option<Cycle>,
    rate: Option<Rate>,
}

/// From a refusal until a request is accepted again.
#[derive(Debug)]
struct Refused {
    since: Instant,
    /// The last refusal of a request that was sent after the one before.
    last: Instant,
    /// Upper bound of the pause if there is another refusal.
    backoff: Duration,
    /// Whether the pause is a guess that nothing has confirmed yet.
    is_guess: bool,
}

/// What was let through since the last refusal.
#[derive(Debug)]
struct Cycle {
    start: Instant,
    /// The last request or response.
    active: Instant,
    accepted: u32,
}

/// The shortest and the longest pause after a refusal that does not say how long to wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    pub(crate) first: Duration,
    pub(crate) max: Duration,
}

/// Why a request has to wait, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    pub(crate) until: Instant,
    pub(crate) reason: WaitReason,
}

/// Who makes a request wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitReason {
    /// The service refused a request, and asked for a pause or has to be given one.
    Pause,
    /// The service lets requests through at a rate that has been measured.
    Pace,
    /// The caller limits the rate of requests.
    RateLimit,
}

impl WaitReason {
    /// As events say it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            WaitReason::Pause => "the service asked all calls to pause",
            WaitReason::Pace => "the service limits the rate of requests",
            WaitReason::RateLimit => "the client limits the rate of requests",
        }
    }
}

impl Pace {
    /// Lets a request go if it may, otherwise says how long it has to wait. After a pause, one that was refused this
    /// often gives way to those that were refused less: the service may mean this one.
    pub(crate) fn claim(
        &mut self,
        now: Instant,
        refusals: u32,
        backoff: Backoff,
    ) -> Result<(), Wait> {
        let wait = |until, reason| Err(Wait { until, reason });
        let yielding = SLACK * refusals.min(100);
        let until = self.pause_until.map(|until| until + yielding);
        if let Some(until) = until.filter(|until| now < *until) {
            return wait(until, WaitReason::Pause);
        }
        if let Some(refused) = &self.refused {
            // This one tests whether the pause is over. The others wait for it no longer than after another refusal.
            self.pause_until = Some(now + refused.backoff.max(backoff.first));
        } else if let Some(rate) = &mut self.rate
            && let Err(until) = rate.spacing.claim(now, rate.spacing.interval.max(SLACK))
        {
            return wait(until, WaitReason::Pace);
        }
        let cycle = self.cycle.get_or_insert(Cycle::new(now));
        if self.refused.is_none() && now.duration_since(cycle.active) > IDLE {
            *cycle = Cycle::new(now);
        }
        cycle.active = now;
        Ok(())
    }

    /// A request that was sent at `sent` was refused. `wish` is how long the service asked to wait, as far as that is
    /// waited for; 0 is none. `random` is from 0 to 1. Returns the pause.
    pub(crate) fn refuse(
        &mut self,
        sent: Instant,
        now: Instant,
        wish: Option<Duration>,
        random: f64,
        backoff: Backoff,
    ) -> Duration {
        let wish = wish.filter(|wish| !wish.is_zero());
        let is_first = self.refused.is_none();
        let refused = self.refused.get_or_insert(Refused {
            since: now,
            last: now,
            backoff: backoff.first,
            is_guess: true,
        });
        refused.is_guess &= is_first && wish.is_none();
        // Others that were sent before the last refusal add nothing but their own wish.
        let mut pause = wish.unwrap_or_default();
        if is_first || sent >= refused.last {
            // At least half of it, so that it grows; at random, so that processes do not retry at the same moment.
            pause = pause.max(refused.backoff.mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0));
            refused.backoff = refused.backoff.saturating_mul(2).min(backoff.max);
            refused.last = now;
            self.pause_until = Some(now + pause);
        } else {
            self.pause_until = self.pause_until.max(Some(now + pause));
        }
        pause
    }

    /// A request that was sent at `sent` was not refused. Returns whether a pause is over by that.
    pub(crate) fn accept(&mut self, sent: Instant, now: Instant) -> bool {
        self.last_accepted = Some(now);
        self.doubts.accept();
        let cycle = self.cycle.get_or_insert(Cycle::new(sent));
        cycle.active = now;
        let Some(refused) = &self.refused else {
            cycle.accepted = cycle.accepted.saturating_add(1);
            if let Some(rate) = &mut self.rate {
                rate.accept();
            }
            return false;
        };
        if sent < refused.last {
            // It was on its way before the refusal.
            cycle.accepted = cycle.accepted.saturating_add(1);
            return false;
        }
        let per_second = |end: Instant| {
            f64::from(cycle.accepted) / end.duration_since(cycle.start).as_secs_f64()
        };
        let mut rate = per_second(now);
        if refused.is_guess {
            // Without the pause, which may have been far too long, it is an upper bound.
            rate = rate.max(per_second(refused.since) * DECREASE);
        }
        if rate.is_finite() && rate > 0.0 {
            self.rate = Some(Rate::new(rate, cycle.accepted, now));
        }
        *cycle = Cycle::new(now);
        cycle.accepted = 1;
        self.refused = None;
        self.pause_until = None;
        true
    }

    /// The service says that it is unavailable. Returns whether that holds of every request: it shows by the refusals
    /// before, or the rate was about to become too high.
    pub(crate) fn doubt(&mut self) -> bool {
        let is_expected = self.rate.as_mut().is_some_and(Rate::explains_refusal);
        self.doubts.refuse() || is_expected
    }

    /// Whether some request was accepted after this time.
    pub(crate) fn accepted_since(&self, time: Instant) -> bool {
        self.last_accepted.is_some_and(|accepted| accepted > time)
    }

    /// For how long the service has refused every request.
    pub(crate) fn refused_for(&self, now: Instant) -> Duration {
        let since = self.refused.as_ref().map(|refused| refused.since);
        since.map_or(Duration::ZERO, |since| now.duration_since(since))
    }

    /// What is left of the pause.
    pub(crate) fn pause(&self, now: Instant) -> Duration {
        self.pause_until
            .map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }
}

impl Cycle {
    fn new(now: Instant) -> Self {
        Cycle {
            start: now,
            active: now,
            accepted: 0,
        }
    }
}
