//! `required`, against the properties beside it.

use super::Rule;
use crate::report::{Report, did_you_mean};
use crate::yaml::{Kind, Node};

pub(crate) static REQUIRED_UNDECLARED: Rule = Rule {
    name: "required-undeclared",
    why: "a required property that is not declared makes the generated type refuse every response",
    example: "required: [item_idd]",
    fix: "required: [item_id]",
};

pub(crate) fn check(root: &Node, report: &mut Report) {
    match &root.kind {
        Kind::Mapping(entries) => {
            required_undeclared(root, report);
            entries.iter().for_each(|entry| check(&entry.value, report));
        }
        Kind::Sequence(items) => items.iter().for_each(|item| check(item, report)),
        Kind::Scalar(_) => {}
    }
}

/// `required` as a list is that of a schema; as a boolean it is that of a parameter, as a mapping a property's name.
fn required_undeclared(schema: &Node, report: &mut Report) {
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
