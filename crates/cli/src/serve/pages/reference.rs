//! The OpenAPI document as an interactive reference, by Swagger UI.
//!
//! The page can send the call to this server and show the response. Its document is the contract with three additions:
//! this server in place of the service's, the bundled examples, and the errors that this server responds with.
//!
//! This is the one page that needs a script.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use maud::html;
use processing_results_mock::EXAMPLES;
use serde_json::{Value, json};
use swagger_ui_dist::{ApiDefinition, OpenApiSource, generate_routes};

use super::layout::{self, Place, under};
use crate::contract;

/// Where Swagger UI's files are.
const ASSETS: &str = "/assets/swagger-ui";
/// Where the document is that the page loads.
pub(super) const DOCUMENT: &str = "/assets/reference.json";

/// The Content-Security-Policy of the page: requests to this server alone, and images that Swagger UI's style has within
/// it as data.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Errors that the service and this server respond with: status, description, and the text of `detail`. The document
/// has only the 422 body, and describes no error.
const ERRORS: [(&str, &str, &str); 4] = [
    (
        "401",
        "The credential is missing or not accepted.",
        "Invalid authentication token",
    ),
    (
        "404",
        "There is no such item in this project.",
        "there is no item \"invoice-9999\"",
    ),
    (
        "422",
        "A parameter is invalid.",
        "Input should be 'parse', 'extract' or 'classify'",
    ),
    (
        "429",
        "Too many requests; `Retry-After` says when to try again.",
        "Too many requests",
    ),
];
/// The bundled example that is shown first.
const FIRST: &str = "history";

/// The page. `api_key` is filled in where the page has a field for one, so only a key that everybody knows is given.
pub(super) fn page(api_key: Option<&str>) -> Response {
    let head = html! {
        link rel="stylesheet" href={ (ASSETS) "/swagger-ui.css" };
        link rel="stylesheet" href="/assets/reference.css";
        script src={ (ASSETS) "/swagger-ui-bundle.js" } defer {}
        script src="/assets/reference.js" defer {}
    };
    let content = html! {
        div #reference data-document=(DOCUMENT) data-key=[api_key] {
            noscript { p.note { "The reference needs JavaScript. The " a href=(DOCUMENT) { "contract" } " does not." } }
        }
    };
    let page = layout::page("Reference", Place::Reference, &head, &content);
    under(POLICY, StatusCode::OK, page)
}

/// The document of the page. `item_id` is an item of this server, which is filled in for trying the call.
pub(super) fn document(item_id: Option<&str>) -> Option<Value> {
    let mut contract = contract::document().ok()?.to_json();
    contract["servers"] = json!([{"url": "/", "description": "This server."}]);
    for operation in contract["paths"].as_object_mut()?.values_mut() {
        for call in operation.as_object_mut()?.values_mut() {
            call["tags"] = json!(["processing history"]);
            call["responses"]["200"]["content"]["application/json"]["examples"] = examples();
            for (status, description, detail) in ERRORS {
                let example = json!({"application/json": {"example": {"detail": detail}}});
                call["responses"][status] = json!({"description": description, "content": example});
            }
            let parameters = call["parameters"].as_array_mut().into_iter().flatten();
            for parameter in parameters.filter(|parameter| parameter["in"] == "path") {
                if let Some(id) = item_id {
                    parameter["example"] = json!(id);
                }
            }
        }
    }
    Some(contract)
}

/// The bundled examples of a response, the one that shows most first.
fn examples() -> Value {
    let mut examples = EXAMPLES.to_vec();
    examples.sort_by_key(|(name, _)| *name != FIRST);
    let examples = examples.into_iter().map(|(name, json)| {
        let value = serde_json::from_str(json).unwrap_or(Value::Null);
        (name.to_owned(), json!({ "value": value }))
    });
    Value::Object(examples.collect())
}

/// The routes of Swagger UI's own files, without the page that comes with them: it has scripts inline.
pub(super) fn assets() -> Router {
    generate_routes(ApiDefinition {
        uri_prefix: ASSETS,
        api_definition: OpenApiSource::Uri(DOCUMENT),
        title: None,
    })
    .layer(from_fn(only_files))
}

/// Refuses everything but styles, scripts and source maps.
async fn only_files(request: Request<Body>, next: Next) -> Response {
    let path = request.uri().path();
    match path.ends_with(".css") || path.ends_with(".js") || path.ends_with(".map") {
        true => next.run(request).await,
        false => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_the_contract_for_this_server() {
        let document = document(Some("invoice-0001")).unwrap();
        assert_eq!(document["servers"].as_array().map(Vec::len), Some(1));
        assert_eq!(document["servers"][0]["url"], "/");
        let (_, path) = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .next()
            .unwrap();
        assert_eq!(path["get"]["parameters"][0]["example"], "invoice-0001");
    }
}
