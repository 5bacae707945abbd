//! All items of the server: searched, sorted, a page at a time.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use processing_results::JobType;
use processing_results::types::ItemProcessingResults;
use processing_results_mock::Items;
use serde::Deserialize;

use super::layout::{link, of_items};
use super::result::{colour, status_class};
use crate::output::members::Members;
use crate::serve::problems::Problems;
use crate::text::{counted, escaped};
use crate::words::{grouped, moment, number};

/// Items on a page.
const PAGE_LEN: usize = 50;
/// Results of an item that are drawn, the last ones.
const MAX_DRAWN: usize = 12;

/// What a page shows of all items.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    q: String,
    sort: Sort,
    page: usize,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Sort {
    #[default]
    Latest,
    Name,
    Duplicates,
    Results,
}

const SORTS: [(Sort, &str, &str); 4] = [
    (Sort::Latest, "latest", "latest first"),
    (Sort::Name, "name", "by name"),
    (Sort::Duplicates, "duplicates", "most duplicates first"),
    (Sort::Results, "results", "most results first"),
];

/// What is known of each item. It is read when the items have changed, not for each request.
#[derive(Clone, Default)]
pub(crate) struct Index(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    /// By id, with the hash of the text that it was made of.
    summaries: HashMap<String, (u64, Arc<ItemSummary>)>,
    /// All of them in the order of ids; none if the items have changed since.
    all: Option<Arc<[Arc<ItemSummary>]>>,
}

/// An item in the list.
struct ItemSummary {
    id: String,
    /// Empty if the data is not a history.
    name: Option<String>,
    results: usize,
    duplicates: usize,
    failed: usize,
    latest: Option<String>,
    types: Vec<JobType>,
}

impl Index {
    /// The items have changed.
    pub(crate) fn invalidate(&self) {
        self.lock().all = None;
    }

    fn summaries(&self, items: &Items) -> Arc<[Arc<ItemSummary>]> {
        let mut known = self.lock();
        if let Some(all) = &known.all {
            return Arc::clone(all);
        }
        let mut old = std::mem::take(&mut known.summaries);
        let summary = |id: String| {
            let json = items.get(&id)?;
            let mut hasher = DefaultHasher::new();
            json.hash(&mut hasher);
            let hash = hasher.finish();
            let kept = old.remove(&id).filter(|(of, _)| *of == hash);
            let (_, summary) =
                kept.unwrap_or_else(|| (hash, Arc::new(ItemSummary::new(&id, &json))));
            known.summaries.insert(id, (hash, Arc::clone(&summary)));
            Some(summary)
        };
        let all: Arc<[_]> = items.ids().into_iter().filter_map(summary).collect();
        known.all = Some(Arc::clone(&all));
        all
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ItemSummary {
    fn new(id: &str, json: &str) -> Self {
        let history = serde_json::from_str::<ItemProcessingResults>(json).ok();
        let results = history.as_ref().map(ItemProcessingResults::chronological);
        let results = results.unwrap_or_default();
        let groups = history.as_ref().map(ItemProcessingResults::duplicates);
        let groups = groups.unwrap_or_default();
        let failed = results.iter().filter(|result| {
            let status = Members::read(result.job_config.raw())
                .and_then(|config| serde_json::from_str::<String>(config.get("status")?).ok());
            status.is_some_and(|status| status_class(&status) == "failed")
        });
        let drawn = results.iter().skip(results.len().saturating_sub(MAX_DRAWN));
        ItemSummary {
            id: id.to_owned(),
            results: results.len(),
            duplicates: groups.iter().map(|group| group.len() - 1).sum(),
            failed: failed.count(),
            latest: results.last().map(|result| moment(result)),
            types: drawn.map(|result| result.job_type.clone()).collect(),
            name: history.as_ref().map(|history| history.item_name.clone()),
        }
    }

    fn matches(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let has = |field: &str| field.to_lowercase().contains(&text);
        has(&self.id) || self.name.as_deref().is_some_and(has)
    }
}

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
            (pagination(query, page, pages))
        }
    };
    of_items(StatusCode::OK, "Items", &content)
}

fn facts(all: &[Arc<ItemSummary>], found: usize) -> Markup {
    let duplicates: usize = all.iter().map(|item| item.duplicates).sum();
    let results = all.iter().map(|item| item.results).sum();
    html! {
        p.facts {
            @if found < all.len() {
                span { (grouped(number(found))) " of " (counted(number(all.len()), "item")) }
            } @else {
                span { (counted(number(all.len()), "item")) }
            }
            span { (counted(number(results), "result")) }
            @if duplicates > 0 { span.badge.repeats { (counted(number(duplicates), "duplicate")) } }
        }
    }
}

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

fn pagination(query: &Query, page: usize, pages: usize) -> Markup {
    let sort = SORTS.iter().find(|(sort, ..)| *sort == query.sort);
    let sort = sort.map_or("", |(_, value, _)| value);
    let text = utf8_percent_encode(&query.q, NON_ALPHANUMERIC);
    let to = |page: usize| format!("/items?q={text}&sort={sort}&page={page}");
    html! {
        @if pages > 1 {
            nav.pages aria-label="Pages of items" {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { "Previous" } }
                span { "page " (grouped(number(page))) " of " (grouped(number(pages))) }
                @if page < pages { a rel="next" href=(to(page + 1)) { "Next" } }
            }
        }
    }
}

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

    #[tokio::test]
    async fn items_are_read_again_when_they_have_changed_and_not_before() {
        let server = processing_results_mock::Server::start_empty()
            .await
            .unwrap();
        let (items, index) = (server.items(), Index::default());
        let names = || -> Vec<_> {
            let all = index.summaries(&items);
            all.iter().filter_map(|item| item.name.clone()).collect()
        };
        let set = |id: &str, name: &str| {
            let json = serde_json::json!({"item_id": id, "item_name": name});
            server.set_item(json.to_string()).unwrap();
        };
        set("a", "first.pdf");
        assert_eq!(names(), ["first.pdf"]);
        set("a", "second.pdf");
        set("b", "third.pdf");
        assert_eq!(names(), ["first.pdf"]);
        index.invalidate();
        assert_eq!(names(), ["second.pdf", "third.pdf"]);
        server.remove_item("a");
        index.invalidate();
        assert_eq!(names(), ["third.pdf"]);
    }
}
