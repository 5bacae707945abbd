//! Rows as a Parquet file: columns with types, one group of rows after the other.

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

use crate::output::columns::{self, COLUMNS};
use crate::output::members::Members;
use cells::{Cells, field};

/// Bytes of rows that are turned into columns at a time.
const BATCH: usize = 1 << 18;
/// Bytes of columns in memory, or rows, from which on a group of rows is written: enough for readers to skip and to
/// share out, and the same memory however many there are.
const GROUP: usize = 8 << 20;
const GROUP_ROWS: usize = 20_000;

/// Writes the rows of a file of lines.
pub(super) fn write(rows: &Path, to: &mut File) -> io::Result<()> {
    let mut table = Table::new(to).map_err(io::Error::other)?;
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

struct Table<'a> {
    schema: Arc<Schema>,
    cells: Vec<Cells>,
    writer: ArrowWriter<&'a mut File>,
}

impl<'a> Table<'a> {
    fn new(to: &'a mut File) -> Result<Self, ParquetError> {
        let schema = Arc::new(Schema::new(COLUMNS.iter().map(field).collect::<Vec<_>>()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        Ok(Table {
            writer: ArrowWriter::try_new(to, Arc::clone(&schema), Some(properties))?,
            schema,
            cells: COLUMNS
                .iter()
                .map(|column| Cells::new(column.kind))
                .collect(),
        })
    }

    fn push(&mut self, line: &str) -> io::Result<()> {
        let row: Members = serde_json::from_str(line)?;
        for (column, cells) in COLUMNS.iter().zip(&mut self.cells) {
            cells.push(columns::value(column, &row).as_deref());
        }
        Ok(())
    }

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

    fn finish(mut self) -> Result<(), ParquetError> {
        self.end_batch()?;
        self.writer.close().map(drop)
    }
}
