//! Components that contain themselves.
//!
//! A component is a node of a graph. Two kinds of edges lead from it to others, and a circle of each kind is a
//! mistake of its own:
//!
//! - `allOf`, `oneOf` and `anyOf`, which say what a component *is*. In a circle of these no value can ever be
//!   written, so it is reported as `dead-ref`, and `example-matches-schema` does not try.
//! - Fields, lists, maps and `x-typed-by`, which say what a component *has*: `no-recursion`.
//!
//! ```yaml
//! A: {allOf: [{$ref: '#/components/schemas/B'}]}   # dead-ref: A is B, and B is A
//! B: {allOf: [{$ref: '#/components/schemas/A'}]}
//! ```
//!
//! Each edge is followed once, so that the time grows with the number of references.

use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{COMPOSED, Home, Role, SCHEMAS, Spec, referenced, typed_by};
use crate::yaml::Node;
use std::collections::{HashMap, HashSet};

use super::references::DEAD_REF;

/// The service could well send a tree of jobs. The bindings cannot have it, since a field is a plain value and
/// not a box:
///
/// ```yaml
/// Job:
///   type: object
///   properties:
///     parent: {type: object, allOf: [{$ref: '#/components/schemas/Job'}]}   # wrong
///     children: {type: array, items: {}}                                    # right: kept as JSON
/// ```
///
/// A list of the component counts too, though Rust would compile that: the shape for masking has the shapes of
/// all parts. A circle that only parameters or bodies close is not looked for, since those are no components.
pub(crate) static NO_RECURSION: Rule = Rule {
    name: "no-recursion",
    why: "a component that has itself as a field, or in a list or map, becomes a type that does not compile",
    example: "Job: … parent: … allOf: [{$ref: '#/components/schemas/Job'}]",
    fix: "leave out the type of the field, or of what its list holds (`items: {}`), so that it is kept as JSON",
};

/// From each component to those that a value of it contains, or is, with the places that say so.
type Edges<'a> = HashMap<&'a str, Vec<(&'a str, Position)>>;

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for (name, at) in closing(&is_made_of(spec)) {
        let message = format!("`{name}` leads back to itself");
        report.add(&DEAD_REF, at, message, "write out what the component is");
    }
    for (name, at) in closing(&has(spec)) {
        let message = format!("`{name}` has itself as a field");
        report.add(&NO_RECURSION, at, message, NO_RECURSION.fix);
    }
}

/// Whether a component is made of itself, so that no value of it can be written.
pub(super) fn exist(spec: &Spec) -> bool {
    !closing(&is_made_of(spec)).is_empty()
}

/// The parts of a component that stand for the component itself.
fn is_made_of<'a>(spec: &Spec<'a>) -> Edges<'a> {
    fn parts<'a>(schema: &'a Node, found: &mut Vec<(&'a str, Position)>) {
        for part in COMPOSED.iter().flat_map(|keyword| schema.items_of(keyword)) {
            let target = part.text_of("$ref");
            match target.and_then(|target| target.strip_prefix(SCHEMAS)) {
                Some(target) => found.push((target, part.at)),
                None => parts(part, found),
            }
        }
    }
    let components = spec.components().iter();
    let edges = components.map(|component| {
        let mut found = Vec::new();
        parts(&component.value, &mut found);
        (component.key.text.as_str(), found)
    });
    edges.collect()
}

/// Fields, with what is in their lists and maps, and what a component is by the property beside it: a type's shape for
/// masking has the shapes of all of them.
fn has<'a>(spec: &Spec<'a>) -> Edges<'a> {
    let mut edges = Edges::new();
    for site in &spec.sites {
        let Home::Component(from) = site.home else {
            continue;
        };
        let holds = matches!(
            site.role,
            Role::Property { .. } | Role::Items | Role::Values
        );
        let field = referenced(site.schema).filter(|_| holds);
        let contained = field.into_iter().chain(typed_by(site.schema));
        let contained = contained.map(|to| (to, site.at));
        edges.entry(from).or_default().extend(contained);
    }
    edges
}

/// The references that close a circle, found by walking each component once, depth first and without recursion.
///
/// The walk starts at the names in alphabetical order, so that of a circle the same reference is reported
/// however the file is ordered. A component that was left is `done`, and never entered again.
fn closing<'a>(edges: &Edges<'a>) -> Vec<(&'a str, Position)> {
    let mut starts: Vec<&str> = edges.keys().copied().collect();
    starts.sort_unstable();
    let (mut done, mut found) = (HashSet::new(), Vec::new());
    for start in starts {
        // A path of components, each with the number of its edge that is next.
        let mut path = vec![(start, 0)];
        let mut on_path = HashSet::from([start]);
        while let Some((name, next)) = path.last_mut() {
            let edge = edges.get(name).and_then(|edges| edges.get(*next));
            *next += 1;
            let Some((to, at)) = edge.filter(|_| !done.contains(name)) else {
                done.insert(*name);
                on_path.remove(name);
                path.pop();
                continue;
            };
            if on_path.contains(to) {
                found.push((*to, *at));
            } else if !done.contains(to) {
                on_path.insert(to);
                path.push((to, 0));
            }
        }
    }
    found
}
