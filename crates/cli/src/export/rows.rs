//! The rows of a history, as they are gathered.

use processing_results::types::ItemProcessingResults;

use super::args::Format;
use crate::contract::Contract;
use crate::exit::Failure;
use crate::output::csv::{self, Columns};
use crate::output::json;

pub(super) struct Rows {
    pub(super) contract: &'static Contract,
    pub(super) format: Format,
    pub(super) reveal: bool,
}

/// What comes before all rows.
pub(super) fn header(format: Format) -> Result<Vec<u8>, Failure> {
    match format {
        Format::Csv => csv::header(Columns::WithLocation),
        // Columns are made of lines, once all of them are there.
        Format::Ndjson | Format::Parquet => Ok(Vec::new()),
    }
}

impl Rows {
    pub(super) fn of(&self, history: &ItemProcessingResults) -> Result<Vec<u8>, Failure> {
        let (contract, reveal) = (self.contract, self.reveal);
        match self.format {
            Format::Csv => csv::rows(history, contract, reveal, Columns::WithLocation),
            Format::Ndjson | Format::Parquet => {
                json::lines_with_location(history, contract, reveal).map(String::into_bytes)
            }
        }
    }
}
