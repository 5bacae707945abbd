//! Places in both documents.

use crate::finding::Position;
use crate::meaning::Part;

/// Where both stand.
#[derive(Clone)]
pub(super) struct Spot<'m, 'a> {
    pub(super) name: String,
    pub(super) pointer: String,
    pub(super) at: Position,
    pub(super) their_at: Position,
    pub(super) theirs: Option<&'m Part<'a>>,
}

impl<'m, 'a> Spot<'m, 'a> {
    pub(super) fn inner(
        &self,
        name: &str,
        key: &str,
        ours: Option<&Part>,
        theirs: Option<&'m Part<'a>>,
    ) -> Spot<'m, 'a> {
        Spot {
            name: format!("{}{name}", self.name),
            pointer: format!("{}/{key}", self.pointer),
            at: ours.map_or(self.at, |part| part.at),
            their_at: theirs.map_or(self.their_at, |part| part.at),
            theirs,
        }
    }
}

pub(super) fn requiredness(part: &Part) -> &'static str {
    if part.flag("required") {
        "required"
    } else {
        "optional"
    }
}
