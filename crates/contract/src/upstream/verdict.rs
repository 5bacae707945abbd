//! What it means to follow the vendor in one thing.
//!
//! The edits are made on a copy, and [`diff::compare`] says what the copy does to those who use the contract: the
//! question is the same as that of any other edit, so that the table of `diff` is the only one that classes changes.
//!
//! The edited lines are shown too, as those that are new where nothing is replaced, and else as a small diff:
//!
//! ```text
//! # line 12
//! -       size: {type: integer}
//! +       size: {type: number}
//! ```

use super::difference::{Disagreement, Facet};
use super::report::Deviation;
use crate::diff::{self, Api, Wire};
use crate::document::Document;
use crate::edit::{Edit, apply};

/// The contract, against which each difference is judged on its own, as if no other one were followed.
pub(super) struct Judge<'t> {
    text: &'t str,
    contract: &'t Document,
}

impl<'t> Judge<'t> {
    pub(super) fn new(text: &'t str, contract: &'t Document) -> Judge<'t> {
        Judge { text, contract }
    }

    /// A difference with its judgement; without edits, a person has to decide.
    pub(super) fn found(&self, difference: &Disagreement, edits: &[Edit]) -> Deviation {
        Deviation {
            place: difference.place.clone(),
            kind: difference.facet.word(),
            vendor: difference.theirs.clone(),
            contract: difference.ours.clone(),
            vendor_at: difference.their_at,
            contract_at: difference.at,
            verdict: self.verdict(difference, edits),
            fragment: edits.iter().map(|edit| self.hunk(edit)).collect(),
        }
    }

    /// The worst that `diff` says of the edited contract.
    fn verdict(&self, difference: &Disagreement, edits: &[Edit]) -> Option<(Wire, Api, String)> {
        if edits.is_empty() {
            return stays(difference);
        }
        let edited = apply(self.text, edits).ok()?;
        let edited = Document::parse("", &edited).ok()?;
        let changes = diff::compare(self.contract, &edited);
        let worst = changes
            .iter()
            .max_by_key(|change| (change.wire(), change.api))?;
        let api = changes.iter().map(|change| change.api).max()?;
        Some((worst.wire(), api, worst.reason.clone()))
    }

    /// The lines that an edit adds, or those that it changes, below a comment that says where: what is left when the lines
    /// that both texts begin and end with are taken away.
    fn hunk(&self, edit: &Edit) -> String {
        let Ok(edited) = apply(self.text, std::slice::from_ref(edit)) else {
            return String::new();
        };
        let (before, after): (Vec<&str>, Vec<&str>) =
            (self.text.lines().collect(), edited.lines().collect());
        let start = before
            .iter()
            .zip(&after)
            .take_while(|(one, other)| one == other)
            .count();
        let rest = (&before[start..], &after[start..]);
        let end = rest
            .0
            .iter()
            .rev()
            .zip(rest.1.iter().rev())
            .take_while(|(one, other)| one == other)
            .count();
        let (gone, new) = (&rest.0[..rest.0.len() - end], &rest.1[..rest.1.len() - end]);
        let marks = if gone.is_empty() {
            ["", ""]
        } else {
            ["- ", "+ "]
        };
        let line = |mark: &'static str| move |line: &&str| format!("{mark}{line}\n");
        let lines = gone
            .iter()
            .map(line(marks[0]))
            .chain(new.iter().map(line(marks[1])));
        format!("# line {}\n{}", start + 1, lines.collect::<String>())
    }
}

/// What stays as it is, since the contract has its own way with it: the ledger gets a row.
fn stays(difference: &Disagreement) -> Option<(Wire, Api, String)> {
    let reason = match difference.facet {
        Facet::Response if difference.is_error() => {
            "errors are read without the contract; the ledger takes a row"
        }
        Facet::Format => "the contract keeps its format; the ledger takes a row",
        _ => return None,
    };
    Some((Wire::None, Api::Patch, reason.to_owned()))
}
