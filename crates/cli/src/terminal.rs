//! Columns on a terminal, as wide as it is.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

/// Width where nobody says otherwise: output that goes to a file, mostly.
const DEFAULT_WIDTH: usize = 120;
/// Below this, lines are left to the terminal to break.
const NARROWEST: usize = 36;
/// Space between two columns.
pub(crate) const GAP: usize = 2;
/// Space in front of what belongs to the line above: an empty column and a gap.
pub(crate) const INDENT: usize = 1 + GAP;

/// What the caller says, else what the terminal says.
pub(crate) fn width() -> usize {
    let said = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let found =
        || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0.into());
    let width = said
        .filter(|width| (1..=10_000).contains(width))
        .or_else(found);
    width.unwrap_or(DEFAULT_WIDTH).max(NARROWEST)
}

/// Texts side by side, each within its width, on as many lines as they need.
pub(crate) fn lines(cells: &[(usize, &str)]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::MAX);
    table.add_row(cells.iter().map(|(_, text)| text));
    let last = cells.len().saturating_sub(1);
    for (at, (column, (width, _))) in table.column_iter_mut().zip(cells).enumerate() {
        let gap = if at == last { 0 } else { GAP };
        let width = u16::try_from(width + gap).unwrap_or(u16::MAX);
        column.set_padding((0, u16::try_from(gap).unwrap_or_default()));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    table
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

/// A line below a headline.
pub(crate) fn rule(width: usize) -> String {
    "─".repeat(width) + "\n"
}
