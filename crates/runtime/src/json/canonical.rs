//! One text for all that are the same JSON, and the value of a text that a [`Value`] cannot hold as it is.
//!
//! `{"a":1,"b":2.0}` and `{ "b": 2, "a": 1e0 }` are the same. Numbers stay text all the way, since a float would make equal
//! what differs in the twentieth digit, and refuse `1e400`.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::scan::{items, members, on_one_line};

/// Nesting that is looked into; what is deeper counts as it is written.
const MAX_DEPTH: usize = 100;

/// The same text for two texts of the same JSON: keys in order, numbers and texts in one notation. Numbers are compared
/// to the last digit.
///
/// | texts | canonical |
/// |---|---|
/// | `1`, `1.0`, `10e-1` | `1e0` |
/// | `-0`, `0.00e9` | `0` |
/// | `"\u00e9"`, `"é"` | `"é"` |
/// | `{"b": [ ], "a": 1}` | `{"a":1e0,"b":[]}` |
/// | `{"a": 1, "a": 2}` | `{"a":1e0,"a":2e0}`: both are there, since which of them counts is the reader's choice |
pub(crate) fn canonical(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    push(json, 0, &mut out);
    out
}

/// Adds the canonical text of a value.
fn push(json: &str, depth: usize, out: &mut String) {
    match json.as_bytes().first() {
        Some(b'{' | b'[') if depth >= MAX_DEPTH => out.extend(on_one_line(json)),
        Some(b'{') => {
            let inner = |json: &str| {
                let mut out = String::new();
                push(json, depth + 1, &mut out);
                out
            };
            let members = members(json).map(|(key, value)| inner(key) + ":" + &inner(value));
            let mut members: Vec<_> = members.collect();
            members.sort_unstable();
            out.push('{');
            out.push_str(&members.join(","));
            out.push('}');
        }
        Some(b'[') => {
            out.push('[');
            for (at, item) in items(json).enumerate() {
                if at > 0 {
                    out.push(',');
                }
                push(item, depth + 1, out);
            }
            out.push(']');
        }
        Some(b'"') => match serde_json::from_str::<Cow<'_, str>>(json) {
            Ok(text) => out.push_str(&Value::from(&*text).to_string()),
            Err(_) => out.push_str(json),
        },
        Some(b'-' | b'0'..=b'9') => out.push_str(&number(json)),
        _ => out.push_str(json),
    }
}

/// A number without what does not change its value: `1`, `1.0` and `10e-1` are the same.
fn number(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (digits, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return "0".to_owned();
    }
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let shift = i64::try_from(zeros)
        .ok()
        .zip(i64::try_from(fraction.len()).ok());
    let shift = shift.map(|(zeros, fraction)| zeros - fraction);
    let exponent = exponent.parse::<i64>().ok();
    match exponent
        .zip(shift)
        .and_then(|(exponent, shift)| exponent.checked_add(shift))
    {
        Some(exponent) => format!("{sign}{significant}e{exponent}"),
        None => text.to_owned(),
    }
}

/// The value of a text. What a value cannot hold is text in it: `[1e400]` is `["1e400"]`. Of a key that comes twice it has
/// the last value, as any reader of `serde_json` has.
pub(crate) fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|_| part(json, 0))
}

/// As [`value`], of a text that serde_json refuses; most parts of it are read by serde_json all the same.
fn part(json: &str, depth: usize) -> Value {
    match json.as_bytes().first() {
        Some(b'{' | b'[') if depth >= MAX_DEPTH => Value::from(json),
        Some(b'{') => {
            let members = members(json).map(|(key, value)| (text(key), part(value, depth + 1)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Some(b'[') => items(json).map(|item| part(item, depth + 1)).collect(),
        Some(b'"') => Value::String(text(json)),
        // A number beyond what a float can hold.
        _ => serde_json::from_str(json).unwrap_or_else(|_| Value::from(json)),
    }
}

/// A text in which half of a surrogate pair is U+FFFD.
fn text(quoted: &str) -> String {
    let decoded = crate::field::text(&mut serde_json::Deserializer::from_str(quoted));
    decoded.map_or_else(|_| quoted.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_same_json_have_one_canonical_text() {
        for (one, other) in [
            ("1", "1.0"),
            ("1", "10e-1"),
            ("-0", "0.00e9"),
            ("1e400", "10E+399"),
            ("\"\\u00e9\"", "\"é\""),
            (
                "{\"a\": [1, {} ], \"b\":null}",
                "{\"b\" : null,\"a\":[ 1.0,{}]}",
            ),
            ("[ ]", "[]"),
        ] {
            assert_eq!(canonical(one), canonical(other));
        }
        for (one, other) in [
            ("12345678901234567890123", "12345678901234567890124"),
            ("0.1", "0.10000000000000000555"),
            ("1e400", "1e401"),
            ("1", "\"1\""),
            ("\"\\ud83d\"", "\"\\ud83e\""),
            ("{\"a\":1,\"a\":2}", "{\"a\":2}"),
            ("[[]]", "[]"),
        ] {
            assert_ne!(canonical(one), canonical(other));
        }
    }

    #[test]
    fn what_a_value_cannot_hold_is_text_in_it() {
        let json = value(r#"{"lang": "de", "big": [1e400, 2], "half": "x\ud83d"}"#);
        assert_eq!(json["lang"], "de");
        assert_eq!(json["big"], serde_json::json!(["1e400", 2]));
        assert_eq!(json["half"], "x\u{fffd}");
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(value(&deep).is_array());
        assert_eq!(canonical(&deep), deep);
    }
}
