//! Types of the contract in a few words.

use crate::spec::referenced;
use crate::yaml::Node;

/// Stands where a person has to write a description.
pub(crate) const TO_BE_DESCRIBED: &str = "To be described.";

/// A schema in the words of a reader: `array of ImageKind`, `map of string`, `string (date-time)`, `one of A,
/// B`, `any`.
pub(crate) fn type_of(schema: &Node) -> String {
    if let Some(name) = referenced(schema) {
        return name.to_owned();
    }
    if let Some(branches) = schema.get("oneOf") {
        let names: Vec<String> = branches.items().iter().map(type_of).collect();
        return format!("one of {}", names.join(", "));
    }
    let inner = |key: &str| schema.get(key).map_or("any".to_owned(), type_of);
    let kind = schema.text_of("type").unwrap_or("any");
    match kind {
        "array" => format!("array of {}", inner("items")),
        "object" if !schema.has("properties") => {
            format!("map of {}", inner("additionalProperties"))
        }
        _ => match schema.text_of("format") {
            Some(format) => format!("{kind} ({format})"),
            None => kind.to_owned(),
        },
    }
}

/// Whether a value, or what is in it, is a credential.
pub(crate) fn is_secret(schema: &Node) -> bool {
    let own = schema.text_of("format") == Some("password");
    let mut inner = ["items", "additionalProperties"].iter();
    own || inner.any(|key| schema.get(key).is_some_and(is_secret))
}

/// The description in one line.
pub(crate) fn description(schema: &Node) -> String {
    one_line(schema.text_of("description").unwrap_or_default())
}

/// A text with one space for each run of blanks and line breaks.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
