//! Where JSON is not what a type expects: path, expected and found type, and
//! never a value.
//!
//! A decoder's own message may quote the value that it refused, which may be a secret. So the message is taken apart: what
//! was expected comes from our types and is kept; what was found is named by its JSON type, read from the text again.

use std::fmt::{self, Display, Formatter};

use super::json_path::JsonPath;
use crate::json::scan::kind;

/// What the decoder says of a number such as `1e400`.
const OUT_OF_RANGE: &str = "number out of range";

/// A value in a JSON text that does not decode.
///
/// ```
/// use processing_results_runtime::DecodeError;
///
/// let text = r#"{"a": [1, "sk-secret"]}"#;
/// let error = serde_json::from_str::<std::collections::HashMap<String, Vec<u32>>>(text).unwrap_err();
/// let found = DecodeError::find(text.as_bytes(), &error);
/// assert_eq!(found.path(), Some("a[1]"));
/// assert_eq!(found.to_string(), "does not decode at a[1]: expected u32, found a string");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// As in `processing_results[0].processed_at`; none if the text is no JSON.
    pub(super) path: Option<String>,
    problem: String,
}

impl DecodeError {
    /// Finds the value that a decoder refused, by reading the text once more. A text that is no JSON has no such value;
    /// then line and column are named, or what it looks like: an empty body, HTML.
    #[must_use]
    pub fn find(text: &[u8], error: &serde_json::Error) -> Self {
        let problem = |problem: String| DecodeError {
            path: None,
            problem,
        };
        if text.is_empty() {
            return problem("expected JSON, found an empty body".to_owned());
        }
        // To the decoder, a number that no float can hold is no JSON.
        let is_too_large = error.to_string().starts_with(OUT_OF_RANGE);
        if error.is_data() || is_too_large {
            return Self::of(JsonPath::of(text, error), error, text);
        }
        let place = format!("line {}, column {}", error.line(), error.column());
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'<') => problem("expected JSON, found HTML or XML".to_owned()),
            _ if error.is_eof() => problem(format!(
                "expected JSON, found its end too early, at {place}"
            )),
            _ => problem(format!("expected JSON, found something else at {place}")),
        }
    }

    /// Path of the value, as in `processing_results[0].processed_at`; none if the text is not JSON.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// From a decoder's error, whose own text may repeat a value.
    fn of(place: JsonPath<'_>, error: &serde_json::Error, json: &[u8]) -> Self {
        let text = error.to_string();
        // What is expected comes last, and from our types alone.
        let expected = text.rsplit_once(", expected ").map(|(_, rest)| rest);
        let expected = expected.map(|rest| rest.split(" at line ").next().unwrap_or(rest));
        let found = json
            .get(place.start)
            .map_or("something else", |first| kind(*first));
        let problem = match (expected, text.split('`').nth(1)) {
            (Some(expected), _) => format!("expected {expected}, found {found}"),
            (None, Some(field)) if text.starts_with("missing field `") => {
                format!("field `{field}` is missing")
            }
            (None, Some(field)) if text.starts_with("duplicate field `") => {
                return DecodeError {
                    problem: format!("field `{field}` appears twice"),
                    path: Some(place.beside(field)),
                };
            }
            _ if text.starts_with(OUT_OF_RANGE) => OUT_OF_RANGE.to_owned(),
            _ => format!("unexpected {found}"),
        };
        DecodeError {
            path: Some(place.to_string()),
            problem,
        }
    }
}

impl Display for DecodeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.path {
            // The service chooses the keys of a map: one may contain a line break.
            Some(path) => write!(
                f,
                "does not decode at {}: {}",
                path.escape_debug(),
                self.problem
            ),
            None => write!(f, "does not decode: {}", self.problem),
        }
    }
}
