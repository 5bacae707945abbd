//! Names that Rust would not be able to tell apart.

use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Spec};
use crate::yaml::Node;
use heck::{ToSnakeCase, ToUpperCamelCase};

pub(crate) static ENUM_DUPLICATE: Rule = Rule {
    name: "enum-duplicate",
    why: "a value that is listed twice was meant to be another value",
    example: "enum: [parse, parse]",
    fix: "enum: [parse, extract]",
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

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        enum_values(site.schema, report);
        properties(site.schema, report);
    }
    component_names(spec, report);
}

fn enum_values(schema: &Node, report: &mut Report) {
    let mut seen: Vec<(&str, String, usize)> = Vec::new();
    for (value, at) in schema.get("enum").iter().flat_map(|node| node.texts()) {
        let variant = value.to_upper_camel_case();
        if let Some((.., line)) = seen.iter().find(|(other, ..)| *other == value) {
            let message = format!("`{value}` is already on line {line}");
            let help = "remove it, or write the value that was meant";
            report.add(&ENUM_DUPLICATE, at, message, help);
        } else if let Some((other, _, line)) = seen.iter().find(|(_, other, _)| *other == variant) {
            let message = format!("`{value}` and `{other}` on line {line} are one variant in Rust");
            report.add(&ENUM_NAME_COLLISION, at, message, "keep one of them");
        } else if variant == "Unknown" {
            let message = format!("`{value}` becomes the variant that stands for new values");
            let help = "leave it out; it is read as a value that is not known";
            report.add(&ENUM_NAME_COLLISION, at, message, help);
        }
        seen.push((value, variant, at.line));
    }
}

fn properties(schema: &Node, report: &mut Report) {
    let mut seen: Vec<(&str, String, usize)> = Vec::new();
    for entry in schema.entries_of("properties") {
        let (name, field) = (entry.key.text.as_str(), entry.key.text.to_snake_case());
        // The very same name is a duplicate key.
        let collides = |other: &&(&str, String, usize)| other.0 != name && other.1 == field;
        if let Some((other, _, line)) = seen.iter().find(collides) {
            let message = format!("`{name}` and `{other}` on line {line} are one field in Rust");
            report.add(
                &PROPERTY_NAME_COLLISION,
                entry.at,
                message,
                "keep one of them",
            );
        } else if field == "extra" {
            let message = format!("`{name}` becomes the field that keeps unknown keys");
            let help = "leave it out; it is kept as an unknown key";
            report.add(&PROPERTY_NAME_COLLISION, entry.at, message, help);
        }
        seen.push((name, field, entry.at.line));
    }
}

fn component_names(spec: &Spec, report: &mut Report) {
    let mut seen: Vec<(&str, Position)> = Vec::new();
    for site in &spec.sites {
        let Role::Component(name) = site.role else {
            continue;
        };
        let wanted = name.to_upper_camel_case();
        if let Some((other, first)) = seen
            .iter()
            .find(|(other, _)| *other != name && other.to_upper_camel_case() == wanted)
        {
            let message = format!(
                "`{name}` and `{other}` on line {} are one type in Rust",
                first.line
            );
            report.add(&COMPONENT_NAME, site.at, message, "keep one of them");
        } else if wanted != name {
            let message = format!("`{name}` is not in UpperCamelCase, as Rust types are");
            report.add(
                &COMPONENT_NAME,
                site.at,
                message,
                format!("write `{wanted}`"),
            );
        }
        seen.push((name, site.at));
    }
}
