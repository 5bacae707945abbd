//! What it means that a fact differs, by the table; and the few facts whose meaning depends on both values.
//!
//! `operationId: get_item` that became `operationId: fetch_item` is one row of the table: the wire has no word of it,
//! and the raw function in Rust is called otherwise. `openapi: 3.0.0` that became `3.0.3` is an exception that is stated
//! here: documents of 3.0 are read alike, while `3.1.0` is another language and has no row, which makes it the worst.

use super::Diff;
use super::change::Api::{Major, Minor, Patch};
use super::class::Class;
use super::class::Effect::{Equal, More, Other};
use super::context::Context;
use super::facts::{Pair, differing};
use super::table::{FACT_ROWS, FactRow};
use crate::meaning::{Kind, Part, anonymous};
use crate::spec::{PROSE, TYPED_BY};

impl Diff<'_, '_> {
    /// The facts of everything but schemas.
    pub(super) fn facts(&mut self, old: &Part, new: &Part, context: &Context) {
        for pair in differing(&old.own(), &new.own()) {
            if let Some((what, class)) = class(&pair, new) {
                self.fact(&pair, [old.at, new.at], context, what, class);
            }
        }
    }
}

/// What a fact means, unless it is part of a change that is reported already: what the change is called, and its class.
///
/// A path whose placeholders alone were renamed (`/items/{id}`, `/items/{item_id}`) is the same path on the wire, and is
/// reported at the parameters.
fn class(pair: &Pair, part: &Part) -> Option<(String, Class)> {
    let [before, after] = pair.texts();
    let (effect, reason) = match (part.kind, pair.name) {
        (Kind::Operation, "path") if anonymous(before) == anonymous(after) => return None,
        (Kind::Service, "openapi") if before.starts_with("3.0.") && after.starts_with("3.0.") => {
            (Equal, "documents of 3.0 are read alike")
        }
        (Kind::Operation, "callbacks") => {
            let effect = if pair.old.is_none() { More } else { Other };
            (
                effect,
                "what the service calls by itself, if it is asked to",
            )
        }
        (Kind::Credential, "scopes") if pair.old.is_some() && pair.new.is_some() => {
            (Other, "what a credential has to allow")
        }
        (Kind::Parameter, "name") if part.text("in") == Some("path") => {
            let reason = "names of placeholders are not on the wire; arguments have positions";
            let what = format!("renamed to `{after}`");
            return Some((what, Class::new(Equal, Patch, reason)));
        }
        (kind, _) => {
            return looked_up(pair, kind).or_else(|| Some((pair.what(), Class::unknown())));
        }
    };
    Some((pair.what(), Class::new(effect, Patch, reason)))
}

/// What the table says: the first row for the kind of part and the name of the fact. `None` for a fact of no row.
pub(super) fn looked_up(pair: &Pair, kind: Kind) -> Option<(String, Class)> {
    if pair.name == TYPED_BY {
        let api = if extends(pair) { Minor } else { Major };
        let reason = "it decides about the variants of `Job`";
        return Some((pair.what(), Class::new(Equal, api, reason)));
    }
    let named = |name: &str| match name.strip_suffix('*') {
        Some(start) => pair.name.starts_with(start),
        None if name == "prose" => PROSE.contains(&pair.name),
        None => pair.name == name,
    };
    let fits = |row: &&FactRow| named(row.1) && (row.0.is_empty() || row.0.contains(&kind));
    let FactRow(_, _, whats, set, unset) = FACT_ROWS.iter().find(fits)?;
    let ((effect, api, reason), what) = match pair.is_set() {
        true => (*set, whats[0]),
        false => (*unset, whats[1]),
    };
    let [before, after] = pair.texts();
    let what = match what {
        "" => pair.what(),
        _ => what.replace("{old}", before).replace("{new}", after),
    };
    Some((what, Class::new(effect, api, reason)))
}

/// Whether all that was mapped is mapped in the same way.
///
/// `{property: job_type, mapping: {parse: A}}` is extended by `classify: B` beside `parse: A`: the enum `Job` gets a
/// variant, which code that matches has to expect anyway. Another component for `parse` changes a variant's type.
fn extends(pair: &Pair) -> bool {
    let (Some(old), Some(new)) = (pair.before(), pair.after()) else {
        return false;
    };
    let entries = old["mapping"].as_object().into_iter().flatten();
    old["property"] == new["property"]
        && entries
            .into_iter()
            .all(|(key, value)| new["mapping"][key] == *value)
}
