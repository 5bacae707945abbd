//! `diff`: what changed between two results of an item.
//!
//! ```text
//! --- 8d1c7b30-52e4-4a6f-9b08-c3f7e61d2a95  parse  2026-03-02 09:14:07Z  #5e0d3c1f7a9b
//! +++ c4e07a1b-96d3-4f28-b5a1-08d2f7e39c6d  parse  2026-04-17 14:02:33Z  #c81f5a27d0e4
//!
//! - languages       en, de
//! + languages       en
//! - extract_layout  false (not set, the default)
//! + extract_layout  true
//! ```
//!
//! Values are shown with the same masking as in every format; two masked values that differ are marked, since they look
//! the same.

use super::args::{Diff, DiffFormat};
use super::comparison::{Comparison, Side, compared};
use crate::connect::connect;
use crate::contract::Contract;
use crate::exit::Failure;
use crate::history;
use crate::mask;
use crate::output::paint;
use crate::output::parameters::Parameter;
use crate::output::shown;
use crate::text::{self, counted, escaped};
use crate::words::{moment, number, short_hash};

/// Fetches the history, compares two of its results, and prints what changed. Nothing to compare is no error: a note
/// says why.
pub(crate) async fn run(diff: &Diff) -> Result<(), Failure> {
    let contract = Contract::bundled()?;
    let connection = connect(&diff.service).await?;
    let job_type = diff.job_type.as_deref();
    let fetched = history::fetch(&connection.client, &diff.item_id, job_type).await?;
    let history = mask::names(fetched.history.clone(), diff.reveal_secrets);
    let comparison = compared(&history, diff, contract)?;
    let output = match diff.output.format {
        DiffFormat::Table => table(&comparison),
        DiffFormat::Json => json(&comparison)?,
    };
    crate::stdout::print(output.as_bytes())?;
    if let Some(note) = note(&comparison, diff) {
        text::info(&format!("note: {note}"));
    }
    fetched.check()
}

/// The comparison as `diff -u` prints one: old values in red behind `-`, new ones in green behind `+`. Lines are never
/// broken, since values are copied.
fn table(comparison: &Comparison<'_>) -> String {
    let (id, name) = (escaped(comparison.item_id), escaped(comparison.item_name));
    let mut out = format!("{} ({id})", paint::bold(&name));
    if comparison.before.is_some() {
        out.push_str(&format!(
            " · {}",
            counted(number(comparison.changes.len()), "change")
        ));
    }
    out.push_str("\n\n");
    let sides = [("---", &comparison.before), ("+++", &comparison.after)];
    let sides = sides
        .iter()
        .filter_map(|(mark, side)| Some(who(mark, side.as_ref()?)));
    let sides = paint::columns(&sides.collect::<Vec<_>>());
    let changes = comparison.changes.iter().flat_map(|it| rows(&it.parameter));
    let changes = paint::columns(&changes.collect::<Vec<_>>());
    let gap = (!changes.is_empty()).then(String::new);
    for line in sides.into_iter().chain(gap).chain(changes) {
        let line = match line.as_bytes().first() {
            Some(b'-') => paint::removed(&line),
            Some(b'+') => paint::added(&line),
            _ => line,
        };
        out.extend([&line, "\n"]);
    }
    out
}

/// The line that introduces a side, as `diff -u` has one for each file.
fn who(mark: &str, side: &Side<'_>) -> Vec<String> {
    let result = side.result;
    vec![
        format!("{mark} {}", escaped(&result.result_id)),
        escaped(result.job_type.as_str()),
        moment(result),
        format!("#{}", escaped(&short_hash(&result.parameters_hash))),
    ]
}

/// The lines of a parameter: its old value, its new value, or both. Where it is not set on one side, the line of that
/// side has the documented default, if there is one: `false (not set, the default)`.
fn rows(parameter: &Parameter) -> Vec<Vec<String>> {
    let row = |mark, json: &String| vec![format!("{mark} {}", parameter.name), shown(json)];
    let mut after = parameter.after.as_ref().map(|json| row('+', json));
    if let Some(value) = after.iter_mut().flat_map(|row| row.last_mut()).next()
        && parameter.is_hidden()
    {
        value.push_str(" (another value, masked)");
    }
    let mut before = parameter.before.as_ref().map(|json| row('-', json));
    if let Some(default) = &parameter.default {
        let (absent, mark) = match &before {
            Some(_) => (&mut after, '+'),
            None => (&mut before, '-'),
        };
        let mut row = row(mark, default);
        if let Some(value) = row.last_mut() {
            value.push_str(match parameter.is_default {
                true => " (not set, which is the same)",
                false => " (not set, the default)",
            });
        }
        *absent = Some(row);
    }
    before.into_iter().chain(after).collect()
}

/// The comparison as JSON, indented.
fn json(comparison: &Comparison<'_>) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(comparison).map_err(|error| {
        Failure::output(format!("the changes cannot be written as JSON: {error}"))
    })?;
    Ok(text::escaped_json(json) + "\n")
}

/// What the output does not say: why nothing is compared, or why parameters and parameters hash contradict each other.
fn note(comparison: &Comparison<'_>, diff: &Diff) -> Option<String> {
    let item = comparison.item_id;
    let of_type = diff.job_type.as_ref();
    let of_type = of_type.map(|job_type| format!(" of job type {job_type}"));
    let (Some(before), Some(after)) = (&comparison.before, &comparison.after) else {
        let what = match (&of_type, &comparison.after) {
            (_, None) => "no results",
            (Some(_), _) => "only one result",
            (None, _) => "no two results of the same job type",
        };
        let of_type = of_type.unwrap_or_default();
        return Some(format!(
            "nothing to compare: item {item} has {what}{of_type}"
        ));
    };
    let is_same_hash = before.parameters_hash == after.parameters_hash;
    match (comparison.changes.is_empty(), is_same_hash) {
        _ if before.job_type != after.job_type => {
            Some("the results are of different job types".to_owned())
        }
        (true, true) => Some("the results have the same parameters".to_owned()),
        (true, false) => Some("no parameter differs, although the parameters hash does".to_owned()),
        (false, true) => Some("the parameters hash is the same nevertheless".to_owned()),
        (false, false) => None,
    }
}
