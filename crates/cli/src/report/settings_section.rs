//! The section of the page about how jobs are configured: which parameters vary, and how often each value occurs.
//!
//! A parameter that is the same in all results decides nothing that one could compare, so those are folded away below
//! the table, where `tier` or `parse_mode` would otherwise be one of a hundred rows.

use maud::{Markup, html};

use super::settings::{Setting, Summary};
use super::tables::{Heading, number, numbers, share, shares, stacked, text};
use super::tally::Tally;
use crate::text::counted;
use crate::words;

/// Parameters of a job type that are shown before the rest has to be unfolded.
const MAX_SETTINGS: usize = 6;

/// The section, with a table for each job type; nothing if no result has a documented configuration.
pub(super) fn settings(tally: &Tally) -> Markup {
    let summaries = tally.settings.summaries(tally.contract);
    html! {
        @if !summaries.is_empty() {
            section #settings {
                h2 { "Settings" }
                p { "Parameters of a single value. Credentials are masked, long texts shortened." }
                @for summary in &summaries { (of_type(summary)) }
            }
        }
    }
}

/// The settings of one job type: a table of what varies, then what does not.
fn of_type(summary: &Summary<'_>) -> Markup {
    let columns: [Heading; 4] = [
        text("Parameter"),
        text("Value"),
        numbers("Results"),
        shares("Share of results"),
    ];
    let (shown, more) = summary
        .varying
        .split_at(summary.varying.len().min(MAX_SETTINGS));
    let rows = |settings: &[Setting<'_>]| html! { @for setting in settings { (rows_of(setting, summary.results)) } };
    let caption = format!(
        "{}: {}",
        summary.job_type,
        counted(summary.results, "result")
    );
    html! {
        @if summary.varying.is_empty() {
            h3 { (caption) }
            p { "All settings are the same." }
        } @else {
            (stacked(&caption, &columns, &rows(shown)))
        }
        @if !more.is_empty() {
            details {
                summary { (counted(words::number(more.len()), "further parameter")) }
                (stacked("Further parameters", &columns, &rows(more)))
            }
        }
        (constants(summary))
    }
}

/// The parameters that are the same in all results, folded away.
fn constants(summary: &Summary<'_>) -> Markup {
    html! {
        @if !summary.constant.is_empty() {
            details {
                summary { (counted(words::number(summary.constant.len()), "parameter")) " the same in all results" }
                dl.constants {
                    @for (name, value) in &summary.constant {
                        dt { code { (name) } } dd { code dir="auto" { (value) } }
                    }
                }
            }
        }
    }
}

/// A row for each value of a parameter, the most frequent first, then one for all others and one for "not set". The
/// style hides the names in all rows but the first.
fn rows_of(setting: &Setting<'_>, results: u64) -> Markup {
    let listed = setting
        .values
        .iter()
        .map(|(value, count)| (html! { code dir="auto" { (value) } }, *count));
    let others = (html! { span.absent { "other values" } }, setting.others);
    let unset = (html! { span.absent { "not set" } }, setting.unset);
    let rest = [others, unset].into_iter().filter(|(_, count)| *count > 0);
    html! {
        @for (at, (value, count)) in listed.chain(rest).enumerate() {
            tr class=[(at > 0).then_some("again")] {
                th scope="row" { code { (setting.name) } }
                td { (value) }
                (number(count)) (share(count, results))
            }
        }
    }
}
