//! The components that are read, and their fields and values.
//!
//! ```yaml
//! JobType: {type: string, enum: [parse, extract]}      # wrong: the command knows `classify`
//! ProcessingResult: {required: [item_id], ...}         # wrong: `result_id` has to be required too
//! ```

use super::report::{KEEP, gone, miss};
use super::tables::{FIELDS, JOB_CONFIG, JOB_TYPE, JOB_TYPES, Use};
use crate::finding::Position;
use crate::report::Report;
use crate::spec::TYPED_BY;
use crate::yaml::{Entry, Node};

/// Checks one of the components that the tables name: its fields, its values if it is the job type, and that
/// the configuration says by what it is typed.
pub(super) fn check(entry: &Entry, report: &mut Report) {
    let (component, schema) = (entry.key.text.as_str(), &entry.value);
    for (_, name, used) in FIELDS.iter().filter(|(owner, ..)| *owner == component) {
        match schema
            .get("properties")
            .and_then(|fields| fields.entry(name))
        {
            Some(found) => field(component, schema, found, used, report),
            None => lost(entry, name, report),
        }
    }
    if component == JOB_TYPE {
        values(entry, report);
    }
    if component == JOB_CONFIG && !schema.has(TYPED_BY) {
        let message = format!("the bindings need `{TYPED_BY}` at `{component}`");
        let help = "write which component each job type has";
        miss(report, entry.at, message, help);
    }
}

/// A field that is there has the type that it is used as, and is required unless it is a list.
fn field(component: &str, schema: &Node, field: &Entry, used: &Use, report: &mut Report) {
    let name = field.key.text.as_str();
    let is_list = matches!(used, Use::List(_));
    let listed = schema
        .texts_of("required")
        .filter(|(text, _)| *text == name)
        .last();
    let wrongly_required = match listed {
        Some((_, at)) => is_list.then_some(at),
        None => (!is_list).then(|| schema.at_key("required", field.at)),
    };
    if let Some(at) = used.fault(field).or(wrongly_required) {
        let used = used.in_words();
        let message = format!("the bindings use `{component}.{name}` as {used}");
        miss(report, at, message, KEEP);
    }
}

/// Reports a field that is not there, at one that the bindings do not use and that may be its new name.
fn lost(entry: &Entry, name: &str, report: &mut Report) {
    let component = entry.key.text.as_str();
    let is_used = |field: &Entry| {
        let mut used = FIELDS.iter().filter(|(owner, ..)| *owner == component);
        used.any(|(_, used, _)| *used == field.key.text)
    };
    let fields = entry.value.entries_of("properties").iter();
    let free = fields.filter(|field| !is_used(field));
    let free = free.map(|field| (field.key.text.as_str(), field.at));
    let what = format!("a field `{name}` of `{component}`");
    gone(&what, name, free, entry.at, report);
}

/// The job types that the command has colours and prices for. More of them are right.
fn values(entry: &Entry, report: &mut Report) {
    let values: Vec<(&str, Position)> = entry.value.texts_of("enum").collect();
    for value in JOB_TYPES {
        if !values.iter().any(|(text, _)| *text == value) {
            let free = values.iter().copied();
            let free = free.filter(|(text, _)| !JOB_TYPES.contains(text));
            let what = format!("a value `{value}` of `{}`", entry.key.text);
            gone(&what, value, free, entry.at, report);
        }
    }
}
