//! How an answer goes out: late, compressed, cut off.

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

use super::Response;

pub(super) async fn send(
    answer: Response,
    method: &Method,
    asked: &HeaderMap,
) -> http::Response<Body> {
    // A sleep of nothing is a millisecond all the same.
    if !answer.delay.is_zero() {
        tokio::time::sleep(answer.delay).await;
    }
    let mut headers = answer.headers;
    let mut body = Body::empty();
    // These statuses have no body, nor its length.
    let is_bare = matches!(
        answer.status,
        StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
    );
    if let Some(mut bytes) = answer.body.filter(|_| !is_bare) {
        headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static("application/json"));
        headers.append(VARY, HeaderValue::from_static("accept-encoding"));
        let is_plain = answer.truncate.is_none() && !headers.contains_key(CONTENT_ENCODING);
        if is_plain
            && wants_gzip(asked)
            && let Ok(small) = gzip(&bytes)
        {
            bytes = small;
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        headers.insert(CONTENT_LENGTH, bytes.len().into());
        body = match answer.truncate {
            Some(end) if end < bytes.len() && method != Method::HEAD => {
                Cut::after(bytes.slice(..end))
            }
            _ => Body::from(bytes),
        };
    }
    let mut response = http::Response::new(body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = headers;
    response
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
pub(super) struct Cut {
    rest: Option<Bytes>,
    is_flushed: bool,
}

impl Cut {
    pub(super) fn after(bytes: Bytes) -> Body {
        Body::new(Cut {
            rest: Some(bytes),
            is_flushed: false,
        })
    }

    /// Not even a status gets out.
    pub(super) fn off() -> Body {
        Body::new(Cut {
            rest: None,
            is_flushed: true,
        })
    }
}

impl HttpBody for Cut {
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
