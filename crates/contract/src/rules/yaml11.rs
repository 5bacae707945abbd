//! Words that YAML 1.1 and YAML 1.2 read differently.

use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::{Kind, Node, Text};

pub(crate) static BARE_YAML11_BOOLEAN: Rule = Rule {
    name: "bare-yaml11-boolean",
    why: "`no`, `yes`, `on`, `off`, `y` and `n` are booleans to YAML 1.1 tools and texts to YAML 1.2 tools",
    example: "- no",
    fix: "- \"no\"",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    scalars(spec.root, report);
}

fn scalars(root: &Node, report: &mut Report) {
    match &root.kind {
        Kind::Scalar(text) => bare_boolean(text, root.at, report),
        Kind::Sequence(items) => items.iter().for_each(|item| scalars(item, report)),
        Kind::Mapping(entries) => {
            for entry in entries {
                bare_boolean(&entry.key, entry.at, report);
                scalars(&entry.value, report);
            }
        }
    }
}

fn bare_boolean(text: &Text, at: Position, report: &mut Report) {
    if text.is_yaml11_boolean() {
        let message = format!("YAML 1.1 tools read a bare `{}` as a boolean", text.text);
        report.add(
            &BARE_YAML11_BOOLEAN,
            at,
            message,
            format!("write `\"{}\"`", text.text),
        );
    }
}
