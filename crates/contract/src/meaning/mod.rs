//! What an OpenAPI document means, apart from how it is written: one tree for everybody who compares or lists.
//!
//! [`Meaning::of`] reads a tree of OpenAPI 3.0 into [`Part`]s: operations with their parameters, responses, effective
//! servers and effective security, and the schemas that have a name. Each part has a key, which is its identity among
//! its siblings, facts, which are single values, and parts of its own. Nothing of a document is left out: a key that
//! nobody here knows is a fact with its JSON. So two documents whose trees are equal mean the same, and a comparison of
//! the trees misses nothing.
//!
//! What is written in two ways and means one thing is read as one: `$ref` and `allOf` of one `$ref` (the fact
//! [`REFERENCE`]), a `type` beside a reference, parameters of the path and shared ones, `false` where it is the default,
//! servers and security of the root or of the call, names of security schemes and of placeholders in a path.
//!
//! A reference is a fact, not expanded, so that reading is linear and a schema may contain itself. Walk it so:
//!
//! - Begin with [`Meaning::operations`]; a schema part with a [`Part::reference`] leads to [`Meaning::component`].
//! - Remember the names (or pairs of names, to compare) that were visited, and leave out what comes again.
//! - [`Meaning::view`] lays what stands at a reference over what it refers to.
//! - [`Part::fact`] has the JSON of a key, [`Part::flag`] whether it is true, [`Part::at`] and [`Fact::at`] the positions.
//!
//! For another version of OpenAPI, rewrite its tree to the terms of 3.0 before (`anyOf: [T, null]` to `nullable`, `const` to
//! `enum`), and keep the positions of its nodes.

pub(crate) mod call;
mod part;
mod schema;
mod service;
#[cfg(test)]
mod tests;

pub(crate) use crate::spec::placeholders;
pub(crate) use call::anonymous;
pub(crate) use part::{Fact, Kind, Part, REFERENCE, View};

use crate::yaml::Node;
use std::collections::{HashMap, HashSet};

/// The key of a call that needs no credential.
pub(crate) const NO_CREDENTIAL: &str = "no credential";

/// Which way a schema travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Directions {
    pub(crate) request: bool,
    pub(crate) response: bool,
}

/// A document, read.
#[derive(Debug)]
pub(crate) struct Meaning<'a> {
    /// The document around its operations: info, security schemes, unused things.
    pub(crate) service: Part<'a>,
    pub(crate) operations: Vec<Part<'a>>,
    /// The schemas that have a name, in the order of the document.
    pub(crate) components: Vec<Part<'a>>,
    by_name: HashMap<String, usize>,
    directions: Vec<Directions>,
}

impl<'a> Meaning<'a> {
    /// Reads a tree.
    pub(crate) fn of(root: &'a Node) -> Meaning<'a> {
        let mut reader = Reader::new(root);
        let operations = reader.operations();
        let components: Vec<Part> = reader.components();
        let service = reader.service(operations.is_empty());
        let names = components.iter().enumerate().rev();
        let mut meaning = Meaning {
            by_name: names
                .map(|(index, part)| (part.key.to_string(), index))
                .collect(),
            directions: vec![Directions::default(); components.len()],
            service,
            operations,
            components,
        };
        meaning.find_directions();
        meaning
    }

    pub(crate) fn component(&self, name: &str) -> Option<&Part<'a>> {
        Some(&self.components[*self.by_name.get(name)?])
    }

    /// Whether a component can be part of a request, and of a response.
    pub(crate) fn directions(&self, name: &str) -> Directions {
        let index = self.by_name.get(name);
        index.map_or(Directions::default(), |index| self.directions[*index])
    }

    /// A schema with all that it refers to, in turn; what stands at the reference comes first.
    pub(crate) fn view<'m>(&'m self, part: &'m Part<'a>) -> View<'m, 'a> {
        let mut view = part.own();
        let (mut next, mut visited) = (part, HashSet::new());
        while let Some(name) = next.reference().filter(|name| visited.insert(*name)) {
            let Some(target) = self.component(name) else {
                return view;
            };
            for (name, fact) in &target.facts {
                view.facts.entry(*name).or_insert(fact);
            }
            view.parts.extend(&target.parts);
            view.node = target.node;
            next = target;
        }
        view.facts.remove(REFERENCE);
        view
    }

    /// Follows the operations to the components, each once for a direction.
    fn find_directions(&mut self) {
        for request in [true, false] {
            let parts = self
                .operations
                .iter()
                .flat_map(|operation| &operation.parts);
            let is_sent = |part: &Part| matches!(part.kind, Kind::Parameter | Kind::Body);
            let mut pending: Vec<&Part> = parts.filter(|part| is_sent(part) == request).collect();
            while let Some(part) = pending.pop() {
                pending.extend(&part.parts);
                let index = part.reference().and_then(|name| self.by_name.get(name));
                let Some(&index) = index else { continue };
                let directions = &mut self.directions[index];
                let reached = match request {
                    true => &mut directions.request,
                    false => &mut directions.response,
                };
                if !std::mem::replace(reached, true) {
                    pending.push(&self.components[index]);
                }
            }
        }
    }
}

/// Reads a document; the other files of this directory have its methods.
struct Reader<'a> {
    root: &'a Node,
    /// Everything below `components`, by its section and name.
    shared: HashMap<(&'a str, &'a str), &'a Node>,
    /// What of it was referred to.
    used: HashSet<(&'a str, &'a str)>,
}
