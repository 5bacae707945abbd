//! The rows of a history: the selected results, in the format of the export.
//!
//! CSV, TSV, and NDJSON with `--fields` have columns. NDJSON without them has complete results, and so have the rows for
//! Parquet, which become columns when all of them are there.

use processing_results::types::ItemProcessingResults;

use crate::contract::Contract;
use crate::exit::Failure;
use crate::filter::Filter;
use crate::output::columns::Column;
use crate::output::csv::{Dialect, Table};
use crate::output::json;

/// How histories become rows: which results, which columns, in which format.
pub(super) struct Rows {
    pub(super) contract: &'static Contract,
    pub(super) filter: Filter,
    pub(super) format: Dialect,
    /// The columns, if rows have some.
    pub(super) table: Option<Table>,
    /// The columns of a Parquet file.
    pub(super) columns: Vec<&'static Column>,
    /// Whether credentials are not masked.
    pub(super) reveal: bool,
}

impl Rows {
    /// What comes before all rows: the names of the columns in CSV and TSV.
    pub(super) fn header(&self) -> Result<Vec<u8>, Failure> {
        self.table.as_ref().map_or(Ok(Vec::new()), Table::header)
    }

    /// The rows of a history, and how many results they are.
    pub(super) fn of(&self, history: &ItemProcessingResults) -> Result<(Vec<u8>, usize), Failure> {
        let history = self.filter.selected(history, self.contract);
        let rows = match &self.table {
            Some(table) => table.rows(&history, self.reveal)?,
            None => json::lines_with_location(&history, self.reveal)?.into_bytes(),
        };
        Ok((rows, history.results().len()))
    }
}
