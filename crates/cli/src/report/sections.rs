//! The sections of the page but the one about time.

use maud::{Markup, html};
use processing_results::JobType;

use super::repeats::number as counted_as;
use super::settings;
use super::tables::{grouped, number, numbers, percentage, share, shares, stacked, table, text};
use super::tally::{Tally, counted};

/// What duplicates cost.
pub(super) fn repeats(tally: &Tally) -> Markup {
    let all = tally.repeats.all();
    let (_, items) = tally.repeats.items();
    let columns = [
        text("job type"),
        numbers("runs"),
        numbers("repeats"),
        shares("share of repeats"),
    ];
    let rows = html! {
        @for (name, of_type) in tally.repeats.types() {
            tr {
                th scope="row" { (name) }
                (number(of_type.runs)) (number(of_type.repeats)) (share(of_type.repeats, of_type.runs))
            }
        }
    };
    html! {
        section #repeats {
            h2 { "Runs that repeat an earlier one" }
            p {
                "A run repeats an earlier one of the same item if it has the same job type and the same parameters hash. "
                @if all.repeats == 0 {
                    "There are none."
                } @else {
                    strong {
                        (grouped(all.repeats)) " of " (counted(all.runs, "run")) " (" (percentage(all.repeats, all.runs)) ")"
                        ", in " (grouped(items)) " of " (counted(tally.items, "item")) "."
                    }
                }
            }
            @if all.runs > 0 { (table("Runs and repeats by job type", &columns, &rows)) }
            (most_repeated(tally))
        }
    }
}

fn most_repeated(tally: &Tally) -> Markup {
    let (items, count) = tally.repeats.items();
    let columns = [text("item"), numbers("runs"), numbers("repeats")];
    let rows = html! {
        @for item in items {
            tr {
                th scope="row" { code { (item.id) } " " span.name dir="auto" { (item.name) } }
                (number(item.runs)) (number(item.repeats))
            }
        }
    };
    let caption = match count > counted_as(items.len()) {
        true => format!("The {} items with most repeats", items.len()),
        false => "Items with repeats".to_owned(),
    };
    html! { @if !items.is_empty() { (table(&caption, &columns, &rows)) } }
}

/// How jobs are configured.
pub(super) fn settings(tally: &Tally) -> Markup {
    html! {
        section #settings {
            h2 { "Most common settings" }
            p { "Parameters of a single value, and how many runs have it. Credentials are masked, long texts shortened." }
            @for job_type in &settings::TYPES { (of_type(tally, job_type)) }
        }
    }
}

fn of_type(tally: &Tally, job_type: &JobType) -> Markup {
    let most_common = tally.settings.most_common(job_type);
    let runs = tally.repeats.runs_of(job_type.as_str());
    let columns = [
        text("parameter"),
        text("value"),
        numbers("runs"),
        shares("share of runs"),
    ];
    let rows = html! {
        @for setting in &most_common {
            tr {
                th scope="row" { code { (setting.name) } }
                td { code dir="auto" { (setting.value) } }
                (number(setting.runs)) (share(setting.runs, runs))
            }
        }
    };
    let caption = format!("Settings of {} {} runs", grouped(runs), job_type.as_str());
    let too_many = tally.settings.too_many(job_type);
    html! {
        @if !most_common.is_empty() { (stacked(&caption, &columns, &rows)) }
        @if !too_many.is_empty() {
            p.aside {
                "Of parameters with very many values, those that came first are counted: "
                @for (at, name) in too_many.iter().enumerate() {
                    @if at > 0 { ", " }
                    code { (name) }
                }
                "."
            }
        }
    }
}

/// What the contract does not know.
pub(super) fn drift(tally: &Tally) -> Markup {
    let (differences, more) = tally.drift.differences();
    let columns = [
        text("where"),
        text("what"),
        numbers("items"),
        numbers("times"),
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
            h2 { "What the contract does not know" }
            @if differences.is_empty() {
                p { "Every field and value is in the contract." }
            } @else {
                p {
                    "Fields and values that the answers have and the contract has not. No value is shown; "
                    code { "processing-results spec drift" } " has a fragment for the contract from a single answer."
                }
                (stacked("Differences from the contract", &columns, &rows))
                @if more > 0 {
                    p.aside { (counted(counted_as(more), "further difference")) (if tally.drift.is_cut_off() { " at least" } else { "" }) }
                }
            }
        }
    }
}

/// Items that are not in the report.
pub(super) fn failures(tally: &Tally) -> Markup {
    let columns = [text("why"), numbers("items")];
    let rows = html! {
        @for (why, items) in &tally.failures {
            tr { th scope="row" { (why) } (number(*items)) }
        }
    };
    html! {
        @if !tally.failures.is_empty() {
            section #failures {
                h2 { "Items that failed" }
                p { "Their histories could not be had, so nothing above counts them." }
                (table("Items that failed, by reason", &columns, &rows))
            }
        }
    }
}
