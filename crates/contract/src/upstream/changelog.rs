//! The entry in the changelog.
//!
//! ```text
//! ## 0.2.0
//!
//! ### Contract
//!
//! - What stood there before.
//! - As the vendor's document of 2026-08-20 has it: new field: `Item.lang`; removed value of `Kind`: `b`.      <- new
//!
//! ### Rust API
//! ```

use super::difference::{ABSENT, Disagreement, Facet, Source};
use std::collections::BTreeMap;

/// Characters on a line, which longer entries are wrapped at: what the files of this repository have.
const WIDTH: usize = 120;

/// The changelog with an entry at the end of its first section "Contract"; `None` if it has no such section.
pub(super) fn add_entry(text: &str, entry: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let heading = lines.iter().position(|line| *line == "### Contract")?;
    let length = lines[heading + 1..]
        .iter()
        .take_while(|line| !line.starts_with('#'))
        .count();
    let section = &lines[heading + 1..heading + 1 + length];
    let blank = section
        .iter()
        .rev()
        .take_while(|line| line.is_empty())
        .count();
    let end = heading + 1 + length - blank;
    let mut out: Vec<String> = lines[..end].iter().map(|line| (*line).to_owned()).collect();
    if end == heading + 1 {
        out.push(String::new());
    }
    out.extend(wrapped(entry));
    out.extend(lines[end..].iter().map(|line| (*line).to_owned()));
    Some(out.join("\n") + "\n")
}

/// The entry as an item of a list, its further lines indented. A word that is longer than a line is not broken.
fn wrapped(entry: &str) -> Vec<String> {
    let mut lines = vec!["-".to_owned()];
    for word in entry.split_whitespace() {
        let is_full = lines
            .last()
            .is_some_and(|line| line.chars().count() + 1 + word.chars().count() > WIDTH);
        if is_full {
            lines.push(" ".to_owned());
        }
        if let Some(line) = lines.last_mut() {
            *line += &format!(" {word}");
        }
    }
    lines
}

/// The changes of the contract in one paragraph, those of one kind together. What was before is on the vendor's side
/// of this comparison.
pub(super) fn changes(source: Source, date: &str, changed: &[Disagreement]) -> String {
    let mut kinds: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
    let (defaults, others): (Vec<_>, Vec<_>) = changed
        .iter()
        .partition(|change| change.facet == Facet::Default);
    for change in others {
        let (kind, name) = change_in_words(change);
        kinds.entry(kind).or_default().push(name);
    }
    let sentence = |((verb, noun), names): ((&str, String), Vec<String>)| {
        format!("{verb} {noun}: {}", names.join(", "))
    };
    let mut sentences: Vec<String> = kinds.into_iter().map(sentence).collect();
    if !defaults.is_empty() {
        sentences.push(format!("defaults of {} fields", defaults.len()));
    }
    match sentences[..] {
        [] => String::new(),
        _ => format!(
            "As the vendor's {} of {date} has it: {}.",
            source.word(),
            sentences.join("; ")
        ),
    }
}

/// What happened to what kind of thing, and its name: `("new", "field")`, `` `Item.size` ``. Values go by their enum.
fn change_in_words(change: &Disagreement) -> ((&'static str, String), String) {
    let (verb, detail) = match (change.theirs.as_str(), change.ours.as_str()) {
        (ABSENT, _) => ("new", String::new()),
        (_, ABSENT) => ("removed", String::new()),
        (was, is) => ("changed", format!(" (`{was}` became `{is}`)")),
    };
    let (noun, name) = match (change.facet, change.place.split_once(" \"")) {
        (Facet::Value, Some((component, value))) => (
            format!("value of `{component}`"),
            value.trim_end_matches('"'),
        ),
        (facet, _) => (facet.word().to_owned(), change.place.as_str()),
    };
    ((verb, noun), format!("`{name}`{detail}"))
}
