//! `required`, against the properties beside it.

use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::Node;
use std::collections::HashMap;

pub(crate) static REQUIRED_UNDECLARED: Rule = Rule {
    name: "required-undeclared",
    why: "a required property that is not declared makes the generated type refuse every response",
    example: "required: [item_idd]",
    fix: "required: [item_id]",
};

pub(crate) static REQUIRED_DUPLICATE: Rule = Rule {
    name: "required-duplicate",
    why: "a name that is listed twice was meant to be another name",
    example: "required: [item_id, item_id]",
    fix: "required: [item_id, item_name]",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        undeclared(site.schema, report);
        duplicate(site.schema, report);
    }
}

fn undeclared(schema: &Node, report: &mut Report) {
    let properties = schema.get("properties");
    let declared = || {
        let names = schema.entries_of("properties").iter();
        names.map(|entry| entry.key.text.as_str())
    };
    for (name, at) in schema.get("required").iter().flat_map(|node| node.texts()) {
        if !properties.is_some_and(|properties| properties.has(name)) {
            let message = format!("`{name}` is required, but there is no such property");
            report.add(
                &REQUIRED_UNDECLARED,
                at,
                message,
                did_you_mean(name, declared()).unwrap_or_else(|| {
                    format!("declare `{name}` below `properties`, or remove it here")
                }),
            );
        }
    }
}

fn duplicate(schema: &Node, report: &mut Report) {
    let mut seen = HashMap::new();
    for (name, at) in schema.get("required").into_iter().flat_map(Node::texts) {
        if let Some(line) = seen.get(name) {
            let message = format!("`{name}` is already required on line {line}");
            report.add(
                &REQUIRED_DUPLICATE,
                at,
                message,
                "remove it, or name the property that was meant",
            );
        }
        seen.entry(name).or_insert(at.line);
    }
}
