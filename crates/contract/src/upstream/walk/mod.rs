//! Walks both documents at once, from the call to all that it reaches.
//!
//! ```text
//! call                 path, deprecation, servers, security          call
//!   query job_type     required, spelling, schema                    call
//!   response 200       media types, headers, schema                  call
//!     Item             type, format, null, default                   schemas
//!       Item.kind      field here, field there                       parts
//!       Kind "parse"   value here, value there                       values
//! ```
//!
//! Two components are held against each other where they are at the same place, whatever their names are; that is how the
//! vendor's names are learned (`Compared::names`). What is in a component is reported at the component, once, however
//! often it is used.
//!
//! Each pair of structures is compared once, so that the walk ends where they contain themselves.

mod call;
mod parts;
mod place;
mod schemas;
mod values;

use super::difference::{Disagreement, Facet, Source};
use super::shape::words;
use crate::meaning::{Kind, Meaning, Part};
use place::Spot;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use values::Values;

/// Everything that differs, each thing once, in the order of the contract.
pub(super) struct Compared<'m, 'a> {
    pub(super) differences: Vec<Disagreement<'m, 'a>>,
    /// Components of the vendor by the names that the contract has for them.
    pub(super) names: BTreeMap<&'m str, &'m str>,
    /// Components of the contract that nothing was compared with, since what refers to them differs.
    pub(super) skipped: BTreeSet<&'m str>,
}

/// Compares the one call of both documents.
pub(super) fn compare<'m, 'a>(
    source: Source,
    ours: &'m Meaning<'a>,
    theirs: &'m Meaning<'a>,
) -> Compared<'m, 'a> {
    let components = ours.components.iter();
    let mut walk = Comparer {
        source,
        ours,
        theirs,
        compared: Compared {
            differences: Vec::new(),
            names: BTreeMap::new(),
            skipped: components.map(|component| &*component.key).collect(),
        },
        visited: HashSet::new(),
        noted: HashSet::new(),
        values: BTreeMap::new(),
    };
    if let ([one], [other, others @ ..]) = (&ours.operations[..], &theirs.operations[..]) {
        walk.call(one, other);
        for other in others {
            walk.another_call(one, other);
        }
    }
    walk.values();
    walk.compared
}

/// The walk: what is compared, and what was found so far.
struct Comparer<'m, 'a> {
    source: Source,
    ours: &'m Meaning<'a>,
    theirs: &'m Meaning<'a>,
    compared: Compared<'m, 'a>,
    /// Pairs of schemas that were compared.
    visited: HashSet<(String, *const Part<'a>)>,
    /// The differences so far: place, facet, and which keyword.
    noted: HashSet<(String, Facet, Option<String>)>,
    /// An enum of the contract may be several on the other side, which are taken together.
    values: BTreeMap<String, Values<'m, 'a>>,
}

/// The words for a flag that is set, and for one that is not.
const REQUIRED: [&str; 2] = ["required", "optional"];
const DEPRECATED: [&str; 2] = ["deprecated", "in use"];
const NULLABLE: [&str; 2] = ["nullable", "not nullable"];

impl<'m, 'a> Comparer<'m, 'a> {
    /// Notes a difference, unless its place has one of the same facet: a component that is used twice differs once.
    fn add(
        &mut self,
        place: &Spot<'m, 'a>,
        facet: Facet,
        theirs: impl Into<String>,
        ours: impl Into<String>,
    ) {
        let (ours, theirs) = (ours.into(), theirs.into());
        let keyword = (facet == Facet::Keyword).then(|| theirs.clone());
        if self.noted.insert((place.name.clone(), facet, keyword)) {
            self.compared.differences.push(Disagreement {
                place: place.name.clone(),
                facet,
                ours,
                theirs,
                pointer: place.pointer.clone(),
                at: place.at,
                their_at: place.their_at,
                part: place.theirs,
                after: None,
            });
        }
    }

    /// Something that is so, or not.
    fn flag(
        &mut self,
        place: &Spot<'m, 'a>,
        facet: Facet,
        (ours, theirs): (bool, bool),
        [set, unset]: [&str; 2],
    ) {
        if ours != theirs {
            let word = |is_set| if is_set { set } else { unset };
            self.add(place, facet, word(theirs), word(ours));
        }
    }

    /// The type of a schema of the contract, in words.
    fn our_words(&self, part: &Part) -> String {
        words(self.source, self.ours, part)
    }

    /// The type of a schema of the vendor's.
    fn their_words(&self, part: &Part) -> String {
        words(self.source, self.theirs, part)
    }

    /// A field or a parameter of the contract: `optional string`.
    fn our_field(&self, part: &Part) -> String {
        let schema = part.of(Kind::Schema).next().unwrap_or(part);
        format!("{} {}", part.requiredness(), self.our_words(schema))
    }

    /// A field or a parameter of the vendor's.
    fn their_field(&self, part: &Part) -> String {
        let schema = part.of(Kind::Schema).next().unwrap_or(part);
        format!("{} {}", part.requiredness(), self.their_words(schema))
    }
}
