//! Where in a JSON value the ids are.
//!
//! | JSON | ids |
//! |---|---|
//! | `["a", {"item_id": "b"}]` | `a`, `b` |
//! | `{"items": [{"item_id": "a"}], "next_page_token": "x"}`, a page of the service's own list | `a` |
//! | `{"data": [{"item": {"id": "a"}}], "errors": []}` | `a`, at `data[].item.id` |
//! | `{"files": [{"id": "a"}], "users": [{"id": "b"}]}` | an error: it may be either |
//!
//! Of several places, the one with the most certain name counts: `item_id` is more certain than `id`, and a text
//! without a name, such as a tag, is the least certain.

use serde_json::{Map, Value};

use super::super::names::{rank, without};
use crate::item_id;
use crate::text::escaped;

/// The ranks of texts in a list, which have no name, and of the ids of batch jobs.
const UNNAMED: usize = 8;
const BATCH: usize = 9;

/// Ids, and where they are.
pub(super) struct Found<'a> {
    pub(super) ids: Vec<&'a str>,
    /// Such as `data[].item.id`.
    path: String,
    /// How certain the name is; 0 is the most certain.
    rank: usize,
}

/// The ids in a value.
///
/// # Errors
/// There are none, or they may be in one of several places.
pub(super) fn ids<'a>(value: &'a Value, column: Option<&str>) -> Result<Found<'a>, String> {
    let none = || match value {
        Value::Object(members) => without(members.keys().map(String::as_str), "member"),
        _ => " is JSON, but not of items".to_owned(),
    };
    find(value, column)?.ok_or_else(none)
}

/// The ids in a value; `None` if it has neither ids nor a list.
fn find<'a>(value: &'a Value, column: Option<&str>) -> Result<Option<Found<'a>>, String> {
    match value {
        Value::String(id) => Ok(Some(Found::one(id, "", UNNAMED))),
        Value::Array(list) => in_list(list, column).map(Some),
        Value::Object(members) => in_object(members, column),
        _ => Ok(None),
    }
}

/// The ids of all elements. An element without any is an error.
fn in_list<'a>(list: &'a [Value], column: Option<&str>) -> Result<Found<'a>, String> {
    let mut all = Found {
        ids: Vec::new(),
        path: String::new(),
        rank: UNNAMED,
    };
    for value in list {
        let mut found = ids(value, column)?;
        if all.ids.is_empty() {
            std::mem::swap(&mut all, &mut found);
        }
        all.ids.append(&mut found.ids);
    }
    Ok(all.within("[]"))
}

/// The id of an object, or the ids in one of its members.
fn in_object<'a>(
    members: &'a Map<String, Value>,
    column: Option<&str>,
) -> Result<Option<Found<'a>>, String> {
    let (nested, plain): (Vec<_>, Vec<_>) = members
        .iter()
        .partition(|(_, value)| value.is_array() || value.is_object());
    let named = plain.into_iter();
    let named = named.filter_map(|(name, value)| Some((rank(name, column)?, name, value)));
    let own = named.min_by_key(|(rank, ..)| *rank);
    let mut found = Vec::new();
    if let Some((rank, name, Value::String(id))) = own {
        let rank = if item_id::is_batch(id) { BATCH } else { rank };
        found.push(Found::one(id, name, rank));
    }
    let (mut empty, mut wrong, mut is_odd) = (None, None, false);
    for (name, value) in nested {
        match find(value, column) {
            Err(error) => wrong = wrong.or(Some(error)),
            Ok(Some(none)) if none.ids.is_empty() => empty = Some(none),
            Ok(Some(some)) => found.push(some.within(name)),
            Ok(None) => is_odd = true,
        }
    }
    match (best(found)?, own, wrong) {
        (Some(best), ..) => Ok(Some(best)),
        (None, Some(_), _) => Err(" has an item id that is not a text".to_owned()),
        (None, None, Some(error)) => Err(error),
        // An empty list beside something else, such as that of errors, is not the list of items.
        (None, None, None) => Ok(empty.filter(|_| !is_odd)),
    }
}

/// The most certain of these. An object's own id, which comes first, goes before ids in its members.
fn best(found: Vec<Found<'_>>) -> Result<Option<Found<'_>>, String> {
    let least = found.iter().map(|found| found.rank).min();
    let mut best = found.into_iter().filter(|found| Some(found.rank) == least);
    match (best.next(), best.next()) {
        (Some(one), Some(other)) if one.path.contains(['.', '[']) => Err(format!(
            " may have its item ids at {} or at {}: pass one of the two",
            escaped(&one.path),
            escaped(&other.path)
        )),
        (one, _) => Ok(one),
    }
}

impl<'a> Found<'a> {
    fn one(id: &'a str, path: &str, rank: usize) -> Self {
        Found {
            ids: vec![id],
            path: path.to_owned(),
            rank,
        }
    }

    /// The same, seen from around the member or the list.
    fn within(mut self, name: &str) -> Self {
        // `{"item": {"id": "a"}}` says what `item_id` says.
        let is_item = rank(name, None) == rank("item", None);
        if is_item && Some(self.rank) == rank("id", None) {
            self.rank = 0;
        }
        let dot = match self.path.is_empty() || self.path.starts_with('[') {
            true => "",
            false => ".",
        };
        self.path = format!("{name}{dot}{}", self.path);
        self
    }

    /// Where the ids are, if that is deeper than in a list of items.
    pub(super) fn deep(self) -> Option<String> {
        let is_deep = self.path.split('.').filter(|part| *part != "[]").count() > 2;
        is_deep.then(|| escaped(&self.path))
    }
}
