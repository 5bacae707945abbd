//! The ledger: each difference between vendor and contract that is meant to be, one row of a table in
//! `openapi/README.md`.

use super::difference::{Disagreement, Facet, Source};
use super::walk::Compared;
use std::collections::BTreeMap;

/// How a table of the ledger begins.
const HEADER: &str = "| where | source | vendor | contract | since | evidence |";
const SEPARATOR: &str = "|---|---|---|---|---|---|";
const CELLS: usize = 6;

/// Stands for any place.
const ANYWHERE: &str = "*";

/// A row, which explains the differences that say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LedgerRow {
    /// The line in the file, from 1; 0 for a new row.
    pub(crate) line: usize,
    pub(crate) place: String,
    pub(crate) source: Source,
    pub(crate) theirs: String,
    pub(crate) ours: String,
}

/// The file, with the rows in it.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    lines: Vec<String>,
    pub(crate) rows: Vec<LedgerRow>,
}

impl Source {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Source::Document => "document",
            Source::Page => "page",
        }
    }
}

impl LedgerRow {
    pub(crate) fn new(source: Source, place: &str, theirs: &str, ours: &str) -> LedgerRow {
        let [place, theirs, ours] = [place, theirs, ours].map(cell);
        LedgerRow {
            line: 0,
            place,
            source,
            theirs,
            ours,
        }
    }

    pub(crate) fn of(source: Source, difference: &Disagreement) -> LedgerRow {
        LedgerRow::new(
            source,
            &difference.place,
            &difference.theirs,
            &difference.ours,
        )
    }

    fn explains(&self, source: Source, difference: &Disagreement) -> bool {
        self.source == source
            && (self.place == ANYWHERE || self.place == cell(&difference.place))
            && self.theirs == cell(&difference.theirs)
            && self.ours == cell(&difference.ours)
    }

    fn written(&self, since: &str, evidence: &str) -> String {
        let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
        let (place, theirs, ours) = (code(&self.place), code(&self.theirs), code(&self.ours));
        format!(
            "| {place} | {} | {theirs} | {ours} | {since} | {evidence} |",
            self.source.word()
        )
    }

    fn read(line: &str, number: usize) -> Result<LedgerRow, String> {
        let cells = line
            .trim()
            .strip_prefix('|')
            .and_then(|line| line.strip_suffix('|'))
            .unwrap_or_default();
        let cells: Vec<String> = cells
            .replace("\\|", "\0")
            .split('|')
            .map(|cell| plain(&cell.replace('\0', "|")))
            .collect();
        let [place, source, theirs, ours, _, _] = &cells[..] else {
            return Err(format!(
                "line {number} of the ledger has {} cells, and {CELLS} are needed",
                cells.len()
            ));
        };
        let source = match source.as_str() {
            "document" => Source::Document,
            "page" => Source::Page,
            _ => {
                return Err(format!(
                    "line {number} of the ledger has a source that is neither document nor page"
                ));
            }
        };
        Ok(LedgerRow {
            line: number,
            ..LedgerRow::new(source, place, theirs, ours)
        })
    }
}

impl Ledger {
    /// Reads all tables of the ledger; a row that is none is an error, since it would explain nothing in silence.
    pub(crate) fn read(text: &str) -> Result<Ledger, String> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (mut rows, mut within) = (Vec::new(), 0);
        for (index, line) in lines.iter().enumerate() {
            within = match within {
                0 if line == HEADER => 1,
                0 => 0,
                _ if !line.starts_with('|') => 0,
                // The separator below the header.
                1 => 2,
                _ => {
                    rows.push(LedgerRow::read(line, index + 1)?);
                    2
                }
            };
        }
        Ok(Ledger { lines, rows })
    }

    /// The differences that nobody meant, and the rows that explain nothing. A row about something that differs as a
    /// whole, or that was not compared since what is around it does, waits for that to be decided.
    pub(crate) fn explain<'d, 'm, 'a>(
        &self,
        source: Source,
        compared: &'d Compared<'m, 'a>,
    ) -> (Vec<&'d Disagreement<'m, 'a>>, Vec<&LedgerRow>) {
        let all = &compared.differences;
        let is_explained = |difference: &&Disagreement| {
            self.rows.iter().any(|row| row.explains(source, difference))
        };
        let open = all
            .iter()
            .filter(|difference| difference.facet != Facet::Default);
        let open: Vec<&Disagreement> = open
            .filter(|difference| !is_explained(difference))
            .collect();
        let waits = |row: &LedgerRow| {
            let component = row.place.split(['.', ' ', '[']).next().unwrap_or_default();
            compared.skipped.contains(component)
                || open.iter().any(|difference| difference.place == row.place)
        };
        let explains = |row: &LedgerRow| {
            all.iter()
                .any(|difference| row.explains(source, difference))
        };
        let stale = self
            .rows
            .iter()
            .filter(|row| row.source == source && !explains(row) && !waits(row))
            .collect();
        (open, stale)
    }

    /// The file without some rows and with others, each below the last of its source; in a table of its own where there
    /// is none.
    pub(crate) fn edited(
        &self,
        gone: &[LedgerRow],
        new: &[(LedgerRow, String)],
        since: &str,
    ) -> String {
        let mut below: BTreeMap<Option<usize>, Vec<String>> = BTreeMap::new();
        for (row, evidence) in new {
            let written = row.written(since, evidence);
            below
                .entry(self.last(row.source))
                .or_default()
                .push(written);
        }
        let mut lines = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let number = index + 1;
            if !gone.iter().any(|row| row.line == number) {
                lines.push(line.as_str());
            }
            let added = below.get(&Some(number)).into_iter().flatten();
            lines.extend(added.map(String::as_str));
        }
        if let Some(added) = below.get(&None) {
            lines.extend([HEADER, SEPARATOR]);
            lines.extend(added.iter().map(String::as_str));
        }
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// The line of the last row of a source, or of any, or of the separator below the header.
    fn last(&self, source: Source) -> Option<usize> {
        let own = self.rows.iter().rfind(|row| row.source == source);
        let row = own.or(self.rows.last()).map(|row| row.line);
        row.or_else(|| Some(self.lines.iter().position(|line| line == HEADER)? + 2))
    }
}

/// A text of others as the ledger has it: nothing in it ends the cell's code or the line.
fn cell(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_control());
    let text: String = letters.collect();
    text.replace('`', "'").trim().to_owned()
}

/// A cell without the marks of code.
fn plain(cell: &str) -> String {
    cell.trim().trim_matches('`').to_owned()
}
