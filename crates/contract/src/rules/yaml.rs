//! Slips of the file as YAML. All but the last are noted while the file is read.

use super::Rule;
use crate::finding::Position;
use crate::report::Report;
use crate::spec::Spec;
use crate::yaml::{Kind, Node, Text};

pub(crate) static YAML_SYNTAX: Rule = Rule {
    name: "yaml-syntax",
    why: "a file that is not YAML says nothing",
    example: "description: one: two",
    fix: "description: 'one: two'",
};

pub(crate) static DUPLICATE_KEY: Rule = Rule {
    name: "duplicate-key",
    why: "most tools silently take the last of two equal keys, so one of the two edits is lost",
    example: "type: string … type: integer",
    fix: "keep one of them",
};

pub(crate) static MERGE_KEY: Rule = Rule {
    name: "merge-key",
    why: "a merge key brings in keys that nobody sees, and tools disagree on whether it does",
    example: "<<: *base",
    fix: "write the keys out, or use `allOf` with a `$ref`",
};

pub(crate) static YAML_ANCHOR: Rule = Rule {
    name: "yaml-anchor",
    why: "anchors, aliases and tags change what a line means far from that line",
    example: "lang: &lang",
    fix: "name the schema as a component and use `$ref`",
};

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
