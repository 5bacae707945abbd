//! A history as CSV, with columns that stay as they are.

use processing_results::types::{ItemProcessingResults, ProcessingResult};
use serde_json::value::RawValue;

use super::walk::{Place, Unknown, Walk};
use crate::contract::Contract;
use crate::exit::{Exit, Failure};
use crate::text::escaped;

/// The columns. Programs rely on their names and order.
const COLUMNS: [&str; 8] = [
    "item_id",
    "item_name",
    "result_id",
    "job_type",
    "processed_at",
    "parameters_hash",
    "output_s3_path",
    "job_config",
];

pub(crate) fn history(
    history: &ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
) -> Result<Vec<u8>, Failure> {
    let failed =
        |error: &dyn std::error::Error| Failure::new(Exit::Output, format!("no CSV: {error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(COLUMNS)
        .map_err(|error| failed(&error))?;
    for result in history.results() {
        let cells = [
            &result.item_id,
            &history.item_name,
            &result.result_id,
            result.job_type.as_str(),
            result.processed_at.as_str(),
            &result.parameters_hash,
            &result.output_s3_path,
            &job_config(result, contract, reveal),
        ];
        writer
            .write_record(cells.map(cell))
            .map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

fn job_config(result: &ProcessingResult, contract: &Contract, reveal: bool) -> String {
    let walk = Walk {
        contract,
        unknown: Unknown::Hide,
        pretty: false,
    };
    let place = match contract.job_config(result.job_type.as_str()) {
        _ if reveal => Place::Clear,
        Some(schema) => Place::Known(schema),
        None => Place::Unknown,
    };
    match serde_json::from_str::<&RawValue>(result.job_config.raw()) {
        Ok(json) => walk.written(json, place),
        Err(_) => String::new(),
    }
}

/// On one line, and not a formula to a spreadsheet.
fn cell(text: &str) -> String {
    let text = escaped(text);
    match text.starts_with(['=', '+', '-', '@']) {
        true => format!("'{text}"),
        false => text,
    }
}
