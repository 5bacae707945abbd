//! Where the error behind a syntax error is likely to be, and what to do about it. The parser often stops
//! later.
//!
//! | the author wrote | here |
//! |---|---|
//! | `a: "b`, and more lines | a quote opens here that does not close on its line |
//! | a tab before a key | a tab indents this line |
//! | `a: %b` | a text cannot begin with this character |
//! | `a:b`, below other keys | a space is missing behind the `:` |
//! | `nullable true` | this is neither a key with a `:` nor an item with a `- ` |
//! | `a: b: c` | the parser's words, and to put it in quotes |
//!
//! The causes are tried from the surest to the least sure. If none fits, the parser's own words are passed on.

use super::lines::{Quote, beginning, quotes};
use super::repair::{self, Repair};
use crate::finding::Position;
use granit_parser::{ErrorKind, ScanError};

/// Characters that begin something else than a text, or nothing at all.
const INDICATORS: &str = "`%@[]{}*&!|>,\"'-?";

/// A syntax error as a reader sees it.
pub(super) struct Diagnosis {
    pub(super) at: Position,
    pub(super) message: String,
    pub(super) help: String,
}

impl Diagnosis {
    fn new(at: Position, message: &str, help: &str) -> Diagnosis {
        Diagnosis {
            at,
            message: message.to_owned(),
            help: help.to_owned(),
        }
    }
}

/// What is reported of a syntax error that the parser sees at `at`.
/// `problems` counts what is wrong with another text, if it is YAML.
pub(super) fn diagnose(
    text: &str,
    at: Position,
    error: &ScanError,
    problems: &dyn Fn(&str) -> Option<usize>,
) -> Diagnosis {
    let lines: Vec<&str> = text.lines().collect();
    let line = |number: usize| lines.get(number.wrapping_sub(1)).map_or("", |line| *line);
    let found = Diagnosis::new;
    if let Some(quote) = open_quote(text, at.line) {
        let message = "a quote opens here that does not close on its line";
        return found(quote, message, "close it at the end of the text");
    }
    let near = [at.line, at.line + 1, at.line.wrapping_sub(1)];
    let is_tabbed = |number: &usize| line(*number).trim_start_matches(' ').starts_with('\t');
    if let Some(number) = near.into_iter().find(is_tabbed) {
        let tab = beginning(line(number), number);
        let help = "indent with spaces; YAML takes no tabs";
        return found(tab, "a tab indents this line", help);
    }
    let is_escape = *error.kind() == ErrorKind::UnknownQuotedScalarEscape;
    if let Some(start) = value_start(line(at.line), at.line).filter(|_| !is_escape) {
        let message = "a text cannot begin with this character";
        return found(start, message, "put the text in quotes");
    }
    let repair = repair::find(text, at.line, problems);
    if let Some(Repair { at, message, help }) = repair.filter(|_| !is_escape) {
        return Diagnosis { at, message, help };
    }
    let colon = (at.line.saturating_sub(1)..=at.line)
        .find_map(|number| Some((number, without_colon(line(number))?)));
    if let Some((number, (message, help))) = colon.filter(|_| !is_escape) {
        return found(beginning(line(number), number), message, help);
    }
    found(at, &error.info(), general_help(line(at.line), is_escape))
}

/// What to do where only the parser's own words are known.
fn general_help(line: &str, is_escape: bool) -> &'static str {
    if is_escape {
        "write `\\\\` for a backslash, or use single quotes"
    } else if line.matches(": ").count() > 1 {
        "put a text that contains `: ` in quotes, or below its key after `>-`"
    } else {
        "look at the indentation and the quotes of this line and the one above it"
    }
}

/// Where the value of a `key: value` line begins, if it begins with an indicator and is more than a collection that
/// closes on its line.
fn value_start(line: &str, number: usize) -> Option<Position> {
    let (key, value) = match line.trim_start().strip_prefix("- ") {
        Some(item) if !item.contains(": ") => (&line[..line.len() - item.len() - 2], item),
        _ => line.split_once(": ")?,
    };
    let start = value.trim_start();
    let is_collection = start.starts_with(['[', '{']) && start.trim_end().ends_with([']', '}']);
    let is_quoted = ['"', '\''].iter().any(|quote| {
        start.starts_with(*quote) && start.len() > 1 && start.trim_end().ends_with(*quote)
    });
    if is_quoted || !start.starts_with(|letter| INDICATORS.contains(letter)) || is_collection {
        return None;
    }
    let column = key.chars().count() + 2 + (value.chars().count() - start.chars().count()) + 1;
    Some(Position {
        line: number,
        column,
    })
}

/// What is wrong with a line that is a key without its colon, or with a colon that nothing separates: a message
/// and a help.
///
/// `nullable true` and `lang` are keys without a colon; `type:string` lacks a space; `https://example.com` is
/// neither.
fn without_colon(line: &str) -> Option<(&'static str, &'static str)> {
    let text = line.trim();
    let is_name = |text: &str| {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "_$-".contains(letter);
        !text.is_empty() && text.chars().all(fits) && !text.starts_with('-')
    };
    match text.split_once(':') {
        Some((name, value)) => {
            (is_name(name) && !value.is_empty() && !value.starts_with([' ', '/']))
                .then_some(("a space is missing behind the `:`", "write `key: value`"))
        }
        None => {
            let words: Vec<&str> = text.split_whitespace().collect();
            let is_key = matches!(words[..], [name] | [name, _] if is_name(name));
            is_key.then_some((
                "this is neither a key with a `:` nor an item with a `- `",
                "write `key: value`, or `- item` in a list",
            ))
        }
    }
}

/// The quote that swallowed the lines up to the error: it does not close on its line, and where it closes, the text
/// continues.
fn open_quote(text: &str, error: usize) -> Option<Position> {
    quotes(text).into_iter().find_map(|quote: Quote| {
        let swallows = quote.start.line < quote.end && quote.start.line <= error;
        let reaches = quote.end >= error || quote.goes_on;
        (swallows && reaches).then_some(quote.start)
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

    #[test]
    fn quotes_that_are_right_are_left_alone() {
        for valid in [
            "a: \"one\n  two\"\nb: 1\n",
            "a: |\n  'Twas processed\nb: 1\n",
            "a: 'Get it' # don't change\nb: 1\n",
            "# it's a comment\nb: 1\n",
        ] {
            let text = format!("{valid}c:\n\td: 1\n");
            assert_eq!(open_quote(&text, text.lines().count()), None, "{text}");
        }
    }
}
