//! Where JSON is not what a type expects: path, expected and found type, and
//! never a value.

use std::fmt::{self, Display, Formatter};

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A place in a JSON text that does not decode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mismatch {
    /// As in `processing_results[0].processed_at`; none if the text is no JSON.
    pub(crate) path: Option<String>,
    problem: String,
}

impl Mismatch {
    /// Decodes once more, to find the place.
    pub(crate) fn find<T: DeserializeOwned>(text: &[u8], error: &serde_json::Error) -> Self {
        let problem = |problem: String| Mismatch {
            path: None,
            problem,
        };
        if text.is_empty() {
            return problem("expected JSON, found an empty body".to_owned());
        }
        if error.is_data() {
            let mut from = serde_json::Deserializer::from_slice(text);
            if let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut from) {
                let found = serde_json::from_slice(text).ok();
                return Self::of(&error.path().to_string(), error.inner(), found.as_ref());
            }
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

    /// From a decoder's error, whose own text may repeat a value.
    fn of(path: &str, error: &serde_json::Error, root: Option<&Value>) -> Self {
        let text = error.to_string();
        // What is expected comes last, and from our types alone.
        let expected = text.rsplit_once(", expected ").map(|(_, rest)| rest);
        let expected = expected.map(|rest| rest.split(" at line ").next().unwrap_or(rest));
        let found = root
            .and_then(|root| at(root, path))
            .map_or("something else", name);
        let problem = match (expected, text.split('`').nth(1)) {
            (Some(expected), _) => format!("expected {expected}, found {found}"),
            (None, Some(field)) if text.starts_with("missing field `") => {
                format!("field `{field}` is missing")
            }
            (None, Some(field)) if text.starts_with("duplicate field `") => {
                format!("field `{field}` appears twice")
            }
            _ => format!("unexpected {found}"),
        };
        let path = if path == "." { "the root" } else { path };
        Mismatch {
            path: Some(path.to_owned()),
            problem,
        }
    }
}

impl Display for Mismatch {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.path {
            // Keys of a map are the service's: one may hold a line break.
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

/// The value at a path such as `a[0].b`.
fn at<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    let steps = path
        .split(['.', '['])
        .map(|step| step.trim_end_matches(']'));
    steps
        .filter(|step| !step.is_empty())
        .try_fold(root, |value, step| match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            value => value.get(step),
        })
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
