//! What follows an attempt: the end of the call or another attempt, and what it changes for all clones.
//!
//! | outcome | a call of its own | one of many calls |
//! |---|---|---|
//! | success, or not transient | ends | ends |
//! | asks for a wait beyond `max_retry_after` | ends | ends |
//! | 429 | a retry, when the shared pause is over | waits for its turn again, which is no retry |
//! | 503 with `Retry-After`, the third in a row, or at regular intervals | as 429 | as 429 |
//! | 503 with `Retry-After`, otherwise | a retry after that time | waits that time, which is no retry |
//! | any other that is transient | a retry after a growing wait, out of the shared budget | the same |
//!
//! A retry counts for `max_retries`, and the wait before it for the deadline.
//!
//! So of 1,000 calls of one list against a plan of 20 requests a minute some are refused, which is how the pace learns the
//! limit, and none fails by it; against a service that is down, they end when the retries of the shared budget are used up.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use tokio::time::Instant;

use super::Transport;
use super::progress::{Outcome, Progress};
use crate::error::{GaveUp, request_id};
use crate::lock::lock;
use crate::pace::Pace;
use crate::retry;

/// How often the service may refuse one request while it serves others. Beyond that it means this request.
const MAX_REFUSALS: u32 = 10;

/// What an outcome says about the service: of a response with `Retry-After: 5` and status 429, a wish of 5 s and a refusal of
/// all; of a 500, nothing.
#[derive(Clone, Copy, Default)]
pub(super) struct Observed {
    /// How long it asks to wait.
    pub(super) wish: Option<Duration>,
    refusal: Option<Refusal>,
}

/// What the service refuses for now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// This request; others may be served.
    One,
    /// Every request.
    All,
}

/// What follows an attempt.
pub(super) enum Next {
    /// The outcome is the call's.
    End(Option<GaveUp>),
    /// Another attempt after this wait, and whether it counts for the deadline.
    Retry(Duration, bool),
    /// Another attempt as soon as the pace of all clones allows it.
    Requeue,
}

impl Transport {
    /// Updates what all clones share by an outcome.
    pub(super) fn observe(
        &self,
        outcome: &Outcome,
        sent: Instant,
        retries: u32,
        random: f64,
    ) -> Observed {
        let Ok(response) = outcome else {
            return Observed::default();
        };
        lock(&self.report).request_id = request_id(&response.headers, &self.secrets);
        let wish = match response.status.is_success() {
            true => None,
            false => retry::retry_after(&response.headers, SystemTime::now()),
        };
        let now = Instant::now();
        let mut pace = lock(&self.shared.pace);
        let refusal = self.refusal(response.status, wish, &mut pace);
        if refusal == Some(Refusal::All) {
            let pause = wish.map(|wish| wish.min(self.limits.max_retry_after));
            pace.refuse(sent, now, pause, random, self.limits.backoff());
        } else if refusal.is_none() && pace.accept(sent, now) {
            self.shared.changed.notify_waiters();
        }
        if response.status == StatusCode::OK && retries == 0 {
            lock(&self.shared.budget).refill();
        }
        Observed { wish, refusal }
    }

    /// What the service refuses for now, rather than fail at it: there are too many requests, or it is unavailable and
    /// says for how long. A 503 that does not say so, or asks for a longer wait than `max_retry_after`, is a failure.
    fn refusal(
        &self,
        status: StatusCode,
        wish: Option<Duration>,
        pace: &mut Pace,
    ) -> Option<Refusal> {
        let is_short = |wish: Duration| !wish.is_zero() && wish <= self.limits.max_retry_after;
        match status {
            StatusCode::TOO_MANY_REQUESTS => Some(Refusal::All),
            StatusCode::SERVICE_UNAVAILABLE if wish.is_some_and(is_short) => {
                Some(if pace.doubt() {
                    Refusal::All
                } else {
                    Refusal::One
                })
            }
            _ => None,
        }
    }

    /// What follows an outcome, and what it costs: see the table above.
    pub(super) fn next(
        &self,
        outcome: &Outcome,
        sent: Instant,
        observed: Observed,
        progress: &mut Progress,
        random: f64,
    ) -> Next {
        let Observed { wish, refusal } = observed;
        if !retry::is_transient(outcome) {
            return Next::End(None);
        }
        if wish.is_some_and(|wish| wish > self.limits.max_retry_after) {
            return Next::End(Some(GaveUp::MaxRetryAfter));
        }
        if self.is_patient && refusal.is_some() {
            return self.requeue(sent, observed, progress, random);
        }
        if progress.retries >= self.limits.max_retries {
            return Next::End(Some(GaveUp::MaxRetries));
        }
        let delay = match refusal {
            Some(Refusal::All) => self.pause(),
            _ => retry::delay(progress.retries, random, wish, self.limits.backoff()),
        };
        let is_scheduled = refusal.is_some() || wish.is_some_and(|wish| !wish.is_zero());
        let counts = !(is_scheduled && self.is_patient);
        if counts && delay >= self.left(progress) {
            return Next::End(Some(GaveUp::Deadline));
        }
        // A service that says when to come back is not an outage.
        if !is_scheduled && !lock(&self.shared.budget).take() {
            return Next::End(Some(GaveUp::RetryBudget));
        }
        progress.retries += 1;
        match refusal {
            Some(Refusal::All) => Next::Requeue,
            _ => Next::Retry(delay, counts),
        }
    }

    /// One of many calls waits until the service accepts requests again, however often this one was refused, unless the
    /// service refuses only this one, or has refused every request for too long.
    fn requeue(
        &self,
        sent: Instant,
        observed: Observed,
        progress: &mut Progress,
        random: f64,
    ) -> Next {
        progress.refusals += 1;
        let since = progress.refused.replace(Instant::now()).unwrap_or(sent);
        if lock(&self.shared.pace).accepted_since(since) {
            progress.singled_out += 1;
        }
        if progress.singled_out > MAX_REFUSALS || self.refused_for() >= self.limits.deadline {
            return Next::End(Some(GaveUp::Refused));
        }
        // Once is chance; from then on it has a growing wait of its own.
        let times = progress.singled_out.checked_sub(2);
        let wish = match (observed.refusal, times) {
            (Some(Refusal::All), None) => return Next::Requeue,
            // The pause of all has it.
            (Some(Refusal::All), _) => None,
            _ => observed.wish,
        };
        let backoff = self.limits.backoff();
        Next::Retry(
            retry::delay(times.unwrap_or_default(), random, wish, backoff),
            false,
        )
    }
}
