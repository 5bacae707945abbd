//! Where the slip behind a syntax error is likely to be.

use crate::finding::Position;

/// What to do about a syntax error that the parser met on this line, the first being 1.
pub(super) fn help(text: &str, line: usize) -> &'static str {
    // The parser often stops at the line below the slip.
    let near = |back: usize| {
        text.lines()
            .nth(line.saturating_sub(1 + back))
            .unwrap_or_default()
    };
    if near(0).trim_start_matches(' ').starts_with('\t') {
        "indent with spaces; YAML takes no tabs"
    } else if near(0).matches(": ").count() > 1 {
        "put a text that contains `: ` in quotes, or below its key after `>-`"
    } else {
        "look at the indentation and the quotes of this line and the one above it"
    }
}

/// The first quote above a line that does not close on its own line. The parser reads on to the next quote of its
/// kind and stops there, which may be far away.
pub(super) fn open_quote(text: &str, before: usize) -> Option<Position> {
    text.lines()
        .take(before)
        .enumerate()
        .find_map(|(index, line)| {
            let value = line.trim_start().trim_start_matches("- ");
            let value = value
                .split_once(": ")
                .map_or(value, |(_, value)| value)
                .trim_start();
            let quote = value
                .chars()
                .next()
                .filter(|first| ['"', '\''].contains(first))?;
            let escaped = value.replace("\\\"", "").replace("''", "");
            (escaped.matches(quote).count() % 2 == 1).then(|| Position {
                line: index + 1,
                column: line.chars().count() - value.chars().count() + 1,
            })
        })
}

#[cfg(test)]
mod tests {
    use super::open_quote;
    use crate::finding::Position;

    #[test]
    fn the_quote_that_does_not_close_on_its_line_is_found() {
        let text = "a: 'it''s'\nb:\n  - \"x \\\" y\"\n  - c: \"d\n  e: 1\n";
        assert_eq!(open_quote(text, 5), Some(Position { line: 4, column: 8 }));
        assert_eq!(open_quote(text, 3), None);
        assert_eq!(open_quote("a: it's\n", 1), None);
    }
}
