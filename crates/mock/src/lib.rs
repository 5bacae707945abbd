//! LlamaCloud's processing results call as a local server, for demos and for tests of callers.
//!
//! It responds as the documented service does: it requires a credential (401), knows its items (404), refuses what
//! the contract does not allow (422 in the service's list form), filters by job type, compresses on request, and gives
//! each response an `x-request-id`. It can also fail on request, so that a test sees how its code copes:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use processing_results::Client;
//! use processing_results_mock::{API_KEY, Server};
//! use serde_json::json;
//!
//! let server = Server::start().await?
//!     .with_item(json!({"item_id": "mine", "item_name": "mine.pdf"}))
//!     .respond_to("mine", [503, 200]);
//!
//! let client = Client::builder().api_key(API_KEY).base_url(server.base_url()).build()?;
//! let history = client.processing_results("mine").send().await?;
//!
//! assert_eq!(history.item_name, "mine.pdf");
//! assert_eq!(server.requests().len(), 2);
//! # Ok(()) }
//! ```
//!
//! # Failures on request
//!
//! A client in any language can request them with the header `Prefer`: `code=429` responds with this status,
//! `example=drift` with one of the [`EXAMPLES`] whatever the item, and `delay=2` after two seconds. They combine with
//! commas. An item's data can do so too: a top-level `"respond": [503, 503, 200]` has the effect of
//! [`Server::respond_to`], and is not part of the response. A top-level `project_id` or `organization_id` hides the
//! item from requests for another one.
#![allow(
    deprecated,
    reason = "what the contract deprecates is served until it is gone"
)]

mod item;
mod items;
mod parameters;
mod request;
mod response;
mod send;
mod server;
mod service;
mod setup;
mod state;

pub use items::Items;
pub use request::Request;
pub use response::Response;
pub use server::Server;

/// An error of this kind, for tests of code that handles errors: with the usual status, and retryable if the kind
/// usually is.
///
/// ```
/// use processing_results::ErrorKind;
///
/// let error = processing_results_mock::error(ErrorKind::RateLimited);
/// assert!(error.is_rate_limited() && error.is_retryable());
/// assert_eq!(error.status().unwrap(), 429);
/// ```
#[must_use]
pub fn error(kind: processing_results::ErrorKind) -> processing_results::Error {
    processing_results::Error::of_kind(kind)
}

/// The API key that a server accepts by default.
///
/// ```
/// use processing_results::Client;
///
/// let client = Client::builder()
///     .api_key(processing_results_mock::API_KEY)
///     .base_url("http://127.0.0.1:4010")
///     .build();
/// assert!(client.is_ok());
/// ```
pub const API_KEY: &str = "llx-mock-key";

/// Name and text of the bundled examples, each a complete response of the call.
///
/// ```
/// use processing_results::types::ItemProcessingResults;
/// use processing_results_mock::EXAMPLES;
///
/// for (name, json) in EXAMPLES {
///     let history: ItemProcessingResults = serde_json::from_str(json)?;
///     assert!(!history.results().is_empty(), "{name}");
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
pub use processing_results::spec::EXAMPLES;
