//! The items of a server, for those who show them in another way.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use super::service::Service;
use crate::transport::lock;

/// What a server has, as it is now: routes of one's own read it, see
/// [`Server::bind_with`](super::Server::bind_with).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// # use processing_results::mock;
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
    pub(super) service: Arc<Service>,
}

impl Items {
    /// The ids, in order.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        lock(&self.service.told).items.keys().cloned().collect()
    }

    /// The whole answer for this item, as it was given.
    #[must_use]
    pub fn get(&self, item_id: &str) -> Option<String> {
        let told = lock(&self.service.told);
        let text = told.items.get(item_id)?.answer(None);
        String::from_utf8(text.into()).ok()
    }
}

/// The ids alone: the items may hold secrets.
impl Debug for Items {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.ids()).finish()
    }
}
