//! Whatever the service sends, an error shows little of it, and never a credential.

use std::path::Path;

use bytes::Bytes;
use proptest::prelude::*;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::Value;

use super::*;
use crate::response::Response;

/// Whether a text can be shown in a terminal as it is.
fn is_line(text: &str) -> bool {
    !text.contains(char::is_control)
}

const KEY: &str = "llx-c4n4ry-Of-The-K3y";
/// Of the form of a token, with parts that are words of their own.
const SESSION: &str = "eyJ0eXAi0iJKV1QifQ.c4n4ryPayload.c4n4rySignature";
/// Longest text that an error repeats, with the sign that more was left out.
const MAX_SHOWN: usize = 501;

/// Whatever the service says, an error repeats little of it, on one line, and
/// never a credential. The first line of the input is a header, if it can be.
fn check(data: &[u8]) -> bool {
    let secrets = [KEY.to_owned(), SESSION.to_owned()];
    let mut known = Secrets::default();
    secrets.iter().for_each(|secret| known.push(secret));
    let is_safe = |text: &str| {
        assert!(is_line(text), "{text:?}");
        assert!(text.chars().count() <= MAX_SHOWN, "{text:?}");
        assert!(!secrets.iter().any(|secret| text.contains(secret)));
        // Nor a part that was only in the complete body.
        let rest = secrets.iter().fold(
            String::from_utf8_lossy(data).into_owned(),
            |rest, secret| rest.replace(secret, ""),
        );
        if !rest.contains(['\\', '\u{fffd}']) {
            let mut parts = secrets.iter().flat_map(|secret| secret.split(['-', '.']));
            assert!(
                !parts.any(|part| part.len() > 7 && text.contains(part) && !rest.contains(part))
            );
        }
    };
    let first = data.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(first) {
        headers.insert("x-request-id", value);
    }
    request_id(&headers, &known)
        .as_deref()
        .into_iter()
        .for_each(is_safe);

    let mut found = false;
    for status in [400, 404, 422, 503] {
        let response = Response {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: Bytes::copy_from_slice(data),
        };
        let error = Error::from_response(&response, &known, None, CallReport::default());
        [error.detail(), error.request_id()]
            .into_iter()
            .flatten()
            .for_each(is_safe);
        for complaint in error.validation_errors() {
            is_safe(&complaint.location);
            is_safe(&complaint.message);
            is_safe(&complaint.kind);
        }
        let shown = format!("{error} {error:?}");
        assert!(is_line(&shown), "{shown:?}");
        assert!(!secrets.iter().any(|secret| shown.contains(secret)));
        found |= error.detail().is_some();
    }
    if found {
        // An object with a `detail`, and nothing that looks like it.
        if let Ok(body) = serde_json::from_slice::<Value>(data) {
            assert!(body["detail"].is_string() || body["detail"][0].is_object());
        }
    }
    found
}

#[test]
fn every_body_of_the_corpus_is_shown_safely() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/error_body");
    let mut with_detail = 0;
    for file in std::fs::read_dir(corpus).unwrap() {
        let path = file.unwrap().path();
        println!("{}", path.display());
        with_detail += usize::from(check(&std::fs::read(path).unwrap()));
    }
    assert!(with_detail > 0, "no body of the corpus has a detail");
}

/// Bodies like those of the service, with credentials anywhere in them.
fn body() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just(KEY.to_owned()),
        Just(SESSION.to_owned()),
        Just("correlation id ".to_owned()),
        "[ -~]{0,12}".prop_map(|text| text.replace(['"', '\\'], "")),
        "\\PC{0,6}".prop_map(|text| text.replace(['"', '\\'], "")),
    ];
    let text = proptest::collection::vec(text, 0..6).prop_map(|parts| parts.concat());
    (text, 0..4).prop_map(|(text, form)| match form {
        0 => format!("{text}\n{{\"detail\": \"{text}\"}}"),
        1 => format!(r#"{{"detail": "{text}"}}"#),
        2 => format!(
            r#"{{"detail": [{{"loc": ["query", "{text}"], "msg": "{text}", "type": "x"}}]}}"#
        ),
        _ => text,
    })
}

proptest! {
    #[test]
    fn any_body_is_shown_safely(body in body()) {
        check(body.as_bytes());
    }

    #[test]
    fn any_bytes_are_shown_safely(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }
}
