//! Descriptions: present everywhere, and fit to become Rust documentation.

use super::markdown::problems;
use crate::describe::TO_BE_DESCRIBED;
use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Spec};
use crate::yaml::{Node, NodeKind};

pub(crate) static DESCRIPTION_MISSING: Rule = Rule {
    name: "description-missing",
    why: "what is not described here is not documented in Rust either",
    example: "lang: {type: string}",
    fix: "lang: {type: string, description: Language of the document.}",
};

pub(crate) static DESCRIPTION_BLOCK: Rule = Rule {
    name: "description-block",
    why: "an indented block or a fence without a language becomes a doctest; a bare URL or a tag fails the docs",
    example: "description: See https://example.com",
    fix: "description: See <https://example.com>",
};

/// How a description begins that somebody has yet to write.
const TO_WRITE: [&str; 4] = ["TODO", "TBD", "FIXME", "XXX"];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    missing(spec, report);
    blocks(spec.root, false, report);
}

fn missing(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        if let Role::Component(name) | Role::Property { name, .. } = site.role {
            need(site.schema, site.at, &format!("`{name}`"), report);
        }
    }
    for operation in spec.operations() {
        let method = operation.method;
        need(&method.value, method.at, "the operation", report);
        for parameter in operation.own_parameters() {
            need(parameter, parameter.at, "the parameter", report);
        }
        for response in operation.responses() {
            need(&response.value, response.at, "the response", report);
        }
    }
    for scheme in spec.section("securitySchemes") {
        let name = format!("`{}`", scheme.key.text);
        need(&scheme.value, scheme.at, &name, report);
    }
}

fn need(node: &Node, at: Position, what: &str, report: &mut Report) {
    let text = node.text_of("description").unwrap_or_default().trim();
    let to_write = TO_WRITE.iter().any(|word| {
        let start = text.get(..word.len()).unwrap_or_default();
        start.eq_ignore_ascii_case(word) && !text[word.len()..].starts_with(char::is_alphanumeric)
    });
    let (at, message) = if to_write || text == TO_BE_DESCRIBED {
        let at = node.get("description").map_or(at, |text| text.at);
        let message = format!("the description of {what} is still to be written");
        (at, message)
    } else if text.is_empty() && !node.has("$ref") {
        let at = node.at_key("description", at);
        (at, format!("{what} has no description"))
    } else {
        return;
    };
    let help = "write one sentence, with units and the meaning of values";
    report.add(&DESCRIPTION_MISSING, at, message, help);
}

/// Every text that is called `description` or `summary`. `is_names` where the keys are names, not keywords.
fn blocks(node: &Node, is_names: bool, report: &mut Report) {
    for item in node.items() {
        blocks(item, false, report);
    }
    for entry in node.entries() {
        match entry.key.text.as_str() {
            "description" | "summary" if !is_names => block(&entry.value, report),
            "example" | "examples" if !is_names => {}
            key => blocks(&entry.value, key == "properties" && !is_names, report),
        }
    }
}

fn block(node: &Node, report: &mut Report) {
    let NodeKind::Scalar(text) = &node.kind else {
        return;
    };
    for (offset, (message, help)) in problems(&text.text) {
        // The lines of a literal block are those of the file; other styles fold them.
        let below = text.text[..offset].matches('\n').count();
        let line = node.at.line + if text.literal { below } else { 0 };
        let at = Position { line, ..node.at };
        report.add(&DESCRIPTION_BLOCK, at, message, help);
    }
}
