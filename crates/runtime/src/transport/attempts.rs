//! The attempts of a call.
//!
//! What counts for the deadline is the time in which the call works or waits for itself. One of many calls
//! ([`patient`](Transport::patient)) does not count what the service makes it wait for its turn: of 1,000 calls at 20 a
//! minute, the last one waits most of an hour through no fault of its own.

use std::time::Duration;

use reqwest::Request;
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use super::progress::{Outcome, Progress};
use super::verdict::Next;
use super::{Transport, driven, spans};
use crate::error::GaveUp;
use crate::lock::lock;
use crate::pace::{Wait, WaitReason};
use crate::response::{TimeoutKind, TransportError};

impl Transport {
    /// Attempts until there is a response or no reason to retry; also returns how long the service asked to wait.
    /// `random` gives numbers from 0 to 1, and `silent` is called when nothing arrived on a connection in time.
    pub(super) async fn attempts<F: Future<Output = Outcome>>(
        &self,
        request: &Request,
        random: impl Fn() -> f64,
        silent: impl Fn(),
        attempt: impl Fn() -> F,
    ) -> (Outcome, Option<Duration>) {
        let mut progress = Progress::default();
        let mut last = None;
        loop {
            let sent = match self.turn(&mut progress).await {
                Ok(sent) => sent,
                Err(wait) => return last.unwrap_or(self.no_turn(wait, &progress)),
            };
            let resend = lock(&self.report).start_attempt();
            let one = self.in_span(request, resend, &mut progress, attempt());
            let (outcome, false) = one.await else {
                continue;
            };
            // It may be the connection that is dead, not the service.
            if is_silence(&outcome) {
                silent();
            }
            let observed = self.observe(&outcome, sent, progress.retries, random());
            match self.next(&outcome, sent, observed, &mut progress, random()) {
                Next::End(why) => {
                    lock(&self.report).gave_up = why;
                    return (outcome, observed.wish);
                }
                Next::Retry(delay, counts) => {
                    spans::retry(&outcome, delay);
                    self.wait(delay, counts, &mut progress).await;
                }
                Next::Requeue => {
                    spans::retry(&outcome, self.pause());
                    last = Some((outcome, observed.wish));
                }
            }
        }
    }

    /// As [`within_limits`](Self::within_limits), in a span of its own.
    async fn in_span(
        &self,
        request: &Request,
        resend: u32,
        progress: &mut Progress,
        attempt: impl Future<Output = Outcome>,
    ) -> (Outcome, bool) {
        let span = spans::attempt(&self.destination, request, &self.secrets, resend);
        let attempt = attempt.instrument(span.clone());
        let (outcome, says_nothing) = self.within_limits(progress, attempt).await;
        spans::record(span, &outcome);
        (outcome, says_nothing)
    }

    /// The outcome of an attempt that ends by the attempt timeout or the deadline, and whether it says nothing about the
    /// service: a connection was late while the call was not polled.
    async fn within_limits(
        &self,
        progress: &mut Progress,
        attempt: impl Future<Output = Outcome>,
    ) -> (Outcome, bool) {
        let left = self.left(progress);
        let limit = left.min(self.limits.attempt_timeout);
        let driven = driven::timeout(limit, attempt).await;
        progress.spent += driven.took;
        let kind = match left <= limit {
            true => TimeoutKind::Deadline,
            false => TimeoutKind::Attempt,
        };
        let timeout = Err(TransportError::Timeout(kind));
        let outcome = driven.output.unwrap_or(timeout);
        let is_late = matches!(outcome, Err(TransportError::Timeout(TimeoutKind::Connect)));
        (outcome, driven.stalled && is_late)
    }

    /// What is left of the deadline: nothing of it is spent while the call is not polled, or waits for its turn as one of many.
    pub(super) fn left(&self, progress: &Progress) -> Duration {
        self.limits.deadline.saturating_sub(progress.spent)
    }

    /// The outcome of a call that may be sent too late: it fails at once, and not when the deadline is over.
    fn no_turn(&self, wait: Wait, progress: &Progress) -> (Outcome, Option<Duration>) {
        let is_patient = self.is_patient && !self.left(progress).is_zero();
        lock(&self.report).gave_up = Some(match is_patient {
            true => GaveUp::Refused,
            false => GaveUp::Deadline,
        });
        match wait.reason {
            WaitReason::RateLimit => (Err(TransportError::RateLimit), None),
            WaitReason::Pause | WaitReason::Pace => {
                let left = wait.until.saturating_duration_since(Instant::now());
                (Err(TransportError::Paused), Some(left))
            }
        }
    }

    /// Waits before a retry; `counts` says whether that is on the call's own account.
    async fn wait(&self, delay: Duration, counts: bool, progress: &mut Progress) {
        if delay.is_zero() {
            return;
        }
        lock(&self.report).delays.push(delay);
        sleep(delay).await;
        if counts {
            progress.spent += delay;
        }
    }
}

/// Whether nothing arrived in time on a connection that was there.
fn is_silence(outcome: &Outcome) -> bool {
    use TimeoutKind::{Attempt, ReadIdle};
    matches!(
        outcome,
        Err(TransportError::Timeout(Attempt | ReadIdle) | TransportError::ClientTimeout)
    )
}
