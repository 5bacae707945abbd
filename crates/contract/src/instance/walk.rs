//! The way through a schema and a value side by side.
//!
//! Three positions move together: in the schema, in the value, and at the place of the contract that would have
//! to change. A reference moves the first and not the others, so a null is blamed on the field and not on the
//! component.
//!
//! Alternatives (`oneOf`, `anyOf`) are all compared, and the one with the fewest differences counts. Within
//! alternatives that multiplies, so the walk has a number of steps that depends on the size of the value, and
//! ends when they are used up.

use super::json::{self, Json};
use super::place::{At, Path, Step};
use super::values::{kind_of, unmet};
use super::{Problem, Violation};
use crate::extensions::{TypedBy, typed_by};
use crate::spec::{COMPOSED, MAX_HOPS, SCHEMAS, Spec, UNNAMED};
use crate::yaml::Node;
use serde_json::value::RawValue;

/// A walk over one value.
pub(super) struct Walk<'s, 'a, 'j> {
    pub(super) spec: &'s Spec<'a>,
    pub(super) typed_by: Option<TypedBy>,
    found: Vec<Violation<'j>>,
    /// How many schemas may still be looked at, so that alternatives within alternatives end.
    steps: usize,
}

/// Far more schemas than a value has, for each of its bytes.
const STEPS_PER_BYTE: usize = 32;

/// Where one is. Copied at each step, and never on the heap.
#[derive(Clone, Copy)]
pub(super) struct Here<'p> {
    /// The schema.
    pub(super) at: &'p At<'p>,
    /// The schema that refers to it, which is the one to change for a null or a wrong type.
    pub(super) site: &'p At<'p>,
    pub(super) path: &'p Path<'p>,
    /// How many schemas in a row were for the same value.
    pub(super) hops: usize,
}

impl<'p> Here<'p> {
    /// Another schema for the same value.
    pub(super) fn same(self, at: &'p At<'p>) -> Here<'p> {
        let hops = self.hops + 1;
        Here { at, hops, ..self }
    }

    /// The first schema for another value, which is also the one to change.
    pub(super) fn inner(at: &'p At<'p>, path: &'p Path<'p>) -> Here<'p> {
        let (site, hops) = (at, 0);
        Here {
            at,
            site,
            path,
            hops,
        }
    }
}

impl<'s, 'a, 'j> Walk<'s, 'a, 'j> {
    pub(super) fn new(spec: &'s Spec<'a>, bytes: usize) -> Self {
        Walk {
            spec,
            typed_by: typed_by(spec),
            found: Vec::new(),
            steps: (bytes + 64) * STEPS_PER_BYTE,
        }
    }

    pub(super) fn differences(
        mut self,
        schema: &Node,
        pointer: &str,
        value: &'j RawValue,
    ) -> Vec<Violation<'j>> {
        let at = At::top(Step::Top(pointer));
        self.value(schema, value, Here::inner(&at, &Path::Top));
        self.found
    }

    /// Compares one value with one schema: its type first, since nothing else can be said of a value of another
    /// type.
    pub(super) fn value(&mut self, schema: &Node, value: &'j RawValue, here: Here) {
        self.steps = self.steps.saturating_sub(1);
        if here.hops > MAX_HOPS || self.steps == 0 {
            return self.add(here.at, here, Problem::Endless, Some(value));
        }
        if let Some(reference) = schema.get("$ref").and_then(Node::string) {
            return self.reference(reference, value, here);
        }
        let any_type = !schema.has("type");
        if value.get() == "null" {
            if schema.flag("nullable") || (any_type && !schema.has_any(&COMPOSED)) {
                return;
            } else if !any_type {
                return self.add(here.site, here, Problem::Null, Some(value));
            }
        }
        let opened = json::open(value);
        if let Some(wanted) = unmet(schema, &opened) {
            let (wanted, found) = (wanted.to_owned(), kind_of(value));
            let problem = Problem::WrongType { wanted, found };
            return self.add(here.site, here, problem, Some(value));
        }
        if let Some(branches) = schema.get("oneOf").or_else(|| schema.get("anyOf")) {
            return self.best_branch(branches.items(), value, here);
        }
        let parts = schema.items_of("allOf");
        for (index, part) in parts.iter().enumerate() {
            let at = here.at.below(Step::Branch("allOf", index));
            self.value(part, value, here.same(&at));
        }
        if parts.is_empty() {
            self.inside(schema, opened, value, here);
        }
    }

    /// Follows a reference by its name. One that leads nowhere is a difference of the contract itself.
    fn reference(&mut self, target: &str, value: &'j RawValue, here: Here) {
        let name = target.strip_prefix(SCHEMAS);
        match name.and_then(|name| Some((name, self.spec.component(name)?))) {
            Some((name, schema)) => {
                self.value(schema, value, here.same(&At::top(Step::Component(name))));
            }
            None => self.add(here.at, here, Problem::NoSuchSchema, Some(value)),
        }
    }

    /// The branch that the value fits best; of equals, the first.
    fn best_branch(&mut self, branches: &[Node], value: &'j RawValue, here: Here) {
        let before = std::mem::take(&mut self.found);
        let mut best: Option<Vec<Violation>> = None;
        for (index, branch) in branches.iter().enumerate() {
            let at = here.at.below(Step::Branch("oneOf", index));
            self.value(branch, value, here.same(&at));
            let found = std::mem::take(&mut self.found);
            if best.as_ref().is_none_or(|best| found.len() < best.len()) {
                best = Some(found);
            }
        }
        self.found = before;
        self.found.extend(best.unwrap_or_default());
    }

    /// Compares what is in a value that has the right type.
    fn inside(&mut self, schema: &Node, opened: Json<'j>, value: &'j RawValue, here: Here) {
        match opened {
            Json::Object(entries) => self.object(schema, &entries, here),
            Json::Array(items) => {
                let Some(schema) = schema.get("items") else {
                    return;
                };
                let at = here.at.below(Step::Items);
                for (index, item) in items.into_iter().enumerate() {
                    let path = Path::Index(here.path, index);
                    self.value(schema, item, Here::inner(&at, &path));
                }
            }
            Json::Text(Some(text)) => {
                let lists = |key| schema.lists(key, &text);
                if schema.has("enum") && !lists("enum") && !lists(UNNAMED) {
                    self.add(here.at, here, Problem::UnknownValue, Some(value));
                }
            }
            Json::Unreadable => self.add(here.at, here, Problem::Unreadable, Some(value)),
            _ => {}
        }
    }

    /// Notes a difference. The texts of the places are written here, and nowhere else.
    pub(super) fn add(
        &mut self,
        at: &At,
        here: Here,
        problem: Problem,
        value: Option<&'j RawValue>,
    ) {
        // Where the complete response is wrong, its component says more than the path to its schema.
        let named = if at.is_top() { here.at } else { at };
        let place = match &problem {
            Problem::UnknownField { key: name } | Problem::Missing { name } => {
                format!("{named}.{name}")
            }
            _ => named.to_string(),
        };
        self.found.push(Violation {
            pointer: here.path.to_string(),
            place,
            schema: at.pointer(),
            problem,
            value,
        });
    }
}
