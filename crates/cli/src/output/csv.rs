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

/// Where the output is, in columns for those who fetch it.
const LOCATION: [&str; 2] = ["output_bucket", "output_key"];

/// What the rows have.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Columns {
    Usual,
    /// Those, and the output's bucket and key.
    WithLocation,
}

pub(crate) fn history(
    history: &ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
) -> Result<Vec<u8>, Failure> {
    let mut table = header(Columns::Usual)?;
    table.extend(rows(history, contract, reveal, Columns::Usual)?);
    Ok(table)
}

/// The line above the rows.
pub(crate) fn header(columns: Columns) -> Result<Vec<u8>, Failure> {
    match columns {
        Columns::Usual => written([COLUMNS]),
        Columns::WithLocation => written([[COLUMNS.as_slice(), &LOCATION].concat()]),
    }
}

/// One row a result.
pub(crate) fn rows(
    history: &ItemProcessingResults,
    contract: &Contract,
    reveal: bool,
    columns: Columns,
) -> Result<Vec<u8>, Failure> {
    written(history.results().iter().map(|result| {
        let config = job_config(result, contract, reveal);
        let usual = [
            &result.item_id,
            &history.item_name,
            &result.result_id,
            result.job_type.as_str(),
            result.processed_at.as_str(),
            &result.parameters_hash,
            &result.output_s3_path,
            &config,
        ];
        let output = result.output();
        let location = [
            output.and_then(|output| output.bucket),
            output.map(|output| output.key),
        ];
        let location = location.into_iter().map(Option::unwrap_or_default);
        let more = location.filter(|_| columns == Columns::WithLocation);
        let cells: Vec<_> = usual.into_iter().chain(more).map(cell).collect();
        cells
    }))
}

fn written<R>(rows: impl IntoIterator<Item = R>) -> Result<Vec<u8>, Failure>
where
    R: IntoIterator<Item: AsRef<[u8]>>,
{
    let failed =
        |error: &dyn std::error::Error| Failure::new(Exit::Output, format!("no CSV: {error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| failed(&error))?;
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
