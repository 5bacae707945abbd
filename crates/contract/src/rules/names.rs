//! Names that are the same name in Rust.

use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::rust_name::{UNKNOWN, variant_name};
use crate::spec::Spec;
use crate::yaml::Node;
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

pub(crate) static ENUM_DUPLICATE: Rule = Rule {
    name: "enum-duplicate",
    why: "a value that is listed twice was meant to be another value",
    example: "enum: [parse, parse]",
    fix: "enum: [parse, extract]",
};

pub(crate) static ENUM_VALUE: Rule = Rule {
    name: "enum-value",
    why: "a value becomes a Rust variant, and a stray comma or space makes it a value that the service never sends",
    example: "- extract,",
    fix: "- extract",
};

pub(crate) static ENUM_NAME_COLLISION: Rule = Rule {
    name: "enum-name-collision",
    why: "two values that become the same Rust variant do not compile",
    example: "enum: [parse.success, parse_success]",
    fix: "keep one of them; `unknown` is taken by the variant for new values",
};

pub(crate) static PROPERTY_NAME_COLLISION: Rule = Rule {
    name: "property-name-collision",
    why: "two properties that become the same Rust field do not compile",
    example: "outputBucket: ... output_bucket: ...",
    fix: "keep one of them; `extra` is taken by the field for unknown keys",
};

pub(crate) static COMPONENT_NAME: Rule = Rule {
    name: "component-name",
    why: "components become Rust types, so their names are UpperCamelCase, and no two become the same type",
    example: "schemas: {job_type: ...}",
    fix: "schemas: {JobType: ...}",
};

/// Types that the generated code uses by their bare name.
pub(crate) const TAKEN: [&str; 9] = [
    "Job",
    "Json",
    "JsonObject",
    "Option",
    "Secret",
    "Self",
    "SensitiveUrl",
    "String",
    "Timestamp",
];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        enum_values(site.schema, report);
        properties(site.schema, report);
    }
    component_names(spec, report);
}

fn enum_values(schema: &Node, report: &mut Report) {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    let mut variants: HashMap<String, (&str, usize)> = HashMap::new();
    for (value, at) in schema.get("enum").iter().flat_map(|node| node.texts()) {
        if let Some(line) = lines.get(value) {
            let message = format!("`{value}` is already on line {line}");
            let help = "remove it, or write the value that was meant";
            report.add(&ENUM_DUPLICATE, at, message, help);
            continue;
        }
        lines.insert(value, at.line);
        let Some(variant) = enum_value(value, at, report) else {
            continue;
        };
        if variant == UNKNOWN {
            let message = format!("`{value}` becomes the variant that stands for new values");
            let help = "leave it out; it is read as a value that is not known";
            report.add(&ENUM_NAME_COLLISION, at, message, help);
        }
        match variants.entry(variant) {
            Slot::Occupied(first) => {
                let (other, line) = first.get();
                let message =
                    format!("`{value}` and `{other}` on line {line} are one variant in Rust");
                report.add(&ENUM_NAME_COLLISION, at, message, "keep one of them");
            }
            Slot::Vacant(slot) => {
                slot.insert((value, at.line));
            }
        }
    }
}

/// The variant of a value that no rule refuses.
pub(crate) fn variant_of(value: &str) -> Option<String> {
    let (mut report, nowhere) = (Report::new(""), Position { line: 0, column: 0 });
    let variant = enum_value(value, nowhere, &mut report);
    variant.filter(|_| report.into_sorted().is_empty())
}

/// The variant of a value, unless the value is not what it was meant to be.
fn enum_value(value: &str, at: Position, report: &mut Report) -> Option<String> {
    let meant = value.trim().trim_end_matches([',', ';', ':']).trim();
    if meant != value && !meant.is_empty() {
        let message = format!("`{value}` has a character too many");
        report.add(&ENUM_VALUE, at, message, format!("write `{meant}`"));
        return None;
    }
    if value.contains([',', '\n', '\t']) || value.contains(" - ") || value.starts_with("- ") {
        let message = format!(
            "`{value}` looks like several values",
            value = value.escape_debug()
        );
        report.add(
            &ENUM_VALUE,
            at,
            message,
            "write one `- ` line for each value",
        );
        return None;
    }
    let variant = variant_name(value);
    if variant.is_none() && !value.is_empty() {
        let message = format!("`{value}` has no letter or digit to name a Rust variant by");
        report.add(
            &ENUM_VALUE,
            at,
            message,
            "leave it out; it is read as a value that is not known",
        );
    } else if variant.is_none() {
        let message = "an empty text cannot name a Rust variant";
        report.add(
            &ENUM_VALUE,
            at,
            message,
            "leave it out; it is read as a value that is not known",
        );
    }
    variant
}

fn properties(schema: &Node, report: &mut Report) {
    let mut fields: HashMap<String, (&str, usize)> = HashMap::new();
    for entry in schema.entries_of("properties") {
        let name = entry.key.text.as_str();
        let field = name.to_snake_case();
        if field == "extra" {
            let message = format!("`{name}` becomes the field that keeps unknown keys");
            let help = "leave it out; it is kept as an unknown key";
            report.add(&PROPERTY_NAME_COLLISION, entry.at, message, help);
            continue;
        }
        match fields.entry(field) {
            // The very same name is a duplicate key.
            Slot::Occupied(first) if first.get().0 != name => {
                let (other, line) = first.get();
                let message =
                    format!("`{name}` and `{other}` on line {line} are one field in Rust");
                report.add(
                    &PROPERTY_NAME_COLLISION,
                    entry.at,
                    message,
                    "keep one of them",
                );
            }
            Slot::Occupied(_) => {}
            Slot::Vacant(slot) => {
                slot.insert((name, entry.at.line));
            }
        }
    }
}

fn component_names(spec: &Spec, report: &mut Report) {
    let mut types: HashMap<String, (&str, usize)> = HashMap::new();
    for entry in spec.components() {
        let name = entry.key.text.as_str();
        let wanted = name.to_upper_camel_case();
        let (other, line) = *types.entry(wanted.clone()).or_insert((name, entry.at.line));
        if other != name {
            let message = format!("`{name}` and `{other}` on line {line} are one type in Rust");
            report.add(&COMPONENT_NAME, entry.at, message, "keep one of them");
        } else if wanted != name {
            let message = format!("`{name}` is not in UpperCamelCase, as Rust types are");
            report.add(
                &COMPONENT_NAME,
                entry.at,
                message,
                format!("write `{wanted}`"),
            );
        } else if TAKEN.contains(&name) {
            let message = format!("`{name}` is the name of another type in the bindings");
            report.add(
                &COMPONENT_NAME,
                entry.at,
                message,
                format!("write another name, such as `{name}Object`"),
            );
        }
    }
}
