//! Tries edits: what a check would refuse is never proposed.
//!
//! All candidates are applied together, and the edited document is checked. Each new finding stands on a line; whose
//! edit wrote that line is refused, which turns a value with a name into one without, or gives an edit up; then all are
//! tried again. A finding elsewhere has another cause: an edit of the same component, found by its lines, or a change
//! of something documented, found by trying each such change alone.
//!
//! A round costs one check, however many candidates there are, and most contracts need one or two. Looking for the cause
//! by halves, as `upstream` does, would cost a check for each refused candidate, and responses of a server that means
//! harm may cause thousands.

use super::lines::written_lines;
use super::remedy::{self, About, Candidate, State};
use super::{Drift, candidates, fragment};
use crate::complaints::Complaints;
use crate::document::Document;
use crate::edit::{self, Edit};
use crate::finding::Finding;
use crate::rules::references::UNUSED_COMPONENT;
use crate::spec::Spec;
use crate::yaml::node::escape;
use std::collections::HashSet;

/// What makes the contract describe what was seen.
///
/// Where `fragments` has `None`, `text` does not describe the difference either. Fragments are for pasting by hand, one
/// at a time; `text` has them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedies {
    /// YAML to write, with its place as a comment above it, for each difference; `None` where no edit helps.
    pub fragments: Vec<Option<String>>,
    /// The document with all of them written.
    pub text: String,
}

/// How often edits are tried again without those that a check refuses. A candidate has two steps to go at most, and a
/// component that is given up takes its own with it; after more rounds than that nothing is proposed at all.
const MAX_ROUNDS: usize = 8;

/// The edits that make a document describe the differences, and the document with them.
///
/// They pass `check` but for descriptions to fill in. `text` is the text of the document.
///
/// ```
/// use processing_results_contract::{Document, drift};
/// use serde_json::json;
///
/// # let yaml = "
/// # paths: {/items: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}}}}
/// # components: {schemas: {Item: {type: object, additionalProperties: {}, properties: {id: {type: string}}}}}
/// # ";
/// let document = Document::parse("api.yaml", yaml).unwrap();
/// let drifts = drift::inspect(&document, &json!({"id": "1", "size": 12})).unwrap();
/// let remedies = drift::remedies(&document, yaml, &drifts);
/// let edited = Document::parse("api.yaml", &remedies.text).unwrap();
/// assert_eq!(drift::inspect(&edited, &json!({"id": "1", "size": 12})).unwrap(), []);
/// ```
pub fn remedies(document: &Document, text: &str, drifts: &[Drift]) -> Remedies {
    let spec = Spec::new(document.root());
    let mut trial = Trial {
        spec: &spec,
        text,
        complaints: Complaints::before(document),
        candidates: candidates::candidates(&spec, drifts),
        unused: HashSet::new(),
    };
    let text = trial.settle();
    let mut fragments = vec![None; drifts.len()];
    for candidate in &trial.candidates {
        let fragment = fragment::of(&spec, candidate);
        for index in &candidate.drifts {
            if let (Some(slot), Some(fragment)) = (fragments.get_mut(*index), &fragment) {
                *slot.get_or_insert_with(String::new) += fragment;
            }
        }
    }
    Remedies { fragments, text }
}

/// Candidates on trial, against the complaints that the document had before any edit.
struct Trial<'s, 'a> {
    spec: &'s Spec<'a>,
    text: &'s str,
    complaints: Complaints,
    candidates: Vec<Candidate>,
    /// Enums that nothing refers to any more.
    unused: HashSet<String>,
}

impl Trial<'_, '_> {
    /// The text with as many candidates as pass the check together.
    ///
    /// If the rounds run out, the text is as it was, and no candidate is left.
    fn settle(&mut self) -> String {
        for _ in 0..MAX_ROUNDS {
            let edits = remedy::edits(self.spec, &self.candidates, &self.unused);
            let Some((document, text)) = self.edited(&edits) else {
                self.refuse_where(|_, _| true);
                continue;
            };
            let complaints: Vec<Finding> = self.complaints.new_in(&document, &text);
            if complaints.is_empty() {
                return text;
            }
            self.refuse(&document, &text, &complaints);
        }
        self.candidates.clear();
        self.text.to_owned()
    }

    /// The document with some edits, unless they cannot be made.
    fn edited(&self, edits: &[Edit]) -> Option<(Document, String)> {
        let text = edit::apply(self.text, edits).ok()?;
        Some((Document::parse("", &text).ok()?, text))
    }

    /// Refuses what the complaints are about. If that changes nothing, those that complain alone; if that does not either,
    /// all.
    fn refuse(&mut self, document: &Document, text: &str, complaints: &[Finding]) {
        let places = written_lines(&self.candidates, document, text);
        let (mut refused, mut elsewhere) = (HashSet::new(), Vec::new());
        for finding in complaints {
            let after = places.partition_point(|(first, ..)| *first <= finding.line);
            let place = places[..after].last();
            match place.filter(|(_, last, _)| finding.line <= *last) {
                Some((.., index)) => drop(refused.insert(*index)),
                None => elsewhere.push(finding),
            }
        }
        // By index first: refusing a component may remove candidates.
        let mut helped = self.refuse_where(|index, _| refused.contains(&index));
        for finding in elsewhere {
            helped |= self.refuse_component(document, finding);
        }
        if !helped && !self.refuse_each() {
            self.refuse_where(|_, _| true);
        }
    }

    /// Refuses each change of something documented that causes complaints elsewhere, found by trying it alone.
    fn refuse_each(&mut self) -> bool {
        let tried = (0..self.candidates.len()).filter(|index| self.complains_alone(*index));
        let tried: HashSet<usize> = tried.collect();
        self.refuse_where(|index, _| tried.contains(&index))
    }

    /// Whether a change of something documented is refused by itself. A component that is unused because of it is no reason.
    fn complains_alone(&self, index: usize) -> bool {
        let Some(one) = self.candidates.get(index) else {
            return false;
        };
        if one.state != State::Described || !matches!(one.about, About::Entry(_)) {
            return false;
        }
        // With what belongs to the same differences: what is not required any more is nullable.
        let shares =
            |other: &&Candidate| other.drifts.iter().any(|drift| one.drifts.contains(drift));
        let together = self.candidates.iter().filter(shares);
        let edits: Vec<_> = together
            .flat_map(|other| other.edits.iter().cloned())
            .collect();
        self.edited(&edits).is_none_or(|(document, text)| {
            let complaints = self.complaints.new_in(&document, &text);
            complaints
                .iter()
                .any(|finding| finding.rule != UNUSED_COMPONENT.name)
        })
    }

    /// A complaint about something that no edit wrote: the edits of the same component are its cause.
    fn refuse_component(&mut self, document: &Document, finding: &Finding) -> bool {
        let components = Spec::new(document.root()).components();
        let after = components.partition_point(|entry| entry.at.line <= finding.line);
        let Some(component) = components[..after].last() else {
            return self.refuse_where(|_, _| true);
        };
        let name = component.key.text.as_str();
        if finding.rule == UNUSED_COMPONENT.name && remedy::is_enum(self.spec, name) {
            let schema = format!("/components/schemas/{name}");
            // What would be changed within it goes with it.
            self.candidates
                .retain(|candidate| candidate.schema != schema);
            return self.unused.insert(name.to_owned());
        }
        let within = format!("/components/schemas/{}", escape(name));
        self.refuse_where(|_, candidate| {
            let rest = candidate.schema.strip_prefix(&within);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Refuses candidates by index or by what they are about; false if none of them had another way left.
    fn refuse_where(&mut self, which: impl Fn(usize, &Candidate) -> bool) -> bool {
        let mut helped = false;
        for (index, candidate) in self.candidates.iter_mut().enumerate() {
            helped |= which(index, candidate) && candidate.refuse();
        }
        helped
    }
}
