//! What a call took, and why it was not tried again.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use serde::{Serialize, Serializer};

/// What a call took: attempts, time and waits. As JSON, times are in seconds.
///
/// ```
/// let report = processing_results_runtime::CallReport::default();
/// assert_eq!(serde_json::to_value(&report)?["attempts"], 0);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CallReport {
    /// How many times the request was sent.
    pub attempts: u32,
    /// Time from the start to the end, waiting included.
    #[serde(serialize_with = "seconds")]
    pub elapsed: Duration,
    /// The waits before attempts, in their order.
    #[serde(serialize_with = "seconds_each")]
    pub delays: Vec<Duration>,
    /// What to quote to the service's support, if a response names it: from
    /// `x-request-id`, `x-correlation-id` or `cf-ray`.
    pub request_id: Option<String>,
    /// Why a call that could have been tried again was not.
    pub gave_up: Option<GaveUp>,
}

fn seconds<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(time.as_secs_f64())
}

fn seconds_each<S: Serializer>(times: &[Duration], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(times.iter().map(Duration::as_secs_f64))
}

impl CallReport {
    /// Counts an attempt and returns the number of earlier ones.
    pub(crate) fn start_attempt(&mut self) -> u32 {
        self.attempts += 1;
        self.attempts - 1
    }
}

/// Why a call that could have been tried again was not. `Display` is a clause for a message.
///
/// ```
/// use processing_results_runtime::GaveUp;
///
/// assert_eq!(GaveUp::MaxRetryAfter.to_string(), "that is longer than max_retry_after");
/// assert_eq!(serde_json::to_string(&GaveUp::RetryBudget)?, r#""retry_budget""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GaveUp {
    /// It was tried again as often as `max_retries` allows.
    MaxRetries,
    /// The clones of the client have used up the retries that they share: `retry_budget`.
    RetryBudget,
    /// The next attempt would have begun after the deadline.
    Deadline,
    /// The service asked for a wait that is longer than `max_retry_after`.
    MaxRetryAfter,
    /// The service refused every request for as long as the deadline, or this one again and again while it served others.
    Refused,
}

impl GaveUp {
    /// What to set in order to be more patient.
    pub(super) fn hint(self) -> &'static str {
        match self {
            GaveUp::MaxRetries => "raise max_retries to try more often",
            GaveUp::RetryBudget => "try later, or raise retry_budget",
            GaveUp::Deadline => "raise the deadline to wait longer",
            GaveUp::MaxRetryAfter => "try later, or raise max_retry_after",
            GaveUp::Refused => "try later",
        }
    }
}

impl Display for GaveUp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            GaveUp::MaxRetries => "max_retries is reached",
            GaveUp::RetryBudget => "the retries that all calls share are used up",
            GaveUp::Deadline => "the next attempt would come after the deadline",
            GaveUp::MaxRetryAfter => "that is longer than max_retry_after",
            GaveUp::Refused => "it has been refused again and again",
        })
    }
}
