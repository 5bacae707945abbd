//! Descriptions: present everywhere, and fit to become Rust documentation.

use crate::describe::TO_BE_DESCRIBED;
use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Spec};
use crate::yaml::{Kind, Node};

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
            need(&response.value, response.at, "the answer", report);
        }
    }
    for scheme in spec.section("securitySchemes") {
        need(
            &scheme.value,
            scheme.at,
            &format!("`{}`", scheme.key.text),
            report,
        );
    }
}

fn need(node: &Node, at: Position, what: &str, report: &mut Report) {
    let text = node.text_of("description").unwrap_or_default();
    if text.trim() == TO_BE_DESCRIBED {
        let at = node.get("description").map_or(at, |text| text.at);
        report.add(
            &DESCRIPTION_MISSING,
            at,
            format!("the description of {what} is still to be written"),
            "write one sentence, with units and the meaning of values",
        );
    } else if text.trim().is_empty() && !node.has("$ref") {
        let at = node.entry("description").map_or(at, |entry| entry.at);
        let help = "write one sentence, with units and the meaning of values";
        report.add(
            &DESCRIPTION_MISSING,
            at,
            format!("{what} has no description"),
            help,
        );
    }
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
    let Kind::Scalar(text) = &node.kind else {
        return;
    };
    let mut fenced = false;
    let mut after_blank = true;
    for (index, line) in text.text.lines().enumerate() {
        // The lines of a literal block are those of the file; other styles fold them.
        let line_in_file = node.at.line + if text.literal { index } else { 0 };
        let at = Position {
            line: line_in_file,
            ..node.at
        };
        let start = line.trim_start();
        if let Some(language) = start
            .strip_prefix("```")
            .or_else(|| start.strip_prefix("~~~"))
        {
            if !fenced && ["", "rust"].contains(&language.trim()) {
                let message = "a fence without a language becomes a doctest";
                report.add(&DESCRIPTION_BLOCK, at, message, "write ```text or ```json");
            }
            fenced = !fenced;
        } else if !fenced {
            prose(line, after_blank, at, report);
        }
        after_blank = line.trim().is_empty();
    }
}

fn prose(line: &str, after_blank: bool, at: Position, report: &mut Report) {
    let indented = line.starts_with("    ") || line.starts_with('\t');
    let text = without_code(line);
    let bare_url = ["http://", "https://"].iter().any(|start| {
        let bare = |(index, _): (usize, &str)| !text[..index].ends_with(['<', '(']);
        text.match_indices(start).any(bare)
    });
    let tag = text.split('<').skip(1).any(|rest| {
        let opens = rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/');
        opens && !rest.starts_with("http")
    });
    let problems = [
        (
            after_blank && indented && !line.trim().is_empty(),
            "an indented block becomes a doctest",
            "indent less, or fence it with a language, such as ```text",
        ),
        (
            bare_url,
            "a bare URL fails the documentation build",
            "put it in `<` and `>`",
        ),
        (
            tag,
            "a tag fails the documentation build",
            "put it in backticks",
        ),
        (
            text.contains('['),
            "brackets are read as a link to Rust code",
            "put them in backticks",
        ),
    ];
    for (_, message, help) in problems.into_iter().filter(|(found, ..)| *found) {
        report.add(&DESCRIPTION_BLOCK, at, message, help);
    }
}

/// The line without what stands in backticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}
