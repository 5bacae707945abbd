//! From the text to the tree. What is read but should not have been written is noted on the way.
//!
//! One pass of the parser, with limits: 64 levels of nesting, no aliases that are expanded. So the time and the
//! memory are linear in the text, whatever it contains.

use super::builder::{Builder, position};
use super::node::Node;
use super::{lines, rules, syntax, texts};
use crate::finding::Position;
use crate::report::Report;
use granit_parser::{Event, Parser, ScanError};

/// Limit on nesting: more than a contract needs, and few enough levels for every recursive function over the tree.
const MAX_DEPTH: usize = 64;

/// Counts what is wrong with a document, reading included.
type CountProblems = dyn Fn(&Node, &mut Report) -> usize;

/// Reads one document. `None` where there is nothing to check: a merge conflict, a syntax error, an empty file.
/// The report says why, and then has nothing that was noted below the error, since that part was not read as it
/// was meant.
pub(crate) fn read(text: &str, report: &mut Report) -> Option<Node> {
    read_by(text, report, &|_, report| report.len())
}

/// The same. `judge` counts what is wrong with a document, by which the line behind a syntax error is found.
pub(crate) fn read_by(text: &str, report: &mut Report, judge: &CountProblems) -> Option<Node> {
    if let Some(at) = lines::conflict(text) {
        let help = "keep one of the two sides, and remove the marks";
        let message = "a merge conflict is not resolved";
        report.add(&rules::YAML_SYNTAX, at, message, help);
        return None;
    }
    let invisible = note_invisible(text, report);
    match parse(text, report) {
        Ok(root) => {
            if root.is_none() {
                let help = "a contract starts with `openapi: 3.0.3`";
                let message = "the file is empty";
                report.add(&rules::YAML_SYNTAX, Position::START, message, help);
            }
            root
        }
        Err(error) => {
            note_error(text, &error, &invisible, judge, report);
            None
        }
    }
}

fn parse(text: &str, report: &mut Report) -> Result<Option<Node>, ScanError> {
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut builder = Builder::new(text);
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next?;
        if let Event::Scalar(_, style, ..) = &event {
            texts::note(&lines, builder.place(), *style, &span, report);
        }
        builder.take(event, span, report);
    }
    Ok(builder.finish())
}

/// Reports the characters that cannot be seen, and returns their places.
fn note_invisible(text: &str, report: &mut Report) -> Vec<Position> {
    let found = lines::invisible(text).into_iter().map(|(letter, at)| {
        let message = format!("U+{:04X} cannot be seen", u32::from(letter));
        let help = "remove it, or write a space";
        report.add(&rules::CONFUSABLE_CHARACTER, at, message, help);
        at
    });
    found.collect()
}

/// Reports where a syntax error comes from, and takes back what was noted from there on. With a character that
/// cannot be seen right there, the error is a consequence.
fn note_error(
    text: &str,
    error: &ScanError,
    invisible: &[Position],
    judge: &CountProblems,
    report: &mut Report,
) {
    let known = report.len();
    let problems = |text: &str| {
        let mut report = Report::new("");
        let root = parse(text, &mut report).ok()??;
        // What becomes a part of the text above it is no repair.
        (report.len() <= known).then(|| judge(&root, &mut report))
    };
    let found = syntax::diagnose(text, position(*error.marker()), error, &problems);
    // A character that cannot be seen, on this line or the one above, is reason enough.
    let near = |at: &Position| at.line <= found.at.line && at.line + 2 > found.at.line;
    if !invisible.iter().any(near) {
        report.forget_from(found.at.line);
        report.add(&rules::YAML_SYNTAX, found.at, found.message, found.help);
    }
}
