//! The options that choose columns.

use clap::Args;

use super::columns::{self, Column};
use super::csv::{Dialect, Table};
use crate::exit::{Exit, Failure};

/// Which columns there are.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Layout {
    /// Only these columns, such as item_id,parameters_tier
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    fields: Vec<String>,

    /// Begin csv with the mark that spreadsheets need
    #[arg(long)]
    csv_bom: bool,
}

impl Layout {
    /// The table in this format; none where rows are complete lines, or there are no rows.
    pub(crate) fn table(&self, dialect: Option<Dialect>) -> Result<Option<Table>, Failure> {
        let refused = |what: &str| Err(Failure::new(Exit::Usage, format!("{what}; add -o csv")));
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

    /// The columns that are wanted, all of them unless some are named.
    pub(crate) fn columns(&self) -> Result<Vec<&'static Column>, Failure> {
        columns::selected(&self.fields)
    }
}
