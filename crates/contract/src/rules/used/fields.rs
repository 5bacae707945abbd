//! The components that are read, and their fields and values.

use super::report::{KEEP, gone, miss};
use super::tables::{FIELDS, JOB_CONFIG, JOB_TYPE, JOB_TYPES, Use};
use crate::report::Report;
use crate::spec::TYPED_BY;
use crate::yaml::{Entry, Node};

pub(super) fn check(entry: &Entry, report: &mut Report) {
    let (component, schema) = (entry.key.text.as_str(), &entry.value);
    let fields = schema.entries_of("properties");
    for (_, name, used) in FIELDS.iter().filter(|(owner, ..)| *owner == component) {
        let Some(field) = fields.iter().find(|field| field.key.text == *name) else {
            let is_used = |other: &str| {
                FIELDS
                    .iter()
                    .any(|(owner, name, _)| *owner == component && *name == other)
            };
            let others = fields
                .iter()
                .map(|field| (field.key.text.as_str(), field.at));
            let free = others.filter(|(other, _)| !is_used(other));
            gone(
                &format!("a field `{name}` of `{component}`"),
                name,
                free,
                entry.at,
                report,
            );
            continue;
        };
        let is_list = matches!(used, Use::List(_));
        let listed = schema.get("required").into_iter().flat_map(Node::texts);
        let listed = listed.filter(|(text, _)| text == name).last();
        let required = match listed {
            Some((_, at)) => is_list.then_some(at),
            None if is_list => None,
            None => Some(schema.entry("required").map_or(field.at, |entry| entry.at)),
        };
        if let Some(at) = used.fault(field).or(required) {
            let used = used.in_words();
            let message = format!("the bindings use `{component}.{name}` as {used}");
            miss(report, at, message, KEEP);
        }
    }
    let values = schema.get("enum").into_iter().flat_map(Node::texts);
    let values: Vec<_> = values.collect();
    for value in JOB_TYPES.iter().filter(|_| component == JOB_TYPE) {
        if !values.iter().any(|(text, _)| text == value) {
            let free = values.iter().copied();
            let free = free.filter(|(text, _)| !JOB_TYPES.contains(text));
            let what = format!("a value `{value}` of `{component}`");
            gone(&what, value, free, entry.at, report);
        }
    }
    if component == JOB_CONFIG && !schema.has(TYPED_BY) {
        let message = format!("the bindings need `{TYPED_BY}` at `{component}`");
        miss(
            report,
            entry.at,
            message,
            "write which component each job type has",
        );
    }
}
