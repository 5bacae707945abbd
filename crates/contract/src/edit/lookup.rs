//! Collections of the text that is edited, by their pointers.
//!
//! A hundred edits of the fields of one component name it a hundred times, and each has to find its own field.
//! So what was found is kept, and a mapping finds its keys by an index: n edits of m fields take n + m steps.

use crate::yaml::{Node, NodeKind, node::unescape};
use std::collections::HashMap;

/// Finds collections by pointer; siblings of what was found once are found at once.
pub(super) struct Lookup<'a> {
    found: HashMap<String, Option<EditTarget<'a>>>,
}

/// A collection: its node, the end of its key if it has one, and the indices that lead to it from the root.
pub(super) struct EditTarget<'a> {
    pub(super) node: &'a Node,
    pub(super) after_key: Option<usize>,
    pub(super) path: Vec<usize>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(root: &'a Node) -> Lookup<'a> {
        let root = EditTarget {
            node: root,
            after_key: None,
            path: Vec::new(),
        };
        Lookup {
            found: HashMap::from([(String::new(), Some(root))]),
        }
    }

    /// The collection that a pointer names. `None` where there is nothing, or where a scalar would need a
    /// child.
    pub(super) fn find(&mut self, pointer: &str) -> Option<&EditTarget<'a>> {
        if !self.found.contains_key(pointer) {
            let found = self.search(pointer);
            self.found.insert(pointer.to_owned(), found);
        }
        self.found.get(pointer)?.as_ref()
    }

    /// Finds a collection from the one above it.
    fn search(&mut self, pointer: &str) -> Option<EditTarget<'a>> {
        let (parent, token) = pointer.rsplit_once('/')?;
        let parent = self.find(parent)?;
        let index = parent.child(&unescape(token))?;
        let (node, after_key) = match &parent.node.kind {
            NodeKind::Mapping(entries) => (&entries[index].value, Some(entries[index].span.end)),
            NodeKind::Sequence(items) => (&items[index], None),
            NodeKind::Scalar(_) => return None,
        };
        let mut path = parent.path.clone();
        path.push(index);
        Some(EditTarget {
            node,
            after_key,
            path,
        })
    }
}

impl EditTarget<'_> {
    /// The index of a key, or of an item by its number.
    pub(super) fn child(&self, token: &str) -> Option<usize> {
        match &self.node.kind {
            NodeKind::Mapping(entries) => entries.position(token),
            NodeKind::Sequence(items) => token.parse().ok().filter(|index| *index < items.len()),
            NodeKind::Scalar(_) => None,
        }
    }
}
