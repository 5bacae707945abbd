//! When to try again and how long to wait, as pure functions, and what the
//! clones of a client share: a pause and a budget.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};
use tokio::time::Instant;

use crate::response::{Response, TimeoutKind, TransportError};

/// Upper bound of the first delay, doubled with every retry: the official
/// SDKs' number.
const FIRST_DELAY: Duration = Duration::from_millis(500);
/// Upper bound of every delay that the service did not ask for: the official
/// SDKs' number.
const MAX_DELAY: Duration = Duration::from_secs(8);
/// What a full budget holds: enough for 100 retries in a row.
const BUDGET: u32 = 500;
/// What a retry takes from the budget; an answer without one gives back 1.
const RETRY_COST: u32 = 5;

/// Whether the outcome of an attempt is worth another one.
pub(crate) fn is_transient(outcome: &Result<Response, TransportError>) -> bool {
    match outcome {
        Ok(response) => is_transient_response(response),
        Err(error) => is_transient_failure(error),
    }
}

/// Whether the service may answer otherwise next time.
pub(crate) fn is_transient_response(response: &Response) -> bool {
    // A success is what was asked for, whatever the headers say.
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
        // Somebody else held a lock for a moment.
        (None, 409) => true,
        // Too early, not wrong.
        (None, 429) => true,
        // Its own fault, and usually a passing one; gateways included.
        (None, 500..) => true,
        // Anything else would be answered the same again.
        (None, _) => false,
    }
}

/// Whether an attempt without an answer may get one next time.
pub(crate) fn is_transient_failure(error: &TransportError) -> bool {
    match error {
        // The deadline is the caller's: over is over.
        TransportError::Timeout(TimeoutKind::Deadline) => false,
        // Every other limit is that of one attempt.
        TransportError::Timeout(_) => true,
        // Nothing arrived, so nothing was done.
        TransportError::Connect(_) => true,
        // A body that breaks off is as transient as a 503.
        TransportError::Interrupted(_) => true,
        // A certificate does not mend itself within seconds.
        TransportError::Tls(_) => false,
        // Cannot be sent, not now and not later.
        TransportError::Unsendable(_) => false,
        // It would be as large again.
        TransportError::TooLarge => false,
        // The pause is longer than the call may take.
        TransportError::Paused => false,
    }
}

fn should_retry_header(headers: &HeaderMap) -> Option<bool> {
    headers
        .get("x-should-retry")?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}

/// A number from 0 to 1, for jitter: no better than that needs to be.
pub(crate) fn random() -> f64 {
    // Each state has other keys, at random for the process.
    let hash = RandomState::new().build_hasher().finish();
    hash as f64 / u64::MAX as f64
}

/// How long to wait before retry number `retry`, counted from 0: at random up
/// to a bound that doubles, and never less than the service asked for.
pub(crate) fn delay(retry: u32, random: f64, retry_after: Option<Duration>) -> Duration {
    let bound = FIRST_DELAY
        .saturating_mul(2_u32.saturating_pow(retry))
        .min(MAX_DELAY);
    bound
        .mul_f64(random.clamp(0.0, 1.0))
        .max(retry_after.unwrap_or_default())
}

/// How long the service asked to wait: `retry-after-ms`, else `Retry-After` in
/// seconds, fractions too, or as an HTTP date.
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
            match text.parse::<f64>() {
                Ok(number) => seconds(number),
                Err(_) => {
                    let date = httpdate::parse_http_date(text).ok()?;
                    Some(date.duration_since(now).unwrap_or_default())
                }
            }
        })
}

/// Retries that all clones of a client share, so that an outage does not
/// multiply the load.
#[derive(Debug)]
pub(crate) struct Budget(u32);

impl Default for Budget {
    fn default() -> Self {
        Budget(BUDGET)
    }
}

impl Budget {
    /// Takes the cost of one retry, if there is enough.
    pub(crate) fn take(&mut self) -> bool {
        let left = self.0.checked_sub(RETRY_COST);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }

    /// An answer that needed no retry.
    pub(crate) fn refill(&mut self) {
        self.0 = BUDGET.min(self.0 + 1);
    }
}

/// Until when no clone of a client sends anything.
#[derive(Debug, Default)]
pub(crate) struct Pause(Option<Instant>);

impl Pause {
    /// Makes it at least `delay` from now. A delay beyond all clocks is forever.
    pub(crate) fn extend(&mut self, now: Instant, delay: Duration) {
        let until = now
            .checked_add(delay)
            .unwrap_or(now + Duration::from_secs(86_400 * 365));
        self.0 = self.0.max(Some(until));
    }

    /// What is left of it.
    pub(crate) fn left(&self, now: Instant) -> Duration {
        self.0
            .map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn delays_double_up_to_their_bound_with_full_jitter() {
        let bounds: Vec<_> = (0..6)
            .map(|retry| delay(retry, 1.0, None).as_millis())
            .collect();
        assert_eq!(bounds, [500, 1000, 2000, 4000, 8000, 8000]);
        assert_eq!(delay(u32::MAX, 0.5, None), Duration::from_secs(4));
        assert_eq!(delay(3, 0.0, None), Duration::ZERO);
    }

    #[test]
    fn jitter_is_spread_over_its_range() {
        let numbers: Vec<_> = (0..1000).map(|_| random()).collect();
        assert!(numbers.iter().all(|number| (0.0..=1.0).contains(number)));
        for tenth in 0..10 {
            let range = f64::from(tenth) / 10.0..f64::from(tenth + 1) / 10.0;
            let count = numbers
                .iter()
                .filter(|number| range.contains(number))
                .count();
            assert!((30..300).contains(&count), "{range:?}: {count}");
        }
    }

    #[test]
    fn the_service_s_wish_is_never_undercut() {
        let asked = Some(Duration::from_secs(90));
        assert_eq!(delay(0, 0.0, asked), Duration::from_secs(90));
        assert_eq!(delay(5, 1.0, asked), Duration::from_secs(90));
        assert_eq!(
            delay(5, 1.0, Some(Duration::from_secs(1))),
            Duration::from_secs(8)
        );
    }

    #[test]
    fn every_form_of_the_wish_is_read() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let read = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            retry_after(&headers, now).map(|delay| delay.as_millis())
        };
        assert_eq!(read("retry-after", "120"), Some(120_000));
        assert_eq!(read("retry-after", " 1.5 "), Some(1500));
        assert_eq!(read("retry-after-ms", "250"), Some(250));
        assert_eq!(
            read("retry-after", "Sun, 09 Sep 2001 01:46:50 GMT"),
            Some(10_000)
        );
        assert_eq!(
            read("retry-after", "Sun, 09 Sep 2001 01:46:30 GMT"),
            Some(0)
        );
        for nonsense in ["", "soon", "-1", "NaN", "inf", "1e300"] {
            assert_eq!(read("retry-after", nonsense), None, "{nonsense}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }

    #[test]
    fn the_budget_ends_and_recovers() {
        let mut budget = Budget::default();
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
        assert!(!budget.take());
        (0..5).for_each(|_| budget.refill());
        assert!(budget.take());
        (0..10_000).for_each(|_| budget.refill());
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_extended_never_shortened() {
        let (mut pause, now) = (Pause::default(), Instant::now());
        assert_eq!(pause.left(now), Duration::ZERO);
        pause.extend(now, Duration::from_secs(9));
        pause.extend(now, Duration::from_secs(3));
        assert_eq!(pause.left(now), Duration::from_secs(9));
        pause.extend(now, Duration::MAX);
        assert!(pause.left(now) > Duration::from_secs(86_400));
    }

    /// A requested wait is one that clocks can follow, and no delay is shorter.
    /// The first line of the input is `Retry-After`, the second `retry-after-ms`.
    fn check_retry_after(data: &[u8]) -> bool {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        let mut headers = HeaderMap::new();
        for (name, line) in [RETRY_AFTER.as_str(), "retry-after-ms"]
            .into_iter()
            .zip(data.split(|byte| *byte == b'\n'))
        {
            if let Ok(value) = HeaderValue::from_bytes(line) {
                headers.insert(name, value);
            }
        }
        let wish = retry_after(&headers, now);
        for (retry, random) in [(0, 0.0), (3, 0.5), (u32::MAX, 1.0)] {
            let wait = delay(retry, random, wish);
            assert!(wait >= wish.unwrap_or_default());
            assert!(wait <= wish.unwrap_or_default().max(Duration::from_secs(8)));
        }
        let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
        if let (Some(text), None) = (text(RETRY_AFTER.as_str()), text("retry-after-ms")) {
            // Digits are seconds, all of them that a float can count.
            if let Ok(seconds @ 0..=9_007_199_254_740_992) = text.parse() {
                assert_eq!(wish, Some(Duration::from_secs(seconds)));
            }
            if let Ok(date) = httpdate::parse_http_date(text) {
                assert!(now + wish.unwrap() >= date);
            }
        }
        let Some(wish) = wish else { return false };
        let (mut pause, start) = (Pause::default(), tokio::time::Instant::now());
        pause.extend(start, wish);
        assert!(pause.left(start) >= wish.min(Duration::from_secs(86_400 * 365)));
        true
    }

    #[test]
    fn every_header_of_the_corpus_is_read() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/retry_after");
        let mut read = 0;
        for file in std::fs::read_dir(corpus).unwrap() {
            let path = file.unwrap().path();
            println!("{}", path.display());
            read += usize::from(check_retry_after(&std::fs::read(path).unwrap()));
        }
        assert!(read > 0, "no header of the corpus is a wait");
    }

    proptest! {
        #[test]
        fn any_header_is_read(seconds in r"[ -~]{0,12}|[0-9]{1,20}(\.[0-9]{1,5})?", millis in "[ -~]{0,9}") {
            check_retry_after(format!("{seconds}\n{millis}").as_bytes());
            check_retry_after(seconds.as_bytes());
        }
    }
}
