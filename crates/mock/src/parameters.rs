//! The query parameters of the call, from the contract.

use processing_results::spec::QUERY_PARAMETERS;
use serde_json::{Value, json};

/// The query parameters that take any text: they say on whose behalf the call is made.
pub(crate) fn scopes() -> impl Iterator<Item = &'static str> {
    let free = QUERY_PARAMETERS
        .iter()
        .filter(|(_, allowed)| allowed.is_empty());
    free.map(|(name, _)| *name)
}

/// The query parameters that take some values only: they narrow the results to those with this
/// value in the field of the same name.
pub(crate) fn filters() -> impl Iterator<Item = &'static str> {
    let closed = QUERY_PARAMETERS
        .iter()
        .filter(|(_, allowed)| !allowed.is_empty());
    closed.map(|(name, _)| *name)
}

/// The service's error for a query parameter that it does not take.
pub(crate) fn validation_error((name, value): &(String, String)) -> Option<Value> {
    let (_, allowed) = QUERY_PARAMETERS.iter().find(|(known, _)| known == name)?;
    let (kind, message, context) = match allowed {
        [] if value.is_empty() => {
            let message = "String should have at least 1 character".to_owned();
            ("string_too_short", message, json!({"min_length": 1}))
        }
        [first @ .., last] if !allowed.contains(&value.as_str()) => {
            let first: Vec<_> = first.iter().map(|value| format!("'{value}'")).collect();
            let expected = match &first[..] {
                [] => format!("'{last}'"),
                first => format!("{} or '{last}'", first.join(", ")),
            };
            let message = format!("Input should be {expected}");
            ("enum", message, json!({"expected": expected}))
        }
        _ => return None,
    };
    Some(
        json!({"type": kind, "loc": ["query", name], "msg": message, "input": value, "ctx": context}),
    )
}
