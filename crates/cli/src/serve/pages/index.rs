//! All items of the server.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use processing_results::types::{ItemProcessingResults, ProcessingResult};
use processing_results_mock::Items;

use super::item::count;
use super::layout::of_items;
use super::run::{colour, moment};
use crate::text::escaped;

/// So many items are listed; each is read for it.
const LISTED: usize = 500;
/// So many runs of an item are drawn, the last ones.
const DRAWN: usize = 12;

/// The page that leads to each item.
pub(super) fn answer_with(items: &Items) -> Response {
    let ids = items.ids();
    let content = html! {
        h1 { "Items" }
        p.facts { span { (count(ids.len(), "item")) " on this server" } }
        @if ids.is_empty() {
            p.note { "No item is here yet." }
        } @else {
            ul.items { @for id in ids.iter().take(LISTED) { (row(id, items.get(id))) } }
            @if ids.len() > LISTED {
                p.note { "These are the first " (LISTED) "; " code { "/items/ID" } " has any other." }
            }
        }
    };
    of_items(StatusCode::OK, "Items", &content)
}

/// Where an item's page is.
fn link(id: &str) -> String {
    format!("/items/{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}

fn row(id: &str, json: Option<String>) -> Markup {
    let history = json.and_then(|json| serde_json::from_str::<ItemProcessingResults>(&json).ok());
    let results = history
        .as_ref()
        .map(ItemProcessingResults::chronological)
        .unwrap_or_default();
    let latest = results.last();
    let drawn = results.iter().skip(results.len().saturating_sub(DRAWN));
    html! {
        li {
            a href=(link(id)) {
                @match &history {
                    Some(history) => strong { (escaped(&history.item_name)) }
                    None => strong { (escaped(id)) }
                }
                code { (escaped(id)) }
                @match latest {
                    Some(latest) => span.latest { (count(results.len(), "run")) ", latest " (moment(latest)) }
                    None if history.is_some() => span.latest { "no runs" }
                    None => span.latest { "its data is not a processing history" }
                }
                span.dots { @for result in drawn { (dot(result)) } }
            }
        }
    }
}

fn dot(result: &ProcessingResult) -> Markup {
    html! {
        span.dot.(colour(&result.job_type)) title=(escaped(result.job_type.as_str())) {
            (escaped(result.job_type.as_str()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_one_part_of_the_path() {
        assert_eq!(link("a/b?c#d%\"é"), "/items/a%2Fb%3Fc%23d%25%22%C3%A9");
    }

    #[test]
    fn what_an_item_is_called_is_text() {
        let json = r#"{"item_id": "a", "item_name": "<script>alert(1)</script>"}"#;
        let row = row("\"><b>", Some(json.to_owned())).into_string();
        assert!(
            row.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{row}"
        );
        assert!(row.contains("<code>&quot;&gt;&lt;b&gt;</code>"), "{row}");
    }
}
