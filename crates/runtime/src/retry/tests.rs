use std::path::Path;

use proptest::prelude::*;
use reqwest::header::HeaderValue;

use super::*;

const BACKOFF: Backoff = Backoff {
    first: Duration::from_millis(500),
    max: Duration::from_secs(8),
};

fn delay(retry: u32, random: f64, retry_after: Option<Duration>) -> Duration {
    super::delay(retry, random, retry_after, BACKOFF)
}

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
    let retry_after = Some(Duration::from_secs(90));
    assert_eq!(delay(0, 0.0, retry_after), Duration::from_secs(90));
    assert_eq!(delay(5, 1.0, retry_after), Duration::from_secs(90));
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
    let mut budget = Budget::new(100);
    assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
    assert!(!budget.take());
    (0..5).for_each(|_| budget.refill());
    assert!(budget.take());
    (0..10_000).for_each(|_| budget.refill());
    assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
}

#[test]
fn a_date_is_compared_with_the_response_s_own() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let hour = Duration::from_secs(3600);
    for service in [now - hour, now, now + hour] {
        let mut headers = HeaderMap::new();
        let wish = service + Duration::from_secs(5);
        for (name, time) in [(DATE, service), (RETRY_AFTER, wish)] {
            let text = httpdate::fmt_http_date(time);
            headers.insert(name, text.parse().unwrap());
        }
        assert_eq!(retry_after(&headers, now), Some(Duration::from_secs(5)));
    }
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
    wish.is_some()
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
