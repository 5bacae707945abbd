//! `duplicates`: results that repeat an earlier one of their item with the same parameters.
//!
//! On a terminal a group is a line below the name of its item, with result ids as short as they can be told apart:
//!
//! ```text
//!     type      results  first              last               result ids
//! invoice-0002.pdf (invoice-0002)
//!     parse     2        2026-01-05 08:00Z  2026-01-05 08:15Z  a1dc5a4f 8030eda8
//! ```
//!
//! In a pipe a group is one line with the item in front, times to the second, and complete ids. Groups are printed as
//! they are found; the total is a note on standard error at the end.

use std::borrow::Cow;

use processing_results::types::{ItemProcessingResults, ProcessingResult};
use serde::Serialize;

use super::args::{Duplicates, DuplicatesFormat};
use super::fetch_each::{HistorySink, fetch_each};
use super::ids;
use crate::exit::{Exit, Failure};
use crate::mask;
use crate::output::paint;
use crate::roles::{check_distinct, standard_output};
use crate::terminal;
use crate::text::{self, counted, escaped, shortened};
use crate::words::{grouped, minute, moment, number, short_hash};

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

/// Prints groups as they are found, so that a long list begins at once. A list in JSON is complete also if some items
/// fail or the command stops early.
pub(crate) async fn run(duplicates: &Duplicates) -> Result<(), Failure> {
    check_distinct(&[
        ("--items", duplicates.source.collection.file()),
        ("--from", duplicates.source.from.as_deref()),
        standard_output(),
    ])?;
    let mut written = Written {
        format: duplicates.output.format,
        ..Written::default()
    };
    let summary = fetch_each(&duplicates.source, &mut written).await;
    if summary.is_ok() || written.groups > 0 {
        written.end()?;
    }
    let summary = summary?;
    summary.conclude(&written.summary());
    summary.check()
}

/// Turns histories into groups, and counts.
#[derive(Default)]
struct Written {
    format: DuplicatesFormat,
    /// Groups so far.
    groups: u64,
    /// Items so far, and how many of them have a group.
    items: u64,
    repeated: u64,
    /// Results so far, and how many of them repeat an earlier one.
    results: u64,
    repeats: u64,
}

/// Results of one item that are the same. Scripts rely on its JSON.
#[derive(Serialize)]
struct Group<'a> {
    item_id: &'a str,
    item_name: &'a str,
    job_type: &'a str,
    parameters_hash: &'a str,
    /// The number of results but one.
    repeats: usize,
    /// In the order of time.
    results: Vec<Repeat<'a>>,
}

/// One result of a group, the first one included.
#[derive(Serialize)]
struct Repeat<'a> {
    result_id: &'a str,
    /// As the service sent it.
    processed_at: &'a str,
    /// Without a signature.
    output_s3_path: Cow<'a, str>,
}

impl HistorySink for Written {
    fn history(&mut self, history: &ItemProcessingResults) -> Result<String, Failure> {
        let groups = history.duplicates();
        let repeats: u64 = groups.iter().map(|group| number(group.len()) - 1).sum();
        let mut out = String::new();
        for (at, group) in groups.iter().enumerate() {
            let is_narrow = self.format == DuplicatesFormat::Table && terminal::limit().is_some();
            let text = match is_narrow {
                true => narrow(history, group, self.groups == 0, at == 0),
                false => self.group(history, group)?,
            };
            out.push_str(&text);
            self.groups += 1;
        }
        self.items += 1;
        self.repeated += u64::from(repeats > 0);
        self.results += number(history.results().len());
        self.repeats += repeats;
        Ok(out)
    }
}

impl Written {
    /// A group in a pipe, or as JSON. What stands before it depends on whether it is the first.
    fn group(
        &self,
        history: &ItemProcessingResults,
        results: &[&ProcessingResult],
    ) -> Result<String, Failure> {
        let (Some(first), Some(last)) = (results.first(), results.last()) else {
            return Ok(String::new());
        };
        if self.format == DuplicatesFormat::Table {
            let labels = (self.groups == 0).then(|| line("", &LABELS.map(str::to_owned), &WIDTHS));
            return Ok(labels.unwrap_or_default() + &row(history, first, last, results));
        }
        let group = Group {
            item_id: &history.item_id,
            item_name: &history.item_name,
            job_type: first.job_type.as_str(),
            parameters_hash: &first.parameters_hash,
            repeats: results.len() - 1,
            results: results.iter().map(|result| Repeat::of(result)).collect(),
        };
        let json = serde_json::to_string(&group).map_err(|error| {
            let message = format!("the duplicates cannot be written as JSON: {error}");
            Failure::new(Exit::Output, message)
        })?;
        let json = text::escaped_json(json);
        Ok(match (self.format, self.groups) {
            (DuplicatesFormat::Json, 0) => format!("[\n  {json}"),
            (DuplicatesFormat::Json, _) => format!(",\n  {json}"),
            _ => format!("{json}\n"),
        })
    }

    /// Ends a list in JSON; an empty one is `[]`.
    fn end(&self) -> Result<(), Failure> {
        match (self.format, self.groups) {
            (DuplicatesFormat::Json, 0) => crate::stdout::print(b"[]\n"),
            (DuplicatesFormat::Json, _) => crate::stdout::print(b"\n]\n"),
            _ => Ok(()),
        }
    }

    /// The note at the end: `14 of 77 results repeat an earlier one, in 13 of 24 items`.
    fn summary(&self) -> String {
        let (items, results) = (counted(self.items, "item"), counted(self.results, "result"));
        match self.repeats {
            0 => format!("no duplicates in {items} with {results}"),
            repeats => format!(
                "{} of {results} repeat an earlier one, in {} of {items}",
                grouped(repeats),
                grouped(self.repeated)
            ),
        }
    }
}

impl<'a> Repeat<'a> {
    fn of(result: &'a ProcessingResult) -> Self {
        Repeat {
            result_id: &result.result_id,
            processed_at: result.processed_at.as_str(),
            output_s3_path: mask::text(&result.output_s3_path, false),
        }
    }
}

/// A group in a pipe or a file: everything on one line, nothing shortened but the hash and a long name.
fn row(
    history: &ItemProcessingResults,
    first: &ProcessingResult,
    last: &ProcessingResult,
    results: &[&ProcessingResult],
) -> String {
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
    line("", &cells, &WIDTHS)
}

/// A group on a terminal, below the item if it is the first of that, and below the labels if it is the first of all.
fn narrow(
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
