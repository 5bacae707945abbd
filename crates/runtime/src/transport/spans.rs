//! The span of an attempt and the events of a call, with the field names and types of OpenTelemetry.
//!
//! The [conventions for HTTP clients](https://opentelemetry.io/docs/specs/semconv/http/http-spans/) want a span of kind
//! `client` for each attempt, `error.type` with the status or a short name, and the status `ERROR` from 400 on.
//! `tracing-opentelemetry` takes the kind, the name and the status from the fields that begin with `otel.`.
//!
//! Everything here is at INFO, so that a retried call can be found without a debug log. Nothing is formatted while
//! there is no subscriber.

use std::time::Duration;

use reqwest::{Request, StatusCode};

use crate::error::{ErrorKind, Secrets};
use crate::pace::WaitReason;
use crate::response::{Response, TransportError};

/// Where the attempts of a client go, as their spans say it: name and template are of few values, as a backend groups by
/// them, and the id of the item is in `url.full` alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Destination {
    pub(super) name: &'static str,
    pub(super) template: &'static str,
    pub(super) host: String,
    pub(super) port: u16,
}

/// The span of an attempt. Integers are `i64`, as OpenTelemetry has no others.
pub(super) fn attempt(
    to: &Destination,
    request: &Request,
    secrets: &Secrets,
    resend: u32,
) -> tracing::Span {
    tracing::info_span!(
        "attempt",
        otel.name = to.name,
        otel.kind = "client",
        otel.status_code = tracing::field::Empty,
        http.request.method = request.method().as_str(),
        // Ids are the caller's, who may have mistaken a key for one.
        url.full = secrets.scrub(request.url().as_str()),
        url.template = to.template,
        server.address = to.host,
        server.port = i64::from(to.port),
        http.request.resend_count = (resend > 0).then_some(i64::from(resend)),
        http.response.status_code = tracing::field::Empty,
        error.r#type = tracing::field::Empty,
    )
}

/// Records the outcome on the span, and closes it.
pub(super) fn record(span: tracing::Span, outcome: &Result<Response, TransportError>) {
    if let Ok(response) = outcome {
        let status = i64::from(response.status.as_u16());
        span.record("http.response.status_code", status);
    }
    if let Some(error) = error_type(outcome) {
        span.record("error.type", error);
        span.record("otel.status_code", "ERROR");
    }
}

/// Says how long the call waits for its turn, and why.
pub(super) fn wait(delay: Duration, reason: WaitReason) {
    let (delay_ms, reason) = (millis(delay), reason.as_str());
    tracing::info!(delay_ms, reason, "waiting");
}

/// Says that the call is tried again, when, and why.
pub(super) fn retry(outcome: &Result<Response, TransportError>, delay: Duration) {
    tracing::info!(
        delay_ms = millis(delay),
        reason = error_type(outcome),
        "waiting before the next attempt"
    );
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// What the conventions call the failure: a status as text, or the name of a kind of error.
fn error_type(outcome: &Result<Response, TransportError>) -> Option<&str> {
    match outcome {
        Ok(response) if response.status == StatusCode::OK => None,
        Ok(response) => Some(response.status.as_str()),
        Err(error) => Some(ErrorKind::of_transport_error(error).error_type()),
    }
}
