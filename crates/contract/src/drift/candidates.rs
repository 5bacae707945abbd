//! Which edits would make the contract describe what was seen.
//!
//! | drift | edits |
//! |---|---|
//! | unknown field `size`, integer | a property `size` at its place in the order of the page |
//! | unknown value `c` | `c` in the enum, in its order |
//! | null | `nullable: true`, beside a `$ref` by way of `allOf` |
//! | wrong type | a looser type, format or none at all |
//! | missing | out of `required`, and `nullable: true`, as optional fields of the contract are |
//! | there twice, not compared | none: a person has to look |
//!
//! Several drifts may be about one schema (`null` and a wrong type, in turn), whose edits must not contradict each
//! other; so what is wanted of each place is collected before any edit is made.

use super::infer::{Inferred, Loosened};
use super::remedy::{About, Candidate, State};
use super::{Drift, DriftKind, TO_BE_DESCRIBED, schema};
use crate::additions::{Names, page_order, unlisted};
use crate::edit::{Edit, nullable};
use crate::spec::Spec;
use crate::yaml::{Node, node::escape};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Candidates for all differences that an edit can settle; each has the indices of its differences.
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

/// What a drift adds, to order it by; empty for one that adds nothing.
fn text(drift: &Drift) -> &str {
    let text = drift.value.as_deref().or(drift.detail.as_deref());
    text.unwrap_or_default()
}

/// What is wanted of the place of a value, by how many drifts ever.
#[derive(Default)]
struct Wanted<'d> {
    null: bool,
    wrong: Option<&'d Inferred>,
    drifts: Vec<usize>,
}

/// Collects candidates. New keys and values are candidates at once; what concerns places waits in `sites` and
/// `optional` until all drifts are known.
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
        let is_schema = pointer.starts_with("/components/schemas/");
        let found = self.spec.root.pointer(pointer).filter(|_| is_schema);
        found.map(|(node, _)| node)
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
    ///
    /// `add` is [`Names::add_field`] or [`Names::add_value`]. Names of this round count as taken, so that of two new
    /// values that would be one variant, the second is listed without a name from the start.
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
        let edit = || {
            let (owner, name) = at.rsplit_once("/properties/")?;
            let is_missing =
                |(of, other, _): &(&str, &str, usize)| *of == owner && escape(other) == name;
            let done = self.optional.iter().any(is_missing);
            let node = self.node(owner).filter(|_| !done)?;
            unlisted(node, owner, "required", name)
        };
        Vec::from_iter(edit())
    }

    /// The candidates of places, with those that were found already.
    fn finish(mut self) -> Vec<Candidate> {
        let mut any = HashSet::new();
        for (at, wanted) in std::mem::take(&mut self.sites) {
            if let Some((edits, is_any)) = self.wanted(&at, &wanted) {
                any.extend(is_any.then(|| at.clone()));
                self.entry(at.clone(), wanted.drifts, edits, at);
            }
        }
        for (at, name, drift) in std::mem::take(&mut self.optional) {
            let node = self.node(at);
            let edit = node.and_then(|node| unlisted(node, at, "required", &escape(name)));
            let (edits, list) = (Vec::from_iter(edit), format!("{at}/required"));
            self.entry(at.to_owned(), vec![drift], edits, list);
        }
        // Below a place that takes any value from now on, nothing is described any more.
        self.found.retain(|candidate| {
            let mut slashes = candidate.schema.match_indices('/');
            !slashes.any(|(index, _)| any.contains(&candidate.schema[..index]))
        });
        self.found
    }

    /// The edits of one place, and whether it takes any value from then on.
    fn wanted(&self, at: &str, wanted: &Wanted) -> Option<(Vec<Edit>, bool)> {
        let node = self.node(at)?;
        let Some(seen) = wanted.wrong else {
            return Some((nullable(self.spec, node, at), false));
        };
        let mut edits = schema::loosen(self.spec, node, at, seen)?;
        let is_any = seen.against(node) == Loosened::Any;
        if is_any {
            // Only an optional field may be of any type.
            edits.extend(self.optional_edits(at));
        } else if wanted.null {
            edits.extend(nullable(self.spec, node, at));
        }
        Some((edits, is_any))
    }

    /// Adds a candidate for something that the contract has already.
    fn entry(&mut self, schema: String, drifts: Vec<usize>, edits: Vec<Edit>, about: String) {
        self.found.push(Candidate {
            drifts,
            state: State::Described,
            edits,
            schema,
            about: About::Entry(about),
        });
    }
}
