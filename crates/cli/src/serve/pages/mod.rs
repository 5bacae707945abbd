//! The web UI: the items, the history of each item as a timeline, and the OpenAPI document as an
//! interactive reference.
//!
//! | path | page |
//! |---|---|
//! | `/`, `/items` | the list of items |
//! | `/items/ID` | the timeline of an item, of thousands of results in pages |
//! | `/raw/ID` | its complete response, without a key |
//! | `/reference` | the OpenAPI document in Swagger UI |
//! | `/assets/...` | styles, scripts and the icon |
//!
//! All pages are made on request, and those about items work without scripts. They show values with the same masking
//! as the command. Texts from data are escaped, and the policy of each page allows nothing from elsewhere.

mod axis;
mod decoded;
mod index;
mod item;
mod layout;
mod reference;
mod result;
mod summaries;

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use processing_results_mock::Items;

use crate::contract::Contract;
use crate::demo::EXAMPLE;
use crate::serve::problems::Problems;
pub(super) use summaries::Index;

/// The routes of the pages and what they load. Every page has a strict Content-Security-Policy of its own.
///
/// `api_key` is for trying the call; only a key that everybody knows is given.
pub(crate) fn router(
    items: Items,
    index: Index,
    problems: Problems,
    api_key: Option<&'static str>,
) -> Router {
    let pages = Arc::new(Pages {
        items,
        problems,
        index,
    });
    let list = async |State(pages): State<Arc<Pages>>, query: Result<Query<_>, _>| {
        // A query that makes no sense selects all.
        let query = query.map_or_else(|_: QueryRejection| Default::default(), |Query(query)| query);
        index::page(&pages.items, &pages.index, &pages.problems, &query)
    };
    Router::new()
        .route("/", get(list))
        .route("/items", get(list))
        .route("/items/{id}", get(item))
        .route("/raw/{id}", get(raw))
        .route("/reference", get(async move || reference::page(api_key)))
        .route(reference::DOCUMENT, get(document))
        .with_state(pages)
        .merge(files())
        .merge(reference::assets())
        .layer(map_response(async |mut response: Response| {
            // The data may have changed when a page is loaded again.
            let always = HeaderValue::from_static("no-cache");
            response.headers_mut().insert(CACHE_CONTROL, always);
            response
        }))
}

/// What the pages are made from; it changes while the server runs.
struct Pages {
    items: Items,
    problems: Problems,
    index: Index,
}

/// The routes of styles, scripts and the icon, which are compiled into the command.
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
            "/assets/copy.js",
            file(
                "text/javascript; charset=utf-8",
                include_str!("assets/copy.js"),
            ),
        )
        .route(
            "/assets/icon.svg",
            file("image/svg+xml", include_str!("assets/icon.svg")),
        )
}

/// The id of a path. One that is not UTF-8 is the id of no item, as the replacement character is.
fn readable(id: Result<Path<String>, PathRejection>) -> String {
    id.map_or_else(|_| "\u{fffd}".to_owned(), |Path(id)| id)
}

/// The handler of an item's page.
async fn item(
    State(pages): State<Arc<Pages>>,
    id: Result<Path<String>, PathRejection>,
    query: Result<Query<item::PageQuery>, QueryRejection>,
) -> Response {
    let id = readable(id);
    let query = query.map_or_else(|_| Default::default(), |Query(query)| query);
    match Contract::bundled() {
        Ok(contract) => item::page(&id, pages.items.get(&id).as_deref(), &query, contract),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The item as the API serves it, without a key: a link cannot send one. Secrets are in it as in the file.
async fn raw(State(pages): State<Arc<Pages>>, id: Result<Path<String>, PathRejection>) -> Response {
    match pages.items.get(&readable(id)) {
        Some(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The handler of the document that the reference page loads, with an item of this server as the example.
async fn document(State(pages): State<Arc<Pages>>) -> Response {
    let ids = pages.items.ids();
    let example = ids.iter().find(|id| *id == EXAMPLE).or(ids.first());
    match reference::document(example.map(String::as_str)) {
        Some(document) => {
            ([(CONTENT_TYPE, "application/json")], document.to_string()).into_response()
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
