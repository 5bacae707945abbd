//! The call: its name and its one answer.

use super::Rule;
use crate::finding::Position;
use crate::report::Report;
use crate::spec::{Operation, Spec};
use crate::words::snake;
use crate::yaml::Entry;

pub(crate) static OPERATION_ID: Rule = Rule {
    name: "operation-id",
    why: "it becomes the name of the generated function, so it is present, snake_case and unique",
    example: "operationId: getResults",
    fix: "operationId: get_results",
};

pub(crate) static SINGLE_SUCCESS_BODY: Rule = Rule {
    name: "single-success-body",
    why: "a second body, of success or of error, is an assertion failure inside the generator",
    example: "\"200\": ... \"202\": ...",
    fix: "one answer from 200 to 299, with one `application/json` body",
};

pub(crate) static BARE_STATUS_KEY: Rule = Rule {
    name: "bare-status-key",
    why: "a bare 200 is a number to some tools and a text to others",
    example: "200:",
    fix: "\"200\":",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    let mut ids: Vec<(&str, usize)> = Vec::new();
    for operation in spec.operations() {
        operation_id(&operation, &mut ids, report);
        bodies(spec, &operation, report);
        for status in operation
            .responses()
            .iter()
            .filter(|status| status.key.plain)
        {
            if status
                .key
                .text
                .starts_with(|first: char| first.is_ascii_digit())
            {
                let message = format!("a bare `{}` is a number to some tools", status.key.text);
                report.add(
                    &BARE_STATUS_KEY,
                    status.at,
                    message,
                    format!("write `\"{}\":`", status.key.text),
                );
            }
        }
    }
}

fn operation_id<'a>(
    operation: &Operation<'a>,
    ids: &mut Vec<(&'a str, usize)>,
    report: &mut Report,
) {
    let Some(entry) = operation.method.value.entry("operationId") else {
        let help = "write `operationId:` with a name in snake_case";
        report.add(
            &OPERATION_ID,
            operation.method.at,
            "the operation has no name",
            help,
        );
        return;
    };
    let id = entry.value.text().unwrap_or_default();
    if id.is_empty() || snake(id) != id {
        let message = format!("`{id}` is not in snake_case, as Rust functions are");
        report.add(
            &OPERATION_ID,
            entry.value.at,
            message,
            format!("write `{}`", snake(id)),
        );
    }
    if let Some((_, line)) = ids.iter().find(|(other, _)| *other == id) {
        let message = format!("`{id}` is already the name of the operation on line {line}");
        report.add(
            &OPERATION_ID,
            entry.value.at,
            message,
            "each operation needs its own name",
        );
    }
    ids.push((id, entry.at.line));
}

fn bodies(spec: &Spec, operation: &Operation, report: &mut Report) {
    let mut success = None;
    let mut failure = None;
    for status in operation.responses() {
        let is_success = status.key.text.starts_with('2');
        let content = spec
            .resolve(&status.value)
            .and_then(|response| response.entry("content"));
        let first = if is_success {
            &mut success
        } else {
            &mut failure
        };
        // An error without a body is fine, and any number of them.
        if !is_success && content.is_none() {
            continue;
        }
        if let Some(line) = first {
            let kind = if is_success { "success" } else { "error" };
            let message = format!("a second {kind} body; the first is on line {line}");
            report.add(
                &SINGLE_SUCCESS_BODY,
                status.at,
                message,
                "the generator takes one; keep the one that is documented",
            );
        }
        *first = Some(status.at.line);
        if is_success {
            json_only(content, status.at, report);
        }
    }
    if success.is_none() {
        let at = operation
            .responses()
            .first()
            .map_or(operation.method.at, |status| status.at);
        report.add(
            &SINGLE_SUCCESS_BODY,
            at,
            "there is no answer from 200 to 299",
            SINGLE_SUCCESS_BODY.fix,
        );
    }
}

/// An answer is JSON, and nothing else.
fn json_only(content: Option<&Entry>, at: Position, report: &mut Report) {
    let media = content
        .map(|content| content.value.entries())
        .unwrap_or_default();
    let (json, other): (Vec<_>, Vec<_>) = media
        .iter()
        .partition(|media| media.key.text == "application/json");
    let at = content.map_or(at, |content| content.at);
    let missing = json.is_empty().then_some(at);
    for at in other.iter().map(|media| media.at).chain(missing) {
        let message = "the answer needs one body, of type `application/json`";
        report.add(&SINGLE_SUCCESS_BODY, at, message, SINGLE_SUCCESS_BODY.fix);
    }
}
