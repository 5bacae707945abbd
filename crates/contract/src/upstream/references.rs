//! References within the vendor's document.
//!
//! `$ref` may lead anywhere: to `#/components/schemas/Item`, to a property below it, or, as code generators write it, to
//! `#/components/schemas/Page%5BItem%5D`. Each target gets a name as a component, the last token of its pointer, with
//! underscores behind it if that is taken.

use crate::spec::SCHEMAS;
use crate::yaml::Node;
use std::collections::{HashMap, VecDeque};

/// What is referred to. Each pointer gets exactly one name and is queued exactly once; no two have the same name.
pub(super) struct References<'a> {
    root: &'a Node,
    /// Schemas that are referred to and not yet read, with the names that they get.
    pending: VecDeque<(String, &'a Node)>,
    /// The name of each pointer that was referred to.
    names: HashMap<String, String>,
    /// What was resolved, by how it is referred to; `None` while it is being rewritten.
    pub(super) around: HashMap<String, Option<Node>>,
    /// How many schemas are around the one that is being rewritten, through references, too.
    pub(super) levels: usize,
    /// What each name stands for.
    nodes: HashMap<String, &'a Node>,
}

impl<'a> References<'a> {
    pub(super) fn new(root: &'a Node) -> References<'a> {
        References {
            root,
            pending: VecDeque::new(),
            names: HashMap::new(),
            around: HashMap::new(),
            levels: 0,
            nodes: HashMap::new(),
        }
    }

    /// The next schema to read.
    ///
    /// Reading it may add others, which come later.
    pub(super) fn next(&mut self) -> Option<(String, &'a Node)> {
        self.pending.pop_front()
    }

    /// Where a `$ref` leads to. A dangling one makes the document unusable, as nobody knows what it meant.
    pub(super) fn target(&self, reference: &Node) -> Result<(String, &'a Node), String> {
        let line = reference.at.line;
        let pointer = reference.text().unwrap_or_default();
        let local = pointer.strip_prefix('#');
        let local = local.ok_or_else(|| {
            format!(
                "line {line} refers to another file: {}",
                pointer.escape_debug()
            )
        })?;
        let decoded = percent_decoded(local);
        match self.root.pointer(&decoded) {
            Some((node, _)) => Ok((decoded, node)),
            None => Err(format!(
                "line {line} refers to nothing: {}",
                pointer.escape_debug()
            )),
        }
    }

    /// Notes what a `$ref` refers to, and says how it is referred to from now on.
    pub(super) fn reference(&mut self, reference: &Node) -> Result<String, String> {
        let (pointer, node) = self.target(reference)?;
        let last = pointer.rsplit('/').next().unwrap_or_default().to_owned();
        let name = match self.names.get(&pointer) {
            Some(name) => name.clone(),
            None => {
                let is_free = |name: &String| !self.nodes.contains_key(name);
                let mut names = std::iter::successors(Some(last), |name| Some(format!("{name}_")));
                let name = names.find(is_free).unwrap_or_default();
                self.names.insert(pointer, name.clone());
                self.nodes.insert(name.clone(), node);
                self.pending.push_back((name.clone(), node));
                name
            }
        };
        Ok(format!("{SCHEMAS}{name}"))
    }

    /// What a reference leads to that was made by [`reference`](Self::reference).
    pub(super) fn named(&self, reference: &str) -> Option<&'a Node> {
        self.nodes.get(reference.strip_prefix(SCHEMAS)?).copied()
    }
}

/// A fragment of a URL as the pointer that it stands for: `%5B` is `[`. A lone `%` stands for itself.
fn percent_decoded(fragment: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8();
    decoded.map_or_else(|_| fragment.to_owned(), Into::into)
}
