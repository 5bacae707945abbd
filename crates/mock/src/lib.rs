//! The API as a local server, for demos and for callers' own tests (feature `mock`).
//!
//! It answers as the documented service does: it wants a credential (401), knows
//! its items (404), refuses what the contract does not allow (422 in the service's
//! list form), narrows by job type, compresses on request, and gives each answer an
//! `x-request-id`. It can also fail on command, so that a test sees how its code
//! copes:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use processing_results::{Client, mock};
//! use serde_json::json;
//!
//! let server = mock::Server::start().await?
//!     .with_item(json!({"item_id": "mine", "item_name": "mine.pdf"}))
//!     .respond_to("mine", [503, 200]);
//!
//! let client = Client::builder().api_key(mock::API_KEY).base_url(server.base_url()).build()?;
//! let history = client.processing_results("mine").send().await?;
//!
//! assert_eq!(history.item_name, "mine.pdf");
//! assert_eq!(server.requests().len(), 2);
//! # Ok(()) }
//! ```
//!
//! # Failures on request
//!
//! A client in any language can ask for them with the request header `Prefer`:
//! `code=429` answers this status, `example=drift` one of the [`EXAMPLES`] whatever
//! the item, and `delay=2` answers after two seconds. They combine with commas. An item's
//! data can ask too: a top-level `"respond": [503, 503, 200]` is what
//! [`Server::respond_to`] would do, and is not part of the answer. A top-level
//! `project_id` or `organization_id` hides the item from requests for another one.

mod item;
mod items;
mod received;
mod response;
mod send;
mod server;
mod service;
mod setup;
mod told;

pub use items::Items;
pub use received::Request;
pub use response::Response;
pub use server::Server;

/// The API key that a server accepts unless told otherwise.
///
/// ```
/// use processing_results::{Client, mock};
///
/// let client = Client::builder().api_key(mock::API_KEY).build();
/// assert!(client.is_ok());
/// ```
pub const API_KEY: &str = "llx-mock-key";

/// Name and text of the bundled examples, each a whole answer of the call.
///
/// ```
/// use processing_results::{mock::EXAMPLES, types::ItemProcessingResults};
///
/// for (name, json) in EXAMPLES {
///     let history: ItemProcessingResults = serde_json::from_str(json)?;
///     assert!(!history.results().is_empty(), "{name}");
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
pub const EXAMPLES: [(&str, &str); 3] = [
    (
        "documented",
        include_str!("../../openapi/examples/documented.json"),
    ),
    (
        "history",
        include_str!("../../openapi/examples/history.json"),
    ),
    ("drift", include_str!("../../openapi/examples/drift.json")),
];
