//! Examples inside the contract.

use super::circles;
use crate::instance;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::{Entry, Node};

pub(crate) static EXAMPLE_MATCHES_SCHEMA: Rule = Rule {
    name: "example-matches-schema",
    why: "an example that its own schema refuses misleads those who copy it",
    example: "type: integer … example: many",
    fix: "type: integer … example: 12",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    // No value is an example of a component that is made of itself.
    if circles::exist(spec) {
        return;
    }
    for site in &spec.sites {
        if let Some(example) = site.schema.entry("example") {
            compare(spec, site.schema, &example.value, report);
        }
    }
    let mut carriers = Vec::new();
    find_carriers(spec.root, &mut carriers);
    for (carrier, schema) in carriers {
        if let Some(example) = carrier.entry("example") {
            compare(spec, &schema.value, &example.value, report);
        }
        for example in carrier.entries_of("examples") {
            if let Some(value) = example.value.get("value") {
                compare(spec, &schema.value, value, report);
            }
        }
    }
}

/// Parameters, headers and media types: whatever has a `schema` and examples beside it.
fn find_carriers<'a>(node: &'a Node, carriers: &mut Vec<(&'a Node, &'a Entry)>) {
    if let Some(schema) = node
        .entry("schema")
        .filter(|_| node.has("example") || node.has("examples"))
    {
        carriers.push((node, schema));
    }
    node.items()
        .iter()
        .for_each(|item| find_carriers(item, carriers));
    node.entries()
        .iter()
        .for_each(|entry| find_carriers(&entry.value, carriers));
}

fn compare(spec: &Spec, schema: &Node, example: &Node, report: &mut Report) {
    for (pointer, problem) in instance::problems(spec, schema, &example.to_json()) {
        let at = example.pointer(&pointer).map_or(example.at, |(_, at)| at);
        let message = format!("the example {}", problem);
        report.add(
            &EXAMPLE_MATCHES_SCHEMA,
            at,
            message,
            "correct the example, or the schema",
        );
    }
}
