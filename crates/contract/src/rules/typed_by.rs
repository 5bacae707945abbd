//! `x-typed-by`: which type a value has, by the property beside it.

use crate::finding::Position;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Spec, is_required, referenced};
use crate::spec::{SETTINGS, TYPED_BY as KEY};
use crate::yaml::{Entry, Node};
use heck::ToUpperCamelCase;
use std::collections::HashMap;

pub(crate) static TYPED_BY: Rule = Rule {
    name: "typed-by",
    why: "a value that is typed by another property needs that property, and a component for each value that it names",
    example: "x-typed-by: {property: job_typ, mapping: {parse: BatchParseJobRecordCreate}}",
    fix: "x-typed-by: {property: job_type, mapping: {parse: BatchParseJobRecordCreate}}",
};

/// The variant of `Job` for everything that the mapping does not name.
const REST: &str = "Other";

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    let mut first: Option<Position> = None;
    for site in &spec.sites {
        settings(site.schema, report);
        let Some(entry) = site.schema.entry(KEY) else {
            continue;
        };
        let Role::Component(component) = site.role else {
            let help = "write it at the component that has several types";
            report.add(
                &TYPED_BY,
                entry.at,
                format!("`{KEY}` is for components"),
                help,
            );
            continue;
        };
        if let Some(first) = first.replace(entry.at) {
            let message = format!("`{KEY}` is already on line {}", first.line);
            report.add(&TYPED_BY, entry.at, message, "keep one of them");
        }
        property(spec, component, entry, report);
        mapping(spec, entry, report);
    }
}

/// Every name in `x-settings` is a property beside it.
fn settings(schema: &Node, report: &mut Report) {
    let properties = schema.entries_of("properties");
    for name in schema.items_of(SETTINGS) {
        let text = name.text().unwrap_or_default();
        if !properties.iter().any(|entry| entry.key.text == text) {
            let message = format!("`{SETTINGS}` names `{text}`, which is not a property here");
            let names = properties.iter().map(|entry| entry.key.text.as_str());
            report.add(&TYPED_BY, name.at, message, did_you_mean(text, names));
        }
    }
}

/// The property stands in each object that uses the component, is required there, and is a string.
fn property(spec: &Spec, component: &str, entry: &Entry, report: &mut Report) {
    let Some(property) = entry.value.get("property") else {
        return;
    };
    let name = property.text().unwrap_or_default();
    let owners = spec.sites.iter().filter_map(|site| match site.role {
        Role::Property { owner, .. } if referenced(site.schema) == Some(component) => Some(owner),
        _ => None,
    });
    for owner in owners {
        let names = owner
            .entries_of("properties")
            .iter()
            .map(|entry| entry.key.text.as_str());
        let Some(found) = owner.get("properties").and_then(|node| node.get(name)) else {
            let message = format!("the object that has a `{component}` has no property `{name}`");
            report.add(&TYPED_BY, property.at, message, did_you_mean(name, names));
            return;
        };
        if !is_required(owner, name) {
            let message = format!("`{name}` decides about `{component}`, and is not required");
            let help = format!("write `- {name}` below `required`, or name a property that is");
            report.add(&TYPED_BY, property.at, message, help);
        }
        values(spec, name, found, entry, report);
    }
}

/// What the mapping names are values that the property has.
fn values(spec: &Spec, property: &str, schema: &Node, entry: &Entry, report: &mut Report) {
    let schema = referenced(schema)
        .and_then(|name| spec.component(name))
        .unwrap_or(schema);
    let values: Vec<&str> = schema
        .items_of("enum")
        .iter()
        .filter_map(Node::text)
        .collect();
    for mapped in entry.value.entries_of("mapping") {
        let value = mapped.key.text.as_str();
        if !values.contains(&value) {
            let message = format!("`{property}` has no value `{value}`");
            let help = did_you_mean(value, values.iter().copied());
            let help = help.unwrap_or_else(|| {
                format!("add it to the enum of `{property}`, or remove it here")
            });
            report.add(&TYPED_BY, mapped.at, message, help);
        }
    }
}

fn mapping(spec: &Spec, entry: &Entry, report: &mut Report) {
    let mapped = entry.value.entries_of("mapping");
    if mapped.is_empty() && entry.value.has("mapping") {
        let help = "write one `value: Component` line for each value that has a documented type";
        report.add(&TYPED_BY, entry.at, "the mapping is empty", help);
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for entry in mapped {
        let target = entry.value.text().unwrap_or_default();
        match spec.component(target) {
            None => {
                let names = spec
                    .components()
                    .iter()
                    .map(|entry| entry.key.text.as_str());
                let message = format!("no component is named `{target}`");
                report.add(
                    &TYPED_BY,
                    entry.value.at,
                    message,
                    did_you_mean(target, names),
                );
            }
            Some(schema) if !schema.has("properties") => {
                let message = format!("`{target}` is not an object with properties");
                let help = "name the component that describes the value";
                report.add(&TYPED_BY, entry.value.at, message, help);
            }
            Some(_) => {}
        }
        if let Some(line) = seen.insert(target, entry.at.line) {
            let message = format!("`{target}` is already mapped on line {line}");
            report.add(&TYPED_BY, entry.value.at, message, "name a component once");
        }
        if entry.key.text.to_upper_camel_case() == REST {
            let message = format!(
                "`{}` becomes the variant for values without a documented type",
                entry.key.text
            );
            report.add(&TYPED_BY, entry.at, message, "leave it out of the mapping");
        }
    }
}
