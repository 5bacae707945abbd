//! Where the value behind a name ends: that depends on the notation, as in `a: x y`, `a=x;b=y` and `{a: x, b: y}`.

use std::ops::Range;

use crate::json::scan::value_end;

/// Where a value ends that has no quotes of its own.
#[derive(Clone, Copy)]
pub(super) enum End {
    Line,
    Quote(char),
    /// Of `{a: x, b: y}` and of JSON.
    Flow,
    /// Of `a=x;b=y`.
    Field,
    Word,
    Tag,
}

/// What XML has around a value that needs no escapes.
const CDATA: &str = "<![CDATA[";

/// The value that begins here, without its quotes.
pub(super) fn value(text: &str, at: usize, end: End) -> Range<usize> {
    let spaces: &[char] = match end {
        End::Flow | End::Tag => &[' ', '\t', '\n', '\r'],
        _ => &[' ', '\t'],
    };
    let start = text.len() - text[at..].trim_start_matches(spaces).len();
    let begin = text.len() - text[start..].trim_start_matches('\\').len();
    let start = match end {
        End::Tag if text[start..].starts_with(CDATA) => start + CDATA.len(),
        _ => start,
    };
    let rest = &text[start..];
    match (text[begin..].chars().next(), end) {
        (Some(quote @ ('"' | '\'')), End::Flow | End::Word | End::Field) => {
            // Of TOML's and Python's `"""x"""`, all three.
            let quotes = text.len() - begin - text[begin..].trim_start_matches(quote).len();
            let begin = begin + if quotes == 3 { 3 } else { 1 };
            let end = text[begin..].find(quote).unwrap_or(text.len() - begin);
            begin..begin + text[begin..begin + end].trim_end_matches('\\').len()
        }
        (Some('{'), End::Flow) | (Some('['), End::Flow | End::Word) => {
            start..value_end(text.as_bytes(), start)
        }
        (Some('|' | '>'), End::Line) => start..block_end(text, at),
        _ => start..start + unquoted(rest, end),
    }
}

/// The length of a value without quotes.
fn unquoted(rest: &str, end: End) -> usize {
    let found = match end {
        End::Line => rest.find('\n'),
        End::Quote(quote) => rest.find([quote, '\n']),
        End::Flow => rest.find(|c: char| c.is_whitespace() || ",}]);".contains(c)),
        End::Field => rest.find(['\n', ';', '"', '\'']),
        End::Word => rest.find(|c: char| c.is_whitespace() || "&;,#)}\"'".contains(c)),
        End::Tag => rest
            .find(['<', '\n'])
            .map(|end| rest[..end].trim_end_matches("]]>").len()),
    };
    rest[..found.unwrap_or(rest.len())].trim_end().len()
}

/// The end of YAML's block behind `name: |`: the lines that are indented further than that of the name.
fn block_end(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let depth = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let outer = depth(&text[start..at]);
    let mut lines = text[at..].split_inclusive('\n');
    let mut end = at + lines.next().unwrap_or_default().len();
    for line in lines {
        if !line.trim().is_empty() && depth(line) <= outer {
            break;
        }
        end += line.len();
    }
    text[..end].trim_end().len()
}
