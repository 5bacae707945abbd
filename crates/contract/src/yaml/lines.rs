//! The text of the file, line by line: what the parser takes without a word, or stops at too late.
//!
//! A quote that is not closed takes in all lines up to the next quote, and the parser complains far below. So
//! the lines are read here in a simpler way, which knows quotes, comments and blocks, and nothing else of YAML:
//!
//! ```yaml
//! description: "It's here
//! lang: en
//! name: "x"        # the parser stops here; `quotes` says line 1
//! ```
//!
//! Every function reads the text once.

use crate::finding::Position;
use crate::text::is_invisible;

/// A quoted text that begins a value.
pub(super) struct Quote {
    pub(super) start: Position,
    /// The line on which it closes; beyond the last one if it does not.
    pub(super) end: usize,
    /// Whether something else than a comment, a comma or a bracket follows it there.
    pub(super) goes_on: bool,
}

/// Every value that begins with a quote, outside of comments and blocks, in the order of the file.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    let mut number = 0;
    while let Some(line) = lines.get(number) {
        let value = value(line);
        let quote = value.chars().next().filter(|first| "\"'".contains(*first));
        if line.trim_start().starts_with('#') {
            number += 1;
        } else if value.starts_with(['|', '>']) {
            number = after_block(&lines, number);
        } else if let Some(quote) = quote {
            let column = line.chars().count() - value.chars().count() + 1;
            let (end, rest) = close(&lines, number, &value[1..], quote);
            let rest = rest.trim();
            found.push(Quote {
                start: Position {
                    line: number + 1,
                    column,
                },
                end: end + 1,
                goes_on: !(rest.is_empty() || rest.starts_with(['#', ',', ']', '}', ':'])),
            });
            number = end.max(number) + 1;
        } else {
            number += 1;
        }
    }
    found
}

/// What follows the key or the dash of a line.
fn value(line: &str) -> &str {
    let text = line.trim_start().trim_start_matches("- ");
    let value = text.split_once(": ").map_or(text, |(_, value)| value);
    value.trim_start()
}

/// The first line that is indented no further than the key of a block.
fn after_block(lines: &[&str], start: usize) -> usize {
    let own = indent(lines[start]);
    let rest = lines[start + 1..].iter();
    let inside = rest.take_while(|line| line.trim().is_empty() || indent(line) > own);
    start + 1 + inside.count()
}

/// The line on which a quote closes, and what follows it there; the number of lines and nothing if it never
/// closes.
///
/// `first` is what follows the opening quote on its own line. `\"` does not close a double quote, `''` not a
/// single one.
fn close<'t>(lines: &[&'t str], start: usize, first: &'t str, quote: char) -> (usize, &'t str) {
    let mut rest = first;
    for (at, line) in lines.iter().enumerate().skip(start) {
        if at > start {
            rest = line;
        }
        let mut letters = rest.char_indices().peekable();
        while let Some((index, letter)) = letters.next() {
            match (quote, letter) {
                ('"', '\\') => {
                    letters.next();
                }
                ('\'', '\'') if letters.peek().is_some_and(|(_, next)| *next == '\'') => {
                    letters.next();
                }
                _ if letter == quote => return (at, &rest[index + 1..]),
                _ => {}
            }
        }
    }
    (lines.len(), "")
}

/// How many spaces a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where a line begins behind its indentation.
pub(super) fn beginning(line: &str, number: usize) -> Position {
    Position {
        line: number,
        column: indent(line) + 1,
    }
}

/// The text without the spaces, line breaks and comments that it starts with.
pub(crate) fn without_comments(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some(comment) = text.strip_prefix('#') {
        let end = comment.find('\n').unwrap_or(comment.len());
        text = comment[end..].trim_start();
    }
    text
}

/// The first line of a merge conflict that was left in the file. Without this, the parser would call it a bad
/// key.
pub(super) fn conflict(text: &str) -> Option<Position> {
    let marks = ["<<<<<<< ", "||||||| ", ">>>>>>> "];
    let line = text
        .lines()
        .position(|line| line == "=======" || marks.iter().any(|mark| line.starts_with(mark)))?;
    Some(Position {
        line: line + 1,
        column: 1,
    })
}

/// Characters that cannot be seen, outside of comments: a zero-width space within a name makes another name.
/// The byte order mark at the beginning of a file is right.
pub(super) fn invisible(text: &str) -> Vec<(char, Position)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.is_ascii() || line.trim_start().starts_with('#') {
            continue;
        }
        for (column, letter) in line.chars().enumerate() {
            // A byte order mark may begin the file.
            let begins = index == 0 && column == 0 && letter == '\u{feff}';
            if is_invisible(letter) && !begins {
                let at = Position {
                    line: index + 1,
                    column: column + 1,
                };
                found.push((letter, at));
            }
        }
    }
    found
}
