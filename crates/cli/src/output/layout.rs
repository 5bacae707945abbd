//! The options that choose columns: `--fields` and `--csv-bom`.
//!
//! `--fields item_id,parameters_tier` selects columns and their order, in NDJSON too. A name that no column has is an
//! error that lists all names.

use clap::Args;

use super::columns::{self, Column};
use super::csv::{Dialect, Table};
use crate::exit::Failure;

/// Which columns an output has, if it has some.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Layout {
    /// Only these columns, such as item_id,parameters_tier
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    fields: Vec<String>,

    /// Begin CSV with a byte order mark, for spreadsheets
    #[arg(long)]
    csv_bom: bool,
}

impl Layout {
    /// The columns for this format; `None` where rows are complete results, or there are no rows.
    ///
    /// # Errors
    /// An option makes no sense for the format. `dialect` is `None` for formats without rows, such as the table.
    pub(crate) fn table(&self, dialect: Option<Dialect>) -> Result<Option<Table>, Failure> {
        let refused = |what: &str| Err(Failure::usage(format!("{what}; add -o csv")));
        match dialect {
            None if !self.fields.is_empty() => {
                refused("--fields chooses columns of rows, and this output has none")
            }
            dialect if self.csv_bom && dialect != Some(Dialect::Csv) => {
                refused("--csv-bom is for csv")
            }
            None | Some(Dialect::Parquet) => Ok(None),
            Some(Dialect::Ndjson) if self.fields.is_empty() => Ok(None),
            Some(dialect) => Ok(Some(Table {
                dialect,
                columns: self.columns()?,
                has_bom: self.csv_bom,
            })),
        }
    }

    /// The columns that `--fields` names, else all of them.
    pub(crate) fn columns(&self) -> Result<Vec<&'static Column>, Failure> {
        columns::selected(&self.fields)
    }
}
