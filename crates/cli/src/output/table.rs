//! A history for people: a table, or where that would be too narrow, one
//! block a result.

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use super::parameters;
use crate::contract::Contract;
use crate::terminal::{self, GAP, INDENT, lines};
use crate::text::{escaped, shortened};

/// Width from which the output's column is wide enough to read.
const TABLE_WIDTH: usize = 110;
/// Widths of the columns but that of the output, which takes what is left: a
/// time, a job type, a UUID, and a hash cut short.
const TIME: usize = 20;
const TYPE: std::ops::RangeInclusive<usize> = 8..=12;
const RESULT: usize = 36;
const HASH: usize = 15;
/// Characters of a hash that tell it from others.
const HASH_SHOWN: usize = 12;
const LABELS: [&str; 6] = [
    "time",
    "type",
    "result",
    "output",
    "parameters hash",
    "parameters",
];

/// One result, as it is shown.
struct Row {
    time: String,
    job_type: String,
    result: String,
    output: String,
    hash: String,
    parameters: String,
}

pub(crate) fn history(
    history: &ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
) -> String {
    let width = terminal::width();
    let results = history.results();
    let rows: Vec<_> = results
        .iter()
        .map(|result| Row::new(result, contract, reveal))
        .collect();
    let count = match rows.len() {
        1 => "1 processing result".to_owned(),
        count => format!("{count} processing results"),
    };
    let headline = format!(
        "{}  {}  {count}",
        escaped(&history.item_id),
        escaped(&history.item_name)
    );
    let mut out = lines(&[(width, &headline)]);
    match width {
        _ if rows.is_empty() => {}
        TABLE_WIDTH.. => out.push_str(&columns(&rows, width)),
        _ => rows.iter().for_each(|row| out.push_str(&block(row, width))),
    }
    out
}

impl Row {
    fn new(result: &ProcessingResult, contract: &Contract, reveal: bool) -> Self {
        Row {
            time: moment(result),
            job_type: escaped(result.job_type.as_str()),
            result: escaped(&result.result_id),
            output: or_dash(escaped(&result.output_s3_path)),
            hash: escaped(&result.parameters_hash),
            parameters: or_dash(parameters::summary(result, contract, reveal)),
        }
    }

    fn short_hash(&self) -> String {
        short_hash(&self.hash)
    }
}

/// A line of columns for each result, and its parameters over the whole width below.
fn columns(rows: &[Row], width: usize) -> String {
    let longest = rows.iter().map(|row| row.job_type.chars().count()).max();
    let kind = longest
        .unwrap_or_default()
        .clamp(*TYPE.start(), *TYPE.end());
    let output = width - TIME - kind - RESULT - HASH - 4 * GAP;
    let line = |[time, job_type, result, output_path, hash]: [&str; 5]| {
        lines(&[
            (TIME, time),
            (kind, job_type),
            (RESULT, result),
            (output, output_path),
            (HASH, hash),
        ])
    };
    let [time, job_type, result, output_path, hash, _] = LABELS;
    let mut out = format!("\n{}", line([time, job_type, result, output_path, hash]));
    out.push_str(&terminal::rule(width));
    let blocks = rows.iter().map(|row| {
        let first = line([
            &row.time,
            &row.job_type,
            &row.result,
            &row.output,
            &row.short_hash(),
        ]);
        first + &lines(&[(1, ""), (width - INDENT, &row.parameters)])
    });
    out + &blocks.collect::<Vec<_>>().join("\n")
}

/// A line for each thing about a result.
fn block(row: &Row, width: usize) -> String {
    let label = LABELS[4].len();
    let value = width - INDENT - label - GAP;
    let hash = if row.hash.chars().count() > value {
        row.short_hash()
    } else {
        row.hash.clone()
    };
    let mut out = format!("\n{}  {}\n", row.time, row.job_type);
    let [_, _, labels @ ..] = LABELS;
    for (name, text) in labels
        .into_iter()
        .zip([&row.result, &row.output, &hash, &row.parameters])
    {
        out.push_str(&lines(&[(1, ""), (label, name), (value, text)]));
    }
    out
}

/// When a result was, to the second.
pub(crate) fn moment(result: &ProcessingResult) -> String {
    let time = result.processed_at.strftime("%Y-%m-%d %H:%M:%SZ");
    time.to_string()
}

/// As much of a hash as tells it from others.
pub(crate) fn short_hash(hash: &str) -> String {
    shortened(hash, HASH_SHOWN).into_owned()
}

fn or_dash(text: String) -> String {
    if text.is_empty() {
        "-".to_owned()
    } else {
        text
    }
}
