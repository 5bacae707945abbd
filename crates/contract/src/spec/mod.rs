//! The contract as OpenAPI: its schemas and operations, found once for all rules and reports.
//!
//! A rule that would walk the document by itself would have to know every place that may hold a schema. Here
//! each of them is a [`Site`], with what it is to the thing around it:
//!
//! ```yaml
//! Job:                                     # Role::Component
//!   properties:
//!     tags:                                # Role::Property
//!       type: array
//!       items: {type: string}              # Role::Items
//! ```
//!
//! A document may be wrong in any way: what is of the wrong kind is not found, and `vocabulary.rs` reports it.

mod keys;
mod sites;

pub(crate) use keys::{
    COMPOSED, CONSTRAINTS, DEFAULT, METHODS, PROSE, REGION, SCHEMAS, SETTINGS, TYPED_BY, UNNAMED,
};

use crate::finding::Position;
use crate::yaml::{Entry, Node};
use std::collections::{BTreeSet, HashMap};

/// Limit on chained references; it also ends a circle of them.
pub(crate) const MAX_HOPS: usize = 16;

/// The contract with all its schemas at hand.
pub(crate) struct Spec<'a> {
    pub(crate) root: &'a Node,
    pub(crate) sites: Vec<Site<'a>>,
    in_responses: BTreeSet<&'a str>,
}

/// A schema, and where it is used. A reference is a site of its own; what it leads to is the site of a
/// component.
pub(crate) struct Site<'a> {
    pub(crate) schema: &'a Node,
    /// The key that holds the schema.
    pub(crate) at: Position,
    pub(crate) role: Role<'a>,
    pub(crate) home: Home<'a>,
}

/// What a schema is to the thing around it.
#[derive(Clone, Copy)]
pub(crate) enum Role<'a> {
    /// A component of its own.
    Component(&'a str),
    /// A property of the object.
    Property {
        name: &'a str,
        owner: &'a Node,
        required: bool,
    },
    /// What an array holds.
    Items,
    /// What a map holds.
    Values,
    /// A part of `allOf`, `oneOf` and their like.
    Branch,
    /// The value of a parameter.
    Parameter,
    /// A complete body or a header.
    Body,
}

/// Where a schema stands in the file. Which way a component travels follows from who refers to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Home<'a> {
    Component(&'a str),
    Request,
    Response,
}

/// A method on a path.
pub(crate) struct Operation<'a> {
    pub(crate) path: &'a Entry,
    pub(crate) method: &'a Entry,
}

impl<'a> Spec<'a> {
    /// Finds the sites, and which components a response can contain. Linear in the document.
    pub(crate) fn new(root: &'a Node) -> Spec<'a> {
        let mut spec = Spec {
            root,
            sites: Vec::new(),
            in_responses: BTreeSet::new(),
        };
        spec.find_sites();
        spec.in_responses = spec.reachable(Home::Response);
        spec
    }

    /// The schemas that have a name.
    pub(crate) fn components(&self) -> &'a [Entry] {
        self.section("schemas")
    }

    /// A section of `components`, such as `securitySchemes`; nothing where there is none.
    pub(crate) fn section(&self, name: &str) -> &'a [Entry] {
        let components = self.root.get("components");
        components.map_or(&[], |components| components.entries_of(name))
    }

    /// A schema by its name.
    pub(crate) fn component(&self, name: &str) -> Option<&'a Node> {
        self.root.get("components")?.get("schemas")?.get(name)
    }

    /// The node itself, or what its `$ref` leads to in the end. `None` for a reference to nothing, and for a
    /// circle.
    pub(crate) fn resolve(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_HOPS {
            match node.get("$ref") {
                None => return Some(node),
                Some(target) => node = self.root.pointer(target.string()?.strip_prefix('#')?)?.0,
            }
        }
        None
    }

    /// Every method of every path, in the order of the file.
    pub(crate) fn operations(&self) -> impl Iterator<Item = Operation<'a>> {
        let paths = self.root.entries_of("paths");
        paths.iter().flat_map(|path| {
            let methods = path.value.entries().iter();
            let methods = methods.filter(|entry| METHODS.contains(&entry.key.text.as_str()));
            methods.map(move |method| Operation { path, method })
        })
    }

    /// Whether the schema can be part of a response.
    pub(crate) fn in_response(&self, site: &Site) -> bool {
        match site.home {
            Home::Response => true,
            Home::Request => false,
            Home::Component(name) => self.in_responses.contains(name),
        }
    }

    /// The components that something at `from` contains, directly or over others. Each component is visited
    /// once.
    fn reachable(&self, from: Home) -> BTreeSet<&'a str> {
        let mut by_home: HashMap<Home, Vec<&Site>> = HashMap::new();
        for site in &self.sites {
            by_home.entry(site.home).or_default().push(site);
        }
        let mut reached = BTreeSet::new();
        let mut homes = vec![from];
        while let Some(home) = homes.pop() {
            for site in by_home.get(&home).into_iter().flatten() {
                let names = referenced(site.schema).into_iter();
                for name in names.chain(typed_by(site.schema)) {
                    if reached.insert(name) {
                        homes.push(Home::Component(name));
                    }
                }
            }
        }
        reached
    }
}

impl<'a> Operation<'a> {
    /// The parameters written at the path and at the method.
    pub(crate) fn own_parameters(&self) -> impl Iterator<Item = &'a Node> + use<'a> {
        let (path, method) = (&self.path.value, &self.method.value);
        let own = path.items_of("parameters").iter();
        own.chain(method.items_of("parameters"))
    }

    /// The same, with references followed.
    pub(crate) fn parameters(&self, spec: &Spec<'a>) -> Vec<&'a Node> {
        self.own_parameters()
            .filter_map(|parameter| spec.resolve(parameter))
            .collect()
    }

    /// The statuses of the operation, with their responses.
    pub(crate) fn responses(&self) -> &'a [Entry] {
        self.method.value.entries_of("responses")
    }
}

/// The component that a schema refers to, either as a plain `$ref` or as the only part of an `allOf`.
pub(crate) fn referenced(schema: &Node) -> Option<&str> {
    let holder = match schema.get("allOf").map(Node::items) {
        Some([only]) => only,
        _ => schema,
    };
    holder.get("$ref")?.string()?.strip_prefix(SCHEMAS)
}

/// The components that a schema stands for by the property beside it.
pub(crate) fn typed_by(schema: &Node) -> impl Iterator<Item = &str> {
    let typed = schema.get(TYPED_BY).into_iter();
    let mapped = typed.flat_map(|typed| typed.entries_of("mapping"));
    mapped.filter_map(|entry| entry.value.text())
}

/// Whether an object requires a property of this name.
pub(crate) fn is_required(owner: &Node, name: &str) -> bool {
    owner.lists("required", name)
}

/// The names in braces of a path: of `/items/{item_id}/results`, `item_id`.
pub(crate) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    let pieces = path.split('{').skip(1);
    pieces.filter_map(|piece| Some(piece.split_once('}')?.0))
}
