//! `get`: the processing history of one item; `latest`: the end of it.

use std::collections::HashSet;

use processing_results::types::ItemProcessingResults;

use crate::args::{Format, Get};
use crate::connect::connect;
use crate::contract::Contract;
use crate::exit::Failure;
use crate::output::{csv, json, table};
use crate::text;

pub(crate) async fn run(get: &Get) -> Result<(), Failure> {
    answer(get, |history| history).await
}

pub(crate) async fn latest(get: &Get) -> Result<(), Failure> {
    answer(get, latest_of_each).await
}

/// Fetches the history, and shows the part of it that is asked for.
async fn answer(
    get: &Get,
    part: impl FnOnce(ItemProcessingResults) -> ItemProcessingResults,
) -> Result<(), Failure> {
    let contract = Contract::bundled()?;
    let connection = connect(&get.service).await?;
    let mut request = connection.client.processing_results(&get.item_id);
    if let Some(job_type) = &get.job_type {
        request = request.job_type(job_type.as_str());
    }
    let history = part(request.send().await?.into_inner());
    crate::stdout::print(&rendered(&history, &contract, get)?)?;
    if history.results().is_empty() {
        text::note(&nothing(&history, get.job_type.as_deref()));
    }
    Ok(())
}

/// With the latest result of each job type alone, the latest of all first.
fn latest_of_each(mut history: ItemProcessingResults) -> ItemProcessingResults {
    let mut seen = HashSet::new();
    let results = history.chronological().into_iter().rev();
    let latest = results.filter(|result| seen.insert(&result.job_type));
    let latest: Vec<_> = latest.cloned().collect();
    // A list that is not there stays so.
    if let Some(results) = &mut history.processing_results {
        *results = latest;
    }
    history
}

fn rendered(
    history: &ItemProcessingResults,
    contract: &Contract,
    get: &Get,
) -> Result<Vec<u8>, Failure> {
    let reveal = get.reveal_secrets;
    match get.output {
        Format::Table => Ok(table::history(history, contract, reveal).into_bytes()),
        Format::Json => Ok(json::history(history, contract, reveal)?.into_bytes()),
        Format::Ndjson => Ok(json::lines(history, contract, reveal)?.into_bytes()),
        Format::Csv => csv::history(history, contract, reveal),
    }
}

fn nothing(history: &ItemProcessingResults, job_type: Option<&str>) -> String {
    match job_type {
        Some(job_type) => format!(
            "note: item {} has no results of job type {job_type}",
            history.item_id
        ),
        None => format!("note: item {} has no processing results", history.item_id),
    }
}
