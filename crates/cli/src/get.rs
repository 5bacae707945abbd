//! `get`: the processing history of one item; `latest`: the latest result of each job type.
//!
//! The table is in the order of time (`latest`: the latest result first), and compares each result with the one before
//! it, whether that is shown or not. Data formats have what the service sent, in its order. An item without results, or
//! without selected ones, is no error: a note says so.

use std::collections::HashSet;

use processing_results::types::{ItemProcessingResults, ProcessingResult};

use crate::analysis::sequence;
use crate::args::{Get, HistoryFormat};
use crate::connect::connect;
use crate::contract::Contract;
use crate::exit::Failure;
use crate::history;
use crate::history_table as table;
use crate::mask;
use crate::output::csv::{Dialect, Table};
use crate::output::json;
use crate::text;

/// Shows all results.
pub(crate) async fn run(get: &Get) -> Result<(), Failure> {
    show(get, |results| (0..results.len()).collect()).await
}

/// Shows the latest result of each job type.
pub(crate) async fn latest(get: &Get) -> Result<(), Failure> {
    show(get, latest_of_each).await
}

/// Fetches the history, and shows the results that `select` chooses: it gets all results in the order of time, and
/// returns the places of the chosen ones.
async fn show(
    get: &Get,
    select: impl Fn(&[&ProcessingResult]) -> Vec<usize>,
) -> Result<(), Failure> {
    let contract = Contract::bundled()?;
    let dialect = match get.output.format {
        HistoryFormat::Csv => Some(Dialect::Csv),
        HistoryFormat::Tsv => Some(Dialect::Tsv),
        HistoryFormat::Ndjson => Some(Dialect::Ndjson),
        HistoryFormat::Table | HistoryFormat::Json => None,
    };
    get.filter.check()?;
    let rows = get.layout.table(dialect)?;
    let connection = connect(&get.service).await?;
    let job_type = get.filter.job_type.as_deref();
    let fetched = history::fetch(&connection.client, &get.item_id, job_type).await?;
    let history = &fetched.history;
    let shown = mask::names(history.clone(), get.reveal_secrets);
    let output = match get.output.format {
        HistoryFormat::Table => in_table(&shown, contract, get, select).into_bytes(),
        _ => in_data(history.clone(), contract, get, rows.as_ref(), select)?,
    };
    crate::stdout::print(&output)?;
    if let Some(note) = note(&shown, contract, get) {
        text::info(&format!("note: {note}"));
    }
    fetched.check()
}

/// The history as a table.
fn in_table(
    history: &ItemProcessingResults,
    contract: &Contract,
    get: &Get,
    select: impl Fn(&[&ProcessingResult]) -> Vec<usize>,
) -> String {
    let steps = sequence::of(history, contract, get.reveal_secrets);
    let results: Vec<_> = steps.iter().map(|step| step.result).collect();
    let mut places = select(&results);
    places.retain(|at| get.filter.accepts(steps[*at].result, contract));
    let view = table::view(contract, get.reveal_secrets, get.params);
    table::history(history, &steps, &places, &view)
}

/// The history in a data format: in the service's order, or the chosen results in theirs.
fn in_data(
    mut history: ItemProcessingResults,
    contract: &Contract,
    get: &Get,
    rows: Option<&Table>,
    select: impl Fn(&[&ProcessingResult]) -> Vec<usize>,
) -> Result<Vec<u8>, Failure> {
    get.filter.apply(&mut history, contract);
    let results = history.chronological();
    let places = select(&results);
    if places.len() != results.len() {
        let selected = places.iter().map(|at| results[*at].clone()).collect();
        history.processing_results = Some(selected);
    }
    let reveal = get.reveal_secrets;
    if let Some(table) = rows {
        return Ok([
            table.header()?,
            table.rows(&history, &mut mask::masker(), reveal)?,
        ]
        .concat());
    }
    match get.output.format {
        HistoryFormat::Ndjson => Ok(json::lines(&history, reveal)?.into_bytes()),
        _ => Ok(json::history(&history, reveal)?.into_bytes()),
    }
}

/// The places of the latest result of each job type, the latest of all first.
fn latest_of_each(results: &[&ProcessingResult]) -> Vec<usize> {
    let mut seen = HashSet::new();
    let places = (0..results.len()).rev();
    places
        .filter(|at| seen.insert(&results[*at].job_type))
        .collect()
}

/// Why nothing is shown, if nothing is.
fn note(history: &ItemProcessingResults, contract: &Contract, get: &Get) -> Option<String> {
    let item = &history.item_id;
    let mut results = history.results().iter();
    if results.any(|result| get.filter.accepts(result, contract)) {
        return None;
    }
    Some(match (history.results().is_empty(), &get.filter.job_type) {
        (false, _) => format!("item {item} has no results that --since, --until and --tier select"),
        (true, Some(job_type)) => format!("item {item} has no results of job type {job_type}"),
        (true, None) => format!("item {item} has no processing results"),
    })
}
