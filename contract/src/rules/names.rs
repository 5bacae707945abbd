//! Names that Rust would not be able to tell apart.

use super::Rule;
use crate::finding::Position;
use crate::report::Report;
use crate::spec::{Role, Spec};
use crate::words::{pascal, snake};
use crate::yaml::Node;

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
    why: "components become Rust types, so their names are PascalCase, and no two become the same type",
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
    let values: Vec<_> = schema
        .get("enum")
        .iter()
        .flat_map(|node| node.texts())
        .collect();
    for (index, (value, at)) in values.iter().enumerate() {
        let earlier = &values[..index];
        if let Some((_, first)) = earlier.iter().find(|(other, _)| other == value) {
            let message = format!("`{value}` is already on line {}", first.line);
            report.add(
                &ENUM_DUPLICATE,
                *at,
                message,
                "remove it, or write the value that was meant",
            );
        } else if let Some((other, first)) = earlier
            .iter()
            .find(|(other, _)| pascal(other) == pascal(value))
        {
            let message = format!(
                "`{value}` and `{other}` on line {} are one variant in Rust",
                first.line
            );
            report.add(&ENUM_NAME_COLLISION, *at, message, "keep one of them");
        } else if pascal(value) == "Unknown" {
            let message = format!("`{value}` becomes the variant that stands for new values");
            report.add(
                &ENUM_NAME_COLLISION,
                *at,
                message,
                "leave it out; it is read as a value that is not known",
            );
        }
    }
}

fn properties(schema: &Node, report: &mut Report) {
    let entries = schema
        .get("properties")
        .map(Node::entries)
        .unwrap_or_default();
    for (index, entry) in entries.iter().enumerate() {
        let name = &entry.key.text;
        // The very same name is a duplicate key.
        let collides = |other: &str| other != name && snake(other) == snake(name);
        if let Some(first) = entries[..index]
            .iter()
            .find(|first| collides(&first.key.text))
        {
            let message = format!(
                "`{name}` and `{}` on line {} are one field in Rust",
                first.key.text, first.at.line
            );
            report.add(
                &PROPERTY_NAME_COLLISION,
                entry.at,
                message,
                "keep one of them",
            );
        } else if snake(name) == "extra" {
            let message = format!("`{name}` becomes the field that keeps unknown keys");
            report.add(
                &PROPERTY_NAME_COLLISION,
                entry.at,
                message,
                "leave it out; it is kept as an unknown key",
            );
        }
    }
}

fn component_names(spec: &Spec, report: &mut Report) {
    let mut seen: Vec<(&str, Position)> = Vec::new();
    for site in &spec.sites {
        let Role::Component(name) = site.role else {
            continue;
        };
        let wanted = pascal(name);
        if let Some((other, first)) = seen
            .iter()
            .find(|(other, _)| *other != name && pascal(other) == wanted)
        {
            let message = format!(
                "`{name}` and `{other}` on line {} are one type in Rust",
                first.line
            );
            report.add(&COMPONENT_NAME, site.at, message, "keep one of them");
        } else if wanted != name {
            let message = format!("`{name}` is not in PascalCase, as Rust types are");
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
