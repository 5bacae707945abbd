//! The parameters of the call, against its path.

use super::used;
use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{CONSTRAINTS, Operation, Role, Spec};
use crate::yaml::{Entry, Node};
use heck::ToSnakeCase;
use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, HashSet};

pub(crate) static PATH_PARAMETER_MISMATCH: Rule = Rule {
    name: "path-parameter-mismatch",
    why: "a placeholder that no parameter fills, or a parameter without a placeholder, stops the generator without a line",
    example: "/items/{itemid} … name: item_id",
    fix: "/items/{item_id} … name: item_id",
};

pub(crate) static PATH_PARAMETER_OPTIONAL: Rule = Rule {
    name: "path-parameter-optional",
    why: "without it the call goes to another route",
    example: "in: path … (no required)",
    fix: "in: path … required: true",
};

pub(crate) static PARAMETER_DUPLICATE: Rule = Rule {
    name: "parameter-duplicate",
    why: "two parameters of one name become two arguments of one name",
    example: "- name: project_id … - name: project_id",
    fix: "keep one of them",
};

pub(crate) static NO_CONSTRAINT_IN_PARAMETER: Rule = Rule {
    name: "no-constraint-in-parameter",
    why: "a constraint makes a type of its own of the parameter, and the service checks it anyway",
    example: "in: query … schema: {type: string, maxLength: 64}",
    fix: "say it in the description",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in spec
        .sites
        .iter()
        .filter(|site| matches!(site.role, Role::Parameter))
    {
        for entry in site.schema.entries() {
            let key = entry.key.text.as_str();
            if CONSTRAINTS.contains(&key) {
                let message = format!("`{key}` makes a type of its own of the parameter");
                report.add(
                    &NO_CONSTRAINT_IN_PARAMETER,
                    entry.at,
                    message,
                    NO_CONSTRAINT_IN_PARAMETER.fix,
                );
            }
        }
    }
    for operation in spec.operations() {
        path_parameters(spec, &operation, report);
        duplicate_parameters(spec, &operation, report);
    }
}

fn path_parameters(spec: &Spec, operation: &Operation, report: &mut Report) {
    let path = operation.path.key.text.as_str();
    let holes = path.split('{').skip(1);
    let holes: Vec<&str> = holes
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect();
    let parameters = operation.parameters(spec);
    let in_path = parameters
        .iter()
        .filter(|parameter| parameter.text_of("in") == Some("path"));
    let in_path: Vec<_> = in_path
        .filter_map(|parameter| Some((*parameter, parameter.get("name")?)))
        .collect();
    let filled: HashSet<&str> = in_path.iter().filter_map(|(_, name)| name.text()).collect();
    let mut unfilled = holes.iter().filter(|hole| !filled.contains(*hole));
    for (parameter, name) in in_path {
        let text = name.text().unwrap_or_default();
        if !holes.contains(&text) {
            homeless(text, unfilled.next(), name.at, operation.path, report);
        }
        required(parameter, text, report);
    }
    for hole in unfilled {
        let message = format!("no path parameter is named `{hole}`");
        let help = format!("write `- name: {hole}` with `in: path`, or take it out of the path");
        report.add(&PATH_PARAMETER_MISMATCH, operation.path.at, message, help);
    }
}

/// A parameter without its place in the path. If there is another place, one of the two names is wrong.
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

fn required(parameter: &Node, text: &str, report: &mut Report) {
    if !parameter.flag("required") {
        let entry = parameter.entry("required");
        let at = entry.map_or(parameter.at, |entry| entry.at);
        let message = format!("the path needs `{text}`");
        let help = "write `required: true`";
        report.add(&PATH_PARAMETER_OPTIONAL, at, message, help);
    }
}

fn duplicate_parameters(spec: &Spec, operation: &Operation, report: &mut Report) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for parameter in operation.parameters(spec) {
        let Some(name) = parameter.entry("name") else {
            continue;
        };
        let text = name.value.text().unwrap_or_default();
        match seen.entry(text.to_snake_case()) {
            Slot::Occupied(first) => {
                let message = format!("`{text}` is already a parameter on line {}", first.get());
                report.add(
                    &PARAMETER_DUPLICATE,
                    name.value.at,
                    message,
                    "keep one of them",
                );
            }
            Slot::Vacant(slot) => {
                slot.insert(name.at.line);
            }
        }
    }
}
