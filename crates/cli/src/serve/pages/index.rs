//! The list of items: searched, sorted, 50 on a page.
//!
//! Search and order are a form, and pages are links, so that all of it works without a script and an address can be
//! kept: `/items?q=invoice&sort=duplicates&page=2`.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use processing_results_mock::Items;
use serde::Deserialize;

use super::layout::{link, of_items, pagination};
use super::result::colour;
use super::summaries::{Index, ItemSummary};
use crate::serve::problems::Problems;
use crate::text::{counted, escaped};
use crate::words::{grouped, number};

/// Items on a page.
const PAGE_LEN: usize = 50;

/// What a request selects. Whatever is missing or makes no sense has its default: all items, the latest first, page 1.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    /// A part of an id or a name, in any case.
    q: String,
    sort: Sort,
    /// From 1; one beyond the last is the last.
    page: usize,
}

/// Orders of the list.
#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Sort {
    #[default]
    Latest,
    Name,
    Duplicates,
    Results,
}

/// The orders, as the query names them, and as the form does.
const SORTS: [(Sort, &str, &str); 4] = [
    (Sort::Latest, "latest", "latest first"),
    (Sort::Name, "name", "by name"),
    (Sort::Duplicates, "duplicates", "most duplicates first"),
    (Sort::Results, "results", "most results first"),
];

/// The page of the items that the query selects.
pub(super) fn page(items: &Items, index: &Index, problems: &Problems, query: &Query) -> Response {
    let all = index.summaries(items);
    let mut found: Vec<_> = all.iter().filter(|item| item.matches(&query.q)).collect();
    found.sort_by(|one, other| match query.sort {
        Sort::Latest => other.latest.cmp(&one.latest),
        Sort::Name => one.name.cmp(&other.name),
        Sort::Duplicates => other.duplicates.cmp(&one.duplicates),
        Sort::Results => other.results.cmp(&one.results),
    });
    let pages = found.len().div_ceil(PAGE_LEN).max(1);
    let page = query.page.clamp(1, pages);
    let shown = found.iter().skip((page - 1) * PAGE_LEN).take(PAGE_LEN);
    let problems = problems.all();
    let content = html! {
        h1 { "Items" }
        (facts(&all, found.len()))
        @if !problems.is_empty() {
            div.problems role="status" {
                p { (counted(number(problems.len()), "data file")) " with a problem:" }
                ul { @for problem in &problems { li { (escaped(problem)) } } }
            }
        }
        (search(query))
        @if all.is_empty() {
            p.note { "No item is here yet." }
        } @else if found.is_empty() {
            p.note { "No item has “" (escaped(&query.q)) "” in its id or name." }
        } @else {
            ul.items { @for item in shown { (row(item)) } }
            (pagination("Pages of items", page, pages, |page| address(query, page)))
        }
    };
    of_items(StatusCode::OK, "Items", &content)
}

/// The numbers above the list: items that were found, and results and duplicates of all items.
fn facts(all: &[Arc<ItemSummary>], found: usize) -> Markup {
    let duplicates: usize = all.iter().map(|item| item.duplicates).sum();
    let results = all.iter().map(|item| item.results).sum();
    let failed: usize = all.iter().map(|item| item.failed).sum();
    html! {
        p.facts {
            @if found < all.len() {
                span { (grouped(number(found))) " of " (counted(number(all.len()), "item")) }
            } @else {
                span { (counted(number(all.len()), "item")) }
            }
            span { (counted(number(results), "result")) }
            @if duplicates > 0 { span.badge.repeats { (counted(number(duplicates), "duplicate")) } }
            @if failed > 0 { span.badge.failed { (grouped(number(failed))) " failed" } }
        }
    }
}

/// The form for search and order. It works without scripts.
fn search(query: &Query) -> Markup {
    html! {
        form.search role="search" action="/items" method="get" {
            label { span { "Search" } input type="search" name="q" value=(query.q) placeholder="id or name"; }
            label {
                span { "Sort" }
                select name="sort" {
                    @for (sort, value, words) in SORTS {
                        option value=(value) selected[sort == query.sort] { (words) }
                    }
                }
            }
            button type="submit" { "Show" }
        }
    }
}

/// The address of a page, with the same search and order.
fn address(query: &Query, page: usize) -> String {
    let sort = SORTS.iter().find(|(sort, ..)| *sort == query.sort);
    let sort = sort.map_or("", |(_, value, _)| value);
    let text = utf8_percent_encode(&query.q, NON_ALPHANUMERIC);
    format!("/items?q={text}&sort={sort}&page={page}")
}

/// An item: name and id, how many results it has, what is notable about them, and a dot for each of the last ones.
fn row(item: &ItemSummary) -> Markup {
    html! {
        li {
            a href=(link("items", &item.id)) {
                strong { (escaped(item.name.as_ref().unwrap_or(&item.id))) }
                code { (escaped(&item.id)) }
                span.latest {
                    @match &item.latest {
                        Some(latest) => { (counted(number(item.results), "result")) ", latest " (latest) }
                        None if item.name.is_some() => "no results",
                        None => "its data is not a processing history",
                    }
                    @if item.duplicates > 0 {
                        " " span.badge.repeats { (counted(number(item.duplicates), "duplicate")) }
                    }
                    @if item.failed > 0 { " " span.badge.failed { (grouped(number(item.failed))) " failed" } }
                    @if item.unreadable > 0 {
                        " " span.badge.failed { (grouped(number(item.unreadable))) " unreadable" }
                    }
                }
                span.dots {
                    @for job_type in &item.types {
                        span.dot.(colour(job_type)) title=(escaped(job_type.as_str())) { (escaped(job_type.as_str())) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_item_is_called_is_text() {
        let json = r#"{"item_id": "a", "item_name": "<script>alert(1)</script>"}"#;
        let row = row(&ItemSummary::new("\"><b>", json)).into_string();
        assert!(
            row.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{row}"
        );
        assert!(row.contains("<code>&quot;&gt;&lt;b&gt;</code>"), "{row}");
    }

    #[test]
    fn an_item_is_found_by_id_and_name() {
        let item = ItemSummary::new("inv-7", r#"{"item_id": "inv-7", "item_name": "Größe.pdf"}"#);
        assert!(item.matches(" GRÖßE") && item.matches("INV"));
        assert!(item.matches("") && !item.matches("x"));
        assert!(ItemSummary::new("a", "[]").name.is_none());
    }
}
