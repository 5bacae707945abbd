//! The rows of a history: the selected results, in the format of the export.
//!
//! CSV, TSV, and NDJSON with `--fields` have columns. NDJSON without them has complete results, and so have the rows for
//! Parquet, which become columns when all of them are there.

use processing_results::types::ItemProcessingResults;

use super::failed::Failed;
use crate::collection::FetchedItem;
use crate::contract::Contract;
use crate::exit::Failure;
use crate::filter::Filter;
use crate::mask::Masker;
use crate::output::columns::Column;
use crate::output::csv::{Dialect, Table};
use crate::output::json;

/// The rows of an item with the number of its results, its failure, or both if only some results decode.
pub(super) type WrittenItem<'a> = (Option<(Vec<u8>, usize)>, Option<Failed<'a>>);

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

    /// What is written for an item. A history that cannot be written as rows is a failure of its item.
    pub(super) fn item<'a>(
        &self,
        id: &'a str,
        fetched: FetchedItem<'a>,
        masker: &mut Masker<'_>,
    ) -> WrittenItem<'a> {
        let (history, failed) = match fetched {
            FetchedItem::Complete(history) => (history, None),
            FetchedItem::Partial(partial, error) => {
                let failed = Failed::partial(id, partial, error);
                (&partial.history, Some(failed))
            }
            FetchedItem::Failed(error) => return (None, Some(Failed::new(id, error))),
        };
        match (self.of(history, masker), fetched) {
            (Ok(rows), _) => (Some(rows), failed),
            (Err(_), FetchedItem::Partial(_, error)) => (None, Some(Failed::new(id, error))),
            (Err(failure), _) => (None, Some(Failed::unwritten(id, &failure))),
        }
    }

    /// The rows of a history, and how many results they are.
    fn of(
        &self,
        history: &ItemProcessingResults,
        masker: &mut Masker<'_>,
    ) -> Result<(Vec<u8>, usize), Failure> {
        let history = self.filter.selected(history, self.contract);
        let rows = match &self.table {
            Some(table) => table.rows(&history, masker, self.reveal)?,
            None => json::lines_with_location(&history, masker, self.reveal)?.into_bytes(),
        };
        Ok((rows, history.results().len()))
    }
}
