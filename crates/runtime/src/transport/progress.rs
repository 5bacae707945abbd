//! How far a call is, and what an attempt resulted in.

use std::time::Duration;

use tokio::time::Instant;

use crate::response::{Response, TransportError};

pub(super) type Outcome = Result<Response, TransportError>;

/// How far a call is.
#[derive(Default)]
pub(super) struct Progress {
    /// What counts for the deadline.
    pub(super) spent: Duration,
    /// Retries that count for `max_retries`.
    pub(super) retries: u32,
    /// How often the service has refused it.
    pub(super) refusals: u32,
    /// When it did so the last time.
    pub(super) refused: Option<Instant>,
    /// How often it served others meanwhile.
    pub(super) singled_out: u32,
}
