//! What an edit of the contract does: to the wire, and to the Rust API of the bindings.
//!
//! ```yaml
//! # before                                      # after
//! Item:                                         Item:
//!   type: object                                  type: object
//!   required: [name]                              required: [name, size]
//!   properties:                                   properties:
//!     name: {type: string}                          name: {type: string}
//!     size: {type: integer, nullable: true}         size: {type: integer, nullable: true}
//! ```
//!
//! is one change: `Item.size: optional became required`. If `Item` is part of a request, requests without the field are
//! refused from now on, which breaks the wire; if it is part of a response, the service promises more, which breaks
//! nobody. In Rust an `Option<i64>` stays one, or is one no more. Both judgements are reported, each with its reason.
//!
//! Both documents are read for what they mean (`meaning`), and the trees are compared part by part and fact by fact, so
//! that nothing is overlooked. What a difference is classed as depends on which way it travels, and says why. A kind of
//! difference that is not known here is classed as the worst.
//!
//! What carries no meaning, and is no change: comments and style of the YAML; the order of properties, parameters,
//! components, responses, and of the lists `required`, `security` and `tags`; whether something is inline or shared,
//! where that gives no Rust type; a default that is written out; and what every operation overrides.
//!
//! The way of a comparison through the files:
//!
//! 1. `pairs` says which part of the old tree is which part of the new one: by key, then by content, then by looks.
//! 2. A part on one side only is looked up in the first half of `table`, by `parts`.
//! 3. Two parts that are one thing are compared fact by fact: `table_lookup` looks single values up in the second half of
//!    `table`; of schemas, `types`, `keywords` and `limits` look closer.
//! 4. `class` turns the effect on valid values into a class for requests, one for responses and one for Rust, and
//!    `context` leaves out the direction that a part does not travel in.
//! 5. `swap` determines what one component in place of another means, by comparing the two as if they were one.
//!
//! `upstream` answers another question about two documents (does the vendor say the same?) by a comparison of its own;
//! what it would mean to follow the vendor is determined here, with the contract before and after the edit.

mod change;
mod class;
mod context;
mod facts;
mod keywords;
mod limits;
mod pairs;
mod parts;
pub mod render;
mod schema;
mod swap;
mod table;
mod table_lookup;
mod types;

pub use change::{Api, Change, Side, Wire};

use crate::document::Document;
use crate::meaning::{Directions, Kind, Meaning, Part};
use class::{Class, Effect};
use context::{BOTH, Context, REQUEST};
use std::collections::{HashMap, HashSet, VecDeque};

/// Every change from one contract to another: first what makes a credential visible, then in the order of the contract.
/// Both should be free of findings.
///
/// ```
/// use processing_results_contract::diff::{self, Api, Wire};
/// use processing_results_contract::Document;
///
/// # let yaml = "
/// # paths: {/items: {get: {operationId: get_items, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Kind'}}}}}}}}
/// # components: {schemas: {Kind: {type: string, enum: [a]}}}
/// # ";
/// let old = Document::parse("old.yaml", yaml).unwrap();
/// let new = Document::parse("new.yaml", &yaml.replace("[a]", "[a, b]")).unwrap();
/// let changes = diff::compare(&old, &new);
/// assert_eq!(changes[0].what, "value `b` added");
/// assert_eq!((changes[0].wire(), changes[0].api), (Wire::Additive, Api::Minor));
/// ```
pub fn compare(old: &Document, new: &Document) -> Vec<Change> {
    let (old, new) = (Meaning::of(old.root()), Meaning::of(new.root()));
    let mut diff = Diff::new(&old, &new);
    diff.documents();
    let mut changes = diff.changes;
    let place = |change: &Change| {
        let side = change.new.as_ref().or(change.old.as_ref());
        side.map(|side| side.at)
    };
    changes.sort_by_key(|change| (!change.exposes, place(change)));
    // What operations have in common is written once, and is one change.
    changes.dedup();
    changes
}

/// Two contracts, and what was found between them so far.
///
/// Components are compared once for each name, not once for each reference, so that a comparison takes time in
/// proportion to the documents, and ends where schemas contain themselves. A component that is met is queued in
/// `pending`; `renamed` and `taken` are the two directions of one relation, and each name is in it at most once.
struct Diff<'d, 'a> {
    old: &'d Meaning<'a>,
    new: &'d Meaning<'a>,
    /// Components of the old contract under their names in the new one, and those new names.
    renamed: HashMap<&'d str, &'d str>,
    taken: HashSet<&'d str>,
    /// Components that are still to be compared, each pair once.
    pending: VecDeque<(&'d Part<'a>, &'d Part<'a>)>,
    met: HashSet<&'d str>,
    /// What is being found out about one component in place of another, and how much was.
    swap: Option<swap::Swap<'d, 'a>>,
    swaps: usize,
    changes: Vec<Change>,
}

impl<'d, 'a> Diff<'d, 'a> {
    fn new(old: &'d Meaning<'a>, new: &'d Meaning<'a>) -> Diff<'d, 'a> {
        Diff {
            old,
            new,
            renamed: HashMap::new(),
            taken: HashSet::new(),
            pending: VecDeque::new(),
            met: HashSet::new(),
            swap: None,
            swaps: 0,
            changes: Vec::new(),
        }
    }

    /// Compares everything: the document around the calls, the calls, the components that they reach, then the components
    /// that both sides have without a call that reaches them, and last those that only one side has.
    fn documents(&mut self) {
        let (old, new) = (self.old, self.new);
        self.part(
            &old.service,
            &new.service,
            &Context::new("document", REQUEST),
        );
        let (before, after) = (old.operations.iter(), new.operations.iter());
        self.siblings(
            before.collect(),
            after.collect(),
            &Context::new("", REQUEST),
        );
        self.components();
        for component in &new.components {
            if let Some(before) = old.component(&component.key) {
                self.meet(before, component);
            }
        }
        // Some were met before all names were known, others are used by nothing.
        self.components();
        for (own, other, added) in [(old, new, false), (new, old, true)] {
            for part in &own.components {
                let name = &*part.key;
                let renamed =
                    self.renamed.contains_key(name) && !added || self.taken.contains(name) && added;
                if !renamed && other.component(name).is_none() {
                    self.alone(part, added, &Context::new("", BOTH));
                }
            }
        }
    }

    /// Compares the components in the queue, and those that are met on the way.
    ///
    /// A component that no call uses is judged as if it travelled both ways, which is the worst case.
    fn components(&mut self) {
        while let Some((old, new)) = self.pending.pop_front() {
            let (before, after) = (self.old.directions(&old.key), self.new.directions(&new.key));
            let mut directions = Directions {
                request: before.request || after.request,
                response: before.response || after.response,
            };
            if directions == Directions::default() {
                directions = BOTH;
            }
            let context = Context::new(&new.key, directions);
            if old.key != new.key {
                let what = format!("renamed to `{}`", new.key);
                let reason = "names of components are not on the wire, but they are names of types";
                let class = Class::new(Effect::Equal, Api::Major, reason);
                self.push(
                    &Context::new(&old.key, directions),
                    what,
                    Side::pair(old, new),
                    class,
                );
            }
            self.part(old, new, &context);
        }
    }

    /// Two components that are one; they are compared once.
    fn meet(&mut self, old: &'d Part<'a>, new: &'d Part<'a>) {
        if self.met.insert(&new.key) {
            self.pending.push_back((old, new));
        }
    }

    /// Whether two names are names of one component, as far as it is known, or as far as its content says.
    ///
    /// `$ref: Kind` that became `$ref: Sort` is a rename if each document has only one of the names, and most of what the
    /// components contain is the same. The guess is kept: a name stands for one other name through all of a comparison.
    fn is_renamed(&mut self, before: &'d str, after: &'d str) -> bool {
        if before == after || self.renamed.get(before) == Some(&after) {
            return true;
        }
        let (Some(old), Some(new)) = (self.old.component(before), self.new.component(after)) else {
            return false;
        };
        let free = self.new.component(before).is_none() && self.old.component(after).is_none();
        let unpaired = !self.renamed.contains_key(before) && !self.taken.contains(after);
        let renamed = free && unpaired && pairs::alike(old, new);
        if renamed {
            self.renamed.insert(before, after);
            self.taken.insert(after);
        }
        renamed
    }

    /// Compares two parts that are one thing: what they are, and what is in them.
    fn part(&mut self, old: &'d Part<'a>, new: &'d Part<'a>, context: &Context) {
        if new.kind >= Kind::Component {
            return self.schema(old, new, context);
        }
        self.facts(old, new, context);
        self.siblings(
            old.parts.iter().collect(),
            new.parts.iter().collect(),
            context,
        );
    }

    /// Reports a difference; or, while one component is held against another, adds it to what that exchange means.
    fn push(
        &mut self,
        context: &Context,
        what: impl Into<String>,
        sides: change::Sides,
        class: Class,
    ) {
        match &mut self.swap {
            Some(swap) => swap.add(class),
            None => self
                .changes
                .push(class.into_change(context, what.into(), sides)),
        }
    }
}
