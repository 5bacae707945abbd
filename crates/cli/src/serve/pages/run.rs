//! One run of the timeline: when, which job, how long since the last, what
//! changed, where the output is.

use maud::{Markup, html};
use processing_results::types::ProcessingResult;
use processing_results::{Job, JobType};

use super::item::count;
use super::runs::{Change, Entry, Run};
use super::span;
use crate::text::escaped;

/// So many parameters are shown without being asked for.
const FEW: usize = 16;

/// The entry of a run, by its place in the timeline.
pub(super) fn entry(at: usize, run: &Run<'_>) -> Markup {
    let result = run.result;
    html! {
        li.run.(colour(&result.job_type)) id={ "run-" (at + 1) } {
            @if let Some(since) = run.since {
                p.since { (span::words(since)) " later" }
            }
            article {
                header {
                    h2 { (escaped(result.job_type.as_str())) }
                    time datetime=(result.processed_at) title=(escaped(result.processed_at.as_str())) {
                        (moment(result))
                    }
                    a.number href={ "#run-" (at + 1) } { "run " (at + 1) }
                }
                (facts(result))
                (parameters(run))
            }
        }
    }
}

/// The class that gives a job type its colour.
pub(super) fn colour(job_type: &JobType) -> &'static str {
    match job_type {
        JobType::Parse => "parse",
        JobType::Extract => "extract",
        JobType::Classify => "classify",
        _ => "other",
    }
}

/// When a run was, to the second, in UTC.
pub(super) fn moment(result: &ProcessingResult) -> String {
    result
        .processed_at
        .strftime("%Y-%m-%d %H:%M:%S UTC")
        .to_string()
}

fn facts(result: &ProcessingResult) -> Markup {
    html! {
        dl {
            dt { "output" }
            dd {
                @if result.output_s3_path.is_empty() {
                    span.absent { "none" }
                } @else {
                    code.output { (escaped(&result.output_s3_path)) }
                }
            }
            dt { "result" }
            dd { code { (escaped(&result.result_id)) } }
            dt { "parameters hash" }
            dd { code { (escaped(&result.parameters_hash)) } }
            @match result.job() {
                Job::Classify(job) => {
                    dt { "status" }
                    dd { code { (escaped(job.status.as_str())) } }
                }
                // Why values are not shown.
                Job::Other(other) => {
                    dt { "note" }
                    dd.absent { (escaped(&other.reason())) }
                }
                _ => {}
            }
        }
    }
}

fn parameters(run: &Run<'_>) -> Markup {
    let (same, changed): (Vec<_>, Vec<_>) = run
        .entries
        .iter()
        .partition(|entry| entry.change == Change::None);
    let is_first = run.before.is_none();
    html! {
        @if let Some(before) = run.before {
            p.compared {
                (verdict(run)) " "
                a href={ "#run-" (before + 1) } { "run " (before + 1) }
                @match (run.is_same_hash, run.changes()) {
                    (true, 1..) => ", although the parameters hash is the same",
                    (false, 0) => ", although the parameters hash does",
                    _ => "",
                }
            }
        }
        @if !changed.is_empty() {
            table.parameters.changes { tbody { @for each in changed { (row(each)) } } }
        }
        @if !same.is_empty() {
            details open[is_first && same.len() <= FEW] {
                summary {
                    (count(same.len(), "parameter"))
                    @if !is_first { " unchanged" }
                }
                table.parameters { tbody { @for each in same { (row(each)) } } }
            }
        } @else if is_first {
            p.compared { "No parameters are set." }
        }
    }
}

fn verdict(run: &Run<'_>) -> String {
    match run.changes() {
        0 if run.is_same_hash => "The same parameters as".to_owned(),
        0 => "No parameter differs from".to_owned(),
        changes => format!("{} from", count(changes, "change")),
    }
}

fn row(entry: &Entry) -> Markup {
    let (class, mark) = match entry.change {
        Change::None => ("same", ""),
        Change::Added => ("added", "added"),
        Change::Changed(_) => ("changed", "changed"),
        Change::Removed => ("removed", "removed"),
    };
    html! {
        tr class=(class) {
            th scope="row" { (entry.name) }
            td {
                @match &entry.change {
                    Change::Changed(before) if *before == entry.value => {
                        ins { (entry.value) } " " small { "(differs, not shown)" }
                    }
                    Change::Changed(before) => {
                        del { (before) } span.to aria-label="became" { " → " } ins { (entry.value) }
                    }
                    Change::Added => ins { (entry.value) }
                    Change::Removed => del { (entry.value) }
                    Change::None => (entry.value)
                }
            }
            @if class != "same" { td.mark { (mark) } }
        }
    }
}
