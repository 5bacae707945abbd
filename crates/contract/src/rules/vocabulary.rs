//! The keys of OpenAPI 3.0: which are there, which are missing, and which have no effect.
//!
//! The document is walked along the tables of `metaschema`, from the root to the last schema, each key once:
//!
//! ```yaml
//! nullabel: true          # unknown-key: did you mean `nullable`?
//! - {name: item_id}       # missing-key: a parameter needs `in`
//! discriminator: {...}    # ignored-key
//! x-regoin: Eu            # unknown-key: almost one of ours
//! ```
//!
//! An unknown key is silent everywhere else: the generator skips it, and so do the vendor's tools.

use super::metaschema::{OPENAPI, Object, Refusal, ValueShape};
use super::openapi31::{OPENAPI_30_ONLY, OPENAPI_31};
use super::values::{self, WRONG_VALUE};
use crate::finding::Position;
use crate::nearest::{did_you_mean, nearest};
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{DEFAULT, REGION, SETTINGS, Spec, TYPED_BY, UNNAMED};
use crate::yaml::{Entry, Node};

/// Keys that begin with `x-` belong to the author, and are only compared with ours. Below `paths`,
/// `responses`, `content` and `components` the keys are names, and the table says which names are refused.
pub(crate) static UNKNOWN_KEY: Rule = Rule {
    name: "unknown-key",
    why: "a key that OpenAPI does not know is silently ignored",
    example: "nullabel: true",
    fix: "nullable: true",
};

/// What OpenAPI requires, and two things more: the contract has servers, and a media type has a schema.
/// `description` of a response is `description-missing`'s, which has more to say about it.
pub(crate) static MISSING_KEY: Rule = Rule {
    name: "missing-key",
    why: "the generator cannot do without these keys, and stops without a line",
    example: "- name: item_id … (no in)",
    fix: "- name: item_id … in: path",
};

/// Right in OpenAPI, and without any effect on the bindings, so that a reader would trust something that does
/// not happen. Nine keys, each of one object; the same key elsewhere may work (`servers` at the top does).
pub(crate) static IGNORED_KEY: Rule = Rule {
    name: "ignored-key",
    why: "the generator ignores these keys, so they promise what the bindings do not do",
    example: "discriminator: {propertyName: job_type}",
    fix: "say it in the description",
};

/// The keys that this contract adds to OpenAPI, each with the object that it is a key of.
const OUR_KEYS: [(&str, &str); 6] = [
    (DEFAULT, "a schema"),
    (REGION, "a server"),
    (SETTINGS, "a component"),
    (TYPED_BY, "a component"),
    (UNNAMED, "an object or an enum"),
    ("x-not-secret", "a schema"),
];

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

/// Checks a mapping against the table of its kind, and what is in it.
///
/// Where a reference may stand in its place and does, there is nothing more to check. `at` is where to report a
/// missing key.
fn object(node: &Node, at: Position, kind: &Object, report: &mut Report) {
    if !node.is_mapping() {
        let message = format!("{} must be a mapping", kind.name);
        let help = "write its keys below it, indented";
        report.add(&WRONG_VALUE, node.at, message, help);
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
            Some(_) if key == UNNAMED && !node.has_any(&["enum", "properties"]) => {
                extension(entry, &free, report);
            }
            Some(shape) => {
                ignored(entry, kind, report);
                value(&entry.value, entry.at, key, shape, report);
            }
            None => unknown(entry, &free, kind, report),
        }
    }
    missing(node, at, kind, report);
}

fn missing(node: &Node, at: Position, kind: &Object, report: &mut Report) {
    for key in kind.required.iter().filter(|key| !node.has(key)) {
        let message = format!("{} needs `{key}`", kind.name);
        report.add(&MISSING_KEY, at, message, format!("write `{key}: ...`"));
    }
    if let Some(first) = kind.one_of.first().filter(|_| !node.has_any(kind.one_of)) {
        let message = format!("{} needs `{}`", kind.name, kind.one_of.join("` or `"));
        report.add(&MISSING_KEY, at, message, format!("write `{first}: ...`"));
    }
    let mut there = kind.one_of.iter().filter_map(|key| node.entry(key));
    if let (Some(one), Some(other)) = (there.next(), there.next()) {
        let message = format!(
            "{} has either `{}` or `{}`",
            kind.name, one.key.text, other.key.text
        );
        report.add(
            &WRONG_VALUE,
            one.at.max(other.at),
            message,
            "keep one of them",
        );
    }
}

/// Reports a key that the object does not have: as a misspelling, as one of OpenAPI 3.1, or as unknown to
/// everybody. `<<` is reported while the file is read.
fn unknown(entry: &Entry, free: &[&str], kind: &Object, report: &mut Report) {
    let key = entry.key.text.as_str();
    if key == "<<" {
        return;
    }
    if key.starts_with("x-") {
        extension(entry, free, report);
        return;
    }
    if let Some((_, help)) = OPENAPI_31.iter().find(|(newer, _)| *newer == key) {
        let message = format!("`{key}` belongs to OpenAPI 3.1");
        report.add(&OPENAPI_30_ONLY, entry.at, message, *help);
        return;
    }
    let message = format!("{} has no key `{key}`", kind.name);
    let indented = "it may be indented too little or too far, or a key above it is missing";
    let help = did_you_mean(key, free.iter().copied());
    let help = help.unwrap_or_else(|| indented.to_owned());
    report.add(&UNKNOWN_KEY, entry.at, message, help);
}

/// Extensions are free, but for our own in another place, and for what only looks like a key that has a meaning.
fn extension(entry: &Entry, free: &[&str], report: &mut Report) {
    let key = entry.key.text.as_str();
    if let Some((_, place)) = OUR_KEYS.iter().find(|(ours, _)| *ours == key) {
        let message = format!("`{key}` means nothing here; it is a key of {place}");
        let help = "move it to where it belongs, or remove it";
        report.add(&UNKNOWN_KEY, entry.at, message, help);
        return;
    }
    let ours = OUR_KEYS.iter().map(|(ours, _)| *ours);
    let bare = key.trim_start_matches("x-");
    let near = nearest(key, ours).or_else(|| free.iter().copied().find(|known| *known == bare));
    if let Some(near) = near {
        let message = format!("`{key}` is almost `{near}`, and has no meaning of its own");
        let help = format!("did you mean `{near}`?");
        report.add(&UNKNOWN_KEY, entry.at, message, help);
    }
}

fn ignored(entry: &Entry, kind: &Object, report: &mut Report) {
    let key = entry.key.text.as_str();
    if IGNORED.contains(&(kind.name, key)) {
        let message = format!("`{key}` of {} has no effect on the bindings", kind.name);
        let help = match key {
            "servers" => "list the server below `servers` at the top of the file",
            _ => IGNORED_KEY.fix,
        };
        report.add(&IGNORED_KEY, entry.at, message, help);
    }
}

/// Checks a value against the shape that its key has. Recursion ends with the nesting of the file, which
/// reading limits.
fn value(node: &Node, at: Position, key: &str, shape: &ValueShape, report: &mut Report) {
    match shape {
        ValueShape::Any => values::present(node, key, report),
        ValueShape::Text | ValueShape::Boolean | ValueShape::Number | ValueShape::Word(_) => {
            values::scalar(node, key, shape, report);
        }
        ValueShape::Type => values::one_type(node, report),
        ValueShape::Of(kind) => object(node, at, kind, report),
        ValueShape::BooleanOr(kind) if node.is_mapping() => object(node, at, kind, report),
        ValueShape::BooleanOr(_) => values::boolean(node, key, report),
        ValueShape::List(inner) | ValueShape::AnyList(inner) => {
            let may_be_empty = matches!(shape, ValueShape::AnyList(_));
            values::list(node, key, may_be_empty, report);
            for item in node.items() {
                value(item, item.at, key, inner, report);
            }
        }
        ValueShape::Map(refusal, inner) => map(node, key, *refusal, inner, report),
    }
}

/// Checks names and their values, such as those below `schemas` or `responses`.
fn map(node: &Node, key: &str, refusal: Refusal, inner: &ValueShape, report: &mut Report) {
    if !node.is_mapping() {
        let help = "write its keys below it, indented";
        values::wrong(node, key, "a mapping", help, report);
    }
    for entry in node.entries().iter().filter(|entry| entry.key.text != "<<") {
        let name = entry.key.text.as_str();
        match refusal(name) {
            _ if name.starts_with("x-") && key == "paths" => {}
            Some(help) => {
                let message = format!("`{name}` cannot stand below `{key}`");
                report.add(&UNKNOWN_KEY, entry.at, message, help);
            }
            None => value(&entry.value, entry.at, name, inner, report),
        }
    }
}
