//! A history as rows: CSV, TSV, or lines of JSON with some columns.
//!
//! Cells are texts and numbers as they are, times in UTC, and JSON for everything that has structure.

use std::io::{IsTerminal, stdout};

use processing_results::types::{ItemProcessingResults, Timestamp};
use processing_results_contract::text::is_invisible;

use super::columns::{self, Column, Type};
use super::json;
use super::members::Members;
use crate::exit::{Exit, Failure};
use crate::text::escaped;

/// The mark by which spreadsheets recognize UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();
/// Characters with which a spreadsheet takes a cell for a formula, in the forms that it accepts for them.
const FORMULA: &[char] = &[
    '=', '＝', '﹦', '⁼', '₌', '+', '＋', '﹢', '⁺', '₊', '-', '－', '﹣', '−', '⁻', '₋', '@',
    '＠', '﹫',
];

/// How cells are separated.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Dialect {
    /// RFC 4180, with a ' before what a spreadsheet would take for a formula.
    Csv,
    /// Without quotes: tabs, line breaks and backslashes are escaped.
    Tsv,
    /// An object a line, in which a column without a value is null.
    Ndjson,
    /// Columns with types, made of lines when all of them are there.
    Parquet,
}

/// The columns in their order, and how they are written.
pub(crate) struct Table {
    pub(super) has_bom: bool,
    pub(super) dialect: Dialect,
    pub(super) columns: Vec<&'static Column>,
}

impl Table {
    /// The line above the rows.
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

    /// One row a result, made of the line that NDJSON has for it.
    pub(crate) fn rows(
        &self,
        history: &ItemProcessingResults,
        reveal: bool,
    ) -> Result<Vec<u8>, Failure> {
        let lines = json::lines_with_location(history, reveal)?;
        if self.dialect == Dialect::Ndjson {
            let rows = lines.lines().filter_map(Members::read);
            return Ok(rows
                .map(|row| self.object(&row))
                .collect::<String>()
                .into_bytes());
        }
        let rows = lines.lines().filter_map(|line| {
            let row = Members::read(line)?;
            Some(
                self.columns
                    .iter()
                    .map(move |column| cell(column, &row))
                    .collect(),
            )
        });
        self.written(rows)
    }

    /// The columns as members of an object, with the JSON of the row.
    fn object(&self, row: &Members<'_>) -> String {
        let members = self.columns.iter().map(|column| {
            let value = columns::value(column, row).unwrap_or("null".into());
            format!("\"{}\":{value}", column.name)
        });
        format!("{{{}}}\n", members.collect::<Vec<_>>().join(","))
    }

    /// Rows of cells in this dialect. On a terminal, characters that act on it are escaped.
    fn written(&self, rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, Failure> {
        let failed = |error: &dyn std::error::Error| {
            Failure::new(Exit::Output, format!("the rows cannot be written: {error}"))
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
        // With room for everything: at each end of its buffer, the writer looks through the rest of a cell again.
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

/// The text of a cell: texts as they are, times in UTC, everything else as JSON.
fn cell(column: &Column, row: &Members<'_>) -> String {
    let Some(json) = columns::value(column, row) else {
        return String::new();
    };
    let text = match column.kind {
        Type::Text => serde_json::from_str::<String>(&json).ok(),
        Type::Time => {
            let time = serde_json::from_str::<Timestamp>(&json);
            time.map(|time| time.get().to_string()).ok()
        }
        _ => None,
    };
    text.unwrap_or_else(|| json.into_owned())
}

/// Not a formula to a spreadsheet, whatever script it is in and whatever invisible comes first.
/// Taking one ' away from what begins with it gives the text back, since it is put before those too.
fn neutralized(text: String) -> String {
    let is_ignored = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\'';
    let rest = text.trim_start_matches(is_ignored);
    let is_number = rest.len() == text.len() && text.parse::<f64>().is_ok();
    match rest.starts_with(FORMULA) && !is_number {
        true => format!("'{text}"),
        false => text,
    }
}

/// Escapes what would end a cell or a row.
fn tsv(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\t', "\\t");
    text.replace('\n', "\\n").replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
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
        let time = |len: usize, cell: fn(usize) -> String| {
            let best = (0..3).map(|_| {
                let cell = cell(len);
                let began = std::time::Instant::now();
                assert!(table.written([vec![cell]]).unwrap().len() > len);
                began.elapsed()
            });
            best.min().unwrap()
        };
        // What needs quotes is found at the beginning, everywhere, and at the end alone.
        let cells: [fn(usize) -> String; 3] = [
            |len| format!("\"{}", "x".repeat(len)),
            |len| "\"x".repeat(len / 2),
            |len| "x".repeat(len) + ",",
        ];
        for cell in cells {
            let (short, long) = (time(1 << 20, cell), time(1 << 23, cell));
            assert!(long < short * 24, "{short:?} for 1 MiB, {long:?} for 8 MiB");
        }
    }
}
