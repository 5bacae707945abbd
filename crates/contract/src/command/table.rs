//! Tables for a terminal, as wide as it is.
//!
//! ```text
//! component         size      description            in a narrow terminal:
//! ──────────────────────────────────────────         ─────────────────────
//! JobConfig         2 parts   How a job is           JobConfig  2 parts
//!                             configured.               How a job is configured.
//! ```
//!
//! Widths are counted in characters, and only the last column is wrapped, as it has the prose.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

/// Width where nothing says otherwise: output that goes to a file, mostly.
const DEFAULT_WIDTH: usize = 120;
/// Below this, lines are left to the terminal to break.
const MIN_WIDTH: usize = 36;
/// Width from which there is room for the last column beside the others.
const WIDE: usize = 100;
/// Columns other than the last are no wider than this, so that descriptions have room.
const MAX_COLUMN: usize = 40;
/// Spaces between two columns.
const GAP: usize = 2;

/// How wide a line may be: what the variable `COLUMNS` says, else what the terminal says.
fn width() -> usize {
    let said = std::env::var("COLUMNS").ok();
    let said = said.and_then(|text| text.trim().parse().ok());
    let found = || terminal_size::terminal_size().map(|(width, _)| width.0.into());
    let width = said
        .filter(|width| (1..=10_000).contains(width))
        .or_else(found);
    width.unwrap_or(DEFAULT_WIDTH).max(MIN_WIDTH)
}

/// Rows below a headline. In a narrow terminal the last column goes below the rest.
pub(super) fn columns<const N: usize>(labels: [&str; N], rows: &[[String; N]]) -> String {
    let width = width();
    let rule = "─".repeat(width) + "\n";
    if width < WIDE {
        return rule
            + &rows
                .iter()
                .map(|row| stacked(row, width))
                .collect::<String>();
    }
    let mut widths = [0; N];
    for (column, label) in labels.iter().enumerate().take(N - 1) {
        let cells = rows.iter().map(|row| row[column].chars().count());
        let widest = cells.max().unwrap_or_default().max(label.chars().count());
        widths[column] = widest.clamp(1, MAX_COLUMN);
    }
    widths[N - 1] = width - widths.iter().map(|width| width + GAP).sum::<usize>() + GAP;
    let headline = grid(&widths, [labels.map(str::to_owned)].iter());
    headline + &rule + &grid(&widths, rows.iter())
}

/// A text on as many lines as it needs.
pub(super) fn wrapped(text: &str) -> String {
    grid(&[width()], [[text.to_owned()]].iter())
        .trim_end()
        .to_owned()
}

/// Empty cells are left out.
fn stacked<const N: usize>(row: &[String; N], width: usize) -> String {
    let (last, head) = row
        .split_last()
        .map_or(("", &row[..]), |(last, head)| (last.as_str(), head));
    let head = head.iter().filter(|cell| !cell.is_empty()).cloned();
    let head = grid(&[width], [[head.collect::<Vec<_>>().join("  ")]].iter());
    match last {
        "" => head,
        text => {
            head + &grid(
                &[1, width - 1 - GAP],
                [[String::new(), text.to_owned()]].iter(),
            )
        }
    }
}

/// Rows in columns of these widths, without lines between them and without spaces at the ends.
fn grid<'r, const N: usize>(
    widths: &[usize; N],
    rows: impl Iterator<Item = &'r [String; N]>,
) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::MAX);
    table.add_rows(rows);
    for (at, (column, width)) in table.column_iter_mut().zip(widths).enumerate() {
        let gap = if at + 1 == N { 0 } else { GAP };
        let fit = |width: usize| u16::try_from(width).unwrap_or(u16::MAX);
        column.set_padding((0, fit(gap)));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(fit(width + gap))));
    }
    table
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}
