//! The names that the bindings give to what the contract names otherwise.
//!
//! `heck` splits names into words, as in the generator; what is here is the rest: names that begin with a
//! digit, names that are words of Rust, and names that leave nothing.

use heck::ToUpperCamelCase;

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
