//! The vendor's document, read. JSON is read as YAML, so that both have positions.
//!
//! JSON takes characters as they are that YAML refuses (a byte order mark in a text, `\u007f`), so these are replaced
//! before. Duplicate keys and other errors of the text make the document unusable: who knows which one was meant.

use crate::report::Report;
use crate::yaml::{self, Node};

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
    let mut report = Report::new("");
    let root = yaml::read(&document, &mut report);
    if let Some(finding) = report.into_sorted().first() {
        let (line, column) = (finding.line, finding.column);
        let what = &finding.message;
        return Err(format!(
            "it is neither JSON nor YAML at line {line}, column {column}: {what}"
        ));
    }
    let root = root.ok_or("it is neither JSON nor YAML")?;
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
