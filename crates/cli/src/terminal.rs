//! The terminal: its width, and whether it has colors.
//!
//! A pipe has no width: what goes into one is neither wrapped nor shortened. `COLUMNS` gives it one, which is how tests
//! and scripts get the output of a terminal.

use clap::ValueEnum;

/// Width of help texts where there is no terminal.
const DEFAULT_WIDTH: usize = 120;
/// The least width that is used: in a narrower terminal, the terminal breaks lines.
const NARROWEST: usize = 36;

/// When texts have colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    // On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// Sets whether standard output and standard error have colors, before anything is printed.
pub(crate) fn set_color(color: Color) {
    let has_colors = match color {
        // The crate `console` has looked at the terminal and at `NO_COLOR`.
        Color::Auto => return,
        Color::Always => true,
        Color::Never => false,
    };
    console::set_colors_enabled(has_colors);
    console::set_colors_enabled_stderr(has_colors);
}

/// The width for help texts, which are wrapped in a pipe too.
pub(crate) fn width() -> usize {
    limit().unwrap_or(DEFAULT_WIDTH)
}

/// The width from `COLUMNS`, else that of the terminal; `None` for a file or a pipe, where nothing is wrapped or
/// shortened.
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
