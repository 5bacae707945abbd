//! Colors with a meaning, where standard output shows colors; and columns that are aligned in spite of them.

use console::{Alignment, Style, measure_text_width, pad_str};
use processing_results::JobType;

/// Space between two columns.
const GAP: &str = "  ";

/// The name of a job type in its color, which the pages have too.
pub(crate) fn job_type(job_type: &JobType, text: &str) -> String {
    let style = Style::new();
    let style = match job_type {
        JobType::Parse => style.blue(),
        JobType::Extract => style.green(),
        JobType::Classify => style.magenta(),
        _ => style.cyan(),
    };
    style.apply_to(text).to_string()
}

/// What matters less, such as the names of columns.
pub(crate) fn dim(text: &str) -> String {
    Style::new().dim().apply_to(text).to_string()
}

/// The name of an item.
pub(crate) fn bold(text: &str) -> String {
    Style::new().bold().apply_to(text).to_string()
}

/// What costs something: repeats.
pub(crate) fn warning(text: &str) -> String {
    Style::new().yellow().apply_to(text).to_string()
}

/// An old value in `diff`.
pub(crate) fn removed(text: &str) -> String {
    Style::new().red().apply_to(text).to_string()
}

/// A new value in `diff`.
pub(crate) fn added(text: &str) -> String {
    Style::new().green().apply_to(text).to_string()
}

/// The width of a text on a terminal: colors take none, and Chinese characters two columns.
pub(crate) fn width(text: &str) -> usize {
    measure_text_width(text)
}

/// A text with spaces behind it up to this width. A wider one is left as it is.
pub(crate) fn padded(text: &str, width: usize) -> String {
    pad_str(text, width, Alignment::Left, None).into_owned()
}

/// Rows of cells as lines of columns. A cell is never broken or cut; the last one is not padded.
pub(crate) fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| width(cell)).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..count).map(widest).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths);
        let cells = cells.map(|(cell, width)| padded(cell, *width));
        let line = cells.collect::<Vec<_>>().join(GAP);
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_cells_on_a_terminal() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let wide = Style::new()
            .red()
            .force_styling(true)
            .apply_to("請求")
            .to_string();
        let lines = columns(&[row(["a", "long text", "x"]), row([&wide, "", ""])]);
        assert_eq!(lines[0], "a     long text  x");
        assert_eq!(width(&lines[1]), 4);
    }
}
