//! What was removed under one name and added under another.

use crate::describe::{description, type_of};
use crate::spec::{Spec, is_required};
use crate::yaml::{Entry, Node};

/// Components whose name changed and whose content is mostly the same.
pub(super) fn of_components<'a>(old: &Spec<'a>, new: &Spec<'a>) -> Vec<(&'a str, &'a str)> {
    pairs(old.components(), new.components(), |old, new| {
        let kind = |entry: &Entry| entry.value.text_of("type").map(str::to_owned);
        kind(old) == kind(new) && alike(&names_within(&old.value), &names_within(&new.value))
    })
}

/// Fields whose name changed and that say the same of themselves.
pub(super) fn of_fields<'a>(old: &'a Node, new: &'a Node) -> Vec<(&'a str, &'a str)> {
    let entries = |node: &'a Node| node.entries_of("properties");
    pairs(entries(old), entries(new), |before, after| {
        let (from, to) = (&before.key.text, &after.key.text);
        let same_words = description(&before.value) == description(&after.value);
        type_of(&before.value) == type_of(&after.value)
            && is_required(old, from) == is_required(new, to)
            && (same_words || strsim::normalized_damerau_levenshtein(from, to) > 0.7)
    })
}

/// Pairs up what is only on one side, each at most once.
fn pairs<'a>(
    old: &'a [Entry],
    new: &'a [Entry],
    same: impl Fn(&Entry, &Entry) -> bool,
) -> Vec<(&'a str, &'a str)> {
    let only = |one: &'a [Entry], other: &'a [Entry]| {
        let there = |name: &str| other.iter().any(|entry| entry.key.text == name);
        one.iter()
            .filter(|entry| !there(&entry.key.text))
            .collect::<Vec<_>>()
    };
    let mut added = only(new, old);
    let mut found = Vec::new();
    for removed in only(old, new) {
        if let Some(index) = added.iter().position(|added| same(removed, added)) {
            found.push((
                removed.key.text.as_str(),
                added.remove(index).key.text.as_str(),
            ));
        }
    }
    found
}

/// The names of what a component is made of: fields, values, or what it refers to.
fn names_within(schema: &Node) -> Vec<String> {
    let fields = schema.entries_of("properties");
    let fields = fields.iter().map(|entry| entry.key.text.clone());
    let values = schema
        .get("enum")
        .into_iter()
        .flat_map(Node::texts)
        .map(|(value, _)| value.to_owned());
    let parts = schema.items_of("oneOf").iter().map(type_of);
    fields.chain(values).chain(parts).collect()
}

/// Whether more than half of all names are on both sides.
fn alike(old: &[String], new: &[String]) -> bool {
    let shared = old.iter().filter(|name| new.contains(name)).count();
    shared * 2 > old.len().max(new.len())
}
