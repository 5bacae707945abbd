//! The contract's text, edited until no edit is left that the check accepts.
//!
//! ```text
//! round 1   Item.kind: type changed       the field becomes a `$ref: Kind`, and `Kind` is a new component
//! round 2   Kind "b": new value           could not be compared before
//! round 3   nothing left
//! ```
//!
//! Within a round, edits are made together if the check agrees; else each half is tried, down to the one that is refused,
//! so that one edit that can't be made costs a few checks and not all other edits. What is left is reported as work for
//! a person.

use super::difference::{Disagreement, Facet, Source};
use super::inputs::parsed;
use super::ledger::Ledger;
use super::walk::{self, Compared};
use super::write::Edits;
use crate::complaints::Complaints;
use crate::drafts::settled;
use crate::edit::{Edit, apply};
use crate::meaning::Meaning;
use crate::rules::used::USED_BY_BINDINGS;
use crate::yaml::{Node, node::escape};

/// Each round makes what the one before made comparable; documents do not nest deeper than this.
const MAX_ROUNDS: usize = 16;

/// The contract with all edits that can be made. An edit may show what could not be compared before.
///
/// Findings that the contract had before are no reason to refuse an edit. An error means that the contract could not be
/// read, not that something is left.
pub(super) fn follow(
    source: Source,
    mut text: String,
    theirs: &Meaning,
    ledger: &Ledger,
) -> Result<String, String> {
    let complaints = Complaints::before(&parsed(&text)?);
    for _ in 0..MAX_ROUNDS {
        let contract = parsed(&text)?;
        let ours = Meaning::of(contract.root());
        let compared = walk::compare(source, &ours, theirs);
        let mut edits = Edits::new(contract.root(), &ours, theirs, &compared);
        let mut found = Vec::new();
        for difference in in_order(&ledger.explain(source, &compared).0, &compared) {
            found.push([edits.of(difference), edits.cautious(difference)]);
        }
        found.retain(|[edits, _]| !edits.is_empty());
        let mut trial = Attempt {
            text: &text,
            complaints: &complaints,
            root: contract.root(),
            made: Vec::new(),
            result: None,
        };
        trial.add(&found);
        match trial.result {
            Some(edited) if edited != text => text = edited,
            _ => return Ok(text),
        }
    }
    Ok(text)
}

/// Types first, since everything else is about what is in them; then fields. New fields with one place between them go
/// in by name.
fn in_order<'d, 'm, 'a>(
    open: &[&'d Disagreement<'m, 'a>],
    compared: &'d Compared<'m, 'a>,
) -> Vec<&'d Disagreement<'m, 'a>> {
    let all = compared.differences.iter();
    let defaults = all.filter(|difference| difference.facet == Facet::Default);
    let mut ordered: Vec<_> = open.iter().copied().chain(defaults).collect();
    ordered.sort_by_key(|difference| match difference.facet {
        Facet::Field => (false, difference.pointer.to_lowercase()),
        facet => (facet != Facet::Type, String::new()),
    });
    ordered
}

/// Edits that a check agrees with, all together or as many as possible. `made` and `result` belong together: the text
/// with exactly those edits.
struct Attempt<'t> {
    text: &'t str,
    complaints: &'t Complaints,
    root: &'t Node,
    made: Vec<Edit>,
    /// The text with the edits that were made.
    result: Option<String>,
}

impl Attempt<'_> {
    /// Makes the edits of all differences, or else of each half. Where one is left that a check refuses, its cautious
    /// edits are tried, and then none.
    fn add(&mut self, found: &[[Vec<Edit>; 2]]) {
        let together = found.iter().flat_map(|[edits, _]| edits.clone()).collect();
        match found {
            _ if self.made_with(together) => {}
            [] => {}
            [[_, cautious]] => {
                self.made_with(cautious.clone());
            }
            _ => {
                let (first, second) = found.split_at(found.len() / 2);
                self.add(first);
                self.add(second);
            }
        }
    }

    /// Makes more edits than so far, if the check agrees with all of them together.
    fn made_with(&mut self, more: Vec<Edit>) -> bool {
        let mut edits = self.made.clone();
        for edit in more {
            // What was replaced completely is as the vendor has it.
            if !edits.iter().any(|done| covers(done, &edit)) {
                edits.push(edit);
            }
        }
        if edits.len() == self.made.len() {
            return true;
        }
        let edited = apply(self.text, &settled(self.root, &edits)).ok();
        let edited = edited.and_then(without_unused);
        let accepted = edited.filter(|text| self.accepts(text));
        let is_accepted = accepted.is_some();
        if is_accepted {
            (self.made, self.result) = (edits, accepted);
        }
        is_accepted
    }

    /// Whether the check has no new findings.
    fn accepts(&self, text: &str) -> bool {
        parsed(text).is_ok_and(|document| {
            let found = self.complaints.new_in(&document, text);
            // The contract follows its vendor all the same; the check says what the bindings need then.
            found
                .iter()
                .all(|finding| finding.rule == USED_BY_BINDINGS.name)
        })
    }
}

/// Without the components that nothing refers to any more, and those that only they referred to.
fn without_unused(mut text: String) -> Option<String> {
    loop {
        let document = parsed(&text).ok()?;
        let meaning = Meaning::of(document.root());
        let unused = meaning.components.iter().filter(|component| {
            let directions = meaning.directions(&component.key);
            !directions.request && !directions.response
        });
        let removals = unused.map(|component| Edit::Remove {
            at: format!("/components/schemas/{}", escape(&component.key)),
        });
        let removals: Vec<Edit> = removals.collect();
        if removals.is_empty() {
            return Some(text);
        }
        text = apply(&text, &removals).ok()?;
    }
}

/// Whether one edit has replaced or removed what another one is about.
fn covers(done: &Edit, edit: &Edit) -> bool {
    let (Edit::Replace { at, .. } | Edit::Remove { at }) = done else {
        return false;
    };
    let place = match edit {
        Edit::Insert { into, .. } | Edit::Push { into, .. } => into,
        Edit::Remove { at } | Edit::Replace { at, .. } | Edit::Rename { at, .. } => at,
    };
    place == at
        || place
            .strip_prefix(at.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
}
