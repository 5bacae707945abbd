//! Findings as text for people, for GitHub and for programs. Nothing here prints.
//!
//! ```text
//! api.yaml:2:3: unknown-key: `info` has no key `titel`
//!   help: did you mean `title`?
//! ```
//!
//! The three forms hold the same: file, line, column, rule, message and help of each finding, in their order.
//! An empty list is an empty text, or `[]`.

use crate::finding::{Finding, Position};
use crate::text;
use serde_json::{Value, json};

/// A text on one line, so that the name `"a\nb: unknown-key"` passes for no finding of its own.
pub(crate) fn one_line(text: &str) -> String {
    text::escaped(text, |letter| letter == '\n')
}

/// Each finding on its line, its help below it.
///
/// ```
/// use processing_results_contract::{check, render};
///
/// let text = render::text(&check("api.yaml", "info:\n  titel: x\n"));
/// assert!(text.contains("api.yaml:2:3: unknown-key: `info` has no key `titel`\n  help: did you mean `title`?\n"));
/// ```
pub fn text(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|finding| {
        let help = finding
            .help
            .as_ref()
            .map(|help| format!("  help: {}\n", one_line(help)));
        let line = one_line(&finding.to_string());
        format!("{line}\n{}", help.unwrap_or_default())
    });
    lines.collect()
}

/// Workflow commands that GitHub shows as annotations at their lines.
///
/// ```
/// use processing_results_contract::{check, render};
///
/// let text = render::github(&check("api.yaml", "info:\n  titel: x\n"));
/// let line = text.lines().find(|line| line.contains("unknown-key")).unwrap();
/// assert_eq!(
///     line,
///     "::error file=api.yaml,line=2,col=3,title=unknown-key::`info` has no key `titel`%0Adid you mean `title`?",
/// );
/// ```
pub fn github(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|finding| {
        let help = finding.help.as_ref().map(|help| format!("\n{help}"));
        let message = format!("{}{}", finding.message, help.unwrap_or_default());
        let at = Position {
            line: finding.line,
            column: finding.column,
        };
        workflow_command("error", &finding.file, Some(at), finding.rule, &message)
    });
    lines.collect()
}

/// One JSON array with `file`, `line`, `column`, `rule`, `message` and `help` of each finding.
///
/// ```
/// use processing_results_contract::{check, render};
///
/// let json: serde_json::Value = serde_json::from_str(&render::json(&check("api.yaml", ""))).unwrap();
/// assert_eq!(json[0]["rule"], "yaml-syntax");
/// assert_eq!(json[0]["line"], 1);
/// ```
pub fn json(findings: &[Finding]) -> String {
    let findings = findings.iter().map(|finding| {
        json!({
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
            "rule": finding.rule,
            "message": finding.message,
            "help": finding.help,
        })
    });
    format!("{:#}\n", findings.collect::<Value>())
}

/// A workflow command of GitHub, which is shown at a place of a file, or at the file.
///
/// GitHub reads a command up to the end of the line, and properties up to a comma; so these are encoded.
pub(crate) fn workflow_command(
    level: &str,
    file: &str,
    at: Option<Position>,
    title: &str,
    message: &str,
) -> String {
    let line = |text: &str| {
        let text = text.replace('%', "%25").replace('\r', "%0D");
        text.replace('\n', "%0A")
    };
    let property = |text: &str| line(text).replace(':', "%3A").replace(',', "%2C");
    let place = at.map_or(String::new(), |at| {
        format!(",line={},col={}", at.line, at.column)
    });
    let (file, title, message) = (property(file), property(title), line(message));
    format!("::{level} file={file}{place},title={title}::{message}\n")
}
