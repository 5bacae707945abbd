//! The ledger: each difference between vendor and contract that is meant to be, one row of a table in
//! `openapi/README.md`.
//!
//! ```text
//! | where | source | vendor | contract | since | evidence |
//! |---|---|---|---|---|---|
//! | `Item.id` | document | `string uuid` | `string` | 2026-03-01 | the service has ids that are no UUIDs |
//! ```
//!
//! A row explains a difference that says the same of the same place, to the letter. When the vendor changes its mind,
//! the row explains nothing any more and is reported as outdated; so the ledger can't hide a change that came later.
//! Rows that wait for another decision are not outdated.

use super::difference::{Disagreement, Facet, Source};
use super::row::LedgerRow;
use super::walk::Compared;
use std::collections::BTreeMap;

/// How a table of the ledger begins. A table with another head is prose to this file.
const HEADER: &str = "| where | source | vendor | contract | since | evidence |";
const SEPARATOR: &str = "|---|---|---|---|---|---|";

/// The file, with the rows in it. Lines are kept as they are, since people write around the tables.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    lines: Vec<String>,
    pub(crate) rows: Vec<LedgerRow>,
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

    /// The differences that nobody meant, and the rows that explain nothing. A row about something that differs
    /// completely, or that was not compared since what is around it does, waits for that decision. Defaults need no row.
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
