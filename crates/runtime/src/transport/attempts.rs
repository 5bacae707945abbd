//! The attempts of a call: when each may begin, and whether another one follows.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use tokio::time::{Instant, sleep, timeout};
use tracing::Instrument;

use super::{Transport, driven, lock, spans};
use crate::error::{GaveUp, request_id};
use crate::response::{Response, TimeoutKind, TransportError};
use crate::retry;

/// Longer waits are reported, whatever their reason.
const LONG_WAIT: Duration = Duration::from_secs(1);
/// How often the service may refuse one request while it serves others. Beyond that it means this request.
const MAX_REFUSALS: u32 = 10;

type Outcome = Result<Response, TransportError>;

/// How far a call is.
#[derive(Default)]
struct Progress {
    /// What counts for the deadline.
    spent: Duration,
    retries: u32,
    /// How often the service has refused it.
    refusals: u32,
    /// When it did so the last time.
    refused: Option<Instant>,
    /// How often it served others meanwhile.
    singled_out: u32,
}

/// What follows an attempt.
enum Next {
    /// The outcome is the call's.
    End(Option<GaveUp>),
    /// Another attempt after this wait, and whether it counts for the deadline.
    Retry(Duration, bool),
    /// Another attempt as soon as the pace of all clones allows it.
    Requeue,
}

impl Transport {
    /// Attempts until there is a response or no reason to retry; also returns how long the service asked to wait.
    /// `random` gives numbers from 0 to 1, and `silent` is called when nothing arrived on a connection in time.
    pub(super) async fn attempts<F>(
        &self,
        random: impl Fn() -> f64,
        silent: impl Fn(),
        attempt: impl Fn() -> F,
    ) -> (Outcome, Option<Duration>)
    where
        F: Future<Output = Outcome>,
    {
        let mut progress = Progress::default();
        let mut last = None;
        loop {
            let sent = match self.turn(&mut progress).await {
                Ok(sent) => sent,
                Err(pause) => {
                    let why = self.out_of_patience(&progress);
                    lock(&self.report).gave_up = Some(why);
                    let paused = (Err(TransportError::Paused), Some(pause));
                    return last.unwrap_or(paused);
                }
            };
            let resend = lock(&self.report).start_attempt();
            let span = spans::attempt(&self.destination, resend);
            let left = self.left(&progress);
            let limit = left.min(self.limits.attempt_timeout);
            let driven = driven::timeout(limit, attempt())
                .instrument(span.clone())
                .await;
            progress.spent += driven.took;
            let kind = match left <= limit {
                true => TimeoutKind::Deadline,
                false => TimeoutKind::Attempt,
            };
            let outcome = driven.output;
            let outcome = outcome.unwrap_or(Err(TransportError::Timeout(kind)));
            spans::record(span, &outcome);
            // A connection that nobody worked on was not late.
            let is_late = matches!(outcome, Err(TransportError::Timeout(TimeoutKind::Connect)));
            if driven.stalled && is_late {
                continue;
            }
            if let Err(TransportError::Timeout(TimeoutKind::Attempt | TimeoutKind::ReadIdle)) =
                outcome
            {
                // It may be the connection that is dead, not the service.
                silent();
            }
            let retry_after = self.observe(&outcome, sent, resend, random());
            match self.next(&outcome, sent, retry_after, &mut progress, random()) {
                Next::End(why) => {
                    lock(&self.report).gave_up = why;
                    return (outcome, retry_after);
                }
                Next::Retry(delay, counts) => {
                    spans::retry(&outcome, delay);
                    self.wait(delay).await;
                    progress.spent += if counts { delay } else { Duration::ZERO };
                }
                Next::Requeue => {
                    spans::retry(&outcome, self.pause());
                    last = Some((outcome, retry_after));
                }
            }
        }
    }

    fn left(&self, progress: &Progress) -> Duration {
        self.limits.deadline.saturating_sub(progress.spent)
    }

    /// Waits until the rate limits and the pace of all clones let a request go; returns when that was. If the wait does
    /// not fit, returns what is left of it.
    async fn turn(&self, progress: &mut Progress) -> Result<Instant, Duration> {
        let started = Instant::now();
        self.client_rate_limiter.ready().await;
        self.rate_limiter.ready().await;
        let mut is_reported = false;
        let sent = loop {
            // Before the claim, so that no change is missed.
            let changed = self.shared.changed.notified();
            let now = Instant::now();
            let backoff = self.limits.backoff();
            let claim = lock(&self.shared.pace).claim(now, progress.refusals, backoff);
            let Err(wait) = claim else { break now };
            let left = wait.until.duration_since(now);
            let waited = now.duration_since(started);
            if !self.fits(waited + left, progress) {
                return Err(left);
            }
            if left > LONG_WAIT && !std::mem::replace(&mut is_reported, true) {
                tracing::info!(
                    delay_ms = spans::millis(left),
                    reason = wait.reason,
                    "waiting"
                );
            }
            // Over, or changed: both ask again.
            let _ = timeout(left, changed).await;
        };
        let waited = sent.duration_since(started);
        // What a lock takes is no wait.
        if waited >= Duration::from_millis(1) {
            lock(&self.report).delays.push(waited);
        }
        if !self.is_patient {
            progress.spent += waited;
        }
        Ok(sent)
    }

    /// Whether a call may wait this long for its turn.
    fn fits(&self, wait: Duration, progress: &Progress) -> bool {
        match self.is_patient {
            // Others have their turn meanwhile, unless nobody has had any for too long.
            true => self.refused_for() < self.limits.deadline,
            false => wait < self.left(progress),
        }
    }

    fn refused_for(&self) -> Duration {
        lock(&self.shared.pace).refused_for(Instant::now())
    }

    fn out_of_patience(&self, progress: &Progress) -> GaveUp {
        match self.is_patient && !self.left(progress).is_zero() {
            true => GaveUp::Refused,
            false => GaveUp::Deadline,
        }
    }

    async fn wait(&self, delay: Duration) {
        if !delay.is_zero() {
            lock(&self.report).delays.push(delay);
            sleep(delay).await;
        }
    }

    /// Updates what all clones share by an outcome; returns how long the service asks to wait.
    fn observe(
        &self,
        outcome: &Outcome,
        sent: Instant,
        resend: u32,
        random: f64,
    ) -> Option<Duration> {
        let response = outcome.as_ref().ok()?;
        lock(&self.report).request_id = request_id(&response.headers, &self.secrets);
        let now = Instant::now();
        if response.status != StatusCode::TOO_MANY_REQUESTS {
            if lock(&self.shared.pace).accept(sent, now) {
                self.shared.changed.notify_waiters();
            }
            if response.status == StatusCode::OK {
                if resend == 0 {
                    lock(&self.shared.budget).refill();
                }
                return None;
            }
        }
        let wish = retry::retry_after(&response.headers, SystemTime::now());
        if response.status == StatusCode::TOO_MANY_REQUESTS {
            let pause = wish.map(|wish| wish.min(self.limits.max_retry_after));
            let backoff = self.limits.backoff();
            lock(&self.shared.pace).refuse(sent, now, pause, random, backoff);
        }
        wish
    }

    fn next(
        &self,
        outcome: &Outcome,
        sent: Instant,
        wish: Option<Duration>,
        progress: &mut Progress,
        random: f64,
    ) -> Next {
        if !retry::is_transient(outcome) {
            return Next::End(None);
        }
        if wish.is_some_and(|wish| wish > self.limits.max_retry_after) {
            return Next::End(Some(GaveUp::MaxRetryAfter));
        }
        if is_refusal(outcome) && self.is_patient {
            return self.requeue(sent, progress, random);
        }
        if progress.retries >= self.limits.max_retries {
            return Next::End(Some(GaveUp::MaxRetries));
        }
        let delay = match is_refusal(outcome) {
            true => self.pause(),
            false => retry::delay(progress.retries, random, wish, self.limits.backoff()),
        };
        let is_scheduled = is_refusal(outcome) || wish.is_some_and(|wish| !wish.is_zero());
        let counts = !(is_scheduled && self.is_patient);
        if counts && delay >= self.left(progress) {
            return Next::End(Some(GaveUp::Deadline));
        }
        // A service that says when to come back is not an outage.
        if !is_scheduled && !lock(&self.shared.budget).take() {
            return Next::End(Some(GaveUp::RetryBudget));
        }
        progress.retries += 1;
        match is_refusal(outcome) {
            true => Next::Requeue,
            false => Next::Retry(delay, counts),
        }
    }

    /// One of many calls waits until the service lets requests go again, however often this one was refused, unless the
    /// service means this one, or nobody gets through.
    fn requeue(&self, sent: Instant, progress: &mut Progress, random: f64) -> Next {
        progress.refusals += 1;
        let since = progress.refused.replace(Instant::now()).unwrap_or(sent);
        if lock(&self.shared.pace).accepted_since(since) {
            progress.singled_out += 1;
        }
        if progress.singled_out > MAX_REFUSALS || self.refused_for() >= self.limits.deadline {
            return Next::End(Some(GaveUp::Refused));
        }
        // Once is chance; from then on it has a growing wait of its own.
        match progress.singled_out.checked_sub(2) {
            Some(times) => {
                let delay = retry::delay(times, random, None, self.limits.backoff());
                Next::Retry(delay, false)
            }
            None => Next::Requeue,
        }
    }
}

/// Whether the service has refused the request because there are too many.
fn is_refusal(outcome: &Outcome) -> bool {
    let response = outcome.as_ref().ok();
    response.is_some_and(|response| response.status == StatusCode::TOO_MANY_REQUESTS)
}
