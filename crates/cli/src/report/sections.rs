//! Sections of the page: duplicates, differences from the OpenAPI document, and items that failed.
//!
//! The sections about time and about settings have files of their own. Each function returns one section as HTML, or
//! nothing where there is nothing to say. What comes from a history is escaped by `maud`.

use maud::{Markup, html};

use super::repeats::RepeatGroup;
use super::tables::{
    amount, cost, number, numbers, of_class, percentage, share, shares, stacked, table, text,
};
use super::tally::Tally;
use crate::text::counted;
use crate::words::{self, grouped};

/// Groups of duplicates that are shown before the rest has to be unfolded: the most expensive ones.
const MAX_OPEN: usize = 10;

/// What was processed, and paid for, more than once: a sentence, counts by job type and tier, and each group.
pub(super) fn repeats(tally: &Tally) -> Markup {
    let repeats = &tally.repeats;
    let all = repeats.all;
    html! {
        section #repeats {
            h2 { "What was processed more than once" }
            p {
                "A result is a duplicate if an earlier one of the same item has the same job type and the same parameters hash. "
                @if all.repeats == 0 {
                    "There are none."
                } @else {
                    strong {
                        (grouped(all.repeats)) " of " (counted(all.results, "result")) " (" (percentage(all.repeats, all.results)) ")"
                        ", in " (grouped(repeats.items)) " of " (counted(tally.items, "item"))
                        @if all.cost > 0.0 { ", for " (amount(all.cost)) }
                        "."
                    }
                }
            }
            @if all.unpriced > 0 {
                p.aside {
                    (counted(all.unpriced, "duplicate")) " of unknown page count not in the cost; "
                    code { "--pages" } " gives the number of pages to assume."
                }
            }
            @if repeats.prices.are_given() && all.free > 0 {
                p.aside { (counted(all.free, "duplicate")) " of kinds without a price not in the cost." }
            }
            @let unused = repeats.unused_prices();
            @if !unused.is_empty() {
                p.aside { "No result is of " code { (unused.join(", ")) } ", which " code { "--price" } " names." }
            }
            @if all.results > 0 { (by_kind(tally)) }
            (groups(tally))
        }
    }
}

/// A row for each job type and tier, since those decide what a job costs.
fn by_kind(tally: &Tally) -> Markup {
    let prices = &tally.repeats.prices;
    let has_prices = prices.are_given();
    let mut columns = vec![
        text("Job type"),
        text("Tier or mode"),
        numbers("Results"),
        numbers("Duplicates"),
    ];
    columns.extend(has_prices.then(|| numbers("Cost")));
    columns.push(shares("Share of duplicates"));
    let rows = html! {
        @for (job_type, kind, counts) in tally.repeats.kinds() {
            tr {
                th scope="row" { (job_type) }
                td { @if kind.is_empty() { span.absent { "none" } } @else { code { (kind) } } }
                (number(counts.results)) (number(counts.repeats))
                @let has_price = counts.cost > 0.0 || prices.price(job_type, kind).is_some();
                @if has_prices { (cost(has_price.then_some(counts.cost))) }
                (share(counts.repeats, counts.results))
            }
        }
    };
    of_class(Some("kinds"), "By job type and tier", &columns, &rows)
}

/// Every group, the first ones open, the others folded away.
fn groups(tally: &Tally) -> Markup {
    let groups = tally.repeats.groups();
    let has_prices = tally.repeats.prices.are_given();
    let (open, more) = groups.split_at(groups.len().min(MAX_OPEN));
    html! {
        @if !open.is_empty() {
            (table_of_groups("Duplicates", open, has_prices))
        }
        @if !more.is_empty() {
            details {
                summary { (counted(words::number(more.len()), "further group")) " of duplicates" }
                (table_of_groups("Further duplicates", more, has_prices))
            }
        }
        @if tally.repeats.unlisted > 0 {
            p.aside {
                (grouped(tally.repeats.unlisted)) " more are not listed; "
                code { "processing-results duplicates" } " lists all."
            }
        }
    }
}

/// A row for each group: the item, its job, how often it was repeated and when, and the outputs.
fn table_of_groups(caption: &str, groups: &[&RepeatGroup], has_prices: bool) -> Markup {
    let mut columns = vec![
        text("Item"),
        text("Job"),
        numbers("Duplicates"),
        text("First and last"),
        text("Outputs"),
    ];
    columns.extend(has_prices.then(|| numbers("Cost")));
    let rows = html! {
        @for group in groups {
            tr {
                th scope="row" { code { (group.item) } " " span.name dir="auto" { (group.name) } }
                td.job { (group.job_type) @if !group.kind.is_empty() { " " code { (group.kind) } } br; code.hash { "#" (group.hash) } }
                td.number data-label="duplicates" { (grouped(group.repeats)) }
                td.times {
                    (group.first) br; (group.last)
                    @if let Some(within) = &group.within { br; span.name { "within " (within) } }
                }
                td { @for output in &group.outputs { code.output { (output) } }
                    @if group.outputs.is_empty() { span.absent { "none" } }
                    @if group.more > 0 { span.absent { "and " (grouped(group.more)) " more" } }
                }
                @if has_prices { (cost(group.cost)) }
            }
        }
    };
    of_class(Some("groups"), caption, &columns, &rows)
}

/// Differences from the OpenAPI document, folded away: they matter to developers, not to those who pay.
pub(super) fn drift(tally: &Tally) -> Markup {
    let (differences, more) = tally.drift.differences();
    let columns = [
        text("Where"),
        text("What"),
        numbers("Items"),
        numbers("Times"),
    ];
    let rows = html! {
        @for each in &differences {
            tr {
                th scope="row" { code { (each.place) } }
                td { (each.what) }
                (number(each.items)) (number(each.times))
            }
        }
    };
    html! {
        section #drift {
            h2 { "Differences from the OpenAPI document" }
            @if differences.is_empty() {
                p { "Every field and value is in the document." }
            } @else {
                details {
                    summary { (counted(words::number(differences.len() + more), "difference")) ", for developers" }
                    p {
                        "Fields and values of the responses that the document does not have. No value is shown; "
                        code { "processing-results spec drift" } " writes a fragment for the document."
                    }
                    (stacked("Differences", &columns, &rows))
                    @if more > 0 {
                        p.aside { (counted(words::number(more), "further difference")) (if tally.drift.is_cut_off() { " at least" } else { "" }) }
                    }
                }
            }
        }
    }
}

/// The items that failed, by reason: nothing else on the page counts them.
pub(super) fn failures(tally: &Tally) -> Markup {
    let columns = [text("Reason"), numbers("Items")];
    let rows = html! {
        @for (why, items) in &tally.failures {
            tr { th scope="row" { (why) } (number(*items)) }
        }
    };
    html! {
        @if !tally.failures.is_empty() {
            section #failures {
                h2 { "Items that failed" }
                p { "Their histories could not be fetched, so nothing above counts them." }
                (table("Items that failed, by reason", &columns, &rows))
            }
        }
    }
}
