//! Edits, made; and what nobody needs afterwards.

use super::SCHEMAS;
use crate::edit::{Edit, apply};
use crate::meaning::{Meaning, Part};
use crate::yaml::node::escape;

/// The text with all edits made. New components go in later, as the end of one may be the end of its last field, and
/// the path gets its name last, as others are below it. An error is a sentence of the edit that can't be made.
pub(in super::super) fn applied(text: &str, edits: &[Edit]) -> Result<String, String> {
    let step = |edit: &Edit| match edit {
        Edit::Insert { into, .. } if into == SCHEMAS => 1,
        Edit::Rename { .. } => 2,
        _ => 0,
    };
    (0..3).try_fold(text.to_owned(), |text, wanted| {
        let edits = edits.iter().filter(|edit| step(edit) == wanted);
        apply(&text, &edits.cloned().collect::<Vec<_>>()).map_err(|error| error.to_string())
    })
}

/// Removes components that nothing refers to any more. Others may be unused once these are gone, so that the caller asks
/// again.
pub(in super::super) fn unused(meaning: &Meaning) -> Vec<Edit> {
    let unused = |component: &&Part| {
        let directions = meaning.directions(&component.key);
        !directions.request && !directions.response
    };
    let unused = meaning.components.iter().filter(unused);
    unused
        .map(|component| Edit::Remove {
            at: format!("{SCHEMAS}/{}", escape(&component.key)),
        })
        .collect()
}
