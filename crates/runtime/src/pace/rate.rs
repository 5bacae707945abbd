//! The rate at which requests follow each other once the service has refused one.
//!
//! It begins at 95 % of what was measured, stays near that for 100 requests, and then grows faster and faster: the curve
//! by which TCP (CUBIC) approaches the rate that was too high the last time. So nearly all requests are sent at nearly
//! the allowed rate, and few are refused.

use std::time::Duration;

use tokio::time::Instant;

use crate::rate_limit::Spacing;

/// After an idle time of this length, what was let through before says nothing about the rate.
pub(super) const IDLE: Duration = Duration::from_secs(10);
/// The share of the measured rate at which requests continue.
const CAUTION: f64 = 0.95;

/// The rate that the service allowed when it last refused a request.
#[derive(Debug)]
pub(super) struct Rate {
    per_second: f64,
    /// How many requests were accepted at that rate: how well it is known.
    measured: u32,
    /// How many were accepted since.
    accepted: u32,
    /// Whether the service limits the rate, as far as one can see.
    is_limit: bool,
    pub(super) spacing: Spacing,
}

impl Rate {
    pub(super) fn new(per_second: f64, measured: u32, now: Instant) -> Self {
        let mut rate = Rate {
            per_second,
            measured,
            accepted: 0,
            is_limit: true,
            spacing: Spacing::new(Duration::ZERO, now),
        };
        rate.set_interval();
        // The request that ended the pause was the first at this rate.
        let _ = rate.spacing.claim(now, Duration::ZERO);
        rate
    }

    pub(super) fn accept(&mut self) {
        self.accepted = self.accepted.saturating_add(1);
        self.set_interval();
    }

    /// Whether a refusal was to be expected: the measured rate is nearly reached again. A refusal before that shows that
    /// the service refuses requests for another reason.
    pub(super) fn explains_refusal(&mut self) -> bool {
        self.is_limit &= self.accepted >= 50;
        self.is_limit
    }

    /// After how many requests the measured rate is reached again: 100, fewer if it is based on few.
    fn scale(&self) -> f64 {
        f64::from(self.measured.saturating_mul(5).clamp(5, 100))
    }

    /// Beyond the measured rate, the rate grows with the cube of the number of requests, so that a limit that was lifted
    /// is soon forgotten.
    fn set_interval(&mut self) {
        let progress = f64::from(self.accepted) / self.scale();
        let rate = self.per_second * (CAUTION + (1.0 - CAUTION) * progress.powi(3));
        let interval = Duration::try_from_secs_f64(1.0 / rate);
        // Slower than once in an idle time nothing can be measured.
        self.spacing.interval = interval.unwrap_or(IDLE).min(IDLE);
    }
}
