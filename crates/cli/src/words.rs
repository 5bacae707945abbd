//! Numbers, times, lengths of time and hashes as people read them, the same in tables, pages and messages.
//!
//! Times are in UTC, as `2026-03-02 09:14:07Z`, so that two of them can be compared and sorted. A time that no calendar
//! has, which the service may send, is shown as it was sent.

use std::time::Duration;

use indicatif::HumanCount;
use jiff::fmt::friendly::{Designator, Spacing, SpanPrinter};
use jiff::{SignedDuration, SpanRound, Timestamp, Unit};
use processing_results::types::ProcessingResult;

use crate::mask;
use crate::text::{escaped, shortened};

/// Characters of a hash that are shown: 48 bits of a SHA-256.
const HASH_LEN: usize = 12;

/// Units of a length of time, from the longest: from how many seconds on it is used, and the smallest unit beside it.
const UNITS: [(Unit, u64, Unit); 4] = [
    (Unit::Day, 10 * 86_400, Unit::Day),
    (Unit::Day, 86_400, Unit::Hour),
    (Unit::Hour, 3_600, Unit::Minute),
    (Unit::Minute, 60, Unit::Second),
];

/// A number with a comma between thousands.
pub(crate) fn grouped(count: u64) -> String {
    HumanCount(count).to_string()
}

/// A length as a number for [`grouped`] and `counted`.
pub(crate) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// When a result was made, to the second: `2026-03-02 09:14:07Z`.
pub(crate) fn moment(result: &ProcessingResult) -> String {
    time(result, "%Y-%m-%d %H:%M:%SZ")
}

/// When a result was made, to the minute: `2026-03-02 09:14Z`.
pub(crate) fn minute(result: &ProcessingResult) -> String {
    time(result, "%Y-%m-%d %H:%MZ")
}

/// When a result was made, in this form; as it was sent if no calendar has it.
fn time(result: &ProcessingResult, form: &str) -> String {
    let time = &result.processed_at;
    match (time.is_exact(), time.as_str()) {
        (true, _) => time.strftime(form).to_string(),
        (false, "") => "no time".to_owned(),
        (false, text) => escaped(&mask::text(text, false)),
    }
}

/// The day of a time: `2026-03-02`.
pub(crate) fn day(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

/// When a result was made. `None` if its text is no time, such as `yesterday`: the library puts such a result at the
/// beginning of the calendar, from where no length of time and no chart may start.
pub(crate) fn instant(result: &ProcessingResult) -> Option<Timestamp> {
    let time = &result.processed_at;
    (time.is_exact() || time.get() != Timestamp::MIN).then(|| time.get())
}

/// When a result was made, in UTC as in RFC 3339; as it was sent if that is no time.
pub(crate) fn utc(result: &ProcessingResult) -> String {
    let text = || mask::text(result.processed_at.as_str(), false).into_owned();
    instant(result).map_or_else(text, |time| time.to_string())
}

/// The time between two results; `None` if one of them has no time.
pub(crate) fn between(first: &ProcessingResult, last: &ProcessingResult) -> Option<Duration> {
    let (first, last) = (instant(first)?, instant(last)?);
    Some(last.duration_since(first).unsigned_abs())
}

/// The beginning of a hash, enough to distinguish it from others.
pub(crate) fn short_hash(hash: &str) -> String {
    shortened(hash, HASH_LEN).trim_end_matches('…').to_owned()
}

/// A length of time in the units that matter: `46 days`, `2 days 4 hours`, `6 minutes 52 seconds`.
pub(crate) fn span(length: Duration) -> String {
    let seconds = length.as_secs();
    let unit = UNITS.iter().find(|(_, least, _)| seconds >= *least);
    let (largest, _, smallest) = unit.copied().unwrap_or((Unit::Second, 0, Unit::Second));
    let round = SpanRound::new()
        .largest(largest)
        .smallest(smallest)
        .mode(jiff::RoundMode::Trunc)
        .days_are_24_hours();
    let span = SignedDuration::try_from(length).and_then(jiff::Span::try_from);
    let printer = SpanPrinter::new()
        .designator(Designator::Verbose)
        .spacing(Spacing::BetweenUnitsAndDesignators);
    match span.and_then(|span| span.round(round)) {
        Ok(span) if span.is_zero() => "less than a second".to_owned(),
        Ok(span) => printer.span_to_string(&span),
        // Longer than any calendar.
        Err(_) => format!("{} days", grouped(seconds / 86_400)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_the_units_that_matter() {
        for (millis, text) in [
            (0, "less than a second"),
            (2_900, "2 seconds"),
            (59_999, "59 seconds"),
            (412_000, "6 minutes 52 seconds"),
            (3_600_000, "1 hour"),
            (3_661_000, "1 hour 1 minute"),
            (90_061_000, "1 day 1 hour"),
            (3_990_000_000, "46 days"),
        ] {
            assert_eq!(span(Duration::from_millis(millis)), text, "{millis} ms");
        }
        assert!(span(Duration::MAX).ends_with(" days"));
    }
}
