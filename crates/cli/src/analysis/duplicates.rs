//! `duplicates`: results that repeat an earlier one of their item with the same parameters.
//!
//! Groups are printed as they are found, in the order of the items; the total is a note on standard error at the end.

use std::borrow::Cow;

use processing_results::types::{ItemProcessingResults, ProcessingResult};
use serde::Serialize;

use super::args::{Duplicates, DuplicatesFormat};
use super::duplicate_rows::{narrow, wide};
use super::fetch_each::{HistorySink, fetch_each};
use crate::exit::Failure;
use crate::mask;
use crate::paths::input;
use crate::roles::{check_distinct, standard_output};
use crate::terminal;
use crate::text::{self, counted};
use crate::words::{self, grouped, number};

/// Prints groups as they are found, so that a long list begins at once. A list in JSON is complete also if some items
/// fail or the command stops early.
pub(crate) async fn run(duplicates: &Duplicates) -> Result<(), Failure> {
    check_distinct(&[
        ("--items", duplicates.source.collection.file()),
        ("--from", duplicates.source.from.as_deref().map(input)),
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
    /// In UTC, so that it is the same from the service and from every format of an export; as it was sent if it is no time.
    processed_at: String,
    /// Without a signature.
    output_s3_path: Cow<'a, str>,
}

impl HistorySink for Written {
    fn history(&mut self, history: &ItemProcessingResults) -> Result<String, Failure> {
        let history = &mask::names(history.clone(), false);
        let groups = history.duplicates();
        let repeats: u64 = groups.iter().map(|group| number(group.len()) - 1).sum();
        let mut out = String::new();
        for (at, group) in groups.iter().enumerate() {
            let is_first = self.groups == 0;
            out.push_str(&match (self.format, terminal::limit()) {
                (DuplicatesFormat::Table, Some(_)) => narrow(history, group, is_first, at == 0),
                (DuplicatesFormat::Table, None) => wide(history, group, is_first),
                _ => self.json(history, group)?,
            });
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
    /// A group as JSON. What stands before it in a list depends on whether it is the first.
    fn json(
        &self,
        history: &ItemProcessingResults,
        results: &[&ProcessingResult],
    ) -> Result<String, Failure> {
        let Some(first) = results.first() else {
            return Ok(String::new());
        };
        let group = Group {
            item_id: &history.item_id,
            item_name: &history.item_name,
            job_type: first.job_type.as_str(),
            parameters_hash: &first.parameters_hash,
            repeats: results.len() - 1,
            results: results.iter().map(|result| Repeat::of(result)).collect(),
        };
        let json = serde_json::to_string(&group).map_err(|error| {
            Failure::output(format!("the duplicates cannot be written as JSON: {error}"))
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
            processed_at: words::utc(result),
            output_s3_path: mask::text(&result.output_s3_path, false),
        }
    }
}
