//! The routes, and what all responses have in common.

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

use crate::send::{AbortingBody, send};
use crate::state::MockState;
use crate::state::lock;
use crate::{Request, Response};
use processing_results::spec::PATH;

pub(crate) struct Service {
    pub(crate) state: Mutex<MockState>,
    pub(crate) received: Mutex<VecDeque<Request>>,
    count: AtomicU64,
    /// Whether the server is closing; its sender is gone when the server is.
    closing: watch::Receiver<bool>,
}

impl Service {
    pub(crate) fn new(closing: watch::Receiver<bool>) -> Self {
        Service {
            state: Mutex::default(),
            received: Mutex::default(),
            count: AtomicU64::new(1),
            closing,
        }
    }

    /// Until the server closes or is gone.
    pub(crate) async fn closes(&self) {
        let _ = self.closing.clone().wait_for(|closing| *closing).await;
    }

    /// Until the server is gone.
    async fn is_gone(&self) {
        let _ = self.closing.clone().wait_for(|_| false).await;
    }

    fn remember(&self, request: &Received) {
        let max = lock(&self.state).max_requests;
        if max == 0 {
            return;
        }
        let mut received = lock(&self.received);
        while received.len() >= max {
            received.pop_front();
        }
        received.push_back(Request::of(request));
    }
}

pub(crate) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route(PATH, get(history))
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
        .layer(from_fn_with_state(service, with_request_id))
}

/// Applies to every request: remembers it, adds a request id, breaks off when the server is gone.
async fn with_request_id(
    State(service): State<Arc<Service>>,
    request: Received,
    next: Next,
) -> http::Response<Body> {
    service.remember(&request);
    let id = format!("mock-{}", service.count.fetch_add(1, Ordering::Relaxed));
    let mut response = tokio::select! {
        biased;
        () = service.is_gone() => return http::Response::new(AbortingBody::off()),
        response = next.run(request) => response,
    };
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().entry("x-request-id").or_insert(id);
    }
    response
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
    let response = lock(&service.state).response(&id, &query, &headers);
    send(response, &method, &headers).await
}
