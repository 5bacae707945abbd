//! How a server is configured: items, credentials, other responses than the default ones.

use std::collections::VecDeque;
use std::fmt::Display;
use std::io;
use std::time::Duration;

use crate::item::Item;
use crate::{Response, Server};

impl Server {
    /// Adds an item, or replaces the one with the same `item_id`. The item is the complete response of the call, as a
    /// [`Value`](serde_json::Value) or as text, which is served byte by byte.
    ///
    /// Only the `item_id` is required; anything else is served as it is, also what the service would not send. Without an
    /// `item_id`, the server responds with 500 and the reason.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # use processing_results_mock as mock;
    /// let server = mock::Server::start().await?
    ///     .with_item(serde_json::json!({"item_id": "a", "item_name": "a.pdf"}))
    ///     .with_item(r#"{"item_id": "b", "item_name": "b.pdf", "pages": 1.0}"#);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn with_item(self, json: impl Display) -> Self {
        if let Err(error) = self.set_item(json) {
            self.with_state(|state| state.misconfiguration = Some(format!("with_item: {error}")));
        }
        self
    }

    /// Adds or replaces an item while the server runs.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # use processing_results_mock as mock;
    /// let server = mock::Server::start().await?;
    /// assert!(server.set_item("{}").is_err());
    /// server.set_item(r#"{"item_id": "late", "item_name": "late.pdf"}"#)?;
    /// assert!(server.remove_item("late"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// It is not a JSON object with an `item_id`. The item stays what it was.
    pub fn set_item(&self, json: impl Display) -> io::Result<()> {
        let item = Item::read(json.to_string())?;
        let responses: VecDeque<_> = item.respond.iter().copied().map(Response::new).collect();
        self.with_state(|state| {
            let had = state.items.get(&item.id);
            // Responses that the item's former data requested are replaced with that data.
            if !responses.is_empty() || had.is_some_and(|had| !had.respond.is_empty()) {
                state.item_responses.insert(item.id.clone(), responses);
            }
            state.items.insert(item.id.clone(), item);
        });
        Ok(())
    }

    /// Removes an item, and returns whether it was there.
    pub fn remove_item(&self, item_id: &str) -> bool {
        self.with_state(|state| {
            state.item_responses.remove(item_id);
            state.items.remove(item_id).is_some()
        })
    }

    /// Accepts this key in place of [`API_KEY`](crate::API_KEY).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::Client;
    /// # use processing_results_mock as mock;
    /// let server = mock::Server::start().await?.with_api_key("llx-a").with_session("s-1");
    ///
    /// let client = Client::builder().session("s-1").base_url(server.base_url()).build()?;
    /// assert!(client.processing_results("invoice-0001").send().await.is_ok());
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn with_api_key(self, key: impl Into<String>) -> Self {
        self.with_state(|state| state.api_key = key.into());
        self
    }

    /// Accepts this session too; none is accepted otherwise.
    #[must_use]
    pub fn with_session(self, session: impl Into<String>) -> Self {
        self.with_state(|state| state.session = Some(session.into()));
        self
    }

    /// Sends these responses to the next requests, for any item, and the default ones after them.
    ///
    /// A status of 200 is the default response. The others come before anything is
    /// checked, as from a gateway in front.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::Client;
    /// # use processing_results_mock as mock;
    /// let limited = mock::Response::new(429).header("retry-after", "0");
    /// let server = mock::Server::start().await?.respond_with([limited]);
    ///
    /// let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
    /// let (_, report) = client.processing_results("invoice-0001").send_with_report().await;
    /// assert_eq!(report.attempts, 2);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn respond_with(self, responses: impl IntoIterator<Item = impl Into<Response>>) -> Self {
        self.with_state(|state| {
            state
                .responses
                .extend(responses.into_iter().map(Into::into))
        });
        self
    }

    /// Sends these responses to the next requests for this item, which need not exist.
    #[must_use]
    pub fn respond_to(
        self,
        item_id: &str,
        responses: impl IntoIterator<Item = impl Into<Response>>,
    ) -> Self {
        let responses = responses.into_iter().map(Into::into);
        self.with_state(|state| {
            state
                .item_responses
                .entry(item_id.to_owned())
                .or_default()
                .extend(responses)
        });
        self
    }

    /// Remembers this many requests for [`requests`](Self::requests) in place of 10,000; a server that runs for long
    /// needs none.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::Client;
    /// # use processing_results_mock as mock;
    /// let server = mock::Server::start().await?.remember_requests(0);
    ///
    /// let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
    /// client.processing_results("invoice-0001").send().await?;
    /// assert!(server.requests().is_empty());
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn remember_requests(self, max: usize) -> Self {
        self.with_state(|state| state.max_requests = max);
        self
    }

    /// Sends this response to a share of the requests, from 0 for none to 1 for all, at random, where
    /// no sequence says what comes next.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::Client;
    /// # use processing_results_mock as mock;
    /// let server = mock::Server::start().await?.fail(503, 0.1);
    ///
    /// let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
    /// assert!(client.processing_results("invoice-0001").send().await.is_ok());
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn fail(self, response: impl Into<Response>, part: f64) -> Self {
        self.with_state(|state| state.failures.push((part, response.into())));
        self
    }

    /// Delays each response by this time.
    #[must_use]
    pub fn delay(self, delay: Duration) -> Self {
        self.with_state(|state| state.delay = delay);
        self
    }

    /// Breaks each response off after this number of bytes of its body, as
    /// [`Response::truncate_body`] does with one.
    #[must_use]
    pub fn truncate_body(self, bytes: usize) -> Self {
        self.with_state(|state| state.truncate = Some(bytes));
        self
    }
}
