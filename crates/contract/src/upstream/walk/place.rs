//! Places in both documents.
//!
//! One place has a name for people and the ledger (`Item.size`), a pointer into the contract for edits
//! (`/components/schemas/Item/properties/size`), and two positions for reports. Of what only the vendor has, the pointer
//! is where it would be, and the position is that of what is around it.

use crate::finding::Position;
use crate::meaning::{Kind, Part};
use std::collections::HashMap;

/// A thing of the contract, and the vendor's; `None` where one of them lacks it.
pub(super) type Counterparts<'m, 'a> = (Option<&'m Part<'a>>, Option<&'m Part<'a>>);

/// Where both stand. `theirs` is what the vendor says there, which an edit writes.
#[derive(Clone)]
pub(super) struct Spot<'m, 'a> {
    pub(super) name: String,
    pub(super) pointer: String,
    pub(super) at: Position,
    pub(super) their_at: Position,
    pub(super) theirs: Option<&'m Part<'a>>,
}

impl<'m, 'a> Spot<'m, 'a> {
    /// A place within this one: `name` and `key` are added to name and pointer, and each position is that of the part
    /// there, if there is one.
    pub(super) fn inner(
        &self,
        name: &str,
        key: &str,
        (ours, theirs): Counterparts<'m, 'a>,
    ) -> Spot<'m, 'a> {
        Spot {
            name: format!("{}{name}", self.name),
            pointer: format!("{}/{key}", self.pointer),
            at: ours.map_or(self.at, |part| part.at),
            their_at: theirs.map_or(self.their_at, |part| part.at),
            theirs,
        }
    }

    /// The same place under another name.
    pub(super) fn named(&self, name: impl Into<String>) -> Spot<'m, 'a> {
        Spot {
            name: name.into(),
            ..self.clone()
        }
    }
}

/// The parts of a kind on both sides by their keys, with the index of ours.
///
/// What only the vendor has comes last, with an index that no list has.
pub(super) fn pairs<'m, 'a>(
    ours: &'m Part<'a>,
    theirs: &'m Part<'a>,
    kind: Kind,
) -> Vec<(usize, Counterparts<'m, 'a>)> {
    let (our_parts, their_parts) = (by_name(ours.of(kind)), by_name(theirs.of(kind)));
    let known = ours.of(kind).enumerate();
    let known = known.map(|(index, one)| {
        let other = their_parts.get(&*one.key).copied();
        (index, (Some(one), other))
    });
    let is_new = |other: &&'m Part<'a>| !our_parts.contains_key(&*other.key);
    let new = theirs.of(kind).filter(is_new);
    known
        .chain(new.map(|other| (usize::MAX, (None, Some(other)))))
        .collect()
}

/// Parts by their keys, since there may be thousands. Of a key that comes twice, the first counts.
pub(super) fn by_name<'m, 'a>(
    parts: impl IntoIterator<Item = &'m Part<'a>>,
) -> HashMap<&'m str, &'m Part<'a>> {
    let mut named = HashMap::new();
    for part in parts {
        named.entry(&*part.key).or_insert(part);
    }
    named
}
