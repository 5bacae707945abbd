//! The way through a schema and a value side by side.

use super::json::{self, Json};
use super::place::{At, Path, Step};
use super::values::{kind_of, unmet};
use super::{Problem, Violation};
use crate::extensions::{TypedBy, typed_by};
use crate::spec::{MAX_HOPS, SCHEMAS, Spec, UNNAMED, is_required, referenced};
use crate::yaml::{Entry, Node};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;

pub(super) struct Walk<'s, 'a, 'j> {
    spec: &'s Spec<'a>,
    typed_by: Option<TypedBy>,
    found: Vec<Violation<'j>>,
    /// How many schemas may still be looked at, so that alternatives within alternatives end.
    steps: usize,
}

/// Far more schemas than a value has, for each of its bytes.
const STEPS_PER_BYTE: usize = 32;

/// Where one is.
#[derive(Clone, Copy)]
struct Here<'p> {
    /// The schema.
    at: &'p At<'p>,
    /// The schema that refers to it, which is the one to change for a null or a wrong type.
    site: &'p At<'p>,
    path: &'p Path<'p>,
    /// How many schemas in a row were for the same value.
    hops: usize,
}

impl<'p> Here<'p> {
    /// Another schema for the same value.
    fn same(self, at: &'p At<'p>) -> Here<'p> {
        let hops = self.hops + 1;
        Here { at, hops, ..self }
    }

    fn inner(at: &'p At<'p>, path: &'p Path<'p>) -> Here<'p> {
        let (site, hops) = (at, 0);
        Here {
            at,
            site,
            path,
            hops,
        }
    }
}

type Members<'j> = [(Cow<'j, str>, &'j RawValue)];

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

    fn value(&mut self, schema: &Node, value: &'j RawValue, here: Here) {
        self.steps = self.steps.saturating_sub(1);
        if here.hops > MAX_HOPS || self.steps == 0 {
            return self.add(here.at, here, Problem::Endless, Some(value));
        }
        if let Some(reference) = schema.get("$ref").and_then(Node::string) {
            return self.reference(reference, value, here);
        }
        let any_type = !schema.has("type");
        if value.get() == "null" {
            if schema.flag("nullable") || (any_type && !composed(schema)) {
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
                let lists = |key| schema.get(key).is_some_and(|list| lists(list, &text));
                if schema.has("enum") && !lists("enum") && !lists(UNNAMED) {
                    self.add(here.at, here, Problem::UnknownValue, Some(value));
                }
            }
            Json::Unreadable => self.add(here.at, here, Problem::Unreadable, Some(value)),
            _ => {}
        }
    }

    fn object(&mut self, schema: &Node, object: &Members<'j>, here: Here) {
        let properties = schema.get("properties");
        let values = schema.get("additionalProperties");
        let values = values.filter(|node| node.is_mapping());
        let unnamed = schema.get(UNNAMED).map(|list| list.texts());
        let unnamed: HashSet<&str> = unnamed.into_iter().flatten().map(|(key, _)| key).collect();
        let mut keys = HashSet::new();
        for (key, value) in object {
            let path = Path::Key(here.path, key);
            if !keys.insert(&**key) {
                let at = here.at.below(Step::Property(key));
                let problem = Problem::Duplicate {
                    key: key.clone().into_owned(),
                };
                self.add(&at, Here::inner(&at, &path), problem, Some(value));
            }
            if let Some(property) = properties.and_then(|properties| properties.entry(key)) {
                let at = here.at.below(Step::Property(key));
                let inner = Here::inner(&at, &path);
                self.property(schema, property, object, value, inner);
            } else if properties.is_some() && !unnamed.contains(&**key) {
                let key = key.clone().into_owned();
                let inner = Here {
                    path: &path,
                    ..here
                };
                self.add(here.at, inner, Problem::UnknownField { key }, Some(value));
            } else if let Some(values) = values.filter(|_| properties.is_none()) {
                let at = here.at.below(Step::Values);
                self.value(values, value, Here::inner(&at, &path));
            }
        }
        for property in properties.map(Node::entries).unwrap_or_default() {
            let name = &property.key.text;
            if is_required(schema, name) && !keys.contains(name.as_str()) {
                let name = name.clone();
                self.add(here.at, here, Problem::Missing { name }, None);
            }
        }
    }

    /// A property, which may have the type that a property beside it decides on.
    fn property(
        &mut self,
        owner: &Node,
        property: &Entry,
        object: &Members<'j>,
        value: &'j RawValue,
        here: Here,
    ) {
        let typed = self.typed_by.as_ref();
        let typed = typed.filter(|typed| referenced(&property.value) == Some(&typed.component));
        let deciding = typed.and_then(|typed| {
            let (_, decides) = object.iter().find(|(key, _)| *key == typed.property)?;
            match json::open(decides) {
                Json::Text(Some(text)) => Some((typed, text)),
                _ => None,
            }
        });
        let Some((typed, deciding)) = deciding else {
            return self.value(&property.value, value, here);
        };
        let target = typed.mapping.iter().find(|(value, _)| *value == deciding);
        let target = target.map(|(_, component)| component.clone());
        let named = target.and_then(|name| Some((self.spec.component(&name)?, name)));
        let null = value.get() == "null" && property.value.flag("nullable");
        if let Some((schema, name)) = named.filter(|_| !null) {
            return self.value(schema, value, here.same(&At::top(Step::Component(&name))));
        }
        // A known type without a configuration in the contract has any object.
        let known = self.knows(owner, &typed.property, &deciding);
        let by = typed.property.clone();
        match json::open(value) {
            Json::Object(_) if known => {}
            Json::Object(entries) if entries.is_empty() => {}
            Json::Object(_) => self.add(here.site, here, Problem::Untyped { by }, Some(value)),
            _ => self.value(&property.value, value, here),
        }
    }

    /// Whether a text is one that the enum of a property lists.
    fn knows(&self, owner: &Node, property: &str, text: &str) -> bool {
        let properties = owner.get("properties");
        let schema = properties.and_then(|properties| properties.get(property));
        let component = schema
            .and_then(referenced)
            .and_then(|name| self.spec.component(name));
        let schema = component.or(schema);
        schema
            .and_then(|schema| schema.get("enum"))
            .is_none_or(|list| lists(list, text))
    }

    fn add(&mut self, at: &At, here: Here, problem: Problem, value: Option<&'j RawValue>) {
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

fn lists(list: &Node, text: &str) -> bool {
    list.texts().any(|(listed, _)| listed == text)
}

fn composed(schema: &Node) -> bool {
    ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.has(keyword))
}
