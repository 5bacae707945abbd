//! How fast requests follow each other, where the caller knows what the plan allows.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use crate::lock::lock;

/// Places in time at even intervals, each taken once.
#[derive(Debug)]
pub(crate) struct Spacing {
    pub(crate) interval: Duration,
    next: Instant,
}

impl Spacing {
    /// The first place is now.
    pub(crate) fn new(interval: Duration, now: Instant) -> Self {
        Spacing {
            interval,
            next: now,
        }
    }

    /// Takes the next place if its time has come, otherwise says when it does. Places that were not taken are lost, but
    /// for those of the last `slack`: timers are late.
    pub(crate) fn claim(&mut self, now: Instant, slack: Duration) -> Result<(), Instant> {
        if now < self.next {
            return Err(self.next);
        }
        let oldest = now.checked_sub(slack).unwrap_or(now);
        self.next = self.next.max(oldest) + self.interval;
        Ok(())
    }
}

/// A limit on requests per time, kept by all that share it; none unless it was set.
///
/// Of 20 requests per minute, each is sent 3 s after the one before. Twenty at once and then a pause would be within the
/// limit by this clock, but not by that of a service whose minute begins in between.
#[derive(Clone, Debug, Default)]
pub struct RateLimiter {
    spacing: Option<Arc<Mutex<Spacing>>>,
}

impl RateLimiter {
    /// At most `requests` per interval, evenly spaced; no limit if either is 0.
    ///
    /// ```
    /// use std::time::Duration;
    /// use processing_results_runtime::RateLimiter;
    ///
    /// let free_plan = RateLimiter::new(20, Duration::from_secs(60));
    /// ```
    #[must_use]
    pub fn new(requests: u32, per: Duration) -> Self {
        // A burst at the start would be on top of what the service counts in that time.
        let interval = per.checked_div(requests).filter(|per| !per.is_zero());
        let spacing = |interval| Arc::new(Mutex::new(Spacing::new(interval, Instant::now())));
        RateLimiter {
            spacing: interval.map(spacing),
        }
    }

    /// Lets a request go if it may, otherwise says when to try again.
    pub(crate) fn claim(&self, now: Instant) -> Result<(), Instant> {
        let Some(spacing) = &self.spacing else {
            return Ok(());
        };
        lock(spacing).claim(now, Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ready(limiter: &RateLimiter) {
        while let Err(next) = limiter.claim(Instant::now()) {
            tokio::time::sleep_until(next).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn requests_follow_each_other_at_even_intervals() {
        let limiter = RateLimiter::new(50, Duration::from_secs(1));
        let started = Instant::now();
        for _ in 0..6 {
            ready(&limiter.clone()).await;
        }
        assert_eq!(started.elapsed(), Duration::from_millis(100));
        // What was not used is not made up for.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let started = Instant::now();
        for _ in 0..6 {
            ready(&limiter).await;
        }
        assert_eq!(started.elapsed(), Duration::from_millis(100));
    }

    #[tokio::test]
    async fn nothing_in_no_time_is_no_limit() {
        for (requests, per) in [(0, Duration::from_secs(60)), (1, Duration::ZERO)] {
            let limiter = RateLimiter::new(requests, per);
            assert!(limiter.spacing.is_none());
            assert_eq!(limiter.claim(Instant::now()), Ok(()));
        }
        assert!(RateLimiter::default().spacing.is_none());
    }
}
