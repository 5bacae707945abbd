//! The keys of OpenAPI 3.0, and the kind of value that each one takes.

use super::metaschema::{OPENAPI, Object, ValueShape};
use super::openapi31::OPENAPI_31;
use crate::finding::Position;
use crate::nearest::{did_you_mean, nearest};
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::{Entry, Node, NodeKind};
use serde_json::Value;

pub(crate) static UNKNOWN_KEY: Rule = Rule {
    name: "unknown-key",
    why: "a key that OpenAPI does not know is silently ignored",
    example: "nullabel: true",
    fix: "nullable: true",
};

pub(crate) static MISSING_KEY: Rule = Rule {
    name: "missing-key",
    why: "the generator cannot do without these keys, and stops without a line",
    example: "- name: item_id … (no in)",
    fix: "- name: item_id … in: path",
};

pub(crate) static WRONG_VALUE: Rule = Rule {
    name: "wrong-value",
    why: "a value of the wrong kind stops the generator, or turns a key into another one",
    example: "nullable: tru",
    fix: "nullable: true",
};

pub(crate) static OPENAPI_30_ONLY: Rule = Rule {
    name: "openapi-3.0-only",
    why: "the generator reads OpenAPI 3.0, and ignores or refuses what 3.1 spells differently",
    example: "type: [string, 'null']",
    fix: "type: string … nullable: true",
};

pub(crate) static IGNORED_KEY: Rule = Rule {
    name: "ignored-key",
    why: "the generator ignores these keys, so they promise what the bindings do not do",
    example: "discriminator: {propertyName: job_type}",
    fix: "say it in the description",
};

/// Keys that have no effect, and the object that they are keys of.
const IGNORED: [(&str, &str); 9] = [
    ("a schema", "discriminator"),
    ("a schema", "xml"),
    ("a schema", "readOnly"),
    ("a schema", "writeOnly"),
    ("a path", "servers"),
    ("an operation", "servers"),
    ("an operation", "callbacks"),
    ("a server", "variables"),
    ("a media type", "encoding"),
];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    object(spec.root, Position::START, &OPENAPI, report);
}

/// Whether this is a document of another version of OpenAPI; nothing else is reported then.
pub(crate) fn is_other_version(root: &Node, report: &mut Report) -> bool {
    if let Some(swagger) = root.entry("swagger") {
        let version = swagger.value.text().unwrap_or_default();
        let message = format!(
            "this is a Swagger {version} document, and the bindings are made from OpenAPI 3.0"
        );
        report.add(
            &OPENAPI_30_ONLY,
            swagger.at,
            message,
            "convert it to OpenAPI 3.0 first",
        );
        return true;
    }
    let Some(version) = root.get("openapi") else {
        return false;
    };
    let text = version.text().unwrap_or_default();
    if text.starts_with("3.0.") {
        return false;
    }
    if ["3", "3.0"].contains(&text) {
        let message = format!("`{text}` is no version of OpenAPI");
        report.add(&OPENAPI_30_ONLY, version.at, message, "write `3.0.3`");
        return true;
    }
    let message =
        format!("this is an OpenAPI {text} document, and the bindings are made from OpenAPI 3.0");
    report.add(
        &OPENAPI_30_ONLY,
        version.at,
        message,
        "write `openapi: 3.0.3`, and what 3.1 spells differently as 3.0 does",
    );
    true
}

fn object(node: &Node, at: Position, kind: &Object, report: &mut Report) {
    if !node.is_mapping() {
        let message = format!("{} must be a mapping", kind.name);
        report.add(
            &WRONG_VALUE,
            node.at,
            message,
            "write its keys below it, indented",
        );
        return;
    }
    if node.has("$ref") && kind.referable {
        // What stands beside a `$ref` is ignored anyway; the rules on references say so.
        return;
    }
    // Keys that are there already are not what another key was meant to be.
    let free: Vec<&str> = kind.known_keys().filter(|known| !node.has(known)).collect();
    for entry in node.entries() {
        let key = entry.key.text.as_str();
        match kind.shape(key) {
            Some(shape) => value(entry, shape, kind, report),
            None => unknown(entry, &free, kind, report),
        }
    }
    missing(node, at, kind, report);
}

fn missing(node: &Node, at: Position, kind: &Object, report: &mut Report) {
    let required = kind.required.iter().filter(|key| !node.has(key));
    for key in required {
        let message = format!("{} needs `{key}`", kind.name);
        report.add(&MISSING_KEY, at, message, format!("write `{key}: ...`"));
    }
    if let Some(first) = kind
        .one_of
        .first()
        .filter(|_| !kind.one_of.iter().any(|key| node.has(key)))
    {
        let message = format!("{} needs `{}`", kind.name, kind.one_of.join("` or `"));
        report.add(&MISSING_KEY, at, message, format!("write `{first}: ...`"));
    }
}

fn unknown(entry: &Entry, free: &[&str], kind: &Object, report: &mut Report) {
    let key = entry.key.text.as_str();
    if key == "<<" {
        return;
    }
    if key.starts_with("x-") {
        let ours = kind.known_keys().filter(|known| known.starts_with("x-"));
        if let Some(near) = nearest(key, ours) {
            let message = format!("`{key}` is almost `{near}`, and has no meaning of its own");
            report.add(
                &UNKNOWN_KEY,
                entry.at,
                message,
                format!("did you mean `{near}`?"),
            );
        }
        return;
    }
    if let Some((_, help)) = OPENAPI_31.iter().find(|(newer, _)| *newer == key) {
        let message = format!("`{key}` belongs to OpenAPI 3.1");
        report.add(&OPENAPI_30_ONLY, entry.at, message, *help);
        return;
    }
    let message = format!("{} has no key `{key}`", kind.name);
    let help = did_you_mean(key, free.iter().copied()).or_else(|| {
        let indented = "it may be indented too little or too far, or a key above it is missing";
        Some(indented.to_owned())
    });
    report.add(&UNKNOWN_KEY, entry.at, message, help);
}

fn value(entry: &Entry, shape: &ValueShape, kind: &Object, report: &mut Report) {
    let key = entry.key.text.as_str();
    if IGNORED.contains(&(kind.name, key)) {
        let message = format!("`{key}` of {} has no effect on the bindings", kind.name);
        let help = match key {
            "servers" => "list the server below `servers` at the top of the file",
            _ => IGNORED_KEY.fix,
        };
        report.add(&IGNORED_KEY, entry.at, message, help);
    }
    shaped(&entry.value, entry.at, key, shape, report);
}

fn shaped(node: &Node, at: Position, key: &str, shape: &ValueShape, report: &mut Report) {
    match shape {
        ValueShape::Any => {}
        ValueShape::Text | ValueShape::Boolean | ValueShape::Number | ValueShape::Word(_) => {
            scalar(node, key, shape, report)
        }
        ValueShape::Object(kind) => object(node, at, kind, report),
        ValueShape::BooleanOrObject(kind) if node.is_mapping() => object(node, at, kind, report),
        ValueShape::BooleanOrObject(_)
            if node.string().is_none()
                && node.text().is_some_and(|text| {
                    ["true", "false"].contains(&text.to_lowercase().as_str())
                }) => {}
        ValueShape::BooleanOrObject(_) => {
            let help = format!("write `{key}: {{}}`");
            wrong(node, key, "a mapping", &help, report);
        }
        ValueShape::Type => match &node.kind {
            NodeKind::Scalar(text) if text.text != "null" => {}
            _ => {
                let help = "write the one type, and `nullable: true`";
                report.add(
                    &OPENAPI_30_ONLY,
                    node.at,
                    "a list of types, or `null`, belongs to OpenAPI 3.1",
                    help,
                );
            }
        },
        ValueShape::List(inner) => match &node.kind {
            NodeKind::Sequence(items) if !items.is_empty() => {
                items
                    .iter()
                    .for_each(|item| shaped(item, item.at, key, inner, report));
            }
            NodeKind::Scalar(text) if key == "required" && text.to_json().is_boolean() => {
                let help = "list the name of this field below `required` of the object that has it";
                wrong(node, key, "a list of names", help, report);
            }
            _ => wrong(
                node,
                key,
                "a list with items",
                "write one `- ...` line for each item",
                report,
            ),
        },
        ValueShape::AnyList(inner) => match &node.kind {
            NodeKind::Sequence(items) => items
                .iter()
                .for_each(|item| shaped(item, item.at, key, inner, report)),
            _ => wrong(node, key, "a list", "write `[]`", report),
        },
        ValueShape::Map(names, inner) => map(node, key, *names, inner, report),
    }
}

fn map(
    node: &Node,
    key: &str,
    names: fn(&str) -> Option<&'static str>,
    inner: &ValueShape,
    report: &mut Report,
) {
    if !node.is_mapping() {
        wrong(
            node,
            key,
            "a mapping",
            "write its keys below it, indented",
            report,
        );
    }
    for entry in node.entries().iter().filter(|entry| entry.key.text != "<<") {
        match names(&entry.key.text) {
            _ if entry.key.text.starts_with("x-") && key == "paths" => {}
            Some(help) => {
                let message = format!("`{}` cannot stand below `{key}`", entry.key.text);
                report.add(&UNKNOWN_KEY, entry.at, message, help);
            }
            None => shaped(&entry.value, entry.at, &entry.key.text, inner, report),
        }
    }
}

fn scalar(node: &Node, key: &str, shape: &ValueShape, report: &mut Report) {
    let json = match &node.kind {
        NodeKind::Scalar(text) => text.to_json(),
        _ => Value::Array(Vec::new()),
    };
    let text = node.text().unwrap_or_default();
    match shape {
        ValueShape::Boolean if !json.is_boolean() => {
            let help = match text.to_lowercase().as_str() {
                "true" | "false" => "leave the quotes out",
                "yes" | "y" | "on" | "1" | "tru" => "write `true`, without quotes",
                "no" | "n" | "off" | "0" => "write `false`, without quotes",
                _ => "write one of the two, without quotes",
            };
            wrong(node, key, "`true` or `false`", help, report);
        }
        ValueShape::Number if !json.is_number() => wrong(
            node,
            key,
            "a number",
            "write a number, without quotes",
            report,
        ),
        // A version that looks like a number has its own rule.
        ValueShape::Text if !json.is_string() && key != "version" => {
            let help = match (&node.kind, text) {
                (NodeKind::Scalar(_), "") => {
                    "write a text, in quotes if it begins with `#`, `&` or `!`"
                }
                (NodeKind::Scalar(_), _) => "put it in quotes",
                _ => "write a text, in quotes if it begins with `[` or `{`",
            };
            wrong(node, key, "a text", help, report)
        }
        ValueShape::Word(words) if !words.contains(&text) => {
            let help = did_you_mean(text, words.iter().copied());
            let help = help.unwrap_or_else(|| format!("one of {}", words.join(", ")));
            report.add(
                &WRONG_VALUE,
                node.at,
                format!("`{key}` cannot be `{text}`"),
                help,
            );
        }
        _ => {}
    }
}

fn wrong(node: &Node, key: &str, wanted: &str, help: &str, report: &mut Report) {
    report.add(
        &WRONG_VALUE,
        node.at,
        format!("`{key}` must be {wanted}"),
        help,
    );
}
