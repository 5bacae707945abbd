//! `/openapi.yaml` and `/openapi.json`: the OpenAPI document with this server in place of the documented ones.
//!
//! Tools that read the document from here send their requests here, and not, with a real key, to the service.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use processing_results::spec;
use processing_results_contract::Document;
use serde_json::{Value, json};

use super::guard::Host;
use crate::contract;

/// What the document says about this server.
const DESCRIPTION: &str = "The local server that this contract came from.";
/// Each server has a region; this one belongs to none of the service.
const REGION: &str = "Local";

/// The two routes. The server's URL is made from the `Host` of the request, so that it is right behind a port
/// forwarding too.
pub(super) fn router() -> Router {
    let with = |kind: &'static str, text: fn(&str) -> String| {
        get(async move |Extension(Host(host)): Extension<Host>| {
            ([(CONTENT_TYPE, kind)], text(&format!("http://{host}"))).into_response()
        })
    };
    Router::new()
        .route("/openapi.yaml", with("application/yaml", yaml))
        .route("/openapi.json", with("application/json", json))
}

/// The document as JSON.
fn json(url: &str) -> String {
    let document = contract::document();
    let mut json = document.map_or(Value::Null, Document::to_json);
    json["servers"] = json!([{"url": url, "description": DESCRIPTION, "x-region": REGION}]);
    json.to_string()
}

/// The document as its reviewers wrote it, comments included: only the lines of `servers` are replaced.
fn yaml(url: &str) -> String {
    let mut text = String::with_capacity(spec::YAML.len());
    let mut is_in_servers = false;
    for line in spec::YAML.split_inclusive('\n') {
        if line.starts_with("servers:") {
            is_in_servers = true;
            // JSON is YAML, and quotes whatever needs it.
            let url = Value::from(url);
            text += &format!(
                "servers:\n  - url: {url}\n    description: {DESCRIPTION}\n    x-region: {REGION}\n\n"
            );
        } else if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            is_in_servers = false;
        }
        if !is_in_servers || line.starts_with('#') {
            text += line;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_the_contract_with_this_server() {
        let url = "http://[::1]:4010";
        let yaml = Document::parse("contract", &yaml(url)).unwrap().to_json();
        let mut contract = Document::parse("contract", spec::YAML).unwrap().to_json();
        contract["servers"] = json!([{"url": url, "description": DESCRIPTION, "x-region": REGION}]);
        assert_eq!(yaml, contract);
        assert_eq!(serde_json::from_str::<Value>(&json(url)).unwrap(), contract);
    }

    #[test]
    fn comments_and_layout_stay() {
        let text = yaml("http://localhost:1");
        let is_kept = |line: &&str| !text.contains(line);
        let lost: Vec<_> = spec::YAML.lines().filter(is_kept).collect();
        assert!(
            lost.iter()
                .all(|line| ["llamaindex", "description", "x-region"]
                    .iter()
                    .any(|word| line.contains(word))),
            "{lost:?}"
        );
    }
}
