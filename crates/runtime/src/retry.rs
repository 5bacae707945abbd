//! When to try again and how long to wait, as pure functions, and the budget for retries that clones share.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use crate::pace::Backoff;
use crate::response::{Response, TimeoutKind, TransportError};

#[cfg(test)]
mod tests;

/// What a retry takes from the budget; a response that needed no retry gives back 1.
const RETRY_COST: u32 = 5;

/// Whether the outcome of an attempt is worth another one.
pub(crate) fn is_transient(outcome: &Result<Response, TransportError>) -> bool {
    match outcome {
        Ok(response) => is_transient_response(response),
        Err(error) => is_transient_failure(error),
    }
}

/// Whether the service may respond otherwise next time.
pub(crate) fn is_transient_response(response: &Response) -> bool {
    // A success is what was requested, whatever the headers say.
    if response.status.is_success() {
        return false;
    }
    match (
        should_retry_header(&response.headers),
        response.status.as_u16(),
    ) {
        // The service knows best, in both directions.
        (Some(should_retry), _) => should_retry,
        // It gave up waiting for a request that it never read.
        (None, 408) => true,
        // Another request had locked the item for a moment.
        (None, 409) => true,
        // Too early, not wrong.
        (None, 429) => true,
        // The network wants somebody to sign in. All others from 500 are failures of the service or a gateway, which usually pass.
        (None, 511) => false,
        (None, 500..) => true,
        // The response to anything else would be the same again.
        (None, _) => false,
    }
}

/// Whether an attempt without a response may get one next time.
pub(crate) fn is_transient_failure(error: &TransportError) -> bool {
    match error {
        // The deadline is the caller's: over is over.
        TransportError::Timeout(TimeoutKind::Deadline) => false,
        // Every other limit is that of one attempt.
        TransportError::Timeout(_) | TransportError::ClientTimeout => true,
        // Nothing arrived, so nothing was done.
        TransportError::Connect(_) => true,
        // A body that breaks off is as transient as a 503.
        TransportError::Interrupted(_) => true,
        // A certificate does not mend itself within seconds.
        TransportError::Tls(_) | TransportError::NoTls(_) => false,
        // Cannot be sent, not now and not later.
        TransportError::Unsendable(_) => false,
        // It would be as large again, or follow the same redirect.
        TransportError::TooLarge | TransportError::Redirected => false,
        // It would be encoded again, or the proxy would want the same login.
        TransportError::Encoded(..) | TransportError::ProxyLogin(_) => false,
        // The wait is longer than the call may take.
        TransportError::Paused | TransportError::RateLimit => false,
    }
}

/// Whether the service itself says to try again; the official SDKs follow this header, too.
fn should_retry_header(headers: &HeaderMap) -> Option<bool> {
    headers
        .get("x-should-retry")?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}

/// A number from 0 to 1, random enough for jitter.
pub(crate) fn random() -> f64 {
    // Each state has other keys, at random for the process.
    let hash = RandomState::new().build_hasher().finish();
    hash as f64 / u64::MAX as f64
}

/// How long to wait before retry number `retry`, counted from 0: at random up
/// to a bound that doubles, and never less than the service asked for. By default the bounds are 0.5, 1, 2, 4, 8, 8, ...
/// seconds. The wait is anything between 0 and the bound ("full jitter"), so that clients which failed together do not come
/// back together.
pub(crate) fn delay(
    retry: u32,
    random: f64,
    retry_after: Option<Duration>,
    backoff: Backoff,
) -> Duration {
    let bound = backoff
        .first
        .saturating_mul(2_u32.saturating_pow(retry))
        .min(backoff.max);
    bound
        .mul_f64(random.clamp(0.0, 1.0))
        .max(retry_after.unwrap_or_default())
}

/// How long the service asked to wait: `retry-after-ms`, else `Retry-After` in
/// seconds, fractions too, or as an HTTP date. A date is the service's, and so is the time it is compared with: that
/// of the response's own `Date`, or `now` without one.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    let seconds = |number: f64| Duration::try_from_secs_f64(number).ok();
    let millis = text("retry-after-ms").and_then(|text| text.parse::<f64>().ok());
    millis
        .and_then(|millis| seconds(millis / 1000.0))
        .or_else(|| {
            let text = text(RETRY_AFTER.as_str())?;
            if let Ok(number) = text.parse::<f64>() {
                return seconds(number);
            }
            let date = httpdate::parse_http_date(text).ok()?;
            let sent = self::date(headers).unwrap_or(now);
            Some(date.duration_since(sent).unwrap_or_default())
        })
}

/// When the service sent the response, by its own clock.
fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

/// Retries that all clones of a client share, so that an outage does not
/// multiply the load: with 100 retries and 32 calls at a time, each call is tried again some three times, and
/// then none is until responses have filled the budget, a fifth of a retry each.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u32,
    full: u32,
}

impl Budget {
    /// Enough for this number of retries in a row.
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(RETRY_COST);
        Budget { left: full, full }
    }

    /// Takes the cost of one retry, if there is enough.
    pub(crate) fn take(&mut self) -> bool {
        let left = self.left.checked_sub(RETRY_COST);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// A response that needed no retry.
    pub(crate) fn refill(&mut self) {
        self.left = self.full.min(self.left.saturating_add(1));
    }
}
