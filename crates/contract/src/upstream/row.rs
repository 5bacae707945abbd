//! A row of the ledger: one difference that is meant to be.
//!
//! Cells are compared as they can be written: text of the vendor's may have a backtick or a line break in it, which would
//! end the cell. Both the row and the difference go through `cell`, so that they still agree.

use super::difference::{Disagreement, Source};

/// Stands for any place.
const ANYWHERE: &str = "*";

const CELLS: usize = 6;

/// A row, which explains the differences that say the same. The date and the evidence are for people, and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LedgerRow {
    /// The line in the file, from 1; 0 for a new row.
    pub(crate) line: usize,
    pub(crate) place: String,
    pub(crate) source: Source,
    pub(crate) theirs: String,
    pub(crate) ours: String,
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

    /// The row that would explain a difference.
    pub(crate) fn of(source: Source, difference: &Disagreement) -> LedgerRow {
        LedgerRow::new(
            source,
            &difference.place,
            &difference.theirs,
            &difference.ours,
        )
    }

    /// Whether this row is about a difference. `*` in place of a name is any place, as for a format that is left out
    /// wherever it occurs.
    pub(super) fn explains(&self, source: Source, difference: &Disagreement) -> bool {
        self.source == source
            && (self.place == ANYWHERE || self.place == cell(&difference.place))
            && self.theirs == cell(&difference.theirs)
            && self.ours == cell(&difference.ours)
    }

    /// The line of a new row. A bar within a cell is escaped, as Markdown has it.
    pub(super) fn written(&self, since: &str, evidence: &str) -> String {
        let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
        let (place, theirs, ours) = (code(&self.place), code(&self.theirs), code(&self.ours));
        format!(
            "| {place} | {} | {theirs} | {ours} | {since} | {evidence} |",
            self.source.word()
        )
    }

    /// Reads a line below the head of the table; an error names the line.
    pub(super) fn read(line: &str, number: usize) -> Result<LedgerRow, String> {
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
        let mut sources = [Source::Document, Source::Page].into_iter();
        let Some(source) = sources.find(|known| known.word() == source) else {
            return Err(format!(
                "line {number} of the ledger has a source that is neither document nor page"
            ));
        };
        Ok(LedgerRow {
            line: number,
            ..LedgerRow::new(source, place, theirs, ours)
        })
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
