//! The body of a response without success, in whatever form it is.
//!
//! The service sends `{"detail": "text"}`, or a list of what is wrong with the parameters. Whatever else arrives is of
//! unknown origin: a proxy's page may show the request with its headers, so nothing of it is repeated, and it only counts
//! that it is no JSON.
//!
//! | body | `detail` |
//! |---|---|
//! | `{"detail": "Invalid API Key"}` | `Invalid API Key` |
//! | `{"detail": [{"loc": ["query", "job_type"], "msg": "bad", "type": "enum"}]}` | `query.job_type: bad` |
//! | `{"error": "..."}`, `"..."`, `<html>...`, nothing | none |

use std::fmt::{self, Display, Formatter};

use reqwest::header::{HeaderMap, HeaderName};
use serde_json::Value;

use super::scrub::Secrets;
use crate::mask::without_credentials;
use crate::response::Response;
use crate::types::{Json, JsonObject};

/// Length of the longest text of the service that an error repeats, in characters.
const MAX_LEN: usize = 500;

/// Headers that identify a request, the best first.
static REQUEST_IDS: [HeaderName; 3] = [
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("x-correlation-id"),
    HeaderName::from_static("cf-ray"),
];

/// One thing that the service found wrong with a request (422), from [`Error::validation_errors`](super::Error::validation_errors).
/// `Display` is `query.job_type: bad`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidationError {
    /// Where, as in `query.job_type`.
    pub location: String,
    /// What is wrong, in the service's words.
    pub message: String,
    /// The service's name for the kind of mistake.
    pub kind: String,
}

impl Display for ValidationError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.message)
    }
}

#[derive(Default)]
pub(crate) struct ErrorBody {
    pub(super) detail: Option<String>,
    pub(super) validation: Vec<ValidationError>,
    pub(super) request_id: Option<String>,
    /// The body is not JSON, so it comes from something in front of the service.
    pub(super) is_foreign: bool,
}

/// Reads both documented forms, odd values in them included. Anything else has neither detail nor complaints: a text of
/// unknown origin is not repeated.
pub(super) fn read(response: &Response, secrets: &Secrets) -> ErrorBody {
    let tidy = |text: &str| tidy(text, secrets);
    let text = String::from_utf8_lossy(&response.body);
    let body: Option<JsonObject> = serde_json::from_str(&text).ok();
    let detail = body.as_ref().and_then(|body| body.get("detail"));
    let mut read = ErrorBody {
        is_foreign: is_foreign(&response.body),
        ..ErrorBody::default()
    };
    match detail.map(Json::value) {
        Some(Value::String(text)) => {
            // Scrubbed first: a part of a credential may look like an id.
            read.request_id = correlation_id(&secrets.scrub(text)).map(str::to_owned);
            read.detail = Some(tidy(text)).filter(|text| !text.is_empty());
        }
        Some(Value::Array(list)) if list.iter().all(Value::is_object) => {
            let errors = list.iter().map(|error| validation_error(error, tidy));
            read.validation = errors.collect();
            let texts: Vec<_> = read.validation.iter().map(ToString::to_string).collect();
            read.detail = Some(tidy(&texts.join("; "))).filter(|text| !text.is_empty());
        }
        _ => {}
    }
    read
}

/// Whether it is no JSON, by its beginning: that of a long body is all there is.
fn is_foreign(body: &[u8]) -> bool {
    let first = body.trim_ascii_start().first();
    first.is_some_and(|first| !matches!(first, b'{' | b'[' | b'"' | b'n'))
}

/// As it may be shown: each part on one line, bounded, without credentials.
fn validation_error(error: &Value, tidy: impl Fn(&str) -> String) -> ValidationError {
    let part = |part: &Value| {
        let text = part.as_str().map(str::to_owned);
        text.unwrap_or_else(|| part.to_string())
    };
    let location = match &error["loc"] {
        Value::Array(parts) => {
            let parts = parts.iter().map(|it| tidy(&part(it)));
            parts.collect::<Vec<_>>().join(".")
        }
        Value::Null => String::new(),
        other => part(other),
    };
    let text = |key: &str| tidy(error[key].as_str().unwrap_or_default());
    ValidationError {
        location: tidy(&location),
        message: text("msg"),
        kind: text("type"),
    }
}

/// One line, bounded, without the credentials in use, and without others that are recognized by their form.
fn tidy(text: &str, secrets: &Secrets) -> String {
    // Complete ones first: what is left of one that is scrubbed in part is not recognized any more.
    let text = secrets.scrub(&without_credentials(text));
    let mut words = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    match line.char_indices().nth(MAX_LEN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The first header that identifies the request, as one line without the
/// credentials in use.
pub(crate) fn request_id(headers: &HeaderMap, secrets: &Secrets) -> Option<String> {
    let mut values = REQUEST_IDS
        .iter()
        .filter_map(|name| headers.get(name)?.to_str().ok());
    let value = values.find(|value| !value.is_empty() && value.len() <= 200)?;
    Some(tidy(value, secrets))
}

/// The id behind the word "correlation" in a text.
fn correlation_id(text: &str) -> Option<&str> {
    let at = text.to_ascii_lowercase().find("correlation")?;
    let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text[at..].split(|c| !is_id(c)).find(|word| {
        (8..=64).contains(&word.len()) && word.bytes().any(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(body: &str) -> ErrorBody {
        let body = bytes::Bytes::copy_from_slice(body.as_bytes());
        let response = Response {
            status: reqwest::StatusCode::BAD_REQUEST,
            headers: HeaderMap::new(),
            body,
        };
        let mut secrets = Secrets::default();
        secrets.push("llx-key");
        read(&response, &secrets)
    }

    #[test]
    fn both_forms_of_detail_are_read_and_nothing_else() {
        assert_eq!(
            read_text(r#"{"detail": "no\n such\u0000 item"}"#)
                .detail
                .as_deref(),
            Some("no such item")
        );
        let list = read_text(
            r#"{"detail": [{"loc": ["query", "job_type", 0], "msg": "bad", "type": "enum", "input": "x"}]}"#,
        );
        assert_eq!(list.detail.as_deref(), Some("query.job_type.0: bad"));
        assert_eq!(list.validation[0].kind, "enum");
        for other in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"detail": null}"#,
            r#"{"detail": {"key": "x"}}"#,
            r#"{"detail": [1]}"#,
        ] {
            assert_eq!(read_text(other).detail, None, "{other}");
        }
        assert!(
            read_text("<html>").is_foreign
                && !read_text("").is_foreign
                && !read_text("{}").is_foreign
        );
    }

    #[test]
    fn a_detail_is_bounded_and_without_the_key() {
        let detail = read_text(&format!(
            r#"{{"detail": "bad llx-key {}"}}"#,
            "ü".repeat(1000)
        ))
        .detail
        .unwrap();
        assert!(detail.starts_with("bad *** üü"), "{detail}");
        assert_eq!(detail.chars().count(), MAX_LEN + 1);
    }

    #[test]
    fn a_correlation_id_is_found_in_the_text() {
        let found =
            read_text(r#"{"detail": "Failed. Correlation ID: 4bf92f35-77b3-4da6 (sorry)"}"#);
        assert_eq!(found.request_id.as_deref(), Some("4bf92f35-77b3-4da6"));
        assert_eq!(correlation_id("no correlation here"), None);
    }
}
