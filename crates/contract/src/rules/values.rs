//! The kind of value that each key takes: a text, a boolean, a number, one of some words, a list.
//!
//! Input is a value and the shape that the tables of `metaschema` give its key. `vocabulary.rs` walks; what is
//! here looks at one value and goes no deeper.
//!
//! ```yaml
//! nullable: yes                      # wrong: a text to YAML 1.2
//! deprecated: "true"                 # wrong: in quotes
//! in: querry                         # wrong: did you mean `query`?
//! required: true                     # wrong, at a field: the object lists its required fields
//! ```

use super::metaschema::ValueShape;
use super::openapi31::OPENAPI_30_ONLY;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::yaml::{Node, NodeKind};

/// The generator would stop at most of these with a line of its own source. Where this rule finds something,
/// other findings of the same line are dropped, since they follow from it. The values of `example`, `default`
/// and `enum` may be anything here.
pub(crate) static WRONG_VALUE: Rule = Rule {
    name: "wrong-value",
    why: "a value of the wrong kind stops the generator, or turns a key into another one",
    example: "nullable: tru",
    fix: "nullable: true",
};

/// Reports a value. `wanted` is what the key takes, in words that continue "must be".
pub(super) fn wrong(node: &Node, key: &str, wanted: &str, help: &str, report: &mut Report) {
    let message = format!("`{key}` must be {wanted}");
    report.add(&WRONG_VALUE, node.at, message, help);
}

/// Checks the value of a key whose shape is a text, a boolean, a number or one of some words.
pub(super) fn scalar(node: &Node, key: &str, shape: &ValueShape, report: &mut Report) {
    let (json, text) = (node.to_json(), node.text().unwrap_or_default());
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
        ValueShape::Number if !json.is_number() => {
            let help = "write a number, without quotes";
            wrong(node, key, "a number", help, report);
        }
        // A version that looks like a number has its own rule, and so have formats.
        ValueShape::Text if !json.is_string() && !["format", "version"].contains(&key) => {
            let help = match node.text() {
                Some("") => "write a text, in quotes if it begins with `#`, `&` or `!`",
                Some(_) if json.is_null() => "write a text, or remove the key",
                Some(_) => "put it in quotes",
                None => "write a text, in quotes if it begins with `[` or `{`",
            };
            wrong(node, key, "a text", help, report);
        }
        ValueShape::Word(words) if !words.contains(&text) => {
            let help = did_you_mean(text, words.iter().copied());
            let help = help.unwrap_or_else(|| format!("one of {}", words.join(", ")));
            let message = format!("`{key}` cannot be `{text}`");
            report.add(&WRONG_VALUE, node.at, message, help);
        }
        _ => {}
    }
}

/// Checks a value that is no mapping, where a mapping or a boolean is right.
pub(super) fn boolean(node: &Node, key: &str, report: &mut Report) {
    let text = node.text().unwrap_or_default().to_lowercase();
    if node.string().is_some() || !["true", "false"].contains(&text.as_str()) {
        let help = format!("write `{key}: {{}}`");
        wrong(node, key, "a mapping", &help, report);
    }
}

/// Checks that there is something behind the colon of a key that takes any value.
pub(super) fn present(node: &Node, key: &str, report: &mut Report) {
    if matches!(&node.kind, NodeKind::Scalar(text) if text.plain && text.text.is_empty()) {
        let message = format!("`{key}` has no value");
        let help = "write it behind the `:`, or below, indented; `null` if that is meant";
        report.add(&WRONG_VALUE, node.at, message, help);
    }
}

/// Checks the value of `type`, which OpenAPI 3.1 allows to be a list or `null`. Which types there are is
/// `types.rs`.
pub(super) fn one_type(node: &Node, report: &mut Report) {
    if node.text().is_none_or(|text| text == "null") {
        let message = "a list of types, or `null`, belongs to OpenAPI 3.1";
        let help = "write the one type, and `nullable: true`";
        report.add(&OPENAPI_30_ONLY, node.at, message, help);
    }
}

/// Checks that a value is a list, and has items unless it may be empty. `security: []` means something; an
/// empty `required`, `enum` or `oneOf` was never meant.
pub(super) fn list(node: &Node, key: &str, may_be_empty: bool, report: &mut Report) {
    let (wanted, help) = match &node.kind {
        NodeKind::Sequence(items) if may_be_empty || !items.is_empty() => return,
        _ if may_be_empty => ("a list", "write `[]`"),
        NodeKind::Scalar(text) if key == "required" && text.to_json().is_boolean() => {
            let help = "list the name of this field below `required` of the object that has it";
            ("a list of names", help)
        }
        _ => ("a list with items", "write one `- ...` line for each item"),
    };
    wrong(node, key, wanted, help, report);
}
