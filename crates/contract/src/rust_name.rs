//! The names that the bindings give to what the contract names otherwise.
//!
//! `heck` splits names into words, as in the generator; what is here is the rest: names that begin with a
//! digit, names that are words of Rust, and names that leave nothing.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The variant that stands for values that the contract does not list.
pub(crate) const UNKNOWN: &str = "Unknown";

/// The variant of an enum for one of its values; `None` where no letter or digit is left to name it by.
///
/// ```
/// use processing_results_contract::variant_name;
///
/// assert_eq!(variant_name("parse.partial_success").as_deref(), Some("ParsePartialSuccess"));
/// assert_eq!(variant_name("2026-01-01").as_deref(), Some("V20260101"));
/// assert_eq!(variant_name("self").as_deref(), Some("SelfValue"));
/// assert_eq!(variant_name("%"), None);
/// ```
pub fn variant_name(value: &str) -> Option<String> {
    let name = value.to_upper_camel_case();
    let first = name.chars().next()?;
    // Digits of other scripts, such as a raised 2, are no part of a Rust name.
    if name
        .chars()
        .any(|letter| letter.is_numeric() && !letter.is_ascii_digit())
    {
        return None;
    }
    Some(match first.is_ascii_digit() {
        true => format!("V{name}"),
        false if name == "Self" => "SelfValue".to_owned(),
        false => name,
    })
}

/// The field, or the argument, of a name, as the generator makes it before it keeps clear of keywords: of what has no
/// letter it makes `x`, and it puts an `x` before a digit.
pub(crate) fn field_name(name: &str) -> String {
    let is_part = |letter: char| letter.is_alphabetic() || letter.is_ascii_digit() || letter == '_';
    let field = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => name
            .replace('\'', "")
            .replace(|letter| !is_part(letter), "-")
            .to_snake_case(),
    };
    match field.chars().next() {
        Some(first) if first.is_alphabetic() => field,
        _ => format!("x{field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::field_name;

    #[test]
    fn fields_are_named_as_the_generator_names_them() {
        for (name, field) in [
            ("outputBucket", "output_bucket"),
            ("it's", "its"),
            ("_", "x"),
            ("$x", "x"),
            ("1st", "x1st"),
            ("+1", "plus1"),
            ("a\u{200b}b", "a_b"),
            ("名前", "名前"),
        ] {
            assert_eq!(field_name(name), field, "{name}");
        }
    }
}
