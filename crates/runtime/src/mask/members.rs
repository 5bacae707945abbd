//! Members of objects within a text that is not JSON itself, such as a log line or Python's notation.

use std::ops::Range;

use super::policy::Names;
use crate::json::scan::{skip_space, value_end};

/// The values whose name is that of a credential, without their quotes: of `{"api_key": "x"}`, `{'api_key': 'x'}` and
/// `{\"api_key\": \"x\"}`.
pub(super) fn members(text: &str, is_credential: Names) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(colon) = text[at..].find(':').map(|colon| at + colon) {
        at = colon + 1;
        if name_before(&text[..colon]).is_some_and(is_credential)
            && let Some(value) = value_behind(text, at)
        {
            at = value.end;
            found.push(value);
        }
    }
    found
}

/// The quoted name that ends here.
fn name_before(text: &str) -> Option<&str> {
    let quoted = text.trim_end_matches([' ', '\t', '\n', '\r']);
    let quote = quoted
        .chars()
        .next_back()
        .filter(|c| matches!(c, '"' | '\''))?;
    let named = quoted[..quoted.len() - 1].trim_end_matches('\\');
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
    let before = named.trim_end_matches(is_part);
    before.ends_with(quote).then(|| &named[before.len()..])
}

/// The value that begins here, unless it is none.
fn value_behind(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = skip_space(bytes, at);
    while bytes.get(start) == Some(&b'\\') {
        start += 1;
    }
    let value = match bytes.get(start)? {
        quote @ (b'"' | b'\'') => {
            let start = start + 1;
            let rest = &text[start..];
            let end = rest.find(char::from(*quote)).unwrap_or(rest.len());
            start..start + rest[..end].trim_end_matches('\\').len()
        }
        b'{' | b'[' => start..value_end(bytes, start),
        _ => {
            let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']' | ')' | ';');
            let rest = &text[start..];
            start..start + rest.find(ends).unwrap_or(rest.len())
        }
    };
    let is_set = !matches!(
        &text[value.clone()],
        "" | "null" | "true" | "false" | "None" | "True" | "False"
    );
    is_set.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::text::masked;

    fn is_credential(name: &str) -> bool {
        name.to_ascii_lowercase().contains("key")
    }

    #[test]
    fn credentials_in_pieces_of_json_are_hidden() {
        for (text, shown) in [
            (r#"{"api_key":"CANARY"}2"#, r#"{"api_key":"***"}2"#),
            (
                r#"got {"a": 1, "api_key" : "CAN ARY", "b": 2}"#,
                r#"got {"a": 1, "api_key" : "***", "b": 2}"#,
            ),
            (
                r#"{\"api_key\": \"CANARY\", \"b\": 1}"#,
                r#"{\"api_key\": \"***\", \"b\": 1}"#,
            ),
            (
                "{'api_key': 'CANARY', 'b': 1}",
                "{'api_key': '***', 'b': 1}",
            ),
            (
                r#"{"key": 12, "key": null, "#,
                r#"{"key": ***, "key": null, "#,
            ),
            (
                r#"log: "key": {"a": ["CANARY"]} end"#,
                r#"log: "key": *** end"#,
            ),
            (r#""key":"CANARY"#, r#""key":"***"#),
            (r#"{"key":"***"}2"#, r#"{"key":"***"}2"#),
        ] {
            assert_eq!(masked(text, is_credential), shown, "{text}");
        }
        for text in [
            r#"{"page": "x"} and "key", "no value": 'é'"#,
            "'key' : ",
            "\":",
        ] {
            assert_eq!(masked(text, is_credential), text);
        }
    }
}
