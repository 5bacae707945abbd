//! `x-typed-by`: which type a value has, by the property beside it.
//!
//! ```yaml
//! ProcessingResult:
//!   required: [job_type]
//!   properties:
//!     job_type: {$ref: '#/components/schemas/JobType'}
//!     job_config: {$ref: '#/components/schemas/JobConfig'}
//! JobConfig:
//!   oneOf: [...]
//!   x-typed-by:
//!     property: job_type
//!     mapping: {parse: BatchParseJobRecordCreate, classify: ClassifyJob}
//! ```
//!
//! This one place makes the enum `Job`, `job()`, the command's columns and what drift looks into. OpenAPI's own
//! `discriminator` is a property *within* the value, and the generator ignores it.

use crate::finding::Position;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, SETTINGS, Spec, TYPED_BY as KEY, is_required, referenced};
use crate::yaml::{Entry, Node, keys};
use heck::ToUpperCamelCase;
use std::collections::HashMap;

/// One component of the contract may have the key. Its property must stand in each object that has the
/// component, be required there, and have the values that the mapping names; each of these maps to another
/// component with properties. A value without an entry is right: such a configuration stays JSON, as `extract`
/// does today.
///
/// ```yaml
/// mapping: {parse: ParseJob, extract: ParseJob}    # wrong: two job types would be one variant
/// mapping: {other: OtherJob}                       # wrong: `Job::Other` is for what has no entry
/// ```
///
/// The names in `x-settings` are checked here as well: each is a property beside it.
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
            let message = format!("`{KEY}` is for components");
            let help = "write it at the component that has several types";
            report.add(&TYPED_BY, entry.at, message, help);
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
    for name in schema.items_of(SETTINGS) {
        let text = name.text().unwrap_or_default();
        if schema.property(text).is_none() {
            let message = format!("`{SETTINGS}` names `{text}`, which is not a property here");
            let help = did_you_mean(text, schema.keys_of("properties"))
                .unwrap_or_else(|| "name a property, or remove it".to_owned());
            report.add(&TYPED_BY, name.at, message, help);
        }
    }
}

/// The property stands in each object that uses the component, is required there, and is a string.
///
/// Without it, one finding is enough: it would be the same for each owner.
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
        let Some(found) = owner.property(name) else {
            let message = format!("the object that has a `{component}` has no property `{name}`");
            let help = did_you_mean(name, owner.keys_of("properties")).unwrap_or_else(|| {
                format!("name a property of each object that has a `{component}`")
            });
            report.add(&TYPED_BY, property.at, message, help);
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
    let component = referenced(schema).and_then(|name| spec.component(name));
    let values = component.unwrap_or(schema).texts_of("enum");
    let values: Vec<&str> = values.map(|(value, _)| value).collect();
    for mapped in entry.value.entries_of("mapping") {
        let value = mapped.key.text.as_str();
        if !values.contains(&value) {
            let message = format!("`{property}` has no value `{value}`");
            let add = || format!("add it to the enum of `{property}`, or remove it here");
            let help = did_you_mean(value, values.iter().copied()).unwrap_or_else(add);
            report.add(&TYPED_BY, mapped.at, message, help);
        }
    }
}

/// What values are mapped to: components with properties, each once, and not the name of the rest.
fn mapping(spec: &Spec, entry: &Entry, report: &mut Report) {
    let mapped = entry.value.entries_of("mapping");
    if mapped.is_empty() && entry.value.has("mapping") {
        let help = "write one `value: Component` line for each value that has a documented type";
        report.add(&TYPED_BY, entry.at, "the mapping is empty", help);
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for entry in mapped {
        let (value, target) = (entry.key.text.as_str(), &entry.value);
        let name = target.text().unwrap_or_default();
        is_object(spec, name, target.at, report);
        if let Some(line) = seen.insert(name, entry.at.line) {
            let message = format!("`{name}` is already mapped on line {line}");
            report.add(&TYPED_BY, target.at, message, "name a component once");
        }
        if value.to_upper_camel_case() == REST {
            let message =
                format!("`{value}` becomes the variant for values without a documented type");
            report.add(&TYPED_BY, entry.at, message, "leave it out of the mapping");
        }
    }
}

/// What a value is mapped to is a component with properties.
fn is_object(spec: &Spec, name: &str, at: Position, report: &mut Report) {
    match spec.component(name) {
        None => {
            let message = format!("no component is named `{name}`");
            let help = did_you_mean(name, keys(spec.components()))
                .unwrap_or_else(|| "name a component that is an object".to_owned());
            report.add(&TYPED_BY, at, message, help);
        }
        Some(schema) if !schema.has("properties") => {
            let message = format!("`{name}` is not an object with properties");
            let help = "name the component that describes the value";
            report.add(&TYPED_BY, at, message, help);
        }
        Some(_) => {}
    }
}
