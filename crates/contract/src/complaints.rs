//! What a check says about edits that nobody has made yet, so that no edit is proposed which it would refuse.
//!
//! Drift and the vendor's document propose edits from what they saw, and do not know the rules. An edit that
//! adds `apiKey: {type: string}` would be proposed, and refused by `secret-is-password` once it is made; here
//! it comes out before.

use crate::describe::TO_BE_DESCRIBED;
use crate::document::Document;
use crate::finding::Finding;
use std::collections::HashSet;

/// What a check says of a document before it is edited.
pub(crate) struct Complaints {
    before: HashSet<(&'static str, String)>,
}

impl Complaints {
    /// Remembers what a check says of the document as it is, which is nobody's fault now.
    pub(crate) fn before(document: &Document) -> Complaints {
        Complaints {
            before: document.check().iter().map(kind).collect(),
        }
    }

    /// What the edited document has beyond that, but for descriptions to fill in.
    pub(crate) fn new_in(&self, document: &Document, text: &str) -> Vec<Finding> {
        let lines: Vec<&str> = text.lines().collect();
        let mut findings = document.check();
        findings.retain(|finding| {
            let line = lines.get(finding.line.saturating_sub(1)).unwrap_or(&"");
            !line.contains(TO_BE_DESCRIBED) && !self.before.contains(&kind(finding))
        });
        findings
    }
}

/// A finding without its place, so that it is the same after an edit above it.
fn kind(finding: &Finding) -> (&'static str, String) {
    let message = finding.message.chars();
    (
        finding.rule,
        message.filter(|letter| !letter.is_ascii_digit()).collect(),
    )
}
