//! The pages for people.

use axum::Router;
use axum::routing::get;
use processing_results::mock::Items;

/// The routes `/`, `/items/{id}` and what they load.
///
/// `api_key` is for trying the call; only a key that everybody knows is given.
pub(crate) fn router(_items: Items, _api_key: Option<&'static str>) -> Router {
    Router::new().route("/", get(async || "the local API of processing-results\n"))
}
