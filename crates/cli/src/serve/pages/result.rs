//! One result of the timeline, as a card: when, which job, where the output is, and what changed.
//!
//! A result is compared with the one before it of the same job type, as in the table of `get`: what changed is shown,
//! what did not is folded away. A duplicate is marked, and leads to the result that it repeats.

use maud::{Markup, html};
use processing_results::JobType;

use crate::analysis::sequence::Step;
use crate::contract::Contract;
use crate::history_table::mismatch;
use crate::mask;
use crate::output::parameters::{self, Parameter};
use crate::output::shown;
use crate::text::{counted, escaped};
use crate::words::{self, moment, number, short_hash};

/// Parameters of a first result that are shown at once; more of them are folded away.
const MAX_OPEN: usize = 16;

/// Results on a page: a browser takes seconds to draw thousands of cards.
pub(super) const PAGE_LEN: usize = 100;

/// The card of the result at this place in the timeline, counted from 0, on this page.
pub(super) fn entry(at: usize, steps: &[Step<'_>], page: usize, contract: &Contract) -> Markup {
    let step = &steps[at];
    let result = step.result;
    html! {
        li.run.(colour(&result.job_type)).repeat[step.repeats.is_some()] id=(anchor(at)) {
            @match step.since {
                Some(since) => p.since { (words::span(since)) " later" },
                None if at > 0 => p.since { "time unknown" },
                None => {}
            }
            article {
                header {
                    h2 { (escaped(result.job_type.as_str())) }
                    time datetime=(result.processed_at) title=(escaped(result.processed_at.as_str())) {
                        (moment(result))
                    }
                    @if let Some(first) = step.repeats {
                        a.badge.repeats href=(to(first, page)) { "duplicate of result " (first + 1) }
                    }
                    a.number href={ "#" (anchor(at)) } { "result " (at + 1) }
                }
                (facts(step, contract))
                (compared(step, page))
                (unchanged(step, contract))
            }
        }
    }
}

/// The id of a result's card: `result-1` is the first one.
fn anchor(at: usize) -> String {
    format!("result-{}", at + 1)
}

/// The link from this page to a result's card: `#result-1`, or `?page=2#result-101` if it is on another one.
pub(super) fn to(at: usize, page: usize) -> String {
    match at / PAGE_LEN + 1 {
        of if of == page => format!("#{}", anchor(at)),
        of => format!("?page={of}#{}", anchor(at)),
    }
}

/// The class that gives a job type its color. Types that are new to this crate share one.
pub(super) fn colour(job_type: &JobType) -> &'static str {
    match job_type {
        JobType::Parse => "parse",
        JobType::Extract => "extract",
        JobType::Classify => "classify",
        _ => "other",
    }
}

/// Location, id and hash of a result, and what is odd about it. Location and id can be copied.
fn facts(step: &Step<'_>, contract: &Contract) -> Markup {
    let result = step.result;
    let hash = escaped(&result.parameters_hash);
    html! {
        dl {
            dt { "output" }
            dd {
                @if result.output_s3_path.is_empty() {
                    span.absent { "none" }
                } @else {
                    code.copy.output { (escaped(&mask::text(&result.output_s3_path, false))) }
                }
            }
            dt { "result" }
            dd { code.copy { (escaped(&result.result_id)) } }
            dt { "parameters hash" }
            dd { code title=(hash) { (short_hash(&hash)) } }
            @if let Some(json) = parameters::value(result, "status", contract, false) {
                @let status = shown(&json);
                dt { "status" }
                dd { span.badge.(status_class(&status)) { (status) } }
            }
            @if let Some(reason) = mismatch(result, contract) {
                dt { "note" }
                dd.absent { (escaped(&reason)) }
            }
        }
    }
}

/// The class that colors the status of a job. The statuses are those of classify jobs; one that is not known is neutral.
pub(super) fn status_class(status: &str) -> &'static str {
    match status {
        "SUCCESS" => "good",
        "ERROR" | "CANCELLED" | "FAILED" => "failed",
        _ => "neutral",
    }
}

/// What changed since the result before it of the same type, parameter by parameter.
fn compared(step: &Step<'_>, page: usize) -> Markup {
    let Some(before) = step.before else {
        return html! {};
    };
    html! {
        p.compared {
            (verdict(step)) " "
            a href=(to(before, page)) { "result " (before + 1) }
        }
        @if !step.changes.is_empty() {
            table.parameters.changes { tbody { @for change in &step.changes { (changed(change)) } } }
        }
    }
}

/// What a result is in comparison with the one before it, to be followed by a link to that.
fn verdict(step: &Step<'_>) -> String {
    match (step.changes.len(), step.repeats) {
        (0, Some(_)) => "The same parameters as".to_owned(),
        (0, None) => "The parameters hash differs, but no parameter does, from".to_owned(),
        (changes, None) => format!("{} since", counted(number(changes), "change")),
        (changes, Some(_)) => format!(
            "{}, although the parameters hash is not new, since",
            counted(number(changes), "change")
        ),
    }
}

/// Parameters that are as they were, folded away; for the first result of a type, all of them. A parameter counts as
/// changed if only a nested value changed.
fn unchanged(step: &Step<'_>, contract: &Contract) -> Markup {
    let mut set = parameters::set(step.result, contract, false);
    let is_changed = |name: &str| {
        let mut changes = step.changes.iter();
        changes.any(|change| {
            let rest = change.name.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    set.retain(|parameter| !is_changed(&parameter.name));
    let is_first = step.before.is_none();
    html! {
        @if !set.is_empty() {
            details open[is_first && set.len() <= MAX_OPEN] {
                summary {
                    (counted(number(set.len()), "parameter"))
                    @if !is_first { " unchanged" }
                }
                table.parameters {
                    tbody {
                        @for it in &set {
                            tr.same { (name(it)) td { (shown(it.after.as_deref().unwrap_or_default())) } }
                        }
                    }
                }
            }
        } @else if is_first {
            p.compared { "No parameters are set." }
        }
    }
}

/// The name of a parameter, which may break after `_` and `.` on a narrow screen, and nowhere else.
fn name(parameter: &Parameter) -> Markup {
    html! {
        th scope="row" {
            @for part in parameter.name.split_inclusive(['_', '.']) { (part) wbr; }
        }
    }
}

/// A row for a parameter that changed: the old value struck out, the new one behind it, and a word for what happened.
fn changed(change: &Parameter) -> Markup {
    let value = |json: &Option<String>| json.as_deref().map(shown);
    let (class, before, after) = match (value(&change.before), value(&change.after)) {
        (Some(before), Some(after)) => ("changed", Some(before), Some(after)),
        (None, after) => ("added", None, after),
        (before, None) => ("removed", before, None),
    };
    html! {
        tr class=(class) {
            (name(change))
            td {
                @match (before, after) {
                    (Some(_), Some(after)) if change.is_hidden() => {
                        ins { (after) } " " small { "(another value, masked)" }
                    }
                    (Some(before), Some(after)) => {
                        del { (before) } span.to aria-label="became" { " → " } ins { (after) }
                    }
                    (Some(before), None) => del { (before) },
                    (None, Some(after)) => ins { (after) },
                    (None, None) => {}
                }
                @if change.is_default { " " small { "(the default)" } }
            }
            td.mark { (class) }
        }
    }
}
