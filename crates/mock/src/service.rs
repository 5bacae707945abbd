//! HTTP around what the server was told: routes, and what all answers have in common.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, Request as Received, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::get;
use http::{HeaderMap, HeaderValue, Method};
use tokio::sync::watch;

use super::send::{Cut, send};
use super::told::Told;
use super::{Request, Response};
use crate::generated::URL_TEMPLATE;
use crate::transport::lock;

/// So many requests are remembered, the last ones.
const REMEMBERED: usize = 10_000;

pub(super) struct Service {
    pub(super) told: Mutex<Told>,
    pub(super) received: Mutex<VecDeque<Request>>,
    count: AtomicU64,
    /// Whether the server is closing; its sender is gone when the server is.
    closing: watch::Receiver<bool>,
}

impl Service {
    pub(super) fn new(closing: watch::Receiver<bool>) -> Self {
        Service {
            told: Mutex::default(),
            received: Mutex::default(),
            count: AtomicU64::new(1),
            closing,
        }
    }

    /// Until the server closes or is gone.
    pub(super) async fn closes(&self) {
        let _ = self.closing.clone().wait_for(|closing| *closing).await;
    }

    /// Until the server is gone.
    async fn is_gone(&self) {
        let _ = self.closing.clone().wait_for(|_| false).await;
    }

    fn remember(&self, request: &Received) {
        let mut received = lock(&self.received);
        if received.len() == REMEMBERED {
            received.pop_front();
        }
        received.push_back(Request::of(request));
    }
}

pub(super) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route(URL_TEMPLATE, get(history))
        .method_not_allowed_fallback(|method: Method, headers: HeaderMap| async move {
            send(
                Response::error(405, "Method Not Allowed"),
                &method,
                &headers,
            )
            .await
        })
        .fallback(|method: Method, headers: HeaderMap| async move {
            send(Response::error(404, "Not Found"), &method, &headers).await
        })
        .with_state(service.clone())
        .layer(from_fn_with_state(service, around))
}

/// What happens to every request, whatever its route.
async fn around(
    State(service): State<Arc<Service>>,
    request: Received,
    next: Next,
) -> http::Response<Body> {
    service.remember(&request);
    let id = format!("mock-{}", service.count.fetch_add(1, Ordering::Relaxed));
    let mut answer = tokio::select! {
        biased;
        () = service.is_gone() => return http::Response::new(Cut::off()),
        answer = next.run(request) => answer,
    };
    if let Ok(id) = HeaderValue::try_from(id) {
        answer.headers_mut().entry("x-request-id").or_insert(id);
    }
    answer
}

async fn history(
    State(service): State<Arc<Service>>,
    id: Result<Path<String>, PathRejection>,
    Query(query): Query<Vec<(String, String)>>,
    method: Method,
    headers: HeaderMap,
) -> http::Response<Body> {
    // An id that is not UTF-8 is no item's.
    let id = id.map_or_else(|_| "\u{fffd}".to_owned(), |Path(id)| id);
    let answer = lock(&service.told).answer(&id, &query, &headers);
    send(answer, &method, &headers).await
}
