//! Clients for the benches of a call, and their floor.

use std::future::ready;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures_util::{StreamExt, stream};
use processing_results::Client;
use reqwest::dns::{Name, Resolve, Resolving};
use tokio::runtime::{Builder, Runtime};

/// The key of all clients here.
pub const KEY: &str = "llx-0123456789abcdef0123456789abcdef0123456789abcdef";

/// A runtime on the calling thread alone.
#[must_use]
pub fn runtime() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

/// Bare reqwest.
#[must_use]
pub fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// This crate's client of a server.
#[must_use]
pub fn client(base: &str) -> Client {
    let builder = Client::builder().api_key(KEY);
    builder.base_url(base).build().unwrap()
}

/// The same, by an HTTP client that is there already.
#[must_use]
pub fn client_by(http: reqwest::Client, base: &str) -> Client {
    let builder = Client::builder().api_key(KEY).base_url(base);
    builder.http_client(http).build().unwrap()
}

/// The address of an item's history.
#[must_use]
pub fn url(base: &str, item: &str) -> String {
    format!("{base}/api/v1/beta/batch-processing/items/{item}/processing-results")
}

/// The floor: the same call with bare reqwest, to the last byte.
pub async fn bare(http: &reqwest::Client, url: &str) -> usize {
    let request = http.get(url).bearer_auth(KEY);
    let response = request.send().await.unwrap().error_for_status().unwrap();
    response.bytes().await.unwrap().len()
}

/// How many calls are under way when there are many.
pub const AT_A_TIME: usize = 32;

/// This number of histories of `item`.
pub async fn many(client: &Client, calls: usize) {
    let ids = std::iter::repeat_n("item", calls);
    let histories = client.fetch_many(ids).concurrency(AT_A_TIME).stream();
    histories
        .for_each(|(_, history)| {
            drop(history.unwrap());
            ready(())
        })
        .await;
}

/// The same with bare reqwest, to the last byte.
pub async fn many_bare(http: &reqwest::Client, url: &str, calls: usize) {
    let calls = stream::iter(std::iter::repeat_with(|| bare(http, url)).take(calls));
    let lengths = calls.buffer_unordered(AT_A_TIME);
    lengths.for_each(|_| ready(())).await;
}

/// Finds no address, ever: a request is built, and waits.
struct Nowhere;

impl Resolve for Nowhere {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(std::future::pending())
    }
}

/// A host that is never found.
pub const NOWHERE: &str = "http://localhost:1";

/// An HTTP client that gets as far as the name of the host.
#[must_use]
pub fn unconnected() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy();
    builder.dns_resolver(Arc::new(Nowhere)).build().unwrap()
}

/// Runs a call up to where it waits for the network, and drops it.
pub fn begin(call: impl Future) {
    let mut call = std::pin::pin!(call);
    let state = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(
        matches!(state, Poll::Pending),
        "the call got a response from nowhere"
    );
}
