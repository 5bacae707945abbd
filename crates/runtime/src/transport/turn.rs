//! When a call may send its request: the caller's rate limits, then the pace of all clones.
//!
//! A place in a rate limit that was taken is not given back, so `passed` remembers which limits have let the request go
//! while it waits for the pace. The call that ends a pause wakes all that wait; each then claims again.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::progress::Progress;
use super::{Transport, spans};
use crate::lock::lock;
use crate::pace::{Wait, WaitReason};

/// Longer waits are reported, whatever their reason.
const LONG_WAIT: Duration = Duration::from_secs(1);

impl Transport {
    /// Waits until the rate limits and the pace of all clones let a request go; returns when that was. If the wait does
    /// not fit, returns it.
    pub(super) async fn turn(&self, progress: &mut Progress) -> Result<Instant, Wait> {
        let started = Instant::now();
        let (mut passed, mut is_reported) = (0, false);
        let sent = loop {
            // Before the claim, so that no change is missed.
            let changed = self.shared.changed.notified();
            let now = Instant::now();
            let Err(wait) = self.claim(&mut passed, now, progress.refusals) else {
                break now;
            };
            let total = wait.until.duration_since(started);
            if !self.fits(total, wait.reason, progress) {
                return Err(wait);
            }
            if total > LONG_WAIT && !std::mem::replace(&mut is_reported, true) {
                spans::wait(total, wait.reason);
            }
            // The wait is over, or the pace has changed: claim again.
            let _ = timeout(wait.until.duration_since(now), changed).await;
        };
        let waited = sent.duration_since(started);
        // The time that a lock takes is no wait.
        if waited >= Duration::from_millis(1) {
            lock(&self.report).delays.push(waited);
        }
        if !self.is_patient {
            progress.spent += waited;
        }
        Ok(sent)
    }

    /// Lets a request go, or says why not. `passed` counts the rate limits that have let it go.
    fn claim(&self, passed: &mut usize, now: Instant, refusals: u32) -> Result<(), Wait> {
        let limiters = [&self.client_rate_limiter, &self.rate_limiter];
        let reason = WaitReason::RateLimit;
        for limiter in limiters.into_iter().skip(*passed) {
            let claim = limiter.claim(now);
            claim.map_err(|until| Wait { until, reason })?;
            *passed += 1;
        }
        let backoff = self.limits.backoff();
        lock(&self.shared.pace).claim(now, refusals, backoff)
    }

    /// Whether a call may wait this long for its turn.
    fn fits(&self, wait: Duration, reason: WaitReason, progress: &Progress) -> bool {
        match (self.is_patient, reason) {
            // It was the caller who set it, for many calls.
            (true, WaitReason::RateLimit) => true,
            // Other calls are sent meanwhile, unless the service has accepted none for too long.
            (true, _) => self.refused_for() < self.limits.deadline,
            (false, _) => wait < self.left(progress),
        }
    }

    /// For how long the service has refused every request.
    pub(super) fn refused_for(&self) -> Duration {
        lock(&self.shared.pace).refused_for(Instant::now())
    }
}
