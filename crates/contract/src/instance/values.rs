//! What a single value is, and whether it has the type and the format that a schema wants.
//!
//! The bindings decide what is right here: `10.0` is an integer to them, a time without an offset is one of
//! UTC, and a uuid need not be one where the contract says `string`.
//!
//! | schema | right | wrong |
//! |---|---|---|
//! | `integer` | `10`, `10.0`, `1e3` | `10.5`, `9223372036854775808` |
//! | `number` | `10`, `0.5` | `1e400` |
//! | `date-time` | `2026-03-01T09:30:00`, `… 09:30:00.5Z` | `2026-02-30T…`, `9999-12-31T23:00:00Z` |
//! | `uri`, `password` | any text | |

use super::json::{self, Json};
use crate::yaml::Node;
use serde_json::value::RawValue;
use std::ops::Range;

/// Up to here each integer is a float too, so that `10.0` is `10`: 2 to the power of 53.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// The type of a value in the words of OpenAPI, or what keeps it from having one.
pub(crate) fn kind_of(value: &RawValue) -> &'static str {
    match json::open(value) {
        Json::Null => "null",
        Json::Boolean => "boolean",
        Json::Number(digits) => number_kind(digits),
        Json::Text(Some(_)) => "string",
        Json::Text(None) => NOT_UNICODE,
        Json::Array(_) => "array",
        Json::Object(_) | Json::Unreadable => "object",
    }
}

/// A text with half a surrogate pair, which no string holds.
pub(crate) const NOT_UNICODE: &str = "text that is not Unicode";
/// An integer that 64 bits with a sign do not hold.
pub(crate) const BIG_INTEGER: &str = "integer beyond 64 bits";
/// A number that a float does not hold.
pub(crate) const BIG_NUMBER: &str = "number beyond a float";

/// The type of a number by its digits; one that no client could hold has a name of its own, for messages.
fn number_kind(digits: &str) -> &'static str {
    let integer = !digits.contains(['.', 'e', 'E']);
    match integer {
        true if digits.parse::<i64>().is_ok() => "integer",
        true => BIG_INTEGER,
        false if digits.parse().is_ok_and(f64::is_finite) => "number",
        false => BIG_NUMBER,
    }
}

/// The type or format that a value does not have, of a schema with one. `None` if there is nothing to complain
/// of.
pub(super) fn unmet<'a>(schema: &'a Node, value: &Json) -> Option<&'a str> {
    let wanted = schema.text_of("type")?;
    let right = match (wanted, value) {
        ("string", Json::Text(text)) => text.is_some(),
        ("boolean", Json::Boolean) | ("array", Json::Array(_)) => true,
        ("object", Json::Object(_) | Json::Unreadable) => true,
        ("number", Json::Number(digits)) => digits.parse().is_ok_and(f64::is_finite),
        ("integer", Json::Number(digits)) => is_integer(digits),
        ("string" | "boolean" | "array" | "object" | "number" | "integer", _) => false,
        _ => true,
    };
    let format = schema.text_of("format");
    match right {
        true => format.filter(|format| !has_format(format, value)),
        false => Some(wanted),
    }
}

/// Whether the bindings read this number as an integer: digits within 64 bits, or a float without a fraction
/// that is exact.
fn is_integer(digits: &str) -> bool {
    let float = |digits: &str| {
        let float = digits.parse::<f64>();
        float.is_ok_and(|float| float.fract() == 0.0 && float.abs() <= MAX_EXACT)
    };
    match digits.contains(['.', 'e', 'E']) {
        true => float(digits),
        false => digits.parse::<i64>().is_ok(),
    }
}

/// Whether a value of the right type has a format. A URL and a password are any text.
fn has_format(format: &str, value: &Json) -> bool {
    match (format, value) {
        ("date-time", Json::Text(Some(text))) => is_date_time(text),
        ("date", Json::Text(Some(text))) => is_date(text),
        ("uuid", Json::Text(Some(text))) => is_uuid(text),
        ("int32", Json::Number(digits)) => digits
            .parse::<f64>()
            .is_ok_and(|number| number.abs() <= f64::from(i32::MAX)),
        _ => true,
    }
}

/// A date and a time of day as RFC 3339 has them, where the offset may be missing; on the calendar, and within
/// the range of an instant.
///
/// A space or a small `t` may stand between the two, a fraction has up to nine digits, and a minute may have a
/// second 60. Kept in step with `runtime`'s `Timestamp`, which this crate does not depend on.
pub(crate) fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(rest)) = (text.get(..10), text.get(11..)) else {
        return false;
    };
    // The last two days of the year 9999 are not within the range in every offset.
    let in_range = date < "9999-12-30";
    let separated = text[10..].starts_with(['T', 't', ' ']);
    let (Some(time), Some(rest)) = (rest.get(..8), rest.get(8..)) else {
        return false;
    };
    let (digits, offset) = match rest.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
            (fraction.len() - offset.len(), offset)
        }
        None => (1, rest),
    };
    let fits = separated && (1..=9).contains(&digits) && is_offset(offset);
    fits && in_range && is_date(date) && is_time(time)
}

/// None, `Z`, or hours and minutes that a clock can show.
fn is_offset(offset: &str) -> bool {
    match offset.strip_prefix(['+', '-']) {
        Some(offset) => shape(offset) == "00:00" && is_time(&format!("{offset}:00")),
        None => ["", "Z", "z"].contains(&offset),
    }
}

/// A time of day in the form `09:30:00`. A minute may have a second more, when the clocks are adjusted.
fn is_time(text: &str) -> bool {
    let number = |start| number(text, start..start + 2);
    shape(text) == "00:00:00" && number(0) <= 23 && number(3) <= 59 && number(6) <= 60
}

/// The number that these bytes are; 0 if they are none, which [`shape`] has excluded.
fn number(text: &str, bytes: Range<usize>) -> u32 {
    let digits = text.get(bytes).and_then(|digits| digits.parse().ok());
    digits.unwrap_or_default()
}

/// A day of the calendar in the form `2026-03-01`; the 29th of February in leap years.
fn is_date(text: &str) -> bool {
    let number = |bytes| number(text, bytes);
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    shape(text) == "0000-00-00" && (1..=days).contains(&day)
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let hex = |letter: char| letter == '-' || letter.is_ascii_hexdigit();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(hex)
}

/// The text with a 0 for each digit.
fn shape(text: &str) -> String {
    let zero = |letter: char| if letter.is_ascii_digit() { '0' } else { letter };
    text.chars().map(zero).collect()
}

#[cfg(test)]
mod tests {
    use super::is_date_time;

    #[test]
    fn a_time_is_on_the_calendar_and_within_the_range_of_an_instant() {
        for text in [
            "2026-03-01T09:30:00",
            "2026-03-01T09:30:00Z",
            "2026-03-01t09:30:00.123456789z",
            "2026-03-01 09:30:00+02:00",
            "2024-02-29T23:59:60-11:30",
            "0001-01-01T00:00:00Z",
        ] {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "",
            "2026-03-01",
            "2026-02-30T10:00:00Z",
            "2023-02-29T10:00:00Z",
            "2026-13-01T10:00:00Z",
            "2026-00-01T10:00:00Z",
            "2026-01-00T10:00:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T10:60:00Z",
            "2026-03-01T10:00Z",
            "2026-03-01 09:30:00 UTC",
            "2026-03-01T09:30:00+0200",
            "2026-03-01T09:30:00+24:00",
            "2026-03-01T09:30:00.Z",
            "2026-03-01T09:30:00.1234567890Z",
            "20260301T093000Z",
            "9999-12-31T23:59:59Z",
            "2026-03-01T09:30:0é",
            "yesterday",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }
}
