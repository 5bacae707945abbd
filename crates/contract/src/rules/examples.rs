//! Examples inside the contract.
//!
//! They stand beside the schema that they are an example of, in three forms:
//!
//! ```yaml
//! pages: {type: integer, example: 12}            # of a schema
//! content: {application/json: {schema: ..., example: {...}}}
//! parameters: [{name: job_type, schema: ..., examples: {one: {value: parse}}}]
//! ```
//!
//! A reader copies an example before reading the schema, so one that would be refused costs more than none.
//! What is wrong within a big example is reported at the line of the value, not at `example:`.

use super::circles;
use crate::instance;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::{Entry, Node};

/// The comparison is that of real responses, so an example with a key that the schema does not have is a
/// finding, though a client reads it: either the example is old, or the schema lacks a field.
///
/// ```yaml
/// JobType: {type: string, enum: [parse], example: pars}   # wrong
/// ```
///
/// An `externalValue` is not fetched, and components that are made of themselves have no examples.
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

/// Parameters, headers and media types: whatever has a `schema` and examples beside it. Goes through the
/// complete tree, since carriers may be anywhere below `paths` and `components`.
fn find_carriers<'a>(node: &'a Node, carriers: &mut Vec<(&'a Node, &'a Entry)>) {
    let schema = node.entry("schema");
    if let Some(schema) = schema.filter(|_| node.has_any(&["example", "examples"])) {
        carriers.push((node, schema));
    }
    let entries = node.entries().iter().map(|entry| &entry.value);
    for inner in node.items().iter().chain(entries) {
        find_carriers(inner, carriers);
    }
}

fn compare(spec: &Spec, schema: &Node, example: &Node, report: &mut Report) {
    for (at, problem) in instance::problems_of(spec, schema, example) {
        let message = format!("the example {problem}");
        let help = "correct the example, or the schema";
        report.add(&EXAMPLE_MATCHES_SCHEMA, at, message, help);
    }
}
