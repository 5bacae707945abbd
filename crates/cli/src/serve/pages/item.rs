//! The page of one item: its history as a timeline, the earliest result first, 100 results on a page.
//!
//! Data that is not a history does not break the page: it says at which line and column the data cannot be read, and
//! leads to the data. An item that does not exist is a page with the status 404.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use processing_results::types::ItemProcessingResults;
use serde::Deserialize;

use super::decoded::{Decoded, decoded};
use super::layout::{link, of_items, pagination};
use super::result::PAGE_LEN;
use super::{axis, result};
use crate::analysis::sequence::{self, Step};
use crate::contract::Contract;
use crate::mask;
use crate::text::{counted, escaped};
use crate::words::{self, number};

/// Results that cannot be read and are named.
const MAX_NAMED: usize = 20;

/// Which results a request selects: without a number, or with one that makes no sense, those of the first page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PageQuery {
    page: usize,
}

/// The page of an item. `json` is its complete response, `None` if there is no such item.
pub(super) fn page(
    id: &str,
    json: Option<&str>,
    query: &PageQuery,
    contract: &Contract,
) -> Response {
    let Some(json) = json else {
        let text = html! { "There is no item " code { (escaped(id)) } " on this server." };
        return note(StatusCode::NOT_FOUND, "Item not found", &text);
    };
    match decoded(json) {
        Ok(Decoded { history, missing }) => {
            let history = mask::names(history, false);
            let steps = sequence::of(&history, contract, false);
            let content =
                html! { (note_of(&missing)) (content(&history, &steps, query.page, contract)) };
            let title = escaped(&history.item_name);
            of_items(StatusCode::OK, &title, &content)
        }
        // Only the place: the words of the error may hold a value.
        Err(error) => {
            let text = html! {
                "This item's data is not a processing history: it cannot be read at line "
                (error.line()) ", column " (error.column()) ". "
                a href=(link("raw", id)) { "Raw JSON" }
            };
            note(StatusCode::OK, &escaped(id), &text)
        }
    }
}

/// What is missing on the page, if something is.
fn note_of(missing: &[usize]) -> Markup {
    let named = missing.iter().take(MAX_NAMED).map(usize::to_string);
    let named = named.collect::<Vec<_>>().join(", ");
    html! {
        @if !missing.is_empty() {
            p.problems role="status" {
                (counted(number(missing.len()), "result")) " cannot be read, by their order in the data: " (named)
                @if missing.len() > MAX_NAMED { ", …" }
            }
        }
    }
}

/// A page that has a sentence in place of a timeline.
fn note(status: StatusCode, title: &str, text: &Markup) -> Response {
    let content = html! {
        h1 { (title) }
        p.note { (text) }
        p { a href="/items" { "All items" } }
    };
    of_items(status, title, &content)
}

/// The facts about the item, the line of time, and a card for each result; without results a sentence.
fn content(
    history: &ItemProcessingResults,
    steps: &[Step<'_>],
    page: usize,
    contract: &Contract,
) -> Markup {
    let pages = steps.len().div_ceil(PAGE_LEN).max(1);
    let page = page.clamp(1, pages);
    let places = (0..steps.len()).skip((page - 1) * PAGE_LEN).take(PAGE_LEN);
    let repeats = steps.iter().filter(|step| step.repeats.is_some()).count();
    html! {
        nav.crumbs aria-label="Breadcrumb" { a href="/items" { "Items" } " / " (escaped(&history.item_id)) }
        h1 { (escaped(&history.item_name)) }
        p.facts {
            code.copy { (escaped(&history.item_id)) }
            span { (counted(number(steps.len()), "result")) }
            @if steps.iter().any(|step| step.since.is_some()) {
                span { "over " (words::span(steps.iter().filter_map(|step| step.since).sum())) }
            }
            @if repeats > 0 { span.badge.repeats { (counted(number(repeats), "duplicate")) } }
            a href=(link("raw", &history.item_id)) { "Raw JSON" }
        }
        @if steps.is_empty() {
            p.note { "Nothing has been done to this item yet." }
        } @else {
            @if steps.len() > 1 { (axis::drawing(steps, page)) }
            ol.timeline { @for at in places { (result::entry(at, steps, page, contract)) } }
            (pagination("Pages of results", page, pages, |page| format!("?page={page}")))
        }
    }
}
