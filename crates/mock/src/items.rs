//! The items of a server, for those who show them in another way.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use crate::service::Service;
use crate::state::lock;

/// The current items of a server, for additional routes; see
/// [`Server::bind_with`](crate::Server::bind_with).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// # use processing_results_mock as mock;
/// let server = mock::Server::start_empty().await?;
/// let items = server.items();
/// server.set_item(r#"{"item_id": "a", "item_name": "a.pdf"}"#)?;
///
/// assert_eq!(items.ids(), ["a"]);
/// assert_eq!(items.get("a").as_deref(), Some(r#"{"item_id": "a", "item_name": "a.pdf"}"#));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Items {
    pub(crate) service: Arc<Service>,
}

impl Items {
    /// The ids, in order.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        lock(&self.service.state).items.keys().cloned().collect()
    }

    /// The complete response for this item, as it was set.
    #[must_use]
    pub fn get(&self, item_id: &str) -> Option<String> {
        let state = lock(&self.service.state);
        let text = state.items.get(item_id)?.response(None);
        String::from_utf8(text.into()).ok()
    }
}

/// The ids alone: the items may hold secrets.
impl Debug for Items {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.ids()).finish()
    }
}
