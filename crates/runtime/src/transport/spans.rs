//! The span of an attempt, with the field names of OpenTelemetry.

use reqwest::StatusCode;

use crate::error::ErrorKind;
use crate::response::{Response, TransportError};

pub(super) fn attempt(resend: u32) -> tracing::Span {
    let span = tracing::debug_span!(
        "attempt",
        http.request.resend_count = tracing::field::Empty,
        http.response.status_code = tracing::field::Empty,
        error.r#type = tracing::field::Empty,
    );
    if resend > 0 {
        span.record("http.request.resend_count", resend);
    }
    span
}

/// Records the outcome on the span, and closes it.
pub(super) fn record(span: tracing::Span, outcome: &Result<Response, TransportError>) {
    match outcome {
        Ok(response) => {
            span.record("http.response.status_code", response.status.as_u16());
            if response.status != StatusCode::OK {
                span.record("error.type", response.status.as_str());
            }
        }
        Err(error) => {
            let kind = ErrorKind::of_transport_error(error);
            span.record("error.type", kind.error_type());
        }
    }
}
