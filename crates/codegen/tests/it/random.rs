//! Random single edits of a contract, as reviewers make them.

use std::ops::Range;

/// The same numbers every time: a linear congruential generator with Knuth's constants.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// Lines that may be written at any place.
const LINES: [&str; 24] = [
    "type: integer",
    "type: number",
    "type: boolean",
    "format: uuid",
    "format: date-time",
    "format: uri",
    "format: password",
    "nullable: true",
    "required: true",
    "deprecated: true",
    "additionalProperties: {}",
    "x-default: 7",
    "x-owner: us",
    "example: a",
    "minimum: 1",
    "externalDocs: {url: https://example.com}",
    "tags: [a]",
    "- odd-value",
    "- \"1\"",
    "- self",
    "- Ärger",
    "\"404\": {description: No such item.}",
    "security: [{bearerAuth: []}]",
    "new_one: {type: string, nullable: true, description: One.}",
];

/// What may stand behind a colon, or a dash.
const VALUES: [&str; 26] = [
    "string",
    "integer",
    "number",
    "boolean",
    "true",
    "false",
    "date-time",
    "int64",
    "float",
    "self",
    "Self",
    "crate",
    "type",
    "1st",
    "über",
    "名前",
    "v1.2",
    "\"Uses `Vec<T>` and [a] and <b>.\"",
    "\"See https://example.com/a_b*c for \\\"more\\\".\"",
    "\"Text.\\n\\n    let indented = 1;\\n\"",
    "\"A \\\\ at the end \\\\\"",
    "\"*/ # not code `unclosed\"",
    "'[link](https://example.com)'",
    "'{braces} and \"quotes\" and r#\"raw\"#'",
    "\"# Heading\\n\\n- a list\\n  1. of `things`\"",
    "\"a | b\\n--|--\\nc | d\"",
];

/// How many kinds of edits there are.
pub(crate) const KINDS: usize = 8;

/// An edit of one kind; the same text where there is nothing to edit.
pub(crate) fn edit(text: &str, kind: usize, chance: &mut Chance) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_code = |line: &str| !line.trim().is_empty() && !line.trim().starts_with('#');
    let places: Vec<usize> = (0..lines.len()).filter(|at| is_code(lines[*at])).collect();
    // A small part of the document is edited as often as a large one.
    let parts: Vec<usize> = places
        .iter()
        .copied()
        .filter(|at| indent(lines[*at]) <= 4)
        .collect();
    let mut place = || {
        let part = parts[chance.below(parts.len())];
        let next = parts.iter().copied().find(|other| *other > part);
        let part = part..next.unwrap_or(lines.len());
        let in_part: Vec<usize> = places
            .iter()
            .copied()
            .filter(|at| part.contains(at))
            .collect();
        in_part[chance.below(in_part.len())]
    };
    let (at, other) = (place(), place());
    let block = at..end_of(&lines, at);
    let own = " ".repeat(indent(lines[at]));
    let line = |with: &str| format!("{own}{with}");
    let replaced = |range: Range<usize>, with: Vec<String>| {
        let before = lines[..range.start].iter().map(|line| (*line).to_owned());
        let after = lines[range.end..].iter().map(|line| (*line).to_owned());
        let all: Vec<String> = before.chain(with).chain(after).collect();
        all.join("\n") + "\n"
    };
    match kind {
        0 => replaced(at..at, vec![line(chance.of(&LINES))]),
        1 => replaced(block, Vec::new()),
        2 => replaced(at..at + 1, vec![with_value(lines[at], chance.of(&VALUES))]),
        3 => replaced(at..at + 1, vec![with_letter(lines[at], chance)]),
        4 => {
            let mut twice: Vec<String> = lines[block.clone()]
                .iter()
                .map(|line| (*line).to_owned())
                .collect();
            twice.extend(renamed(&lines[block.clone()], chance));
            replaced(block, twice)
        }
        5 => {
            let next = block.end..end_of(&lines, block.end.min(lines.len() - 1));
            let swapped = lines[next.clone()].iter().chain(&lines[block.clone()]);
            let swapped = swapped.map(|line| (*line).to_owned()).collect();
            replaced(block.start..next.end, swapped)
        }
        6 => {
            let moved = &lines[other..end_of(&lines, other)];
            let shift = |moved: &&str| match moved.get(indent(lines[other])..) {
                Some(rest) => line(rest),
                None => String::new(),
            };
            replaced(at..at, moved.iter().map(shift).collect())
        }
        _ => {
            let words = words(lines[at]);
            match words.is_empty() {
                true => text.to_owned(),
                false => everywhere(text, chance.of(&words)),
            }
        }
    }
}

/// The end of what is indented below a line.
fn end_of(lines: &[&str], at: usize) -> usize {
    let own = indent(lines[at]);
    let below = lines[at + 1..].iter();
    let below = below.take_while(|line| line.trim().is_empty() || indent(line) > own);
    at + 1 + below.count()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn with_value(line: &str, value: &str) -> String {
    match line.split_once(": ").or_else(|| line.split_once("- ")) {
        Some((key, _)) => {
            let sign = &line[key.len()..key.len() + 2];
            format!("{key}{sign}{value}")
        }
        None => line.to_owned(),
    }
}

/// A letter more, a letter less, or another case.
fn with_letter(line: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = line.chars().collect();
    let at = indent(line) + chance.below(letters.len() - indent(line));
    match chance.below(3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        _ if letters[at].is_uppercase() => letters[at].make_ascii_lowercase(),
        _ => letters[at].make_ascii_uppercase(),
    }
    letters.into_iter().collect()
}

/// The same block under another name.
fn renamed(block: &[&str], chance: &mut Chance) -> Vec<String> {
    let name = words(block[0]).last().copied().unwrap_or_default();
    let other = match chance.below(3) {
        0 => other_name(name),
        1 => name.to_uppercase(),
        _ => name.replace('_', "-"),
    };
    let first = block[0].replacen(name, &other, 1);
    let rest = block[1..].iter().map(|line| (*line).to_owned());
    std::iter::once(first).chain(rest).collect()
}

fn words(line: &str) -> Vec<&str> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.split(|letter| !is_part(letter))
        .filter(|word| word.len() > 2)
        .collect()
}

/// Another name of the same style.
fn other_name(name: &str) -> String {
    match name.starts_with(char::is_uppercase) {
        true => format!("{name}Two"),
        false => format!("{name}_two"),
    }
}

/// Renames a word wherever it stands by itself.
fn everywhere(text: &str, word: &str) -> String {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut parts = text.split(word).peekable();
    let mut renamed = String::with_capacity(text.len());
    while let Some(part) = parts.next() {
        renamed += part;
        if let Some(next) = parts.peek() {
            let alone = !renamed.ends_with(is_part) && !next.starts_with(is_part);
            renamed += &if alone {
                other_name(word)
            } else {
                word.to_owned()
            };
        }
    }
    renamed
}
