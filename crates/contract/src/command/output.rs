//! Text on its way to a terminal.
//!
//! Contracts, responses and pages are written by others, and a file name or a description may have characters that clear
//! the screen or hide what stands behind them. So nothing is printed but through these functions:
//!
//! ```text
//! Item.a<ESC>[2J: unknown field        is printed as        Item.a\u{1b}[2J: unknown field
//! ```

use super::outcome::{Exit, Failure};
use crate::text;
use serde_json::Value;
use std::io::{self, Write as _};

/// Whether a character acts on a terminal, rather than being shown: control characters, and those that cannot be seen,
/// or reverse what is shown around them.
fn is_active(letter: char) -> bool {
    letter.is_control() || text::is_invisible(letter)
}

/// The text with escapes in place of active characters.
pub(super) fn escaped(line: &str) -> String {
    text::escaped(line, is_active)
}

/// The text with escapes in place of active characters other than the ends of its lines.
pub(super) fn escaped_lines(lines: &str) -> String {
    lines.lines().map(|line| escaped(line) + "\n").collect()
}

/// JSON with escapes in place of active characters. It is the same JSON.
pub(super) fn escaped_json(json: &str) -> String {
    text::escaped_json(json, is_active)
}

/// A JSON value as text that can be printed.
pub(super) fn json_text(value: &Value) -> String {
    escaped_json(&format!("{value:#}\n"))
}

/// Writes to standard output. A reader who has left is no failure.
pub(super) fn print(output: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(output.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure {
            exit: Exit::Found,
            message: format!("the output cannot be written: {error}"),
        }),
        _ => Ok(()),
    }
}

/// Writes a line to standard error; if that is closed, there is nobody to read it.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", escaped(line));
}

/// A count with its noun: `no findings`, `1 finding`, `2 findings`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    let things = text::noun(u64::try_from(count).unwrap_or(u64::MAX), thing);
    match count {
        0 => format!("no {things}"),
        count => format!("{count} {things}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, escaped_json};

    #[test]
    fn active_characters_are_escaped_and_others_are_not() {
        assert_eq!(
            escaped("a\u{1b}[31m\n\u{9b}\u{202e}\u{61c}\u{200b}\u{2800}\u{e0041}é ✓"),
            r"a\u{1b}[31m\n\u{9b}\u{202e}\u{61c}\u{200b}\u{2800}\u{e0041}é ✓"
        );
    }

    #[test]
    fn escaped_json_is_the_same_json() {
        let json = "{\"a\u{7f}\u{9b}\u{e0041}\": \"\u{202e}\u{200b}\\n\"}";
        let safe = escaped_json(json);
        assert!(safe.is_ascii());
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(&safe), value(json));
    }
}
