//! `$ref`, and what it points to.
//!
//! ```yaml
//! $ref: '#/components/schemas/JobType'      # right
//! $ref: JobType                             # wrong: another file
//! $ref: '#/components/schemas/JobTyp'       # wrong: nothing has that name
//! $ref: '#/components/parameters/JobType'   # wrong where a schema is needed
//! ```
//!
//! All references of the file are collected once; those within an `example` are data.

use crate::nearest::nearest;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{SCHEMAS, Spec, typed_by};
use crate::yaml::{Entry, Node, NodeKind, keys};
use std::collections::HashSet;

/// Also reported: a reference that leads back to itself through other references, and one from a schema to
/// something that is no schema. The help names the nearest component of the section that the reference means.
pub(crate) static DEAD_REF: Rule = Rule {
    name: "dead-ref",
    why: "the generator stops at a reference to nothing, without a line",
    example: "$ref: '#/components/schemas/JobTyp'",
    fix: "$ref: '#/components/schemas/JobType'",
};

/// A description beside a `$ref` is lost too, which is the most common form:
///
/// ```yaml
/// lang: {$ref: '#/components/schemas/Lang', nullable: true}                    # wrong: never null, to tools
/// lang: {type: string, nullable: true, allOf: [{$ref: '#/components/schemas/Lang'}]}   # right
/// ```
///
/// Only of schemas: a reference to a parameter or a response has nothing that could stand beside it.
pub(crate) static REF_SIBLINGS: Rule = Rule {
    name: "ref-siblings",
    why: "OpenAPI 3.0 ignores every key beside a `$ref`, so a `nullable` there is lost",
    example: "$ref: '#/components/schemas/JobType' … nullable: true",
    fix: "type: string … nullable: true … allOf: [{$ref: '#/components/schemas/JobType'}]",
};

/// In every section of `components`. A component that only an unused one refers to counts as used; it comes up
/// once the other is gone. A target of `x-typed-by` is used by its name, and a security scheme is
/// `security-declared`'s.
pub(crate) static UNUSED_COMPONENT: Rule = Rule {
    name: "unused-component",
    why: "a component that nothing refers to becomes a type that nothing uses, often after a mistake elsewhere",
    example: "schemas: {Forgotten: ...}",
    fix: "refer to it, or remove it",
};

/// Keys that say alone what a value is made of.
const SHAPES: [&str; 8] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "enum",
    "items",
    "not",
    "oneOf",
    "properties",
];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    let mut refs = Vec::new();
    collect(spec.root, &mut refs);
    for reference in &refs {
        dead_ref(spec, reference, report);
    }
    for site in &spec.sites {
        ref_siblings(site.schema, report);
        if let Some(target) = site.schema.entry("$ref") {
            not_a_schema(spec, site.schema, target, report);
        }
    }
    unused(spec, &refs, report);
}

/// All `$ref` entries below a node, in the order of the file.
fn collect<'a>(node: &'a Node, refs: &mut Vec<&'a Entry>) {
    match &node.kind {
        NodeKind::Mapping(mapping) => {
            for entry in mapping.iter() {
                match entry.key.text.as_str() {
                    "$ref" => refs.push(entry),
                    // What is in an example is data.
                    "example" => {}
                    _ => collect(&entry.value, refs),
                }
            }
        }
        NodeKind::Sequence(items) => items.iter().for_each(|item| collect(item, refs)),
        NodeKind::Scalar(_) => {}
    }
}

fn dead_ref(spec: &Spec, reference: &Entry, report: &mut Report) {
    let at = reference.value.at;
    let Some(target) = reference.value.string() else {
        let help = "write `$ref: '#/components/schemas/NAME'`";
        report.add(&DEAD_REF, at, "a `$ref` must be a text", help);
        return;
    };
    let Some(pointer) = target.strip_prefix('#') else {
        let message = format!("`{target}` is not in this file");
        let help = "the contract is one file: write `$ref: '#/components/schemas/NAME'`";
        report.add(&DEAD_REF, at, message, help);
        return;
    };
    if pointer.is_empty() || spec.root.pointer(pointer).is_none() {
        let part = pointer.strip_prefix("/components/");
        let part = part.and_then(|rest| Some(rest.split_once('/')?.0));
        let section = part.filter(|name| !spec.section(name).is_empty());
        let help = near(spec, section.unwrap_or("schemas"), target);
        report.add(&DEAD_REF, at, format!("nothing is named `{target}`"), help);
    }
}

/// The nearest name in a section of `components` to the last part of a target.
fn near(spec: &Spec, section: &str, target: &str) -> Option<String> {
    let name = target.rsplit('/').next().unwrap_or_default();
    let near = nearest(name, keys(spec.section(section)));
    Some(match near {
        Some(near) => format!("did you mean `#/components/{section}/{near}`?"),
        None => format!("write `#/components/{section}/NAME`, with a name that is there"),
    })
}

/// A reference that leads somewhere, but not to a schema.
fn not_a_schema(spec: &Spec, schema: &Node, reference: &Entry, report: &mut Report) {
    let Some(target) = reference.value.string() else {
        return;
    };
    let pointer = target.strip_prefix('#');
    if pointer.is_none_or(|pointer| pointer.is_empty() || spec.root.pointer(pointer).is_none()) {
        return;
    }
    let name = target.strip_prefix(SCHEMAS);
    let component = name.and_then(|name| spec.component(name));
    let (message, help) = match component {
        None => (
            format!("`{target}` is no schema"),
            near(spec, "schemas", target),
        ),
        Some(_) if spec.resolve(schema).is_none() => {
            let message = format!("`{target}` leads back to itself");
            (message, Some("write out what the component is".to_owned()))
        }
        Some(_) => return,
    };
    report.add(&DEAD_REF, reference.value.at, message, help);
}

fn ref_siblings(schema: &Node, report: &mut Report) {
    let entries = schema.entries().iter().filter(|_| schema.has("$ref"));
    // What is a schema without the reference lacks a dash or an indentation above it.
    let shape = |entry: &&Entry| SHAPES.contains(&entry.key.text.as_str());
    if let Some(entry) = entries.clone().find(shape) {
        let message = format!(
            "the `$ref` stands beside `{}`, not below it",
            entry.key.text
        );
        let help = "indent it as far as the line that it belongs to, or write `- ` in front of it";
        report.add(
            &REF_SIBLINGS,
            schema.at_key("$ref", schema.at),
            message,
            help,
        );
        return;
    }
    for entry in entries.filter(|entry| entry.key.text != "$ref") {
        let message = format!("`{}` beside a `$ref` is ignored", entry.key.text);
        let help = "write the reference as `allOf: [{$ref: ...}]`, with `type` beside it";
        report.add(&REF_SIBLINGS, entry.at, message, help);
    }
}

/// Reports the components that no reference names. `refs` are all references of the file.
fn unused(spec: &Spec, refs: &[&Entry], report: &mut Report) {
    let typed = spec.sites.iter().flat_map(|site| typed_by(site.schema));
    let typed = typed.map(|name| format!("{SCHEMAS}{name}"));
    let named = refs.iter().filter_map(|entry| entry.value.text());
    let used: HashSet<String> = typed.chain(named.map(str::to_owned)).collect();
    for section in spec.root.entries_of("components") {
        let kind = section.key.text.as_str();
        // Security schemes are used by name: `security-declared` looks after them.
        let components = section.value.entries().iter();
        for component in components.filter(|_| kind != "securitySchemes") {
            let name = component.key.text.as_str();
            if !used.contains(&format!("#/components/{kind}/{name}")) {
                let message = format!("nothing refers to `{name}`");
                let help = "refer to it, or remove it";
                report.add(&UNUSED_COMPONENT, component.at, message, help);
            }
        }
    }
}
