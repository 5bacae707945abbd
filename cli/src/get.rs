//! `get`: the processing history of one item.

use processing_results::types::ItemProcessingResults;

use crate::args::{Format, Get};
use crate::connect::connect;
use crate::contract::Contract;
use crate::exit::Failure;
use crate::output::{csv, json, table};
use crate::text;

pub(crate) async fn run(get: &Get) -> Result<(), Failure> {
    let contract = Contract::bundled()?;
    let connection = connect(&get.service).await?;
    let mut request = connection.client.processing_results(&get.item_id);
    if let Some(job_type) = &get.job_type {
        request = request.job_type(job_type.as_str());
    }
    let history = request.send().await?.into_inner();
    text::print(&rendered(&history, &contract, get)?)?;
    if history.results().is_empty() {
        text::say(&nothing(&history, get.job_type.as_deref()));
    }
    Ok(())
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
