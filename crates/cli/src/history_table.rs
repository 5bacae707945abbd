//! A history for people: one result a line, what matters first. Ids and locations are never broken.
//!
//! A result is a line. If the lines would be too wide for the terminal, outputs go below them, and then settings:
//! a location is never cut or broken, since people copy it.

use processing_results::Job;
use processing_results::types::{ItemProcessingResults, ProcessingResult};

use crate::analysis::ids;
use crate::analysis::sequence::Step;
use crate::contract::Contract;
use crate::mask;
use crate::output::members::Members;
use crate::output::paint;
use crate::output::{parameters, shown};
use crate::terminal;
use crate::text::{counted, escaped, shortened};
use crate::words::{day, moment, number};

/// Parameters that say most about quality and price, also within others, in this order.
pub(crate) const TELLING: [&str; 8] = [
    "status",
    "tier",
    "parse_mode",
    "mode",
    "extraction_mode",
    "preset",
    "model",
    "version",
];
/// How many of them are shown.
const MAX_TELLING: usize = 2;
/// Changed parameters that are named; of more there is only the number.
const MAX_NAMED: usize = 2;
/// The longest value of a parameter on a terminal.
const MAX_VALUE: usize = 300;
const INDENT: &str = "    ";
/// Names of the columns.
const LABELS: [&str; 6] = ["time", "type", "result", "settings", "changes", "output"];
/// Columns that go below the line where there is no room: the output, then the settings.
const BELOW: [usize; 2] = [5, 3];

/// How a history is shown.
pub(crate) struct View<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) reveal: bool,
    /// With all parameters.
    pub(crate) params: bool,
    /// The width of the terminal, if there is one.
    pub(crate) limit: Option<usize>,
}

/// The results of these places in the sequence, in their order.
pub(crate) fn history(
    history: &ItemProcessingResults,
    steps: &[Step<'_>],
    places: &[usize],
    view: &View<'_>,
) -> String {
    let id_len = match view.limit {
        Some(_) => ids::short_len(history),
        None => usize::MAX,
    };
    let shown: Vec<_> = places.iter().map(|at| &steps[*at]).collect();
    let mut out = headline(history, &shown) + "\n";
    if shown.is_empty() {
        return out;
    }
    let mut rows = vec![LABELS.map(paint::dim).to_vec()];
    rows.extend(shown.iter().map(|step| row(step, steps, id_len, view)));
    let mut lines = fitted(rows, view.limit).into_iter();
    let (header, _) = lines.next().unwrap_or_default();
    out.extend(["\n", &header, "\n"]);
    for ((line, below), step) in lines.zip(shown) {
        out.extend([&line, "\n"]);
        for cell in below.iter().filter(|cell| !cell.is_empty()) {
            out.extend([INDENT, cell, "\n"]);
        }
        out.push_str(&details(step.result, view));
    }
    out
}

/// The rows as lines, each with the cells that go below it, since the lines would be too wide.
fn fitted(mut rows: Vec<Vec<String>>, limit: Option<usize>) -> Vec<(String, Vec<String>)> {
    let fits = |line: &String| limit.is_none_or(|limit| paint::width(line) <= limit);
    let mut below = vec![Vec::new(); rows.len()];
    for column in BELOW {
        if paint::columns(&rows).iter().all(fits) {
            break;
        }
        for (row, below) in rows.iter_mut().zip(&mut below) {
            below.insert(0, row.remove(column));
        }
    }
    paint::columns(&rows).into_iter().zip(below).collect()
}

/// The item, and what there is of it.
fn headline(history: &ItemProcessingResults, steps: &[&Step<'_>]) -> String {
    let (id, name) = (escaped(&history.item_id), escaped(&history.item_name));
    let item = match name.is_empty() || name == id {
        true => paint::bold(&id),
        false => format!("{} ({id})", paint::bold(&name)),
    };
    let count = counted(number(steps.len()), "result");
    let days = steps.iter().map(|step| day(&step.result.processed_at));
    let (first, last) = (days.clone().min(), days.max());
    match (first, last) {
        (Some(first), Some(last)) if first != last => {
            format!("{item} · {count} · {first} to {last}")
        }
        (Some(first), _) => format!("{item} · {count} · {first}"),
        _ => format!("{item} · {count}"),
    }
}

/// The cells of a result: when, what, its id, its telling settings, what changed, and where the output is.
fn row(step: &Step<'_>, steps: &[Step<'_>], id_len: usize, view: &View<'_>) -> Vec<String> {
    let result = step.result;
    vec![
        moment(result),
        paint::job_type(&result.job_type, &escaped(result.job_type.as_str())),
        ids::short(&result.result_id, id_len),
        settings(result, view),
        compared(step, steps, id_len),
        location(result, view),
    ]
}

/// Where the output is stored, without a signature.
fn location(result: &ProcessingResult, view: &View<'_>) -> String {
    escaped(&mask::text(&result.output_s3_path, view.reveal))
}

/// The values of the parameters that say most.
fn settings(result: &ProcessingResult, view: &View<'_>) -> String {
    let set = parameters::set(result, view.contract, view.reveal);
    let status = parameters::value(result, "status", view.contract, view.reveal);
    let value = |name: &&str| {
        let mut found = set.iter().filter_map(|parameter| {
            let json = parameter.after.as_deref()?;
            match parameter.name == *name {
                true => Some(json.to_owned()),
                false => Some(Members::read(json)?.get(name)?.to_owned()),
            }
        });
        found
            .next()
            .or_else(|| status.clone().filter(|_| *name == "status"))
    };
    let values = TELLING.iter().filter_map(value);
    let values = values.take(MAX_TELLING).map(|json| shown(&json));
    values.collect::<Vec<_>>().join(", ")
}

/// What is different from the result before, or which one this repeats.
fn compared(step: &Step<'_>, steps: &[Step<'_>], id_len: usize) -> String {
    if let Some(first) = step.repeats {
        let first = ids::short(&steps[first].result.result_id, id_len);
        return paint::warning(&format!("repeats {first}"));
    }
    if step.before.is_none() {
        return paint::dim(&format!("first {}", escaped(step.result.job_type.as_str())));
    }
    let names: Vec<_> = step.changes.iter().map(|it| it.name.as_str()).collect();
    match names.len() {
        0 => "no parameter changed".to_owned(),
        1..=MAX_NAMED => format!("changed {}", names.join(", ")),
        count => counted(number(count), "change"),
    }
}

/// What does not fit on the line: all parameters with `--params`, and why there are none.
fn details(result: &ProcessingResult, view: &View<'_>) -> String {
    let mut out = String::new();
    if let Some(reason) = mismatch(result, view.contract) {
        out.extend([INDENT, "note: ", &escaped(&reason), "\n"]);
    }
    if !view.params {
        return out;
    }
    let fact = |name: &str, value: &str| vec![paint::dim(name), escaped(value)];
    let mut rows = vec![
        fact("result", &result.result_id),
        fact("parameters hash", &result.parameters_hash),
    ];
    for parameter in parameters::set(result, view.contract, view.reveal) {
        let value = shown(parameter.after.as_deref().unwrap_or_default());
        let value = match view.limit {
            Some(_) => shortened(&value, MAX_VALUE).into_owned(),
            None => value,
        };
        rows.push(vec![paint::dim(&parameter.name), value]);
    }
    for line in paint::columns(&rows) {
        out.extend([INDENT, &line, "\n"]);
    }
    out + "\n"
}

/// Why a configuration that should have a type does not have one.
pub(crate) fn mismatch(result: &ProcessingResult, contract: &Contract) -> Option<String> {
    match result.job() {
        Job::Other(other) if contract.job_config(result.job_type.as_str()).is_some() => {
            Some(other.reason())
        }
        _ => None,
    }
}

/// The view of this process's standard output.
pub(crate) fn view(contract: &Contract, reveal: bool, params: bool) -> View<'_> {
    View {
        contract,
        reveal,
        params,
        limit: terminal::limit(),
    }
}
