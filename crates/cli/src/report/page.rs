//! The frame of the page, and the figures at its top.
//!
//! The style is within the page, and the page's own policy allows that style and nothing else: a text from a history
//! that would be a script or an image does nothing, even if escaping it were forgotten.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::tables::{amount, percentage};
use super::tally::Tally;
use super::{over_time, sections, settings_section};
use crate::text::counted;
use crate::words::{day, grouped};

/// The style of the pages of `serve`, and what a report has of its own.
const STYLE: &str = concat!(
    include_str!("../serve/pages/assets/base.css"),
    include_str!("report.css")
);

/// The complete page. `made` is when the report was made.
pub(super) fn page(tally: &Tally, made: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Report on " (counted(tally.items, "item")) " · processing-results" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header.top {
                    span.brand { "processing-results" }
                    span.made { "made " (made) }
                }
                main { (content(tally)) }
            }
        }
    }
}

/// The Content-Security-Policy: nothing is loaded, nothing runs, and the style is allowed by its hash.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

/// The sections, in the order of what readers look for: figures, duplicates, time, settings, failures, drift.
fn content(tally: &Tally) -> Markup {
    html! {
        h1 { "Processing report" }
        p.facts {
            @match tally.span {
                Some((first, last)) if day(first) == day(last) => span { "results of " (day(first)) ", UTC" },
                Some((first, last)) => span { "results from " (day(first)) " to " (day(last)) ", UTC" },
                None if tally.repeats.all.results > 0 => span { "results without a time" },
                None => span { "no results" },
            }
        }
        (figures(tally))
        @if tally.items == 0 {
            p.note {
                @if tally.failed() > 0 { "No item could be read." } @else { "There were no items to report on." }
            }
        } @else {
            (sections::repeats(tally))
            (over_time::section(tally))
            (settings_section::settings(tally))
        }
        (sections::failures(tally))
        @if tally.items > 0 { (sections::drift(tally)) }
    }
}

/// The numbers that matter most: items, results, duplicates with their share, their cost if prices are given, and
/// failed items if there are any.
fn figures(tally: &Tally) -> Markup {
    let all = tally.repeats.all;
    let failed = tally.failed();
    html! {
        dl.figures {
            div { dt { "items" } dd { (grouped(tally.items)) } }
            div { dt { "results" } dd { (grouped(all.results)) } }
            div.repeats[all.repeats > 0] {
                dt { "duplicates: results that repeat an earlier one" }
                dd { (grouped(all.repeats)) " " small { (percentage(all.repeats, all.results)) } }
            }
            @if tally.repeats.prices.are_given() {
                div.repeats[all.cost > 0.0] { dt { "cost of duplicates, at the given prices" } dd { (amount(all.cost)) } }
            }
            @if failed > 0 {
                div.failed { dt { "items that failed" } dd { (grouped(failed)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_cannot_end_early() {
        assert!(!STYLE.contains('<'));
    }
}
