//! Rows as a Parquet file: typed columns, one group of rows after the other (feature `parquet`).
//!
//! The rows are gathered as lines of JSON first, as for every format. So an export to Parquet can be resumed too, and
//! turning the lines into columns at the end needs memory for one group of rows, not for all of them.

mod cells;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::output::columns::{Column, RowValues};
use cells::{Cells, field};

/// Bytes of lines that are turned into columns at a time.
const BATCH: usize = 1 << 18;
/// Bytes of columns from which on a group of rows is written, which bounds memory.
const GROUP: usize = 8 << 20;
/// Rows from which on a group is written: readers skip groups, and read several at the same time.
const GROUP_ROWS: usize = 20_000;

/// Writes the rows of a file of lines as a Parquet file with these columns.
pub(super) fn write(rows: &Path, columns: &[&'static Column], to: &mut File) -> io::Result<()> {
    let mut table = ParquetTable::new(columns, to).map_err(io::Error::other)?;
    let mut lines = BufReader::new(File::open(rows)?);
    let (mut line, mut read) = (String::new(), 0);
    while lines.read_line(&mut line)? > 0 {
        table.push(&line)?;
        read += line.len();
        if read >= BATCH {
            table.end_batch().map_err(io::Error::other)?;
            read = 0;
        }
        line.clear();
    }
    table.finish().map_err(io::Error::other)
}

/// A Parquet file that is being written: cells are gathered by column, and written in groups of rows.
struct ParquetTable<'a> {
    columns: &'a [&'static Column],
    schema: Arc<Schema>,
    cells: Vec<Cells>,
    writer: ArrowWriter<&'a mut File>,
}

impl<'a> ParquetTable<'a> {
    /// A file with these columns and no rows. Snappy compresses it: every reader has it, and it is fast.
    fn new(columns: &'a [&'static Column], to: &'a mut File) -> Result<Self, ParquetError> {
        let schema = Arc::new(Schema::new(
            columns
                .iter()
                .map(|column| field(column))
                .collect::<Vec<_>>(),
        ));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        Ok(ParquetTable {
            columns,
            writer: ArrowWriter::try_new(to, Arc::clone(&schema), Some(properties))?,
            schema,
            cells: columns
                .iter()
                .map(|column| Cells::new(column.kind))
                .collect(),
        })
    }

    /// Adds a row.
    fn push(&mut self, line: &str) -> io::Result<()> {
        let no_row = || io::Error::other("a line is no JSON object");
        let row = RowValues::read(line).ok_or_else(no_row)?;
        for (column, cells) in self.columns.iter().zip(&mut self.cells) {
            cells.push(row.value(column).as_deref());
        }
        Ok(())
    }

    /// Turns the gathered cells into columns, and ends a group of rows that is large enough.
    fn end_batch(&mut self) -> Result<(), ParquetError> {
        let columns = self.cells.iter_mut().map(Cells::take).collect();
        self.writer
            .write(&RecordBatch::try_new(Arc::clone(&self.schema), columns)?)?;
        let writer = &mut self.writer;
        match writer.memory_size() >= GROUP || writer.in_progress_rows() >= GROUP_ROWS {
            true => writer.flush(),
            false => Ok(()),
        }
    }

    /// Writes what is left, and the end of the file, without which it cannot be read.
    fn finish(mut self) -> Result<(), ParquetError> {
        self.end_batch()?;
        self.writer.close().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use parquet::basic::LogicalType;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;
    use crate::output::columns;

    const ROW: &str = r#"{"item_id":"a","processed_at":"2026-01-01T00:00:00Z","output_metadata":{"pages":3},"job_config":{"parameters":{"tier":"agentic"}},"new":1}"#;

    fn written(names: &[&str]) -> SerializedFileReader<File> {
        let mut rows = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut rows, format!("{ROW}\n").as_bytes()).unwrap();
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut table = tempfile::tempfile().unwrap();
        write(rows.path(), &columns::selected(&names).unwrap(), &mut table).unwrap();
        SerializedFileReader::new(table).unwrap()
    }

    #[test]
    fn json_columns_have_the_logical_type_and_texts_do_not() {
        let reader = written(&[]);
        let schema = reader.metadata().file_metadata().schema_descr();
        for (at, column) in columns::COLUMNS.iter().enumerate() {
            let field = schema.root_schema().get_fields()[at].get_basic_info();
            assert_eq!(field.name(), column.name);
            let is_json = field.logical_type_ref() == Some(&LogicalType::Json);
            assert_eq!(
                is_json,
                column.kind == columns::Type::Json,
                "{}",
                column.name
            );
        }
    }

    #[test]
    fn columns_are_those_that_are_named_in_their_order() {
        let reader = written(&["parameters_tier", "item_id", "extra"]);
        let row = reader.get_row_iter(None).unwrap().next().unwrap().unwrap();
        let cells: Vec<_> = row
            .get_column_iter()
            .map(|(name, field)| (name.clone(), field.clone()))
            .collect();
        let text = |text: &str| Field::Str(text.to_owned());
        let expected = [
            ("parameters_tier".to_owned(), text("agentic")),
            ("item_id".to_owned(), text("a")),
            ("extra".to_owned(), text("{\"new\":1}")),
        ];
        assert_eq!(cells, expected);
    }
}
