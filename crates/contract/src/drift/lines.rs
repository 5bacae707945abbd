//! Which lines of the edited document a candidate wrote, to find whose edits a check complains about.
//!
//! ```text
//! 12  properties:
//! 13    id: {type: string}
//! 14    size:                            candidate 0 wrote lines 14 to 16
//! 15      type: integer
//! 16      description: To be described.
//! 17    size_: {type: integer}           candidate 1 wrote line 17
//! ```

use super::remedy::{About, Candidate, State};
use crate::document::Document;
use crate::spec::UNNAMED;
use crate::yaml::Node;
use std::collections::HashMap;

/// The first and the last line of what each candidate wrote, with its index, in the order of the file.
///
/// Linear in the document and the candidates: each schema is listed once, each line found by bisection.
pub(super) fn written_lines(
    candidates: &[Candidate],
    document: &Document,
    text: &str,
) -> Vec<(usize, usize, usize)> {
    let breaks: Vec<usize> = text.match_indices('\n').map(|(index, _)| index).collect();
    let line = |offset: usize| breaks.partition_point(|end| *end < offset) + 1;
    let schema = |pointer: &str| document.root().pointer(pointer);
    let mut lists = HashMap::new();
    let mut written = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let found = match &candidate.about {
            About::Entry(at) => schema(at).map(|(node, at)| (at.line, node.span.end)),
            About::Value { schema: at, text } => {
                let list = lists.entry((at, candidate.state)).or_insert_with(|| {
                    let schema = schema(at).map(|(schema, _)| lines(schema, candidate.state));
                    schema.unwrap_or_default()
                });
                list.get(text).copied()
            }
        };
        written.extend(found.map(|(first, end)| (first, line(end), index)));
    }
    written.sort_unstable();
    written
}

/// The first line of each key or value of a schema, and the byte where it ends.
fn lines(schema: &Node, state: State) -> HashMap<String, (usize, usize)> {
    let values = |key: &str| {
        let items = schema.items_of(key).iter();
        items.filter_map(|item| Some((item.text()?.to_owned(), (item.at.line, item.span.end))))
    };
    if state == State::Unnamed {
        return values(UNNAMED).collect();
    }
    let entries = schema.entries_of("properties").iter();
    let entries = entries.map(|entry| {
        (
            entry.key.text.clone(),
            (entry.at.line, entry.value.span.end),
        )
    });
    entries.chain(values("enum")).collect()
}
