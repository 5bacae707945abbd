//! The page of one item: its history as a timeline.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use processing_results::types::ItemProcessingResults;

use super::layout::of_items;
use super::runs::{self, Run};
use super::{axis, run, span};
use crate::contract::Contract;
use crate::text::escaped;

/// The page of an item, from the text of its whole answer.
pub(super) fn answer_to(id: &str, json: Option<&str>, contract: &Contract) -> Response {
    let Some(json) = json else {
        let text = html! { "There is no item " code { (escaped(id)) } " on this server." };
        return note(StatusCode::NOT_FOUND, id, &text);
    };
    match serde_json::from_str::<ItemProcessingResults>(json) {
        Ok(history) => {
            let runs = runs::of(&history, contract);
            let content = content(&history, &runs);
            let title = escaped(&history.item_name);
            of_items(StatusCode::OK, &title, &content)
        }
        // The error's own words may hold a value.
        Err(error) => {
            let text = html! {
                "This item's data is not a processing history: it stops making sense at line "
                (error.line()) ", column " (error.column()) "."
            };
            note(StatusCode::OK, id, &text)
        }
    }
}

/// A page that says one thing in place of a timeline.
fn note(status: StatusCode, id: &str, text: &Markup) -> Response {
    let content = html! {
        h1 { (escaped(id)) }
        p.note { (text) }
        p { a href="/items" { "All items" } }
    };
    of_items(status, &escaped(id), &content)
}

fn content(history: &ItemProcessingResults, runs: &[Run<'_>]) -> Markup {
    html! {
        h1 { (escaped(&history.item_name)) }
        p.facts {
            code { (escaped(&history.item_id)) }
            span { (count(runs.len(), "run")) }
            @if let Some(whole) = whole(runs) {
                span { "over " (whole) }
            }
        }
        @if runs.is_empty() {
            p.note { "Nothing has been done to this item yet." }
        } @else {
            @if runs.len() > 1 {
                (axis::drawing(runs))
            }
            ol.timeline {
                @for (at, each) in runs.iter().enumerate() {
                    (run::entry(at, each))
                }
            }
        }
    }
}

/// The time from the first run to the last.
fn whole(runs: &[Run<'_>]) -> Option<String> {
    (runs.len() > 1).then(|| span::words(runs.iter().filter_map(|run| run.since).sum()))
}

/// A number of things: `1 run`, `2 runs`.
pub(super) fn count(count: usize, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        _ => format!("{count} {thing}s"),
    }
}
