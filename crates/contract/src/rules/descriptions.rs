//! Descriptions: present everywhere, and fit to become Rust documentation.
//!
//! The generator writes each description as a doc comment of the type, the field or the function. What is
//! missing here is missing there, and what rustdoc takes for code or a link breaks the build of the
//! documentation, with a line number in generated code. The Markdown itself is read in `markdown.rs`.
//!
//! ```yaml
//! description: See https://example.com      # wrong: a bare URL
//! description: See <https://example.com>    # right
//! description: TODO                         # wrong: still to be written
//! ```

use super::markdown::problems;
use crate::describe::TO_BE_DESCRIBED;
use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Spec};
use crate::yaml::{Node, NodeKind};

/// Looks at what becomes an item of Rust documentation: components, fields, operations, parameters and
/// responses; and at security schemes, since a reader has to know which key is meant. Items of lists and values
/// of maps need none.
///
/// A placeholder is no description: `To be described.`, which `cargo spec drift` and `cargo spec upstream`
/// write for a person to fill in, and texts that begin with `TODO`, `TBD`, `FIXME` or `XXX`. `Todoist` is a
/// word like any other.
pub(crate) static DESCRIPTION_MISSING: Rule = Rule {
    name: "description-missing",
    why: "what is not described here is not documented in Rust either",
    example: "lang: {type: string}",
    fix: "lang: {type: string, description: Language of the document.}",
};

/// Each `description` and `summary` of the file is read, in examples none. The finding is at the line of the
/// text that is to be changed where the text is a literal block (`|`), whose lines are those of the file;
/// otherwise where the text begins, since folding moves line breaks.
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

/// Reports `node` if its description is missing, empty, or a placeholder. `at` is where the thing is, for a
/// description that is not there; `what` is its name in the message. A bare reference is described where it
/// leads.
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

/// Checks one text. Anything but a scalar is reported as `wrong-value` already.
fn block(node: &Node, report: &mut Report) {
    let NodeKind::Scalar(text) = &node.kind else {
        return;
    };
    if let Some(letter) = text.text.chars().find(|letter| is_unprinted(*letter)) {
        let message = format!("U+{:04X} cannot be printed in a comment", u32::from(letter));
        report.add(&DESCRIPTION_BLOCK, node.at, message, "remove it");
    }
    for (offset, (message, help)) in problems(&text.text) {
        // The lines of a literal block are those of the file; other styles fold them.
        let below = text.text[..offset].matches('\n').count();
        let line = node.at.line + if text.literal { below } else { 0 };
        let at = Position { line, ..node.at };
        report.add(&DESCRIPTION_BLOCK, at, message, help);
    }
}

/// Whether rustc refuses a comment with this character, or an editor shows something else than what is there.
fn is_unprinted(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || letter.is_control() && !matches!(letter, '\n' | '\t')
}
