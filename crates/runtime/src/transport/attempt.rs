//! One attempt: sent once, read to its end or to a limit.

use std::error::Error;

use bytes::Bytes;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use reqwest::{Client, Request};

use super::body::{Body, decode};
use super::driven::timeout;
use crate::response::{Limits, Response, TimeoutKind, TransportError};

/// Of a response without success no more is read: 64 KiB, many times what a `detail` takes.
const MAX_ERROR_BYTES: u64 = 64 * 1024;

/// Sends the request once, and reads the body.
pub(super) async fn send(
    limits: &Limits,
    http: &Client,
    request: &Request,
) -> Result<Response, TransportError> {
    // Without a body, a request can always be cloned.
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    *copy.headers_mut() = request.headers().clone();
    let mut response = http.execute(copy).await.map_err(classify)?;
    // A response from another URL is not the service's.
    if response.url() != request.url() {
        return Err(TransportError::Redirected);
    }
    let status = response.status();
    let mut headers = std::mem::take(response.headers_mut());
    let body = match status.is_success() {
        true => read(limits, response, &headers).await?,
        // The status is what matters, whatever becomes of the body and however slowly it arrives. In a box, as
        // every call would have the room for it otherwise.
        false => {
            let limit = limits.attempt_timeout.min(limits.deadline) / 2;
            let body = Box::pin(timeout(limit, read(limits, response, &headers)));
            let body = body.await.output;
            body.and_then(Result::ok).unwrap_or_default()
        }
    };
    if headers.remove(CONTENT_ENCODING).is_some() {
        // It was the length of the compressed body.
        headers.remove(CONTENT_LENGTH);
    }
    Ok(Response {
        status,
        headers,
        body,
    })
}

/// Reads a body no further than its limit, counted before and after decompression.
async fn read(
    limits: &Limits,
    mut response: reqwest::Response,
    headers: &HeaderMap,
) -> Result<Bytes, TransportError> {
    let status = response.status();
    let limit = match status.is_success() {
        true => limits.max_response_bytes,
        false => limits.max_response_bytes.min(MAX_ERROR_BYTES),
    };
    let announced = response.content_length().unwrap_or_default();
    if announced > limit {
        return Err(TransportError::TooLarge);
    }
    let mut body = Body::new(announced, limit);
    loop {
        let piece = timeout(limits.read_timeout, response.chunk()).await.output;
        let piece = piece.ok_or(TransportError::Timeout(TimeoutKind::ReadIdle))?;
        let Some(piece) = piece.map_err(classify)? else {
            return decode(status, headers, body.finish(), limit);
        };
        body.push(piece)?;
    }
}

/// The cause of a failure, as far as it decides on a retry and on what the caller can do. reqwest has predicates for some;
/// the others are found in the chain of sources. The order matters: a failed handshake is a failure to connect as well,
/// and a timeout while connecting is both.
fn classify(error: reqwest::Error) -> TransportError {
    // The URL is in the span, and belongs to the caller's request.
    let error = error.without_url();
    // Neither has a type that can be named.
    let is_connect = |why| error.is_connect() && format!("{error:?}").contains(why);
    if error.is_builder() {
        TransportError::Unsendable(error)
    } else if is_connect("ProxyAuthRequired") {
        TransportError::ProxyLogin(error)
    } else if is_connect("scheme is not http") {
        TransportError::NoTls(error)
    } else if is_tls(&error) {
        TransportError::Tls(error)
    } else if error.is_timeout() {
        match error.is_connect() {
            true => TransportError::Timeout(TimeoutKind::Connect),
            false => TransportError::ClientTimeout,
        }
    } else if error.is_connect() {
        TransportError::Connect(error)
    } else {
        TransportError::Interrupted(error.into())
    }
}

/// What TLS libraries write when they refuse the other side, in lower case: rustls, OpenSSL, Secure Transport, SChannel.
const REFUSALS: [&str; 6] = [
    "certificate",
    "ssl routines",
    "received fatal alert",
    "handshake failure",
    "corrupt message",
    "not trusted",
];

/// Whether TLS failed, rather than the network: by the error's type where it is known, else by its words. Which
/// library speaks is also up to other crates, and to the caller.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut source = Error::source(error);
    while let Some(error) = source {
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        let text = inner.map_or_else(|| error.to_string(), ToString::to_string);
        let text = text.to_ascii_lowercase();
        // A connection that ends within the handshake is the network's.
        let is_eof = text.contains("eof");
        if !is_eof && REFUSALS.iter().any(|refusal| text.contains(refusal)) {
            return true;
        }
        #[cfg(feature = "rustls")]
        if error.is::<rustls::Error>() || inner.is_some_and(|inner| inner.is::<rustls::Error>()) {
            return true;
        }
        // `source` of an `io::Error` skips the error that it wraps.
        source = inner.map_or_else(|| error.source(), |inner| Some(inner));
    }
    false
}
