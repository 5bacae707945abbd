//! The lines of `duplicates`. On a terminal a group is a line below the name of its item, with result ids as short as they
//! can be told apart:
//!
//! ```text
//!     type      results  first              last               result ids
//! invoice-0002.pdf (invoice-0002)
//!     parse     2        2026-01-05 08:00Z  2026-01-05 08:15Z  a1dc5a4f 8030eda8
//! ```
//!
//! In a pipe a group is one line with the item in front, times to the second, and complete ids.

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use super::ids;
use crate::output::paint;
use crate::text::{escaped, shortened};
use crate::words::{minute, moment, short_hash};

/// Widths of the columns in a pipe, but for the last. They are fixed, since groups are printed before the widest one is
/// known; a longer cell moves the rest of its line.
const WIDTHS: [usize; 7] = [24, 24, 8, 7, 20, 20, 12];
/// Names of the columns in a pipe.
const LABELS: [&str; 8] = [
    "item",
    "name",
    "type",
    "results",
    "first",
    "last",
    "hash",
    "result ids",
];
/// Characters of an item's name that are shown.
const MAX_NAME: usize = 40;
/// Widths of the columns on a terminal. The item is above its rows, so that a group of two fits 80 columns.
const NARROW_WIDTHS: [usize; 4] = [8, 7, 17, 17];
/// Names of the columns on a terminal.
const NARROW_LABELS: [&str; 5] = ["type", "results", "first", "last", "result ids"];
/// What rows begin with on a terminal.
const INDENT: &str = "    ";

/// A group in a pipe or a file, below the labels if it is the first: everything on one line, nothing shortened but the
/// hash and a long name.
pub(super) fn wide(
    history: &ItemProcessingResults,
    results: &[&ProcessingResult],
    is_first: bool,
) -> String {
    let labels = is_first.then(|| line("", &LABELS.map(str::to_owned), &WIDTHS));
    let out = labels.unwrap_or_default();
    let (Some(first), Some(last)) = (results.first(), results.last()) else {
        return out;
    };
    let name = escaped(&history.item_name);
    let ids = results.iter().map(|result| escaped(&result.result_id));
    let cells = [
        escaped(&history.item_id),
        shortened(&name, MAX_NAME).into_owned(),
        escaped(first.job_type.as_str()),
        results.len().to_string(),
        moment(first),
        moment(last),
        escaped(&short_hash(&first.parameters_hash)),
        ids.collect::<Vec<_>>().join(" "),
    ];
    out + &line("", &cells, &WIDTHS)
}

/// A group on a terminal, below the item if it is the first of that, and below the labels if it is the first of all.
pub(super) fn narrow(
    history: &ItemProcessingResults,
    results: &[&ProcessingResult],
    is_first: bool,
    is_first_of_item: bool,
) -> String {
    let mut out = String::new();
    if is_first {
        let labels = NARROW_LABELS.map(paint::dim);
        out.push_str(&line(INDENT, &labels, &NARROW_WIDTHS));
    }
    if is_first_of_item {
        let name = escaped(&history.item_name);
        let (name, id) = (shortened(&name, MAX_NAME), escaped(&history.item_id));
        out.push_str(&format!("{} ({id})\n", paint::bold(&name)));
    }
    let (Some(first), Some(last)) = (results.first(), results.last()) else {
        return out;
    };
    let len = ids::short_len(history);
    let ids = results
        .iter()
        .map(|result| ids::short(&result.result_id, len));
    let cells = [
        paint::job_type(&first.job_type, &escaped(first.job_type.as_str())),
        paint::warning(&results.len().to_string()),
        minute(first),
        minute(last),
        ids.collect::<Vec<_>>().join(" "),
    ];
    out + &line(INDENT, &cells, &NARROW_WIDTHS)
}

/// Cells with spaces between them. The last one is not padded.
fn line(indent: &str, cells: &[String], widths: &[usize]) -> String {
    let widths = widths.iter().copied().chain([0]);
    let cells = cells.iter().zip(widths);
    let cells = cells.map(|(cell, width)| paint::padded(cell, width));
    let cells = cells.collect::<Vec<_>>().join("  ");
    format!("{indent}{}\n", cells.trim_end())
}
