//! The server, as its users handle it.

use std::fmt::{self, Debug, Formatter};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::serve::{Listener, ListenerExt};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::service::{Service, router};
use crate::state::MockState;
use crate::state::lock;
use crate::{EXAMPLES, Items, Request};

/// The API on a local port, until it is dropped. [The module](super) shows a complete test.
///
/// It runs on the runtime that started it, so that a test with paused time
/// need not wait for its delays.
pub struct Server {
    base_url: String,
    service: Arc<Service>,
    closing: watch::Sender<bool>,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Starts on a free port of the loopback interface, with the [`EXAMPLES`] as items.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # use processing_results_mock as mock;
    /// let server = mock::Server::start().await?;
    /// assert!(server.base_url().starts_with("http://127.0.0.1:"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The system has no port to spare.
    pub async fn start() -> io::Result<Self> {
        let server = Self::start_empty().await?;
        Ok(EXAMPLES
            .iter()
            .fold(server, |server, (_, json)| server.with_item(json)))
    }

    /// Starts without items.
    ///
    /// # Errors
    /// The system has no port to spare.
    pub async fn start_empty() -> io::Result<Self> {
        Self::bind((Ipv4Addr::LOCALHOST, 0)).await
    }

    /// Starts at this address, without items.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # use processing_results_mock as mock;
    /// let server = mock::Server::bind(([127, 0, 0, 1], 0)).await?;
    /// server.set_item(r#"{"item_id": "a", "item_name": "a.pdf"}"#)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The address is taken, or not this machine's.
    pub async fn bind(address: impl Into<SocketAddr>) -> io::Result<Self> {
        Self::bind_with(address, |api, _| api).await
    }

    /// Starts at this address, without items, and serves the router that the function returns: the API's router with
    /// additional routes and layers. Other paths have the API's fallback.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results_mock as mock;
    /// use axum::routing::get;
    ///
    /// let server = mock::Server::bind_with(([127, 0, 0, 1], 0), |api, items| {
    ///     api.route("/count", get(async move || items.ids().len().to_string()))
    /// })
    /// .await?;
    /// server.set_item(r#"{"item_id": "a", "item_name": "a.pdf"}"#)?;
    ///
    /// let count = reqwest::get(format!("{}/count", server.base_url())).await?;
    /// assert_eq!(count.text().await?, "1");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The address is taken, or not this machine's.
    pub async fn bind_with(
        address: impl Into<SocketAddr>,
        extend: impl FnOnce(Router, Items) -> Router,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address.into()).await?;
        let listener = listener.tap_io(|stream| {
            // Only a matter of speed.
            let _ = stream.set_nodelay(true);
        });
        Self::serve_with(listener, extend)
    }

    /// Does the same with your own listener, such as one whose connections end when they are idle.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # use processing_results_mock as mock;
    /// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// let server = mock::Server::serve_with(listener, |api, _| api)?;
    /// assert!(server.base_url().starts_with("http://127.0.0.1:"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The listener has no address.
    pub fn serve_with<L>(
        listener: L,
        extend: impl FnOnce(Router, Items) -> Router,
    ) -> io::Result<Self>
    where
        L: Listener<Addr = SocketAddr>,
    {
        let base_url = format!("http://{}", listener.local_addr()?);
        let (closing, closes) = watch::channel(false);
        let service = Arc::new(Service::new(closes));
        let watched = Arc::clone(&service);
        let items = Items {
            service: Arc::clone(&service),
        };
        let routes = extend(router(Arc::clone(&service)), items);
        let serving = axum::serve(listener, routes)
            .with_graceful_shutdown(async move { watched.closes().await });
        let task = tokio::spawn(serving.into_future());
        Ok(Server {
            base_url,
            service,
            closing,
            task,
        })
    }

    /// Where it listens, as [`ClientBuilder::base_url`](processing_results::ClientBuilder::base_url) takes it.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The items, also those that are set later.
    #[must_use]
    pub fn items(&self) -> Items {
        Items {
            service: Arc::clone(&self.service),
        }
    }

    /// The requests so far, on every path; at most the last 10,000.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.service.received).iter().cloned().collect()
    }

    /// Stops, and waits until the requests that have arrived have their responses.
    /// Dropping the server stops at once.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # use processing_results_mock as mock;
    /// let server = mock::Server::start().await?;
    /// server.shutdown().await;
    /// # Ok(()) }
    /// ```
    pub async fn shutdown(self) {
        self.closing.send_replace(true);
        // It ends without an error, or with its runtime.
        let _ = self.task.await;
    }

    pub(crate) fn with_state<T>(&self, change: impl FnOnce(&mut MockState) -> T) -> T {
        change(&mut lock(&self.service.state))
    }
}

/// The address, and no key.
impl Debug for Server {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
