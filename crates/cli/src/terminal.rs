//! The terminal: its width, and whether it has colors.
//!
//! A pipe has no width: what goes into one is neither wrapped nor shortened. `COLUMNS` gives it one, which is how tests
//! and scripts get the output of a terminal.

use clap::{ColorChoice, ValueEnum};

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
        // For `console` it would be less than `CLICOLOR_FORCE`, but not for clap.
        Color::Auto if std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty()) => false,
        // The crate `console` has looked at the terminal and at other variables.
        Color::Auto => return,
        Color::Always => true,
        Color::Never => false,
    };
    console::set_colors_enabled(has_colors);
    console::set_colors_enabled_stderr(has_colors);
}

/// When help and errors about the command line have colors: they are printed when `--color` has not been read yet, or
/// not rightly.
pub(crate) fn color_of_help() -> ColorChoice {
    let args: Vec<_> = std::env::args_os()
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    let values = args.iter().zip(args.iter().skip(1));
    let apart = values
        .filter(|(name, _)| *name == "--color")
        .map(|(_, value)| value.as_str());
    let joined = args.iter().filter_map(|arg| arg.strip_prefix("--color="));
    match joined
        .chain(apart)
        .find_map(|value| Color::from_str(value, true).ok())
    {
        Some(Color::Always) => ColorChoice::Always,
        Some(Color::Never) => ColorChoice::Never,
        Some(Color::Auto) | None => ColorChoice::Auto,
    }
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
