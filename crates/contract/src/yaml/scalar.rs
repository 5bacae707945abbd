//! What a plain scalar means: the core schema of YAML 1.2, and where YAML 1.1 would disagree.
//!
//! | text | here | YAML 1.1 |
//! |---|---|---|
//! | `true`, `True`, `TRUE` | true | true |
//! | `no` | "no" | false |
//! | `012` | 12 | 10 |
//! | `0o17`, `0x1F` | 15, 31 | "0o17", 31 |
//! | `.5`, `1.`, `1e3` | numbers | numbers, but for some |
//! | `1e999` | "1e999" | infinity |
//!
//! Sources: YAML 1.2.2, section 10.3.2; the type repository of YAML 1.1 for `bool`, `int`, `float` and
//! `timestamp`.

use crate::text::is_invisible;
use serde_json::{Number, Value};

/// The JSON value of a plain scalar by the core schema of YAML 1.2. A number that JSON does not hold is its
/// text.
pub(crate) fn core_schema(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

/// Whether a YAML 1.1 tool reads this plain scalar as a boolean, where YAML 1.2 reads a string. Each word has
/// three spellings: `no`, `No`, `NO`; `nO` is a text to both.
pub(crate) fn is_yaml11_boolean(text: &str) -> bool {
    const WORDS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];
    let lower = text.to_ascii_lowercase();
    let capitalized = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    WORDS.iter().any(|word| {
        lower == *word
            && (text == *word || text == lower.to_ascii_uppercase() || text == capitalized(word))
    })
}

/// What a YAML 1.1 tool reads in a plain scalar that is a string, or no number of JSON, to YAML 1.2 tools: a
/// date (`2026-11-24`), a number to the base of 60 (`12:30`), with separators (`1_000`), binary, or `.inf`.
/// `None` for `3.0.3`.
pub(crate) fn yaml11_kind(text: &str) -> Option<&'static str> {
    let first = text.trim_start_matches(['-', '+']);
    if is_float(first) && number(text).is_none() {
        return Some("a number");
    }
    if [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(&first) {
        return Some("a number");
    }
    if !first.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let is = |text: &str, more: &str| {
        let fits = |letter: char| letter.is_ascii_digit() || more.contains(letter);
        !text.is_empty() && text.chars().all(fits)
    };
    let date: Vec<&str> = text.splitn(3, '-').collect();
    if let [year, month, day] = date[..] {
        let short = |text: &str| (1..=2).contains(&text.len());
        let (first, _) = day.split_once(['T', 't', ' ']).unwrap_or((day, ""));
        let digits = year.len() == 4 && is(year, "") && is(month, "") && is(day, "TtZz: .+-");
        if digits && short(month) && short(first) {
            return Some("a date");
        }
    }
    let sexagesimal =
        first.contains(':') && is(first, ":._") && !first.contains("::") && !first.ends_with(':');
    let grouped = first.contains('_') && is(first, "_.");
    let binary = first.strip_prefix("0b").is_some_and(|digits| {
        digits.chars().all(|digit| "01_".contains(digit)) && !digits.is_empty()
    });
    (sexagesimal || grouped || binary).then_some("a number")
}

/// A text as a scalar that every YAML tool reads as that text, in block and in flow style.
///
/// `To be described.` stays bare, `no` and `a: b` get double quotes, `#/components/schemas/A` the single quotes
/// that references have everywhere in the file.
pub(crate) fn quoted(text: &str) -> String {
    let starts =
        text.starts_with(|first: char| first.is_ascii_alphanumeric() || "_$".contains(first));
    let plain = text
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || "_.-/$ ".contains(letter));
    let plain = starts && plain && !text.ends_with(' ');
    let same =
        core_schema(text).is_string() && !is_yaml11_boolean(text) && yaml11_kind(text).is_none();
    match plain && same {
        true => text.to_owned(),
        // As references are written.
        false if text.starts_with("#/") && !text.contains(['\'', '\n']) && text.is_ascii() => {
            format!("'{text}'")
        }
        false => double_quoted(text),
    }
}

/// The text in double quotes, on one line. JSON escapes are YAML escapes; what YAML does not print, and what
/// nobody can see, is escaped as well.
pub(crate) fn double_quoted(text: &str) -> String {
    let json = Value::String(text.to_owned()).to_string();
    let mut quoted = String::with_capacity(json.len());
    for letter in json.chars() {
        let code = u32::from(letter);
        match letter {
            _ if code > 0xffff && is_invisible(letter) => quoted += &format!("\\U{code:08x}"),
            '\u{7f}' | '\u{fffe}' | '\u{ffff}' => quoted += &format!("\\u{code:04x}"),
            _ if is_invisible(letter) => quoted += &format!("\\u{code:04x}"),
            _ => quoted.push(letter),
        }
    }
    quoted
}

/// The number that a plain scalar is, in decimal, hexadecimal or octal. Integers of 64 bits stay exact; bigger
/// ones become floats, and infinite ones none.
fn number(text: &str) -> Option<Number> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            // `from_str_radix` also takes a sign, the core schema does not.
            let unsigned = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let number = u64::from_str_radix(digits, radix).ok().filter(|_| unsigned);
            return number.map(Number::from);
        }
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let integer = unsigned.parse::<i64>().map(Number::from);
        let integer = integer.or_else(|_| unsigned.parse::<u64>().map(Number::from));
        return integer.ok().or_else(|| float(unsigned));
    }
    is_float(digits).then(|| float(unsigned)).flatten()
}

fn float(text: &str) -> Option<Number> {
    text.parse().ok().and_then(Number::from_f64)
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_float(digits: &str) -> bool {
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && all_digits(exponent)
    });
    !(whole.is_empty() && fraction.is_empty())
        && all_digits(whole)
        && all_digits(fraction)
        && exponent_fits
}

#[cfg(test)]
mod tests {
    use super::{core_schema, is_yaml11_boolean, quoted, yaml11_kind};
    use serde_json::json;

    #[test]
    fn plain_scalars_are_read_by_the_core_schema() {
        for (text, value) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("TRUE", json!(true)),
            ("no", json!("no")),
            ("012", json!(12)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            ("-7", json!(-7)),
            ("+7", json!(7)),
            ("18446744073709551615", json!(u64::MAX)),
            ("18446744073709551616", json!(18446744073709551616.0)),
            (".5", json!(0.5)),
            ("1.", json!(1.0)),
            ("1e3", json!(1000.0)),
            ("3.0.3", json!("3.0.3")),
            ("2026-11-24", json!("2026-11-24")),
            (".", json!(".")),
            ("e5", json!("e5")),
            ("0x", json!("0x")),
            ("0x-1", json!("0x-1")),
            ("-", json!("-")),
            (".inf", json!(".inf")),
            ("1e999", json!("1e999")),
        ] {
            assert_eq!(core_schema(text), value, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_quoted_where_a_tool_could_read_something_else() {
        for (text, scalar) in [
            ("To be described.", "To be described."),
            ("$ref", "$ref"),
            ("no", "\"no\""),
            ("2026-11-24", "\"2026-11-24\""),
            ("12", "\"12\""),
            (" a", "\" a\""),
            ("a ", "\"a \""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("#/components/schemas/A", "'#/components/schemas/A'"),
            ("a\nb\u{7f}\u{2028}", "\"a\\nb\\u007f\\u2028\""),
        ] {
            assert_eq!(quoted(text), scalar, "{text:?}");
        }
    }

    #[test]
    fn yaml11_booleans_are_known_in_their_three_spellings() {
        for text in ["no", "No", "NO", "yes", "on", "OFF", "y", "N"] {
            assert!(is_yaml11_boolean(text), "{text}");
        }
        for text in ["nO", "true", "none", "", "ja"] {
            assert!(!is_yaml11_boolean(text), "{text}");
        }
    }

    #[test]
    fn dates_and_odd_numbers_of_yaml11_are_known() {
        for text in [
            "2026-11-24",
            "2026-03-01T09:30:00",
            "2026-03-01 09:30:00.5 +01:00",
            "2026-1-2",
        ] {
            assert_eq!(yaml11_kind(text), Some("a date"), "{text}");
        }
        for text in [
            "12:30:45", "190:20", "1_000", "0b11", ".inf", "-.INF", "1e999",
        ] {
            assert_eq!(yaml11_kind(text), Some("a number"), "{text}");
        }
        for text in [
            "3.0.3",
            "1.2.3",
            "2026-11",
            "a:1",
            "0low",
            "1:",
            "abc_1",
            "12-34",
            "2026-11-24x",
            "",
            "_1",
        ] {
            assert_eq!(yaml11_kind(text), None, "{text}");
        }
    }
}
