//! Lists of ids as CSV: the column with the ids, by the name in the header, or the only one.

use std::io::{BufRead, Cursor, Read};

use csv::StringRecord;

use super::super::names::{named, without};
use super::{IdList, checked};

/// What follows the last row: it is not a row itself where a quote is still open.
const END: &str = "\u{1e}";

impl<R: BufRead> IdList<R> {
    /// A table with a header, or a single column without one.
    pub(super) fn csv(
        self,
        delimiter: u8,
        take: &mut impl FnMut(String) -> bool,
    ) -> Result<(), String> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(
                Cursor::new(self.first)
                    .chain(self.rest)
                    .chain(Cursor::new(format!("\n{END}\n"))),
            );
        let mut column = None;
        for row in reader.records() {
            let row = row.map_err(|error| format!(" cannot be read: {error}"))?;
            let line = row.position().map_or(1, csv::Position::line) as usize;
            if is_end(&row, line)? {
                break;
            }
            let at = match column {
                Some(at) => at,
                None => {
                    let (at, is_header) = column_of(&row, self.column.as_deref())?;
                    column = Some(at);
                    if is_header {
                        continue;
                    }
                    at
                }
            };
            let id = row.get(at).unwrap_or_default().trim();
            if !id.is_empty() && !take(checked(id, line)?) {
                break;
            }
        }
        Ok(())
    }
}

/// Whether this row is what follows the last one; an error if it is in the row, since a quote is still open.
fn is_end(row: &StringRecord, line: usize) -> Result<bool, String> {
    match row.iter().next_back() {
        Some(END) if row.len() == 1 => Ok(true),
        Some(last) if last.ends_with(&format!("\n{END}\n")) => {
            Err(format!(", line {line} has a quote that does not end"))
        }
        _ => Ok(false),
    }
}

/// The position of the ids by the first row, and whether that row is a header. One column needs no name, unless
/// `--items-column` has one.
fn column_of(first: &StringRecord, column: Option<&str>) -> Result<(usize, bool), String> {
    match named(first.iter(), column) {
        Some(at) => Ok((at, true)),
        None if first.len() == 1 && column.is_none() => Ok((0, false)),
        None => Err(without(first.iter(), "column")),
    }
}
