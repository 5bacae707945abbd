//! What a server can be told: items, credentials, answers out of the ordinary.

use std::collections::VecDeque;
use std::fmt::Display;
use std::io;
use std::time::Duration;

use super::item::Item;
use super::{Response, Server};

impl Server {
    /// With this item, or in place of the one with its `item_id`: the whole answer of the call, as
    /// [`Value`](serde_json::Value) or as text. The text is served byte by byte.
    ///
    /// Only the `item_id` matters; what else the service would not send is
    /// served all the same. Without one, the server answers 500 and says so.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # use processing_results::mock;
    /// let server = mock::Server::start().await?
    ///     .with_item(serde_json::json!({"item_id": "a", "item_name": "a.pdf"}))
    ///     .with_item(r#"{"item_id": "b", "item_name": "b.pdf", "pages": 1.0}"#);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn with_item(self, json: impl Display) -> Self {
        if let Err(error) = self.set_item(json) {
            self.tell(|told| told.mistake = Some(format!("with_item: {error}")));
        }
        self
    }

    /// Adds or replaces an item while the server runs.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # use processing_results::mock;
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
        self.tell(|told| {
            let had = told.items.get(&item.id);
            // An answer that the item's former data asked for goes with that data.
            if !responses.is_empty() || had.is_some_and(|had| !had.respond.is_empty()) {
                told.item_responses.insert(item.id.clone(), responses);
            }
            told.items.insert(item.id.clone(), item);
        });
        Ok(())
    }

    /// Takes an item away; whether it was there.
    pub fn remove_item(&self, item_id: &str) -> bool {
        self.tell(|told| {
            told.item_responses.remove(item_id);
            told.items.remove(item_id).is_some()
        })
    }

    /// Accepts this key in place of [`API_KEY`](super::API_KEY).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::{Client, mock};
    /// let server = mock::Server::start().await?.with_api_key("llx-a").with_session("s-1");
    ///
    /// let client = Client::builder().session("s-1").base_url(server.base_url()).build()?;
    /// assert!(client.processing_results("invoice-0001").send().await.is_ok());
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn with_api_key(self, key: impl Into<String>) -> Self {
        self.tell(|told| told.api_key = key.into());
        self
    }

    /// Accepts this session too; none is accepted otherwise.
    #[must_use]
    pub fn with_session(self, session: impl Into<String>) -> Self {
        self.tell(|told| told.session = Some(session.into()));
        self
    }

    /// Gives these answers to the next requests, whatever the item, and the usual ones after them.
    ///
    /// A status of 200 is the usual answer. The others come before anything is
    /// checked, as from a gateway in front.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::{Client, mock};
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
        self.tell(|told| told.responses.extend(responses.into_iter().map(Into::into)));
        self
    }

    /// Gives these answers to the next requests for this item, which need not be there.
    #[must_use]
    pub fn respond_to(
        self,
        item_id: &str,
        responses: impl IntoIterator<Item = impl Into<Response>>,
    ) -> Self {
        let responses = responses.into_iter().map(Into::into);
        self.tell(|told| {
            told.item_responses
                .entry(item_id.to_owned())
                .or_default()
                .extend(responses)
        });
        self
    }

    /// Gives this answer to a part of the calls, from 0 for none to 1 for all, at random, where
    /// no sequence says what comes next.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use processing_results::{Client, mock};
    /// let server = mock::Server::start().await?.fail(503, 0.1);
    ///
    /// let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
    /// assert!(client.processing_results("invoice-0001").send().await.is_ok());
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn fail(self, response: impl Into<Response>, part: f64) -> Self {
        self.tell(|told| told.failures.push((part, response.into())));
        self
    }

    /// Answers each call after this time.
    #[must_use]
    pub fn delay(self, delay: Duration) -> Self {
        self.tell(|told| told.delay = delay);
        self
    }

    /// Breaks each answer off after so many bytes of its body, as
    /// [`Response::truncate_body`] does with one.
    #[must_use]
    pub fn truncate_body(self, bytes: usize) -> Self {
        self.tell(|told| told.truncate = Some(bytes));
        self
    }
}
