//! The one call in the vendor's document, by path and method.
//!
//! ```text
//! contract                     vendor                            found
//! /api/v1/beta/items/{id}      /api/v1/beta/items/{item_id}      the same: names of placeholders mean nothing
//! /api/v1/beta/items/{id}      /api/v2/items/{id}                moved: another version, a difference of the path
//! /api/v1/beta/items/{id}      both                              the same, and the other one as a difference
//! /api/v1/beta/items/{id}      /api/v2/items and /api/v3/items   several that it may be: nobody guesses
//! ```
//!
//! A call that leaves beta is the change that is surest to come, and must not look like "the document lacks the call".

use super::references::References;
use crate::meaning::anonymous;
use crate::nearest::nearest;
use crate::yaml::{Entry, Node};

/// A call of the vendor's document: the entry of its path, what the path has (by way of a `$ref`, maybe), and the entry
/// of its method.
pub(super) struct VendorCall<'a> {
    pub(super) path: &'a Entry,
    pub(super) item: &'a Node,
    pub(super) operation: &'a Entry,
}

/// The call at its path, or else at the one other that differs only in its version; and those that do beside it.
///
/// An error names the nearest path, or all that it may be.
pub(super) fn find<'a>(
    references: &References<'a>,
    root: &'a Node,
    path: &str,
    method: &str,
) -> Result<(VendorCall<'a>, Vec<VendorCall<'a>>), String> {
    let mut there = Vec::new();
    for entry in root.entries_of("paths") {
        let item = match entry.value.get("$ref") {
            Some(reference) if is_like(&entry.key.text, path) => references.target(reference)?.1,
            _ => &entry.value,
        };
        there.push((entry, item));
    }
    let alike = there
        .iter()
        .filter(|(other, _)| is_like(&other.key.text, path));
    let alike = alike.filter_map(|(path, item)| {
        let operation = item.entry(method)?;
        Some(VendorCall {
            path,
            item,
            operation,
        })
    });
    let is_same = |found: &VendorCall| anonymous(&found.path.key.text) == anonymous(path);
    let (mut same, mut moved): (Vec<VendorCall>, Vec<VendorCall>) = alike.partition(is_same);
    same.sort_by_key(|found| found.path.key.text != path);
    let verb = method.to_uppercase();
    match (same.is_empty(), moved.len()) {
        (false, _) => Ok((same.swap_remove(0), moved)),
        (true, 0) => Err(missing(&there, path, &verb)),
        (true, 1) => Ok((moved.swap_remove(0), Vec::new())),
        (true, _) => Err(format!(
            "it has no {verb} {path}, and several that it may be now: {}",
            names(&moved)
        )),
    }
}

fn names(calls: &[VendorCall]) -> String {
    let names = calls.iter().map(|found| found.path.key.text.as_str());
    names.collect::<Vec<_>>().join(", ")
}

/// Why there is no such call: the path lacks the method, or the document lacks the path.
fn missing(there: &[(&Entry, &Node)], path: &str, verb: &str) -> String {
    let names = || there.iter().map(|(entry, _)| entry.key.text.as_str());
    match names().find(|name| anonymous(name) == anonymous(path)) {
        Some(_) => format!("it has {path}, but no {verb} there"),
        None => {
            let help = nearest(path, names()).map(|name| format!("; the nearest path is {name}"));
            format!("it has no {verb} {path}{}", help.unwrap_or_default())
        }
    }
}

/// Whether two paths differ only in the version of the interface and in names of placeholders: `/api/v1/beta/x/{a}` is
/// like `/v2/x/{b}`.
fn is_like(one: &str, other: &str) -> bool {
    let is_number = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    let is_version = |segment: &&str| {
        ["", "api", "alpha", "beta"].contains(segment)
            || segment.strip_prefix('v').is_some_and(is_number)
    };
    let named = |path: &str| -> Vec<String> {
        let path = anonymous(path);
        path.split('/')
            .filter(|segment| !is_version(segment))
            .map(str::to_owned)
            .collect()
    };
    named(one) == named(other)
}
