//! What all pages have in common: head, navigation, and the response with its policy.
//!
//! Pages are HTML from `maud`, which escapes every text. Should it ever not, the policy keeps a text from becoming a
//! script or an image: only files of this server are allowed.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::words::{grouped, number};

/// The Content-Security-Policy of pages about items: nothing from elsewhere, nothing inline. Their one script copies
/// ids and locations.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// Which entry of the navigation a page belongs to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Reference,
    Items,
}

/// The path of something about an item, such as `/items/invoice-0001`. The id stays one segment of the path.
pub(super) fn link(what: &str, id: &str) -> String {
    format!("/{what}/{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}

/// A page about items.
pub(super) fn of_items(status: StatusCode, title: &str, content: &Markup) -> Response {
    let head = html! {
        link rel="stylesheet" href="/assets/pages.css";
        script src="/assets/copy.js" defer {}
    };
    under(POLICY, status, page(title, Place::Items, &head, content))
}

/// Links to the pages before and after this one of a list that has more than one. `to` is the address of a page.
pub(super) fn pagination(
    label: &str,
    page: usize,
    pages: usize,
    to: impl Fn(usize) -> String,
) -> Markup {
    html! {
        @if pages > 1 {
            nav.pages aria-label=(label) {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { "Previous" } }
                span { "page " (grouped(number(page))) " of " (grouped(number(pages))) }
                @if page < pages { a rel="next" href=(to(page + 1)) { "Next" } }
            }
        }
    }
}

/// A page with this title and content. `head` has the styles and scripts that it needs beside the common style.
pub(super) fn page(title: &str, place: Place, head: &Markup, content: &Markup) -> Markup {
    let current = |link: Place| (link == place).then_some("page");
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · processing-results" }
                link rel="icon" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/base.css";
                (head)
            }
            body {
                header.top {
                    a.brand href="/items" { "processing-results" }
                    nav aria-label="Pages" {
                        a href="/items" aria-current=[current(Place::Items)] { "Items" }
                        a href="/reference" aria-current=[current(Place::Reference)] { "Reference" }
                    }
                }
                @if place == Place::Items { main { (content) } } @else { (content) }
            }
        }
    }
}

/// The response with a page, and the policy of that page.
pub(super) fn under(policy: &'static str, status: StatusCode, page: Markup) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (status, headers, page.into_string()).into_response()
}

/// The response with a file of the pages, such as a style. `kind` is its media type.
pub(super) fn file(kind: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, kind)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_one_part_of_the_path() {
        assert_eq!(
            link("items", "a/b?c#d%\"é"),
            "/items/a%2Fb%3Fc%23d%25%22%C3%A9"
        );
    }
}
