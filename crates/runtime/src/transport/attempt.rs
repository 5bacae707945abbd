//! One attempt: sent once, read to its end or to a limit.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use reqwest::{Client, Request};
use tokio::time::timeout;

use super::body::Body;
use crate::response::{Limits, Response, TimeoutKind, TransportError};

/// Sends the request once, body included, within the limit of an attempt and what is left of the call's.
pub(super) async fn send(
    limits: &Limits,
    http: &Client,
    request: &Request,
    left: Duration,
) -> Result<Response, TransportError> {
    let (limit, kind) = match left <= limits.attempt_timeout {
        true => (left, TimeoutKind::Deadline),
        false => (limits.attempt_timeout, TimeoutKind::Attempt),
    };
    let exchange = async {
        // Without a body, a request can always be cloned.
        let mut copy = Request::new(request.method().clone(), request.url().clone());
        *copy.headers_mut() = request.headers().clone();
        let mut response = http.execute(copy).await.map_err(classify)?;
        let status = response.status();
        let mut headers = std::mem::take(response.headers_mut());
        let body = read(limits, response, &headers).await?;
        if headers.remove(CONTENT_ENCODING).is_some() {
            // It was the length of the compressed body.
            headers.remove(CONTENT_LENGTH);
        }
        Ok(Response {
            status,
            headers,
            body,
        })
    };
    timeout(limit, exchange)
        .await
        .unwrap_or(Err(TransportError::Timeout(kind)))
}

/// Reads a body no further than its limit, counted after decompression.
async fn read(
    limits: &Limits,
    mut response: reqwest::Response,
    headers: &HeaderMap,
) -> Result<Bytes, TransportError> {
    let limit = limits.max_response_bytes;
    let announced = response.content_length().unwrap_or_default();
    if announced > limit {
        return Err(TransportError::TooLarge);
    }
    let mut body = Body::new(headers, announced, limit);
    let mut received = 0;
    loop {
        let piece = timeout(limits.read_timeout, response.chunk()).await;
        let piece = piece.map_err(|_| TransportError::Timeout(TimeoutKind::ReadIdle))?;
        let Some(piece) = piece.map_err(classify)? else {
            return body.finish();
        };
        // The compressed body must not exceed the limit on the decompressed one either.
        received += piece.len() as u64;
        if received > limit {
            return Err(TransportError::TooLarge);
        }
        body.push(piece)?;
    }
}

fn classify(error: reqwest::Error) -> TransportError {
    // The URL is in the span, and belongs to the caller's request.
    let error = error.without_url();
    if error.is_builder() {
        TransportError::Unsendable(error)
    } else if is_tls(&error) {
        TransportError::Tls(error)
    } else if error.is_timeout() {
        let connect = error.is_connect();
        TransportError::Timeout(if connect {
            TimeoutKind::Connect
        } else {
            TimeoutKind::Attempt
        })
    } else if error.is_connect() {
        TransportError::Connect(error)
    } else {
        TransportError::Interrupted(error.into())
    }
}

/// Whether TLS failed, rather than the network.
#[cfg(feature = "rustls")]
fn is_tls(error: &reqwest::Error) -> bool {
    let mut source = Error::source(error);
    while let Some(error) = source {
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        if error.is::<rustls::Error>() || inner.is_some_and(|inner| inner.is::<rustls::Error>()) {
            return true;
        }
        // `source` of an `io::Error` skips the error that it wraps.
        source = inner.map_or_else(|| error.source(), |inner| Some(inner));
    }
    false
}

#[cfg(not(feature = "rustls"))]
fn is_tls(_: &reqwest::Error) -> bool {
    false
}
