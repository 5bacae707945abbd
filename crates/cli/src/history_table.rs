//! The table of `get` and `latest`: a line for each result, what matters first.
//!
//! ```text
//! invoice-0001.pdf (invoice-0001) · 4 results · 2026-03-02 to 2026-04-17
//!
//! time                  type      result    settings             changes
//! 2026-03-02 09:14:07Z  parse     8d1c7b30  parse_page_with_llm  first parse
//!     s3://example-output/batches/bjb-41c7e0a9/invoice-0001/parse-1.json
//! ```
//!
//! If the lines are too wide for the terminal, outputs go below them, and then settings. Ids and locations are never
//! broken or cut, since people copy them; on a terminal ids are shortened to what distinguishes them. In a pipe a result
//! is always one line.

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
use crate::words::{day, instant, moment, number};

/// Parameters that say most about quality and price, in this order. They may be within others, as in extract jobs.
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
/// How many of them the table shows.
const MAX_TELLING: usize = 2;
/// Changed parameters that the table names; of more it has the number, and `diff` has the rest.
const MAX_NAMED: usize = 2;
/// Characters of a parameter's value with `--params` on a terminal: a prompt may be many pages.
const MAX_VALUE: usize = 300;
/// What stands before everything below a line.
const INDENT: &str = "    ";
/// Names of the columns.
const LABELS: [&str; 6] = ["time", "type", "result", "settings", "changes", "output"];
/// Columns that go below the line where there is no room: the output, then the settings.
const BELOW: [usize; 2] = [5, 3];

/// How a history is shown.
pub(crate) struct View<'a> {
    pub(crate) contract: &'a Contract,
    /// Whether credentials are not masked.
    pub(crate) reveal: bool,
    /// Whether all parameters are listed below each result.
    pub(crate) params: bool,
    /// The width of the terminal; `None` in a pipe, where nothing is shortened or moved.
    pub(crate) limit: Option<usize>,
}

/// The table of the results at these places of the sequence, in this order.
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

/// The rows as lines, each with the cells that go below it, where the lines would be too wide otherwise. All rows have
/// the same columns.
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

/// The line above the table: name and id of the item, the number of results, and their first and last day.
fn headline(history: &ItemProcessingResults, steps: &[&Step<'_>]) -> String {
    let (id, name) = (escaped(&history.item_id), escaped(&history.item_name));
    let item = match name.is_empty() || name == id {
        true => paint::bold(&id),
        false => format!("{} ({id})", paint::bold(&name)),
    };
    let count = counted(number(steps.len()), "result");
    let times = steps.iter().filter_map(|step| instant(step.result));
    let days = times.map(day);
    let (first, last) = (days.clone().min(), days.max());
    match (first, last) {
        (Some(first), Some(last)) if first != last => {
            format!("{item} · {count} · {first} to {last}")
        }
        (Some(first), _) => format!("{item} · {count} · {first}"),
        _ => format!("{item} · {count}"),
    }
}

/// The cells of a result, in the order of [`LABELS`].
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

/// Where the output is stored. The signature of a URL is masked.
fn location(result: &ProcessingResult, view: &View<'_>) -> String {
    escaped(&mask::text(&result.output_s3_path, view.reveal))
}

/// The values of the parameters that say most: `agentic, 2026-01-08`.
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

/// What changed since the result before of the same job type, or which result this one repeats.
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

/// What is below the line of a result: why its configuration has no type, and with `--params` all its parameters.
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

/// Why a configuration has no type, although the contract has one for its job type.
pub(crate) fn mismatch(result: &ProcessingResult, contract: &Contract) -> Option<String> {
    match result.job() {
        Job::Other(other) if contract.job_config(result.job_type.as_str()).is_some() => {
            Some(other.reason())
        }
        _ => None,
    }
}

/// The view for standard output as it is: a terminal or a pipe.
pub(crate) fn view(contract: &Contract, reveal: bool, params: bool) -> View<'_> {
    View {
        contract,
        reveal,
        params,
        limit: terminal::limit(),
    }
}
