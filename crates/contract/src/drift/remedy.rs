//! Which edits would make the contract describe what was seen.

use super::infer::{Inferred, Loosened};
use super::{Drift, DriftKind, TO_BE_DESCRIBED, schema};
use crate::additions::{Names, page_order, unlisted, unnamed};
use crate::edit::{Edit, nullable};
use crate::spec::{SCHEMAS, Spec};
use crate::yaml::{Node, node::escape};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Edits that belong together, for one or several differences.
pub(super) struct Candidate {
    /// The differences, by index.
    pub(super) drifts: Vec<usize>,
    pub(super) state: State,
    pub(super) edits: Vec<Edit>,
    /// The schema that changes, as a JSON pointer.
    pub(super) schema: String,
    /// What a check would complain about: a list and a value in it, or an entry.
    pub(super) about: About,
}

/// What is left to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// The edits as they are.
    Described,
    /// The key or value is listed as one that Rust has no name for.
    Unnamed,
    /// No edit passes the check.
    GivenUp,
}

pub(super) enum About {
    Entry(String),
    Value { schema: String, text: String },
}

impl Candidate {
    /// The next thing to try after a check has refused this one.
    pub(super) fn refuse(&mut self) -> bool {
        let next = match (self.state, &self.about) {
            (State::Described, About::Value { .. }) => State::Unnamed,
            _ => State::GivenUp,
        };
        std::mem::replace(&mut self.state, next) != next
    }
}

/// Candidates for all differences that an edit can settle.
pub(super) fn candidates(spec: &Spec, drifts: &[Drift]) -> Vec<Candidate> {
    let mut finder = CandidateFinder {
        spec,
        names: HashMap::new(),
        sites: BTreeMap::new(),
        optional: Vec::new(),
        found: Vec::new(),
    };
    // What goes to the same place is written in this order.
    let mut ordered: Vec<(usize, &Drift)> = drifts.iter().enumerate().collect();
    ordered.sort_by(|(_, one), (_, other)| page_order(text(one), text(other)));
    for (index, drift) in ordered {
        finder.add(index, drift);
    }
    finder.finish()
}

fn text(drift: &Drift) -> &str {
    let text = drift.value.as_deref().or(drift.detail.as_deref());
    text.unwrap_or_default()
}

/// What is wanted of the place of a value.
#[derive(Default)]
struct Wanted<'d> {
    null: bool,
    wrong: Option<&'d Inferred>,
    drifts: Vec<usize>,
}

struct CandidateFinder<'s, 'a, 'd> {
    spec: &'s Spec<'a>,
    /// The Rust names that are taken in each schema.
    names: HashMap<&'d str, Names>,
    sites: BTreeMap<String, Wanted<'d>>,
    /// The required properties, by object, that need not be there.
    optional: Vec<(&'d str, &'d str, usize)>,
    found: Vec<Candidate>,
}

impl<'d> CandidateFinder<'_, '_, 'd> {
    fn node(&self, pointer: &str) -> Option<&Node> {
        // No place can be edited for a complete response without describing another call.
        let schema = pointer.starts_with("/components/schemas/");
        schema
            .then(|| self.spec.root.pointer(pointer))
            .flatten()
            .map(|(node, _)| node)
    }

    fn add(&mut self, index: usize, drift: &'d Drift) {
        let property = |name: &str| format!("{}/properties/{}", drift.schema, escape(name));
        match (drift.kind, &drift.detail) {
            (DriftKind::UnknownField, Some(key)) => {
                let value = drift.seen.property(key, TO_BE_DESCRIBED);
                self.named(index, drift, key, Names::add_field, |node, at| {
                    schema::property(node, at, key, value)
                });
            }
            (DriftKind::UnknownValue, _) => {
                if let Some(value) = &drift.value {
                    self.named(index, drift, value, Names::add_value, |node, at| {
                        schema::value(node, at, value)
                    });
                }
            }
            (DriftKind::Null, _) => self.site(drift.schema.clone(), index).null = true,
            (DriftKind::WrongType, _) => {
                self.site(drift.schema.clone(), index).wrong = Some(&drift.seen);
            }
            (DriftKind::Missing, Some(name)) => {
                self.site(property(name), index).null = true;
                self.optional.push((&drift.schema, name, index));
            }
            _ => {}
        }
    }

    fn site(&mut self, pointer: String, index: usize) -> &mut Wanted<'d> {
        let site = self.sites.entry(pointer).or_default();
        site.drifts.push(index);
        site
    }

    /// A new key or value, which gets a name in Rust if one is free.
    fn named(
        &mut self,
        index: usize,
        drift: &'d Drift,
        text: &str,
        add: fn(&mut Names, &str) -> bool,
        edit: impl FnOnce(&Node, &str) -> Edit,
    ) {
        let at = drift.schema.as_str();
        let Some(node) = self.node(at) else {
            return;
        };
        let edit = edit(node, at);
        let new = (!self.names.contains_key(at)).then(|| Names::of(node));
        self.names.extend(new.map(|names| (at, names)));
        let free = self.names.get_mut(at).is_some_and(|names| add(names, text));
        self.found.push(Candidate {
            drifts: vec![index],
            state: if free {
                State::Described
            } else {
                State::Unnamed
            },
            edits: vec![edit],
            schema: at.to_owned(),
            about: About::Value {
                schema: at.to_owned(),
                text: text.to_owned(),
            },
        });
    }

    /// Makes the property of that schema optional, unless that is done because it was missing.
    fn optional_edits(&self, at: &str) -> Vec<Edit> {
        let Some((owner, name)) = at.rsplit_once("/properties/") else {
            return Vec::new();
        };
        let missing = self.optional.iter();
        let mut missing = missing.filter(|(of, other, _)| *of == owner && escape(other) == name);
        match (missing.next(), self.node(owner)) {
            (None, Some(node)) => unlisted(node, owner, "required", name)
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn finish(mut self) -> Vec<Candidate> {
        let mut any = HashSet::new();
        for (at, site) in std::mem::take(&mut self.sites) {
            let Some(node) = self.node(&at) else {
                continue;
            };
            let edits = match site.wrong {
                None => Some(nullable(self.spec, node, &at)),
                Some(seen) => schema::loosen(self.spec, node, &at, seen).map(|mut edits| {
                    match seen.against(node) {
                        Loosened::Any => {
                            any.insert(at.clone());
                            // Only an optional field may be of any type.
                            edits.extend(self.optional_edits(&at));
                        }
                        _ if site.null => edits.extend(nullable(self.spec, node, &at)),
                        _ => {}
                    }
                    edits
                }),
            };
            if let Some(edits) = edits {
                self.found.push(Candidate {
                    drifts: site.drifts,
                    state: State::Described,
                    edits,
                    schema: at.clone(),
                    about: About::Entry(at),
                });
            }
        }
        for (at, name, drift) in std::mem::take(&mut self.optional) {
            let node = self.node(at);
            let edit = node.and_then(|node| unlisted(node, at, "required", &escape(name)));
            self.found.push(Candidate {
                drifts: vec![drift],
                state: State::Described,
                edits: edit.into_iter().collect(),
                schema: at.to_owned(),
                about: About::Entry(format!("{at}/required")),
            });
        }
        // Below a place that takes any value from now on, nothing is described any more.
        let within_any = |candidate: &Candidate| {
            let slashes = candidate.schema.match_indices('/');
            slashes
                .into_iter()
                .any(|(index, _)| any.contains(&candidate.schema[..index]))
        };
        self.found.retain(|candidate| !within_any(candidate));
        self.found
    }
}

/// Edits of all candidates, and what is given up with them.
pub(super) fn edits(spec: &Spec, candidates: &[Candidate], unused: &HashSet<String>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut nameless: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for candidate in candidates {
        match (candidate.state, &candidate.about) {
            (State::Described, _) => edits.extend(candidate.edits.iter().cloned()),
            (State::Unnamed, About::Value { schema, text }) => {
                nameless.entry(schema).or_default().push(text);
            }
            _ => {}
        }
    }
    for (at, texts) in nameless {
        if let Some((node, _)) = spec.root.pointer(at) {
            edits.extend(unnamed(node, at, &texts));
        }
    }
    let remove = |name: &String| Edit::Remove {
        at: format!("/components/schemas/{}", escape(name)),
    };
    edits.extend(unused.iter().map(remove));
    without_empty_lists(spec, edits)
}

/// Where all items of a list go, the list goes.
fn without_empty_lists(spec: &Spec, mut edits: Vec<Edit>) -> Vec<Edit> {
    let list = |edit: &Edit| match edit {
        Edit::Remove { at } => Some(at.rsplit_once('/')?.0.to_owned()),
        _ => None,
    };
    let mut removed: BTreeMap<String, usize> = BTreeMap::new();
    for pointer in edits.iter().filter_map(list) {
        *removed.entry(pointer).or_default() += 1;
    }
    removed.retain(|pointer, count| {
        let node = spec.root.pointer(pointer);
        node.is_some_and(|(node, _)| node.items().len() == *count)
    });
    edits.retain(|edit| list(edit).is_none_or(|list| !removed.contains_key(&list)));
    let lists = removed.into_keys().map(|at| Edit::Remove { at });
    edits.extend(lists);
    edits
}

/// Whether a component is an enum, which may go when nothing refers to it any more.
pub(super) fn is_enum(spec: &Spec, name: &str) -> bool {
    let component = spec.component(name.strip_prefix(SCHEMAS).unwrap_or(name));
    component.is_some_and(|component| component.has("enum"))
}
