//! The parameters of the call, against its path.

use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Operation, Spec};
use crate::yaml::Node;
use heck::ToSnakeCase;

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

pub(crate) fn check(spec: &Spec, report: &mut Report) {
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
    for hole in &holes {
        let names = || in_path.iter().filter_map(|(_, name)| name.text());
        if !names().any(|name| name == *hole) {
            let message = format!("no path parameter is named `{hole}`");
            let help = did_you_mean(hole, names());
            report.add(&PATH_PARAMETER_MISMATCH, operation.path.at, message, help);
        }
    }
    for (parameter, name) in in_path {
        path_parameter(parameter, name, path, &holes, report);
    }
}

fn path_parameter(parameter: &Node, name: &Node, path: &str, holes: &[&str], report: &mut Report) {
    let text = name.text().unwrap_or_default();
    if !holes.contains(&text) {
        let message = format!("`{path}` has no place for `{text}`");
        let help = did_you_mean(text, holes.iter().copied());
        let help = help.unwrap_or_else(|| format!("write `{{{text}}}` into the path"));
        report.add(&PATH_PARAMETER_MISMATCH, name.at, message, help);
    }
    if !parameter.flag("required") {
        let entry = parameter.entry("required");
        let at = entry.map_or(parameter.at, |entry| entry.at);
        let message = format!("the path needs `{text}`");
        report.add(
            &PATH_PARAMETER_OPTIONAL,
            at,
            message,
            "write `required: true`",
        );
    }
}

fn duplicate_parameters(spec: &Spec, operation: &Operation, report: &mut Report) {
    let parameters = operation.parameters(spec);
    for (index, parameter) in parameters.iter().enumerate() {
        let Some(name) = parameter.entry("name") else {
            continue;
        };
        let same = |other: &&&Node| {
            text(other, "name").map(str::to_snake_case)
                == text(parameter, "name").map(str::to_snake_case)
        };
        if let Some(first) = parameters[..index].iter().find(same) {
            let line = first
                .entry("name")
                .map_or(first.at.line, |entry| entry.at.line);
            let message = format!(
                "`{}` is already a parameter on line {line}",
                text(parameter, "name").unwrap_or_default()
            );
            report.add(
                &PARAMETER_DUPLICATE,
                name.value.at,
                message,
                "keep one of them",
            );
        }
    }
}

fn text<'a>(node: &&'a Node, key: &str) -> Option<&'a str> {
    node.text_of(key)
}
