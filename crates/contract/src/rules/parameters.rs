//! The parameters of the call, against its path.
//!
//! ```yaml
//! /items/{item_id}/processing-results:
//!   get:
//!     parameters:
//!       - {name: item_id, in: path, required: true, schema: {type: string}}
//!       - {name: job_type, in: query, schema: {$ref: '#/components/schemas/JobType'}}
//! ```
//!
//! Each placeholder of the path has one parameter with `in: path` and `required: true`, and the other way
//! round. Parameters of the path item and shared ones (`$ref`) count like those of the operation.

use super::twice::already;
use super::used;
use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::rust_name::field_name;
use crate::spec::{Operation, Spec, placeholders};
use crate::yaml::{Entry, Node};
use std::collections::{HashMap, HashSet};

/// If both a placeholder and a parameter are left over, one of the two names is a mistake, and one finding says so
/// for both:
///
/// ```yaml
/// /items/{itemid}:           # wrong; reported here, since the bindings send `item_id`
///   get: {parameters: [{name: item_id, in: path, ...}]}
/// ```
pub(crate) static PATH_PARAMETER_MISMATCH: Rule = Rule {
    name: "path-parameter-mismatch",
    why: "a placeholder that no parameter fills, or a parameter without a placeholder, stops the generator without a line",
    example: "/items/{itemid} … name: item_id",
    fix: "/items/{item_id} … name: item_id",
};

/// OpenAPI demands it, and the generator would make an `Option` of the item id. Query parameters are the
/// opposite: the bindings send them only if a caller names them, which `used-by-bindings` watches.
pub(crate) static PATH_PARAMETER_OPTIONAL: Rule = Rule {
    name: "path-parameter-optional",
    why: "without it the call goes to another route",
    example: "in: path … (no required)",
    fix: "in: path … required: true",
};

/// Compared as Rust names, so that `projectId` and `project_id` are one; wherever they are sent, since a
/// function cannot have two arguments of one name.
pub(crate) static PARAMETER_DUPLICATE: Rule = Rule {
    name: "parameter-duplicate",
    why: "two parameters of one name become two arguments of one name",
    example: "- name: project_id … - name: project_id",
    fix: "keep one of them",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for operation in spec.operations() {
        let parameters = operation.parameters(spec);
        path_parameters(&operation, &parameters, report);
        duplicate_parameters(&parameters, report);
    }
}

/// Compares placeholders and parameters. Parameters are taken in order, each unknown one with the next
/// placeholder that nothing fills, which then counts as reported.
fn path_parameters(operation: &Operation, parameters: &[&Node], report: &mut Report) {
    let holes: Vec<&str> = placeholders(&operation.path.key.text).collect();
    let in_path = parameters.iter().filter_map(|parameter| {
        let name = parameter.get("name")?;
        (parameter.text_of("in") == Some("path")).then_some((*parameter, name))
    });
    let in_path: Vec<(&Node, &Node)> = in_path.collect();
    let filled: HashSet<&str> = in_path.iter().filter_map(|(_, name)| name.text()).collect();
    let mut unfilled = holes.iter().filter(|hole| !filled.contains(*hole));
    for (parameter, name) in in_path {
        let text = name.text().unwrap_or_default();
        if !holes.contains(&text) && !braces(text, operation.path, report) {
            homeless(text, unfilled.next(), name.at, operation.path, report);
        }
        if !parameter.flag("required") {
            let at = parameter.at_key("required", parameter.at);
            let message = format!("the path needs `{text}`");
            let help = "write `required: true`";
            report.add(&PATH_PARAMETER_OPTIONAL, at, message, help);
        }
    }
    for (index, hole) in holes.iter().enumerate() {
        if holes[..index].contains(hole) {
            let message = format!("`{{{hole}}}` is in the path twice");
            let help = "give each part of the path a parameter of its own";
            report.add(&PATH_PARAMETER_MISMATCH, operation.path.at, message, help);
        }
    }
    for hole in unfilled {
        report_unfilled(hole, operation.path, parameters, report);
    }
}

/// A part of the path that no path parameter fills, but perhaps one that is said to be elsewhere.
fn report_unfilled(hole: &str, path: &Entry, parameters: &[&Node], report: &mut Report) {
    let is_it = |parameter: &&&Node| parameter.text_of("name") == Some(hole);
    if let Some(place) = parameters.iter().find(is_it).and_then(|it| it.get("in")) {
        let message = format!("`{hole}` is a part of the path");
        report.add(
            &PATH_PARAMETER_MISMATCH,
            place.at,
            message,
            "write `in: path`",
        );
        return;
    }
    let message = format!("no path parameter is named `{hole}`");
    let help = format!("write `- name: {hole}` with `in: path`, or take it out of the path");
    report.add(&PATH_PARAMETER_MISMATCH, path.at, message, help);
}

/// Whether the path has the name of a parameter without its braces, or with other ones.
fn braces(text: &str, path: &Entry, report: &mut Report) -> bool {
    let bare = |part: &&str| part.trim_matches(|letter: char| !letter.is_alphanumeric()) == text;
    let part = path.key.text.split('/').find(bare);
    if let Some(part) = part {
        let message = format!("`{part}` is no parameter of the path");
        let meant = path.key.text.replacen(part, &format!("{{{text}}}"), 1);
        let help = format!("did you mean `{meant}`?");
        report.add(&PATH_PARAMETER_MISMATCH, path.at, message, help);
    }
    part.is_some()
}

/// A parameter without its place in the path. If there is another place, one of the two names is wrong: the
/// path's if the bindings send a parameter of this name, otherwise the parameter's.
fn homeless(text: &str, hole: Option<&&str>, at: Position, path: &Entry, report: &mut Report) {
    let written = path.key.text.as_str();
    let (at, message, help) = match hole {
        Some(hole) if used::is_parameter(text) => {
            let meant = written.replace(&format!("{{{hole}}}"), &format!("{{{text}}}"));
            let message = format!("no path parameter is named `{hole}`");
            (path.at, message, format!("did you mean `{meant}`?"))
        }
        hole => {
            let message = format!("`{written}` has no place for `{text}`");
            let help = match hole {
                Some(hole) => format!("did you mean `{hole}`?"),
                None => format!("write `{{{text}}}` into the path"),
            };
            (at, message, help)
        }
    };
    report.add(&PATH_PARAMETER_MISMATCH, at, message, help);
}

fn duplicate_parameters(parameters: &[&Node], report: &mut Report) {
    let mut lines: HashMap<String, usize> = HashMap::new();
    for name in parameters
        .iter()
        .filter_map(|parameter| parameter.entry("name"))
    {
        let text = name.value.text().unwrap_or_default();
        if let Some(line) = already(&mut lines, field_name(text), name.at.line) {
            let message = format!("`{text}` is already a parameter on line {line}");
            let help = "keep one of them";
            report.add(&PARAMETER_DUPLICATE, name.value.at, message, help);
        }
    }
}
