//! Every response that is not a history: kind, status and detail of its error, and no body in any text.

use processing_results::reqwest::header::{HeaderName, HeaderValue};
use processing_results::{Client, Error, ErrorKind, TimeoutKind};

use crate::support::{HISTORY, HTML, KEY, Raw, Step, error_of, ok, response};

/// Status line, body, kind, and what `detail()` returns.
#[rustfmt::skip]
const ROWS: &[(&str, &str, ErrorKind, Option<&str>)] = &[
    ("400 Bad Request", r#"{"detail": "bad"}"#, ErrorKind::InvalidRequest, Some("bad")),
    ("401 Unauthorized", r#"{"detail": "Invalid API key"}"#, ErrorKind::Unauthorized, Some("Invalid API key")),
    ("402 Payment Required", r#"{"detail": "out of credits"}"#, ErrorKind::PaymentRequired, Some("out of credits")),
    ("403 Forbidden", r#"{"detail": "no"}"#, ErrorKind::Forbidden, Some("no")),
    ("403 Forbidden", HTML, ErrorKind::Gateway, None),
    ("407 Proxy Authentication Required", HTML, ErrorKind::Gateway, None),
    ("511 Network Authentication Required", HTML, ErrorKind::Gateway, None),
    ("404 Not Found", r#"{"detail": "Item not found"}"#, ErrorKind::NotFound, Some("Item not found")),
    ("404 Not Found", "", ErrorKind::NotFound, None),
    ("404 Not Found", r#"{"detail": "Not Found"}"#, ErrorKind::Gone, Some("Not Found")),
    ("404 Not Found", HTML, ErrorKind::Gone, None),
    ("405 Method Not Allowed", r#"{"detail": "Method Not Allowed"}"#, ErrorKind::Unexpected, Some("Method Not Allowed")),
    ("408 Request Timeout", "", ErrorKind::Timeout(TimeoutKind::Service), None),
    ("409 Conflict", r#"{"detail": "locked"}"#, ErrorKind::Conflict, Some("locked")),
    ("410 Gone", "", ErrorKind::Gone, None),
    ("422 Unprocessable", r#"{"detail": [{"loc": ["query", "job_type"], "msg": "not valid", "type": "enum", "input": "CANARY-BODY"}, {"loc": ["path", 1], "msg": "m", "type": "t"}]}"#, ErrorKind::Validation, Some("query.job_type: not valid; path.1: m")),
    ("422 Unprocessable", r#"{"detail": "no"}"#, ErrorKind::Validation, Some("no")),
    ("422 Unprocessable", HTML, ErrorKind::Validation, None),
    ("429 Too Many Requests", r#"{"detail": "slow down"}"#, ErrorKind::RateLimited, Some("slow down")),
    ("500 Internal", r#"{"detail": "oops"}"#, ErrorKind::Server, Some("oops")),
    ("502 Bad Gateway", HTML, ErrorKind::Server, None),
    ("503 Unavailable", "", ErrorKind::Server, None),
    ("599 Odd", "", ErrorKind::Server, None),
    ("200 OK", HTML, ErrorKind::Undecodable, None),
    ("200 OK", "", ErrorKind::Undecodable, None),
    ("200 OK", r#"{"item_id": "CANARY-BODY""#, ErrorKind::Undecodable, None),
    ("200 OK", r#"{"item_id": "CANARY-BODY", "item_name": 7}"#, ErrorKind::Undecodable, None),
    ("200 OK", "[\"CANARY-BODY\"]", ErrorKind::Undecodable, None),
    ("201 Created", HISTORY, ErrorKind::Undecodable, None),
    ("204 No Content", "", ErrorKind::Undecodable, None),
    ("301 Moved", "", ErrorKind::Redirect, None),
    ("304 Not Modified", "", ErrorKind::Redirect, None),
    ("418 Teapot", "CANARY-BODY", ErrorKind::Unexpected, None),
];

#[tokio::test]
async fn each_status_has_its_kind_and_shows_no_body() {
    for (status, body, kind, detail) in ROWS {
        let headers =
            "x-request-id: req-1\r\nset-cookie: CANARY-HEADER=1\r\nlocation: /CANARY-HEADER\r\n";
        let error = error_of(Step::Send(response(status, headers, body))).await;
        assert_eq!(error.kind(), *kind, "{status} {body}: {error}");
        assert_eq!(
            error.status().unwrap().as_str(),
            &status[..3],
            "{status} {body}"
        );
        assert_eq!(error.detail(), *detail, "{status} {body}");
        assert_eq!(error.request_id(), Some("req-1"), "{status} {body}");
        assert_eq!(error.attempts(), 1, "{status} {body}");
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("CANARY"), "{status} {body}: {shown}");
        assert!(
            !error.to_string().contains('\n') && !error.to_string().ends_with('.'),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_validation_error_has_its_list() {
    let (status, body, ..) = ROWS.iter().find(|row| row.1.contains("\"loc\"")).unwrap();
    let error = error_of(Step::Send(response(status, "", body))).await;
    let [first, second] = error.validation_errors() else {
        panic!("two")
    };
    assert_eq!(
        (
            first.location.as_str(),
            first.message.as_str(),
            first.kind.as_str()
        ),
        ("query.job_type", "not valid", "enum")
    );
    assert_eq!(second.location, "path.1");
}

/// As FastAPI sends what it was sent, and as others write the same.
#[tokio::test]
async fn an_odd_value_costs_no_validation_error() {
    for error in [
        r#"{"loc": ["query", "job_type"], "msg": "no", "type": "t", "input": 1e400}"#,
        r#"{"loc": ["query", "job_type"], "msg": "no", "type": "t", "ctx": {"x": "\ud800"}}"#,
        r#"{"loc": "query.job_type", "msg": "no", "type": null, "msg": "no"}"#,
    ] {
        let body = format!(r#"{{"detail": [{error}]}}"#);
        let error = error_of(Step::Send(response("422 Unprocessable", "", body))).await;
        assert_eq!(error.detail(), Some("query.job_type: no"), "{error:?}");
        assert_eq!(error.validation_errors().len(), 1);
    }
}

#[tokio::test]
async fn a_response_of_another_shape_says_where() {
    let text = HISTORY.replace(
        "[]",
        r#"[{"item_id": "a", "job_type": "parse", "processed_at": ["CANARY-BODY"]}]"#,
    );
    let error = error_of(Step::Send(ok(text))).await;
    assert_eq!(
        error.json_path(),
        Some("processing_results[0].processed_at")
    );
    assert_eq!(
        error.to_string(),
        "the response does not decode at processing_results[0].processed_at: \
         expected a string, found an array (status 200)"
    );
}

#[tokio::test]
async fn a_connection_that_fails_has_its_kind() {
    let reset = error_of(Step::Reset(Vec::new())).await;
    assert!(reset.is_interrupted() && reset.is_retryable(), "{reset}");
    let short = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"item_id\": \"CANARY".to_vec();
    let truncated = error_of(Step::Send(short)).await;
    assert!(
        truncated.is_interrupted() && truncated.is_retryable(),
        "{truncated}"
    );
    let silent = error_of(Step::Hang(Vec::new())).await;
    assert_eq!(
        silent.kind(),
        ErrorKind::Timeout(TimeoutKind::Attempt),
        "{silent}"
    );
    assert!(silent.to_string().contains("0.3 s"), "{silent}");
    let refused = Client::builder()
        .api_key(KEY)
        .max_retries(0)
        .base_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    let refused = refused.processing_results("a").send().await.unwrap_err();
    assert!(refused.is_connect() && refused.is_retryable(), "{refused}");
    for error in [reset, truncated, silent, refused] {
        assert_eq!((error.status(), error.attempts()), (None, 1));
        assert!(!format!("{error:?}").contains("CANARY"));
    }
}

#[tokio::test]
async fn an_echoed_credential_is_scrubbed() {
    let body = format!(r#"{{"detail": "the key {KEY} is wrong, correlation id {KEY}-12345678"}}"#);
    let error = error_of(Step::Send(response(
        "401 Unauthorized",
        &format!("cf-ray: {KEY}-1\r\n"),
        body,
    )))
    .await;
    assert_eq!(
        error.detail(),
        Some("the key *** is wrong, correlation id ***")
    );
    assert_eq!(error.request_id(), Some("***"));
    assert!(!format!("{error} {error:?}").contains(KEY));
}

#[tokio::test]
async fn an_echoed_header_that_is_marked_as_sensitive_is_scrubbed() {
    let body = r#"{"detail": "x-gateway-key: gw-CANARY-0001 from team billing-dep"}"#;
    let server = Raw::always(response("403 Forbidden", "", body)).await;
    let mut key = HeaderValue::from_static("gw-CANARY-0001");
    key.set_sensitive(true);
    let request = server.client().processing_results("a");
    let request = request
        .header(HeaderName::from_static("x-gateway-key"), key)
        .header(
            HeaderName::from_static("x-team"),
            HeaderValue::from_static("billing-dep"),
        );
    let error = request.send().await.unwrap_err();
    assert_eq!(
        error.detail(),
        Some("x-gateway-key: *** from team billing-dep")
    );
    assert!(server.heads()[0].contains("x-gateway-key: gw-CANARY-0001"));
}

#[tokio::test]
async fn request_ids_come_from_wherever_they_are() {
    let by = async |headers: &str, detail: &str| {
        let body = format!(r#"{{"detail": "{detail}"}}"#);
        let error = error_of(Step::Send(response("500 Internal", headers, body))).await;
        error.request_id().map(str::to_owned)
    };
    assert_eq!(
        by("cf-ray: c\r\nx-request-id: r\r\n", "").await.as_deref(),
        Some("r")
    );
    assert_eq!(
        by("cf-ray: c\r\nx-correlation-id: x\r\n", "")
            .await
            .as_deref(),
        Some("x")
    );
    assert_eq!(
        by("cf-ray: c\r\n", "correlation id: 12345678")
            .await
            .as_deref(),
        Some("c")
    );
    assert_eq!(
        by("", "Failed (Correlation ID: 12345678-9abc)")
            .await
            .as_deref(),
        Some("12345678-9abc")
    );
    assert_eq!(by("", "failed").await, None);
}

#[tokio::test]
async fn the_raw_client_s_error_becomes_ours_without_loss() {
    let server = Raw::always(response(
        "404 Not Found",
        "",
        r#"{"detail": "Item not found"}"#,
    ))
    .await;
    let raw = server
        .client()
        .api()
        .get_item_processing_results("a", None, None, None)
        .await
        .unwrap_err();
    assert_eq!(raw.status().unwrap().as_u16(), 404);
    let error = Error::from(raw);
    assert_eq!(
        (error.kind(), error.detail()),
        (ErrorKind::NotFound, Some("Item not found"))
    );
}
