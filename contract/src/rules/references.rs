//! `$ref`, and what it points to.

use super::Rule;
use crate::report::{Report, nearest};
use crate::yaml::{Entry, Kind, Node};

pub(crate) static DEAD_REF: Rule = Rule {
    name: "dead-ref",
    why: "the generator stops at a reference to nothing, without a line",
    example: "$ref: '#/components/schemas/JobTyp'",
    fix: "$ref: '#/components/schemas/JobType'",
};

pub(crate) fn check(root: &Node, report: &mut Report) {
    let mut refs = Vec::new();
    collect(root, &mut refs);
    for reference in refs {
        dead_ref(root, reference, report);
    }
}

fn collect<'a>(node: &'a Node, refs: &mut Vec<&'a Entry>) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                match entry.key.text.as_str() {
                    "$ref" => refs.push(entry),
                    _ => collect(&entry.value, refs),
                }
            }
        }
        Kind::Sequence(items) => items.iter().for_each(|item| collect(item, refs)),
        Kind::Scalar(_) => {}
    }
}

fn dead_ref(root: &Node, reference: &Entry, report: &mut Report) {
    let at = reference.value.at;
    let Some(target) = reference.value.string() else {
        report.add(
            &DEAD_REF,
            at,
            "a `$ref` must be a text",
            "write `$ref: '#/components/schemas/NAME'`",
        );
        return;
    };
    let Some(pointer) = target.strip_prefix('#') else {
        let message = format!("`{target}` is not in this file");
        let help = "the contract is one file: write `$ref: '#/components/schemas/NAME'`";
        report.add(&DEAD_REF, at, message, help);
        return;
    };
    if pointer.is_empty() || root.pointer(pointer).is_none() {
        let known: Vec<String> = components(root).collect();
        let near = nearest(target, known.iter().map(String::as_str));
        let help = near.map(|name| format!("did you mean `{name}`?"));
        report.add(&DEAD_REF, at, format!("nothing is named `{target}`"), help);
    }
}

/// Every component as the text of a `$ref`.
fn components(root: &Node) -> impl Iterator<Item = String> {
    let sections = root
        .get("components")
        .map(Node::entries)
        .unwrap_or_default();
    sections.iter().flat_map(|section| {
        let names = section.value.entries().iter().map(|entry| &entry.key.text);
        names.map(|name| format!("#/components/{}/{name}", section.key.text))
    })
}
