//! The pages for people: the contract as an interactive reference, and the
//! history of each item as a timeline.

mod axis;
mod index;
mod item;
mod layout;
mod reference;
mod run;
mod runs;
mod span;

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use processing_results_mock::Items;

use crate::contract::Contract;

/// The item that the reference asks for, if it is there.
const EXAMPLE: &str = "invoice-0001";

/// The routes `/`, `/items`, `/items/{id}` and what they load. Every page has a strict
/// Content-Security-Policy of its own.
///
/// `api_key` is for trying the call; only a key that everybody knows is given.
pub(crate) fn router(items: Items, api_key: Option<&'static str>) -> Router {
    // Read once; it was found good when the command was built.
    let contract = Contract::bundled().ok().map(Arc::new);
    let (listed, asked) = (items.clone(), items.clone());
    Router::new()
        .route("/", get(async move || reference::answer(api_key)))
        .route("/items", get(async move || index::answer_with(&listed)))
        .route(
            "/items/{id}",
            get(async move |id| item(id, &asked, contract.as_deref())),
        )
        .route(reference::DOCUMENT, get(async move || document(&items)))
        .merge(files())
        .merge(reference::assets())
        .layer(map_response(async |mut answer: Response| {
            // Data and files may be others when the page is loaded again.
            let always = HeaderValue::from_static("no-cache");
            answer.headers_mut().insert(CACHE_CONTROL, always);
            answer
        }))
}

fn files() -> Router {
    const CSS: &str = "text/css; charset=utf-8";
    let file = |kind, text| get(async move || layout::file(kind, text));
    Router::new()
        .route(
            "/assets/base.css",
            file(CSS, include_str!("assets/base.css")),
        )
        .route(
            "/assets/pages.css",
            file(CSS, include_str!("assets/pages.css")),
        )
        .route(
            "/assets/reference.css",
            file(CSS, include_str!("assets/reference.css")),
        )
        .route(
            "/assets/reference.js",
            file(
                "text/javascript; charset=utf-8",
                include_str!("assets/reference.js"),
            ),
        )
        .route(
            "/assets/icon.svg",
            file("image/svg+xml", include_str!("assets/icon.svg")),
        )
}

fn item(
    id: Result<Path<String>, PathRejection>,
    items: &Items,
    contract: Option<&Contract>,
) -> Response {
    // An id that is not UTF-8 is no item's.
    let id = id.map_or_else(|_| "\u{fffd}".to_owned(), |Path(id)| id);
    match contract {
        Some(contract) => item::answer_to(&id, items.get(&id).as_deref(), contract),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn document(items: &Items) -> Response {
    let ids = items.ids();
    let example = ids.iter().find(|id| *id == EXAMPLE).or(ids.first());
    match reference::document(example.map(String::as_str)) {
        Some(document) => {
            ([(CONTENT_TYPE, "application/json")], document.to_string()).into_response()
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
