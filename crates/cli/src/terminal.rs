//! The terminal: its width, and whether it has colors.
//!
//! A pipe has no width: what goes into one is neither wrapped nor cut.

use clap::ValueEnum;

/// Width where nobody says otherwise: output that goes to a file, mostly.
const DEFAULT_WIDTH: usize = 120;
/// Below this, lines are left to the terminal to break.
const NARROWEST: usize = 36;

/// When texts have colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// Decides once for both streams, before anything is printed.
pub(crate) fn set_color(color: Color) {
    let has_colors = match color {
        // The library that paints has looked at the terminal and at `NO_COLOR`.
        Color::Auto => return,
        Color::Always => true,
        Color::Never => false,
    };
    console::set_colors_enabled(has_colors);
    console::set_colors_enabled_stderr(has_colors);
}

/// The width of what is written to standard output, also where there is no terminal.
pub(crate) fn width() -> usize {
    limit().unwrap_or(DEFAULT_WIDTH)
}

/// The width that `COLUMNS` or the terminal says; none for a file or a pipe, where nothing is
/// wrapped or cut.
pub(crate) fn limit() -> Option<usize> {
    let said = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let found =
        || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0.into());
    let width = said
        .filter(|width| (1..=10_000).contains(width))
        .or_else(found);
    width.map(|width: usize| width.max(NARROWEST))
}
