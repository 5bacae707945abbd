//! How fast requests follow each other (feature `rate-limit`).

#[cfg(feature = "rate-limit")]
use std::{num::NonZeroU32, sync::Arc, time::Duration};

/// The limiter that requests keep together; none unless it was set.
#[derive(Clone, Default)]
pub struct RateLimiter {
    #[cfg(feature = "rate-limit")]
    limiter: Option<Arc<governor::DefaultDirectRateLimiter>>,
}

impl RateLimiter {
    /// So many requests in this time, at even intervals; no limit if either is 0.
    #[cfg(feature = "rate-limit")]
    #[must_use]
    pub fn new(requests: u32, per: Duration) -> Self {
        let interval = per.checked_div(requests);
        // A burst at the start would be on top of what the service counts in that time.
        let quota = interval
            .and_then(governor::Quota::with_period)
            .map(|quota| quota.allow_burst(NonZeroU32::MIN));
        RateLimiter {
            limiter: quota.map(|quota| Arc::new(governor::RateLimiter::direct(quota))),
        }
    }

    /// Waits until the next request may be sent.
    pub async fn ready(&self) {
        #[cfg(feature = "rate-limit")]
        if let Some(limiter) = &self.limiter {
            use governor::clock::{Clock, DefaultClock};

            let clock = DefaultClock::default();
            while let Err(not_yet) = limiter.check() {
                tokio::time::sleep(not_yet.wait_time_from(clock.now())).await;
            }
        }
    }
}

#[cfg(all(test, feature = "rate-limit"))]
mod tests {
    use std::time::Instant;

    use super::*;

    #[tokio::test]
    async fn requests_follow_each_other_at_even_intervals() {
        let limiter = RateLimiter::new(50, Duration::from_secs(1));
        let started = Instant::now();
        for _ in 0..6 {
            limiter.clone().ready().await;
        }
        assert!(
            started.elapsed() >= Duration::from_millis(99),
            "{:?}",
            started.elapsed()
        );
    }

    #[tokio::test]
    async fn nothing_in_no_time_is_no_limit() {
        for (requests, per) in [(0, Duration::from_secs(60)), (1, Duration::ZERO)] {
            let limiter = RateLimiter::new(requests, per);
            assert!(limiter.limiter.is_none());
            limiter.ready().await;
        }
        assert!(RateLimiter::default().limiter.is_none());
    }
}
