//! `required`, against the properties beside it.

use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::Node;

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
        properties
            .iter()
            .flat_map(|node| node.entries())
            .map(|entry| entry.key.text.as_str())
    };
    for (name, at) in schema.get("required").iter().flat_map(|node| node.texts()) {
        if !declared().any(|declared| declared == name) {
            let message = format!("`{name}` is required, but there is no such property");
            report.add(
                &REQUIRED_UNDECLARED,
                at,
                message,
                did_you_mean(name, declared()),
            );
        }
    }
}

fn duplicate(schema: &Node, report: &mut Report) {
    let names: Vec<_> = schema
        .get("required")
        .iter()
        .flat_map(|node| node.texts())
        .collect();
    for (index, (name, at)) in names.iter().enumerate() {
        if let Some((_, first)) = names[..index].iter().find(|(earlier, _)| earlier == name) {
            let message = format!("`{name}` is already required on line {}", first.line);
            report.add(
                &REQUIRED_DUPLICATE,
                *at,
                message,
                "remove it, or name the property that was meant",
            );
        }
    }
}
