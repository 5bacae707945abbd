//! Tries edits: what a check would refuse is never proposed.

use super::remedy::{self, About, Candidate, State};
use super::{Drift, fragment};
use crate::complaints::Complaints;
use crate::document::Document;
use crate::edit;
use crate::finding::Finding;
use crate::rules::references::UNUSED_COMPONENT;
use crate::spec::{Spec, UNNAMED};
use crate::yaml::Node;
use std::collections::{HashMap, HashSet};

/// What makes the contract describe what was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedies {
    /// YAML to write, with its place as a comment above it, for each difference; `None` where no edit helps.
    pub fragments: Vec<Option<String>>,
    /// The document with all of them written.
    pub text: String,
}

/// How often edits are tried again without those that a check refuses.
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
        candidates: remedy::candidates(&spec, drifts),
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
    fn settle(&mut self) -> String {
        for _ in 0..MAX_ROUNDS {
            let edits = remedy::edits(self.spec, &self.candidates, &self.unused);
            let edited = edit::apply(self.text, &edits).ok();
            let edited = edited.and_then(|text| Some((Document::parse("", &text).ok()?, text)));
            let Some((document, text)) = edited else {
                self.refuse_all(|_| true);
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

    fn refuse(&mut self, document: &Document, text: &str, complaints: &[Finding]) {
        let places = self.places(document, text);
        let mut refused = HashSet::new();
        let mut helped = false;
        for finding in complaints {
            let after = places.partition_point(|(first, ..)| *first <= finding.line);
            let place = places[..after].last();
            match place.filter(|(_, last, _)| finding.line <= *last) {
                Some((.., index)) => drop(refused.insert(*index)),
                None => helped |= self.refuse_component(document, finding),
            }
        }
        for index in refused {
            helped |= self
                .candidates
                .get_mut(index)
                .is_some_and(Candidate::refuse);
        }
        if !helped && !self.refuse_each() {
            self.refuse_all(|_| true);
        }
    }

    /// Refuses each change of something documented that causes complaints elsewhere, found by trying it alone.
    fn refuse_each(&mut self) -> bool {
        let tried = (0..self.candidates.len()).filter(|index| self.complains_alone(*index));
        let tried: Vec<usize> = tried.collect();
        let mut helped = false;
        for index in tried {
            helped |= self
                .candidates
                .get_mut(index)
                .is_some_and(Candidate::refuse);
        }
        helped
    }

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
        let edited = edit::apply(self.text, &edits).ok();
        let edited = edited.and_then(|text| Some((Document::parse("", &text).ok()?, text)));
        edited.is_none_or(|(document, text)| {
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
            return self.refuse_all(|_| true);
        };
        let name = component.key.text.as_str();
        if finding.rule == UNUSED_COMPONENT.name && remedy::is_enum(self.spec, name) {
            let schema = format!("/components/schemas/{name}");
            // What would be changed within it goes with it.
            self.candidates
                .retain(|candidate| candidate.schema != schema);
            return self.unused.insert(name.to_owned());
        }
        let within = format!("/components/schemas/{}", crate::yaml::node::escape(name));
        self.refuse_all(|candidate| {
            let rest = candidate.schema.strip_prefix(&within);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    fn refuse_all(&mut self, which: impl Fn(&Candidate) -> bool) -> bool {
        let mut helped = false;
        for candidate in self
            .candidates
            .iter_mut()
            .filter(|candidate| which(candidate))
        {
            helped |= candidate.refuse();
        }
        helped
    }

    /// The first and the last line of what each candidate wrote, in the order of the file.
    fn places(&self, document: &Document, text: &str) -> Vec<(usize, usize, usize)> {
        let breaks: Vec<usize> = text.match_indices('\n').map(|(index, _)| index).collect();
        let line = |offset: usize| breaks.partition_point(|end| *end < offset) + 1;
        let mut lists = HashMap::new();
        let mut places = Vec::new();
        for (index, candidate) in self.candidates.iter().enumerate() {
            let found = match &candidate.about {
                About::Entry(at) => document
                    .root()
                    .pointer(at)
                    .map(|(node, at)| (at.line, line(node.span.end))),
                About::Value { schema, text } => {
                    let list = lists.entry((schema, candidate.state)).or_insert_with(|| {
                        let schema = document.root().pointer(schema);
                        schema
                            .map_or_else(HashMap::new, |(schema, _)| lines(schema, candidate.state))
                    });
                    list.get(text).map(|(first, end)| (*first, line(*end)))
                }
            };
            places.extend(found.map(|(first, last)| (first, last, index)));
        }
        places.sort_unstable();
        places
    }
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
