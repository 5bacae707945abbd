//! One attempt: sent once, read to its end or to a limit.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use reqwest::{Request, Response, StatusCode};
use tokio::time::timeout;

use super::Limits;
use super::body::Body;
use crate::TimeoutKind;

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Why an attempt got no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    Timeout(TimeoutKind),
    Connect(reqwest::Error),
    Tls(reqwest::Error),
    Interrupted(Box<dyn Error + Send + Sync>),
    Unsendable(reqwest::Error),
    TooLarge,
    /// All clones wait, for longer than this call may.
    Paused,
}

impl Limits {
    /// One attempt, body included, within its limit and what is left of the call's.
    pub(super) async fn attempt(
        &self,
        http: &reqwest::Client,
        request: &Request,
        left: Duration,
    ) -> Result<Answer, Failure> {
        let (limit, kind) = match left <= self.attempt_timeout {
            true => (left, TimeoutKind::Deadline),
            false => (self.attempt_timeout, TimeoutKind::Attempt),
        };
        let exchange = async {
            // Without a body, a request can always be cloned.
            let mut copy = Request::new(request.method().clone(), request.url().clone());
            *copy.headers_mut() = request.headers().clone();
            let mut response = http.execute(copy).await.map_err(Failure::of)?;
            let status = response.status();
            let mut headers = std::mem::take(response.headers_mut());
            let body = self.read(response, &headers).await?;
            if headers.remove(CONTENT_ENCODING).is_some() {
                // It was the length on the way.
                headers.remove(CONTENT_LENGTH);
            }
            Ok(Answer {
                status,
                headers,
                body,
            })
        };
        timeout(limit, exchange)
            .await
            .unwrap_or(Err(Failure::Timeout(kind)))
    }

    /// Reads a body no further than its limit, counted after decompression.
    async fn read(&self, mut response: Response, headers: &HeaderMap) -> Result<Bytes, Failure> {
        let limit = self.response_bytes;
        let announced = response.content_length().unwrap_or_default();
        if announced > limit {
            return Err(Failure::TooLarge);
        }
        let mut body = Body::new(headers, announced, limit);
        let mut received = 0;
        loop {
            let piece = timeout(self.read_idle, response.chunk()).await;
            let piece = piece.map_err(|_| Failure::Timeout(TimeoutKind::ReadIdle))?;
            let Some(piece) = piece.map_err(Failure::of)? else {
                return body.finish();
            };
            // Nothing is worth more on the way than it may become.
            received += piece.len() as u64;
            if received > limit {
                return Err(Failure::TooLarge);
            }
            body.push(piece)?;
        }
    }
}

impl Answer {
    /// Stands for an answer that never came. No service uses this status.
    pub(super) fn none() -> Self {
        let status = StatusCode::from_u16(599).unwrap_or(StatusCode::BAD_GATEWAY);
        Answer {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }
}

impl Failure {
    /// What lies beneath, if anything does.
    pub(crate) fn into_source(self) -> Option<Box<dyn Error + Send + Sync>> {
        match self {
            Failure::Connect(error) | Failure::Tls(error) | Failure::Unsendable(error) => {
                Some(error.into())
            }
            Failure::Interrupted(error) => Some(error),
            Failure::Timeout(_) | Failure::TooLarge | Failure::Paused => None,
        }
    }

    fn of(error: reqwest::Error) -> Self {
        // The address stands in the span and belongs to the caller's request.
        let error = error.without_url();
        if error.is_builder() {
            Failure::Unsendable(error)
        } else if is_tls(&error) {
            Failure::Tls(error)
        } else if error.is_timeout() {
            let connect = error.is_connect();
            Failure::Timeout(if connect {
                TimeoutKind::Connect
            } else {
                TimeoutKind::Attempt
            })
        } else if error.is_connect() {
            Failure::Connect(error)
        } else {
            Failure::Interrupted(error.into())
        }
    }
}

/// Whether TLS said no, rather than the network.
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
        // An `io::Error` shows what it wraps, not what that came from.
        source = inner.map_or_else(|| error.source(), |inner| Some(inner));
    }
    false
}

#[cfg(not(feature = "rustls"))]
fn is_tls(_: &reqwest::Error) -> bool {
    false
}
