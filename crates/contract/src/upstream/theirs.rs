//! The vendor's document, read. JSON is read as YAML, so that both have positions.
//!
//! JSON takes characters as they are that YAML refuses (a byte order mark in a text, `\u007f`), so these are replaced
//! before. Duplicate keys and other errors of the text make the document unusable: who knows which one was meant.

use crate::report::Report;
use crate::rule::Rule;
use crate::yaml::rules::{DUPLICATE_KEY, MERGE_KEY, YAML_ANCHOR, YAML_SYNTAX};
use crate::yaml::{self, Node};
use serde::de::IgnoredAny;

/// Rules about what the tree does not have, such as the value of an alias.
static LOSES: [&Rule; 4] = [&YAML_SYNTAX, &DUPLICATE_KEY, &YAML_ANCHOR, &MERGE_KEY];

/// Characters that JSON takes as they are and YAML does not.
fn is_unreadable(letter: char) -> bool {
    matches!(letter, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Reads a document that has to be OpenAPI 3. The error is a sentence about "it", with the place where there is one:
/// `it is Swagger 2.0, and OpenAPI 3.0 or 3.1 is needed`. What it quotes is escaped.
pub(super) fn read(document: &str) -> Result<Node, String> {
    if document.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    // Each is replaced by one character, so that columns stay right.
    let document = document.strip_prefix('\u{feff}').unwrap_or(document);
    let document = document.replace(is_unreadable, "\u{fffd}");
    let root = parsed(&document)?;
    match (root.text_of("openapi"), root.text_of("swagger")) {
        (Some(version), _) if version.starts_with("3.") => Ok(root),
        (Some(version), _) => Err(format!(
            "it is OpenAPI {}, and 3.0 or 3.1 is needed",
            version.escape_debug()
        )),
        (None, Some(version)) => Err(format!(
            "it is Swagger {}, and OpenAPI 3.0 or 3.1 is needed",
            version.escape_debug()
        )),
        (None, None) => Err("it is no OpenAPI document: it has no `openapi`".to_owned()),
    }
}

/// The tree, if it has all that the document says. Lines that an author may not have meant so are no error of the vendor's.
fn parsed(document: &str) -> Result<Node, String> {
    let mut report = Report::new("");
    let root = yaml::read(document, &mut report);
    let mut findings = report.into_sorted();
    if root.is_some() {
        findings.retain(|finding| LOSES.iter().any(|rule| rule.name == finding.rule));
    }
    match (findings.first(), root) {
        (None, Some(root)) => Ok(root),
        (found, _) => {
            let not_json = invalid_json(document);
            let not_yaml = found.map(|finding| {
                let (line, column) = (finding.line, finding.column);
                let what = &finding.message;
                format!("it is neither JSON nor YAML at line {line}, column {column}: {what}")
            });
            let refused = not_json.or(not_yaml);
            Err(refused.unwrap_or_else(|| "it is neither JSON nor YAML".to_owned()))
        }
    }
}

/// What is wrong with a text that begins as JSON does, in the words of a JSON reader.
fn invalid_json(document: &str) -> Option<String> {
    if !document.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let error = serde_json::from_str::<IgnoredAny>(document).err()?;
    let kind = if error.is_eof() {
        "truncated"
    } else {
        "invalid"
    };
    Some(format!("it is {kind} JSON: {error}"))
}
