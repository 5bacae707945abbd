//! What must have a name, and which shapes the bindings have no good type for.

use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Site, Spec, TYPED_BY, referenced};

pub(crate) static INLINE_OBJECT: Rule = Rule {
    name: "inline-object",
    why: "an object without a name is named after its place, and the same object twice becomes two types",
    example: "job: {type: object, properties: ...}",
    fix: "job: {$ref: '#/components/schemas/Job'}",
};

pub(crate) static INLINE_ENUM: Rule = Rule {
    name: "inline-enum",
    why: "an enum without a name is closed, and the same enum twice becomes two types that cannot be compared",
    example: "mode: {type: string, enum: [FAST]}",
    fix: "mode: {$ref: '#/components/schemas/ClassifyMode'}",
};

pub(crate) static NO_ANY_OF: Rule = Rule {
    name: "no-any-of",
    why: "`anyOf` becomes a struct that reads neither of its parts",
    example: "anyOf: [{$ref: ...}, {type: string}]",
    fix: "the enum alone, which takes new values anyway, or no type at all, which takes any value",
};

pub(crate) static COMPONENT_SHAPE: Rule = Rule {
    name: "component-shape",
    why: "a component is an object with `properties` or a string with `enum`; anything else becomes a type that adds nothing",
    example: "Priority: {type: string}",
    fix: "Priority: {type: string, enum: [low, medium]}",
};

pub(crate) static NO_TITLE: Rule = Rule {
    name: "no-title",
    why: "a title renames the Rust type",
    example: "title: Kind of job",
    fix: "description: Kind of job.",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        if let Some(entry) = site.schema.entry("anyOf") {
            report.add(
                &NO_ANY_OF,
                entry.at,
                "`anyOf` becomes a type that reads none of its parts",
                NO_ANY_OF.fix,
            );
        }
        if let Some(entry) = site.schema.entry("title") {
            report.add(
                &NO_TITLE,
                entry.at,
                "a title renames the type in Rust",
                "write it as `description`",
            );
        }
        match site.role {
            Role::Component(name) => shape(name, site, report),
            _ => inline(site, report),
        }
    }
}

fn shape(name: &str, site: &Site, report: &mut Report) {
    let schema = site.schema;
    if let Some(entry) = schema.entry("nullable").filter(|_| schema.flag("nullable")) {
        let message = format!("a null is no `{name}`, and would make it another type");
        let help = format!(
            "remove it here; a field that may be null says so beside its reference to `{name}`"
        );
        report.add(&COMPONENT_SHAPE, entry.at, message, help);
    }
    if let Some(union) = schema.entry("oneOf") {
        if !schema.has(TYPED_BY) {
            let message = format!("nothing says which part of the union `{name}` a value is");
            let help = format!(
                "write `{TYPED_BY}` with the property beside it that does, or leave the type out where `{name}` is used"
            );
            report.add(&COMPONENT_SHAPE, union.at, message, help);
        }
        return;
    }
    let kind = schema.text_of("type").unwrap_or_default();
    let (lacks, help) = match kind {
        // What is wrong with `anyOf` has a rule of its own.
        _ if schema.has("anyOf") => return,
        _ if schema.has("$ref") || schema.has("allOf") => {
            let message = format!("`{name}` only refers to other components");
            let help = "refer to the component itself, or write its properties out";
            report.add(&COMPONENT_SHAPE, site.at, message, help);
            return;
        }
        "object" if !schema.has("properties") => (
            "properties",
            "write `properties:`, or the type where it is used",
        ),
        "string" if !schema.has("enum") => (
            "enum",
            "write `enum:` with its values, or the type where it is used; an `enum` that is indented too far is a part of the description",
        ),
        "array" | "boolean" | "integer" | "number" => {
            let message = format!("`{name}` is of type `{kind}`, and needs no name");
            let at = schema.entry("type").map_or(site.at, |entry| entry.at);
            report.add(
                &COMPONENT_SHAPE,
                at,
                message,
                "write the type where it is used",
            );
            return;
        }
        _ => return,
    };
    let message = format!("`{name}` is of type `{kind}` without `{lacks}`");
    report.add(&COMPONENT_SHAPE, site.at, message, help);
}

/// What to do with a thing that needs a name.
const NAME_IT: &str = "make it a component and refer to it with `$ref`";

fn inline(site: &Site, report: &mut Report) {
    let schema = site.schema;
    let name = match site.role {
        Role::Property { name, .. } => format!("`{name}`"),
        _ => "it".to_owned(),
    };
    for (keyword, what) in [("properties", "an object"), ("oneOf", "a union")] {
        if let Some(entry) = schema.entry(keyword) {
            let message = format!("{what} needs a name: {name} would be named after its place");
            report.add(&INLINE_OBJECT, entry.at, message, NAME_IT);
        }
    }
    if let Some(entry) = schema.entry("enum") {
        let message =
            format!("an enum needs a name: {name} would be named after its place, and closed");
        report.add(&INLINE_ENUM, entry.at, message, NAME_IT);
    }
    if schema.has("allOf") && referenced(schema).is_none() {
        let message = "`allOf` stands for one reference here, nothing else";
        let help = "write `allOf: [{$ref: '#/components/schemas/NAME'}]`";
        report.add(&INLINE_OBJECT, site.at, message, help);
    }
    let says_more = [
        "properties",
        "additionalProperties",
        "allOf",
        "oneOf",
        "anyOf",
    ];
    let says_more = says_more.iter().any(|keyword| schema.has(keyword));
    if schema.text_of("type") == Some("object") && !says_more {
        let message = format!("{name} is an object of which nothing is said");
        let help =
            "refer to a component, or write `additionalProperties: {}` for keys that are not fixed";
        report.add(&INLINE_OBJECT, site.at, message, help);
    }
}
