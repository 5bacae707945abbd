//! A history as rows with columns: CSV, TSV, or NDJSON with `--fields`.
//!
//! A cell has a text or a number as it is, a time in UTC, and JSON for everything that has structure. A cell without a
//! value is empty. Rows are made from the lines of NDJSON, so that all formats have the same values and the same masking.

use std::io::{IsTerminal, stdout};

use clap::ValueEnum;
use processing_results::types::{ItemProcessingResults, Timestamp};
use processing_results_contract::text::is_invisible;
use serde::{Deserialize, Serialize};

use super::columns::{Column, RowValues, Type};
use super::json;
use crate::exit::Failure;
use crate::mask::Masker;
use crate::text::escaped;

/// The byte order mark, by which spreadsheets recognize UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();
/// Characters with which a spreadsheet takes a cell for a formula, in all forms that it accepts (full width, small,
/// superscript, subscript).
const FORMULA: &[char] = &[
    '=', '＝', '﹦', '⁼', '₌', '+', '＋', '﹢', '⁺', '₊', '-', '－', '﹣', '−', '⁻', '₋', '@',
    '＠', '﹫',
];

// The variants have no doc comments, from which clap would make a line of help each.
/// How rows are written. In the journal of an export, the names are in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Dialect {
    // As in RFC 4180, with a `'` before what a spreadsheet would take for a formula.
    Csv,
    // Separated by tabs, without quotes: tabs, line breaks and backslashes are escaped.
    Tsv,
    // An object per line, in which a column without a value is null.
    Ndjson,
    // Typed columns, which are made from lines when all of them are there.
    Parquet,
}

/// The columns in their order, and how rows are written.
pub(crate) struct Table {
    /// Whether the output begins with a byte order mark.
    pub(super) has_bom: bool,
    pub(super) dialect: Dialect,
    pub(super) columns: Vec<&'static Column>,
}

impl Table {
    /// The names of the columns, as the first line of CSV and TSV; nothing in NDJSON.
    pub(crate) fn header(&self) -> Result<Vec<u8>, Failure> {
        if self.dialect == Dialect::Ndjson {
            return Ok(Vec::new());
        }
        let names = self.columns.iter().map(|column| column.name.to_owned());
        let header = self.written([names.collect::<Vec<_>>()])?;
        Ok(match self.has_bom {
            true => [BOM, &header].concat(),
            false => header,
        })
    }

    /// A row for each result, in the service's order.
    pub(crate) fn rows(
        &self,
        history: &ItemProcessingResults,
        masker: &mut Masker<'_>,
        reveal: bool,
    ) -> Result<Vec<u8>, Failure> {
        let lines = json::lines_with_location(history, masker, reveal)?;
        if self.dialect == Dialect::Ndjson {
            let rows = lines.lines().filter_map(RowValues::read);
            return Ok(rows
                .map(|row| self.object(&row))
                .collect::<String>()
                .into_bytes());
        }
        let rows = lines.lines().filter_map(|line| {
            let row = RowValues::read(line)?;
            Some(
                self.columns
                    .iter()
                    .map(|column| cell(column, &row))
                    .collect(),
            )
        });
        self.written(rows)
    }

    /// A row of NDJSON: the columns as members of an object; a column without a value is null.
    fn object(&self, row: &RowValues<'_>) -> String {
        let members = self.columns.iter().map(|column| {
            let value = row.value(column).unwrap_or("null".into());
            format!("\"{}\":{value}", column.name)
        });
        format!("{{{}}}\n", members.collect::<Vec<_>>().join(","))
    }

    /// Rows of cells as CSV or TSV. On a terminal, characters that act on it are escaped; in a file, cells are exact.
    fn written(&self, rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, Failure> {
        let failed = |error: &dyn std::error::Error| {
            Failure::output(format!("the rows cannot be written: {error}"))
        };
        let is_terminal = stdout().is_terminal();
        let shown = |cell: String| if is_terminal { escaped(&cell) } else { cell };
        if self.dialect == Dialect::Tsv {
            let rows = rows.into_iter().map(|row| {
                let cells: Vec<_> = row.into_iter().map(|cell| shown(tsv(&cell))).collect();
                cells.join("\t") + "\n"
            });
            return Ok(rows.collect::<String>().into_bytes());
        }
        let rows: Vec<Vec<_>> = rows
            .into_iter()
            .map(|row| row.into_iter().map(neutralized).map(shown).collect())
            .collect();
        // With room for everything: each time its buffer is full, the writer looks through the rest of the cell again, which
        // takes quadratic time for long cells.
        let len: usize = rows.iter().flatten().map(|cell| 2 * cell.len() + 3).sum();
        let mut writer = csv::WriterBuilder::new()
            .buffer_capacity(len.max(1))
            .from_writer(Vec::new());
        for row in rows {
            writer.write_record(row).map_err(|error| failed(&error))?;
        }
        writer.into_inner().map_err(|error| failed(&error))
    }
}

/// The text of a cell. A value that does not have the type of its column is written as JSON.
fn cell(column: &Column, row: &RowValues<'_>) -> String {
    let Some(json) = row.value(column) else {
        return String::new();
    };
    let text = match column.kind {
        Type::Text => serde_json::from_str::<String>(&json).ok(),
        Type::Time => {
            let text = serde_json::from_str::<String>(&json).ok();
            // What is no time stays the text that it is.
            text.map(|text| match text.parse::<Timestamp>() {
                Ok(time) => time.get().to_string(),
                Err(_) => text,
            })
        }
        _ => None,
    };
    text.unwrap_or_else(|| json.into_owned())
}

/// The text of a cell with a `'` before it, if a spreadsheet would take it for a formula: `=HYPERLINK(...)` in the name
/// of a file would run in the reader's spreadsheet. Spaces and invisible characters before the `=` make no difference.
///
/// Numbers such as `-0.5` stay as they are. A text that begins with `'` before a formula gets another one, so that taking
/// one away always gives the text back.
fn neutralized(text: String) -> String {
    let is_ignored = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\'';
    let rest = text.trim_start_matches(is_ignored);
    let is_number = rest.len() == text.len() && text.parse::<f64>().is_ok();
    match rest.starts_with(FORMULA) && !is_number {
        true => format!("'{text}"),
        false => text,
    }
}

/// The text that became this cell of CSV: without the `'` that was put before a formula.
pub(crate) fn restored(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'');
    rest.filter(|rest| neutralized((*rest).to_owned()) == cell)
        .unwrap_or(cell)
}

/// The text that became this cell of TSV.
pub(crate) fn untabbed(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell.chars();
    while let Some(c) = rest.next() {
        text.push(match c {
            '\\' => match rest.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or(c),
            },
            c => c,
        });
    }
    text
}

/// A cell of TSV: what would end a cell or a row is escaped as in JSON.
fn tsv(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\t', "\\t");
    text.replace('\n', "\\n").replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::super::columns;
    use super::*;

    #[test]
    fn formulas_of_every_script_are_neutralized_and_nothing_else() {
        for formula in [
            "=1+1",
            "＝1",
            " =1",
            "\u{a0}=1",
            "\u{200b}@x",
            "\t=1",
            "'=1",
            "-x/report.md",
            "−1+2",
            "+1 5",
        ] {
            assert_eq!(neutralized(formula.to_owned()), format!("'{formula}"));
        }
        for text in ["", "a=1", "'quoted", "-0.5", "+1", "größe.pdf", "\u{200b}x"] {
            assert_eq!(neutralized(text.to_owned()), text);
        }
    }

    #[test]
    fn rows_give_back_what_they_were_given() {
        let column = columns::selected(&["item_name".to_owned(), "output_key".to_owned()]).unwrap();
        for dialect in [Dialect::Csv, Dialect::Tsv] {
            let table = Table {
                has_bom: false,
                dialect,
                columns: column.clone(),
            };
            let cells = ["a\nb", r"a\nb", "a\tb", "a\"b,c", "דוח\u{200f}.md", ""];
            let rows = cells.map(|cell| vec![cell.to_owned(), "x".to_owned()]);
            let text = String::from_utf8(table.written(rows).unwrap()).unwrap();
            let read: Vec<_> = match dialect {
                Dialect::Csv => csv::ReaderBuilder::new()
                    .has_headers(false)
                    .from_reader(text.as_bytes())
                    .records()
                    .map(|row| row.unwrap()[0].to_owned())
                    .collect(),
                _ => text
                    .lines()
                    .map(|line| line.split('\t').next().unwrap().to_owned())
                    .collect(),
            };
            let expected = cells.map(|cell| match dialect {
                Dialect::Csv => cell.to_owned(),
                _ => tsv(cell),
            });
            assert_eq!(read, expected);
        }
    }

    #[test]
    fn fields_are_selected_by_name() {
        let names = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        let columns = columns::selected(&names("processed_at,item_id")).unwrap();
        assert_eq!(
            columns.iter().map(|it| it.name).collect::<Vec<_>>(),
            ["processed_at", "item_id"]
        );
        let failure = columns::selected(&names("item_id,nope")).err().unwrap();
        assert!(
            failure
                .message()
                .starts_with("there is no field nope; there are item_id, ")
        );
    }

    #[test]
    fn a_long_cell_takes_time_in_proportion_to_its_length() {
        let table = Table {
            has_bom: false,
            dialect: Dialect::Csv,
            columns: columns::selected(&[]).unwrap(),
        };
        // What needs quotes is found at the beginning, everywhere, and at the end alone.
        let cells: [fn(usize) -> String; 3] = [
            |len| format!("\"{}", "x".repeat(len)),
            |len| "\"x".repeat(len / 2),
            |len| "x".repeat(len) + ",",
        ];
        for cell in cells {
            let work = |len| assert!(table.written([vec![cell(len)]]).unwrap().len() > len);
            crate::linear::grows_linearly(work, 1 << 20);
        }
    }
}
