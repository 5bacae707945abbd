//! Sends a response: late, compressed, broken off.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, VARY,
};
use http::{HeaderMap, Method, StatusCode};
use http_body::Frame;

use crate::Response;

pub(crate) async fn send(
    planned: Response,
    method: &Method,
    asked: &HeaderMap,
) -> http::Response<Body> {
    // Even a sleep of no time takes a millisecond.
    if !planned.delay.is_zero() {
        tokio::time::sleep(planned.delay).await;
    }
    // These statuses have no body, nor its length.
    let is_bare = matches!(
        planned.status,
        StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
    );
    let mut headers = planned.headers;
    let body = match planned.body.filter(|_| !is_bare) {
        Some(bytes) => {
            // What is cut off is cut off in the text.
            let may_zip = planned.truncate.is_none() && wants_gzip(asked);
            let bytes = encoded(bytes, may_zip, &mut headers);
            match planned.truncate {
                Some(end) if end < bytes.len() && method != Method::HEAD => {
                    AbortingBody::after(bytes.slice(..end))
                }
                _ => Body::from(bytes),
            }
        }
        None => Body::empty(),
    };
    let mut response = http::Response::new(body);
    *response.status_mut() = planned.status;
    *response.headers_mut() = headers;
    response
}

/// The bytes of a body as they are sent, and the headers that describe them.
fn encoded(mut bytes: Bytes, may_zip: bool, headers: &mut HeaderMap) -> Bytes {
    headers
        .entry(CONTENT_TYPE)
        .or_insert(HeaderValue::from_static("application/json"));
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    if may_zip
        && !headers.contains_key(CONTENT_ENCODING)
        && let Ok(small) = gzip(&bytes)
    {
        bytes = small;
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(CONTENT_LENGTH, bytes.len().into());
    bytes
}

fn wants_gzip(asked: &HeaderMap) -> bool {
    let values = asked.get_all(ACCEPT_ENCODING).iter();
    let values = values.filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").map(str::parse::<f32>);
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(weight, Some(Ok(0.0)))
    })
}

fn gzip(bytes: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.into())
}

/// A body that breaks off. It waits once before it does, or what it has sent
/// would be thrown away with the connection.
pub(crate) struct AbortingBody {
    rest: Option<Bytes>,
    is_flushed: bool,
}

impl AbortingBody {
    pub(crate) fn after(bytes: Bytes) -> Body {
        Body::new(AbortingBody {
            rest: Some(bytes),
            is_flushed: false,
        })
    }

    /// Not even a status gets out.
    pub(crate) fn off() -> Body {
        Body::new(AbortingBody {
            rest: None,
            is_flushed: true,
        })
    }
}

impl HttpBody for AbortingBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(bytes) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if !std::mem::replace(&mut self.is_flushed, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())))
    }
}
