//! The instant that a text names, or the nearest to it.
//!
//! | text | instant | |
//! |---|---|---|
//! | `2026-03-01T09:30:00.25` | `2026-03-01T09:30:00.25Z` | exact: without an offset it is UTC |
//! | `2026-03-01T10:30:00+01:00` | `2026-03-01T09:30:00Z` | exact |
//! | `2026-03-01T24:00:00Z` | `2026-03-02T00:00:00Z` | nearest: ISO 8601 has it, RFC 3339 does not |
//! | `2026-03-01T09:30:00.1234567891Z` | `2026-03-01T09:30:00.123456789Z` | nearest: nanoseconds are the smallest |
//! | `9999-12-31T23:59:59Z` | `9999-12-30T22:00:00.999999999Z` | nearest: the end of what jiff has |

use jiff::{fmt::temporal::Pieces, tz::TimeZone};

pub(super) fn exact(text: &str) -> Result<jiff::Timestamp, jiff::Error> {
    // What has no offset and no time zone is UTC; an offset out of range or a zone without one is not.
    match Pieces::parse(text) {
        Ok(pieces) if pieces.time_zone_annotation().is_none() => {
            let time = pieces.date().to_datetime(pieces.time().unwrap_or_default());
            match (pieces.offset(), pieces.to_numeric_offset()) {
                (None, _) => TimeZone::UTC.to_timestamp(time),
                (_, Some(offset)) if pieces.time().is_some() => offset.to_timestamp(time),
                _ => text.parse(),
            }
        }
        _ => text.parse(),
    }
}

/// The instant that is nearest to a time that is not exactly one.
pub(super) fn nearest(text: &str) -> Option<jiff::Timestamp> {
    if has_long_year(text) {
        return Some(jiff::Timestamp::MAX);
    }
    let short = nine_digits(without_zone(text));
    // `24:00` ends the day.
    match short.find("24:00") {
        Some(at) if at > 9 => {
            let last_minute = format!("{}23:59{}", &short[..at], &short[at + 5..]);
            let minute = jiff::SignedDuration::from_mins(1);
            within_calendar(&last_minute)?.saturating_add(minute).ok()
        }
        _ => within_calendar(&short),
    }
}

/// The instant, or the end of the calendar for one beyond it.
fn within_calendar(text: &str) -> Option<jiff::Timestamp> {
    exact(text).ok().or_else(|| {
        let pieces = Pieces::parse(text).ok()?;
        let time = pieces.date().to_datetime(pieces.time().unwrap_or_default());
        Some(
            TimeZone::UTC
                .to_timestamp(time)
                .unwrap_or(match time.year() {
                    ..0 => jiff::Timestamp::MIN,
                    _ => jiff::Timestamp::MAX,
                }),
        )
    })
}

/// Whether it is a time after the year 9999.
fn has_long_year(text: &str) -> bool {
    let digits = text.trim_start_matches('+').trim_start_matches('0');
    let year = digits.bytes().take_while(u8::is_ascii_digit).count();
    let rest = digits.as_bytes().get(year..).unwrap_or_default();
    year > 4 && matches!(rest, [b'-', b'0'..=b'9', b'0'..=b'9', b'-', ..])
}

/// The text without the time zone after it, as in `[Europe/Berlin]`, ` UTC` or ` Europe/Berlin`.
fn without_zone(text: &str) -> &str {
    let text = text.split('[').next().unwrap_or(text).trim_end();
    let is_zone = |zone: &str| zone.starts_with(|first: char| first.is_ascii_alphabetic());
    match text.rsplit_once(' ') {
        Some((time, zone)) if is_zone(zone) => time,
        _ => text,
    }
}

/// The text with the first nine digits of a fraction of a second.
fn nine_digits(text: &str) -> String {
    let Some(point) = text.find(['.', ',']) else {
        return text.to_owned();
    };
    let (whole, fraction) = text.split_at(point + 1);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    format!(
        "{whole}{}{}",
        &fraction[..digits.min(9)],
        &fraction[digits..]
    )
}
