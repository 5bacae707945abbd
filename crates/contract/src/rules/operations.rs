//! The call: its name and its one response of success.
//!
//! ```yaml
//! get:
//!   operationId: get_item_processing_results    # the name of the function
//!   responses:
//!     "200": {description: ..., content: {application/json: {schema: ...}}}
//!     "404": {description: Not found.}          # any number of these, with or without a body
//! ```
//!
//! The generator has one type for what a call returns. A second response of success, a range such as `2XX`, or
//! a body of another media type stops it inside its own source, without a line of the YAML.

use super::twice::already;
use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Operation, Spec};
use crate::yaml::Entry;
use heck::ToSnakeCase;
use std::collections::HashMap;

/// Unique among all operations of the file. Whether it is the name that `src/` calls is not checked here: the build
/// says that.
pub(crate) static OPERATION_ID: Rule = Rule {
    name: "operation-id",
    why: "the name of the operation becomes the name of a function, so it is present, snake_case and unique",
    example: "operationId: getResults",
    fix: "operationId: get_results",
};

/// ```yaml
/// "200": {content: {application/json: ..., text/html: ...}}   # wrong: two bodies
/// "204": {description: Nothing.}                              # wrong beside "200": a second success
/// default: {description: Error.}                              # wrong: stands for statuses nobody documented
/// ```
///
/// Bodies of errors are not looked at, since `runtime` reads them without the contract. A response that is a
/// reference is followed.
pub(crate) static SINGLE_SUCCESS_BODY: Rule = Rule {
    name: "single-success-body",
    why: "the bindings have one type for success: a second one, or a range of statuses, stops the generator without a line",
    example: "\"200\": ... \"202\": ...",
    fix: "one response from 200 to 299, with one `application/json` body",
};

/// `"200"`, since JSON has no other keys than texts. Keys that are not digits, such as `default`, may be bare.
pub(crate) static BARE_STATUS_KEY: Rule = Rule {
    name: "bare-status-key",
    why: "a bare 200 is a number to some tools and a text to others",
    example: "200:",
    fix: "\"200\":",
};

/// Functions that every generated client has.
const TAKEN: [&str; 9] = [
    "api_version",
    "baseurl",
    "client",
    "exec",
    "inner",
    "new",
    "new_with_client",
    "post",
    "pre",
];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for operation in spec.operations() {
        operation_id(&operation, &mut ids, report);
        bodies(spec, &operation, report);
        for status in operation
            .responses()
            .iter()
            .filter(|status| status.key.plain)
        {
            let text = status.key.text.as_str();
            if text.starts_with(|first: char| first.is_ascii_digit()) {
                let message = format!("a bare `{text}` is a number to some tools");
                let help = format!("write `\"{text}\":`");
                report.add(&BARE_STATUS_KEY, status.at, message, help);
            }
        }
    }
}

fn operation_id<'a>(
    operation: &Operation<'a>,
    ids: &mut HashMap<&'a str, usize>,
    report: &mut Report,
) {
    let Some(entry) = operation.method.value.entry("operationId") else {
        let message = "the operation has no name";
        let help = "write `operationId:` with a name in snake_case";
        report.add(&OPERATION_ID, operation.method.at, message, help);
        return;
    };
    let id = entry.value.text().unwrap_or_default();
    if TAKEN.contains(&id) {
        let message = format!("`{id}` is the name of another function of the generated client");
        let help = "write what is done with what, such as `get_results`";
        report.add(&OPERATION_ID, entry.value.at, message, help);
    }
    let wanted = id.to_snake_case();
    if id.is_empty() || wanted != id {
        let message = format!("`{id}` is not in snake_case, as Rust functions are");
        let help = format!("write `{wanted}`");
        report.add(&OPERATION_ID, entry.value.at, message, help);
    }
    if let Some(line) = already(ids, id, entry.at.line) {
        let message = format!("`{id}` is already the name of the operation on line {line}");
        let help = "each operation needs its own name";
        report.add(&OPERATION_ID, entry.value.at, message, help);
    }
}

/// Checks the responses of one operation; those of success against each other.
fn bodies<'a>(spec: &Spec<'a>, operation: &Operation<'a>, report: &mut Report) {
    let responses = operation.responses();
    let successes = responses
        .iter()
        .filter(|status| status.key.text.starts_with('2'));
    let successes: Vec<&Entry> = successes.collect();
    for success in &successes {
        let status = success.key.text.as_str();
        if ["204", "205"].contains(&status) {
            let message = format!("a response `{status}` has no body");
            report.add(&SINGLE_SUCCESS_BODY, success.at, message, "write `\"200\"`");
        } else {
            json_only(content(spec, success), success.at, report);
        }
    }
    if successes.is_empty() {
        let first = responses.first();
        let at = first.map_or(operation.method.at, |status| status.at);
        let message = "there is no response from 200 to 299";
        report.add(&SINGLE_SUCCESS_BODY, at, message, SINGLE_SUCCESS_BODY.fix);
    }
    // Errors are read without the contract, so that any number of them may be documented.
    for second in successes.iter().skip(1) {
        let line = successes[0].at.line;
        let message = format!("a second response of success; the first is on line {line}");
        let help = "the bindings have one type for success; keep the one that is documented";
        report.add(&SINGLE_SUCCESS_BODY, second.at, message, help);
    }
    ranges(responses, report);
}

/// Statuses that stand for others: what comes with them is nobody's decision.
fn ranges(responses: &[Entry], report: &mut Report) {
    for status in responses {
        let help = match status.key.text.as_str() {
            "default" => "write each status, such as `\"404\"`",
            "2XX" => "write `\"200\"`",
            _ => continue,
        };
        let message = format!(
            "`{}` stands for statuses that nobody documented",
            status.key.text
        );
        report.add(&SINGLE_SUCCESS_BODY, status.at, message, help);
    }
}

fn content<'a>(spec: &Spec<'a>, status: &'a Entry) -> Option<&'a Entry> {
    spec.resolve(&status.value)?.entry("content")
}

/// A response is JSON, and nothing else. `at` is where to report a response without any body.
fn json_only(content: Option<&Entry>, at: Position, report: &mut Report) {
    let media = content.map_or(&[][..], |content| content.value.entries());
    let (json, other): (Vec<&Entry>, Vec<&Entry>) = media
        .iter()
        .partition(|media| media.key.text == "application/json");
    let at = content.map_or(at, |content| content.at);
    let missing = json.is_empty().then_some(at);
    for at in other.iter().map(|media| media.at).chain(missing) {
        let message = "the response needs one body, of type `application/json`";
        report.add(&SINGLE_SUCCESS_BODY, at, message, SINGLE_SUCCESS_BODY.fix);
    }
}
