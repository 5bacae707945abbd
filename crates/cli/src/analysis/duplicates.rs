//! `duplicates`: what was processed again with the same parameters.

use processing_results::types::{ItemProcessingResults, ProcessingResult};
use serde::Serialize;

use super::args::{Duplicates, DuplicatesFormat};
use super::fetch_each::{Sink, fetch_each};
use crate::exit::{Exit, Failure};
use crate::output::table::{moment, short_hash};
use crate::terminal::{self, GAP, INDENT, lines};
use crate::text::{self, escaped, shortened};

/// Width from which each thing has a column.
const TABLE_WIDTH: usize = 80;
const TYPE: usize = 12;
const RUNS: usize = 5;
const TIME: usize = 20;
/// Longest name of an item; there may be many.
const NAME: usize = 120;
/// Of a hash that is cut short.
const HASH: usize = 13;

pub(crate) async fn run(duplicates: &Duplicates) -> Result<(), Failure> {
    let mut written = Written::new(duplicates.output);
    let Duplicates {
        collection,
        job_type,
        service,
        ..
    } = duplicates;
    let summary = fetch_each(collection, job_type.as_deref(), service, &mut written).await;
    if summary.is_ok() || written.groups > 0 {
        written.end()?;
    }
    let summary = summary?;
    summary.conclude(&written.summary());
    summary.check()
}

/// Writes groups as they come, and counts.
struct Written {
    format: DuplicatesFormat,
    width: usize,
    groups: usize,
    items: usize,
    repeated: usize,
    runs: usize,
    repeats: usize,
}

/// Results that are the same. The JSON of it is a promise.
#[derive(Serialize)]
struct Group<'a> {
    item_id: &'a str,
    item_name: &'a str,
    job_type: &'a str,
    parameters_hash: &'a str,
    /// The results but for the first.
    repeats: usize,
    /// In the order of time.
    results: Vec<Repeat<'a>>,
}

#[derive(Serialize)]
struct Repeat<'a> {
    result_id: &'a str,
    processed_at: &'a str,
    output_s3_path: &'a str,
}

impl Sink for Written {
    fn history(&mut self, history: &ItemProcessingResults) -> Result<String, Failure> {
        let groups = history.duplicates();
        let repeats: usize = groups.iter().map(|group| group.len() - 1).sum();
        let mut out = String::new();
        if self.format == DuplicatesFormat::Table && !groups.is_empty() {
            out.push_str(&self.headline(history));
        }
        for group in &groups {
            out.push_str(&self.group(history, group)?);
            self.groups += 1;
        }
        self.items += 1;
        self.repeated += usize::from(repeats > 0);
        self.runs += history.results().len();
        self.repeats += repeats;
        Ok(out)
    }
}

impl Written {
    fn new(format: DuplicatesFormat) -> Self {
        Written {
            format,
            width: terminal::width(),
            groups: 0,
            items: 0,
            repeated: 0,
            runs: 0,
            repeats: 0,
        }
    }

    /// The item, below the names of the columns or an empty line.
    fn headline(&self, history: &ItemProcessingResults) -> String {
        let id = escaped(&history.item_id);
        let name = shortened(&escaped(&history.item_name), NAME).into_owned();
        let item = lines(&[(self.width, &format!("{id}  {name}"))]);
        match (self.groups, self.width) {
            (0, TABLE_WIDTH..) => {
                let labels = columns(["type", "runs", "first", "last", "hash"], self.width);
                format!("{labels}{}{item}", terminal::rule(self.width))
            }
            (0, _) => item,
            _ => format!("\n{item}"),
        }
    }

    fn group(
        &self,
        history: &ItemProcessingResults,
        results: &[&ProcessingResult],
    ) -> Result<String, Failure> {
        let (Some(first), Some(last)) = (results.first(), results.last()) else {
            return Ok(String::new());
        };
        if self.format == DuplicatesFormat::Table {
            return Ok(row(first, last, results.len(), self.width));
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

    /// A list is one, whatever became of the items.
    fn end(&self) -> Result<(), Failure> {
        match (self.format, self.groups) {
            (DuplicatesFormat::Json, 0) => crate::stdout::print(b"[]\n"),
            (DuplicatesFormat::Json, _) => crate::stdout::print(b"\n]\n"),
            _ => Ok(()),
        }
    }

    fn summary(&self) -> String {
        let counted = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        let (items, runs) = (counted(self.items, "item"), counted(self.runs, "run"));
        match self.repeats {
            0 => format!("no duplicates in {items} with {runs}"),
            repeats => format!(
                "{repeats} of {runs} repeat an earlier one, in {} of {items}",
                self.repeated
            ),
        }
    }
}

impl<'a> Repeat<'a> {
    fn of(result: &'a ProcessingResult) -> Self {
        Repeat {
            result_id: &result.result_id,
            processed_at: result.processed_at.as_str(),
            output_s3_path: &result.output_s3_path,
        }
    }
}

fn row(first: &ProcessingResult, last: &ProcessingResult, runs: usize, width: usize) -> String {
    let job_type = escaped(first.job_type.as_str());
    let hash = short_hash(&escaped(&first.parameters_hash));
    let (first, last) = (moment(first), moment(last));
    if width >= TABLE_WIDTH {
        return columns([&job_type, &runs.to_string(), &first, &last, &hash], width);
    }
    let text = format!("{job_type}  {runs} runs  {first} to {last}  {hash}");
    lines(&[(1, ""), (width - INDENT, &text)])
}

fn columns([job_type, runs, first, last, hash]: [&str; 5], width: usize) -> String {
    // So wide that the rest has room.
    let kind = TYPE.min(width - INDENT - RUNS - 2 * TIME - HASH - 4 * GAP);
    let rest = width - INDENT - kind - RUNS - 2 * TIME - 4 * GAP;
    lines(&[
        (1, ""),
        (kind, job_type),
        (RUNS, runs),
        (TIME, first),
        (TIME, last),
        (rest, hash),
    ])
}
