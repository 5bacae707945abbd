//! The call: what is sent, and what comes back.
//!
//! `GET`, without a body; the four parameters of the table, none of them required but the item's id; one
//! cookie; and one JSON body that is the history. Any other optional query parameter is right, and simply not
//! sent.

use super::report::{KEEP, gone, miss};
use super::tables::{HISTORY, PARAMETERS, Use, is_parameter};
use crate::finding::Position;
use crate::report::Report;
use crate::spec::{Operation, Spec, referenced};
use crate::yaml::Node;

pub(super) fn check(spec: &Spec, call: &Operation, report: &mut Report) {
    if call.method.key.text != "get" {
        let method = call.method.key.text.to_uppercase();
        let message = format!("the bindings send `GET`, not `{method}`");
        miss(report, call.method.at, message, "did you mean `get`?");
    }
    if let Some(body) = call.method.value.entry("requestBody") {
        let message = "the bindings send no body";
        miss(report, body.at, message, "remove it");
    }
    let parameters = call.parameters(spec);
    let at = call.method.value.at_key("parameters", call.method.at);
    for used in &PARAMETERS {
        parameter(used, &parameters, at, report);
    }
    let cookies = parameters
        .iter()
        .filter(|it| it.text_of("in") == Some("cookie"));
    let cookies: Vec<&&Node> = cookies.collect();
    if cookies.len() != 1 {
        let count = cookies.len();
        let message = format!("the bindings send one cookie, and the call has {count}");
        let at = cookies.get(1).map_or(at, |second| second.at);
        miss(report, at, message, "write one parameter with `in: cookie`");
    }
    not_required(&parameters, report);
    response(spec, call, report);
}

/// The generated code takes what is required, and `src/` has nothing to give for most parameters.
fn not_required(parameters: &[&Node], report: &mut Report) {
    for parameter in parameters.iter().filter(|it| it.flag("required")) {
        let name = parameter.text_of("name").unwrap_or_default();
        let is_sent = parameter.text_of("in") == Some("cookie") || name == "item_id";
        if !is_sent {
            let at = parameter.at_key("required", parameter.at);
            let message = format!("the bindings do not send `{name}` with every call");
            let help = "leave `required` out; what is always sent is a change of `src/request.rs`";
            miss(report, at, message, help);
        }
    }
}

/// Finds one parameter of the table among those of the call, and compares its type. `at` is where to report
/// that it is gone.
fn parameter(
    (name, place, used): &(&str, &str, Use),
    parameters: &[&Node],
    at: Position,
    report: &mut Report,
) {
    let alike = parameters
        .iter()
        .filter(|it| it.text_of("in") == Some(place));
    let Some(found) = alike.clone().find(|it| it.text_of("name") == Some(name)) else {
        let names = alike.filter_map(|parameter| {
            let name = parameter.get("name")?;
            Some((name.text()?, name.at))
        });
        let free = names.filter(|(name, _)| !is_parameter(name));
        let what = format!("a parameter `{name}` in the {place}");
        gone(&what, name, free, at, report);
        return;
    };
    let Some(schema) = found.entry("schema") else {
        let help = "write `schema:` with its type";
        let message = format!("the bindings send the parameter `{name}` as it is");
        miss(report, found.at, message, help);
        return;
    };
    if let Some(at) = used.fault(schema) {
        let what = match used {
            Use::Named(component) => format!("a `{component}`"),
            _ => "a text".to_owned(),
        };
        let message = format!("the bindings send the parameter `{name}` as {what}");
        miss(report, at, message, KEEP);
    }
}

/// The first response of success has a body that is the history. A body of no type is reported elsewhere.
fn response(spec: &Spec, call: &Operation, report: &mut Report) {
    let mut statuses = call.responses().iter();
    let success = statuses.find(|status| status.key.text.starts_with('2'));
    let schema = success.and_then(|status| {
        let content = spec.resolve(&status.value)?.get("content")?;
        content.get("application/json")?.entry("schema")
    });
    if let Some(schema) = schema.filter(|schema| referenced(&schema.value) != Some(HISTORY)) {
        let message = format!("the bindings read the response as `{HISTORY}`");
        miss(report, schema.value.at, message, KEEP);
    } else if let Some(schema) = schema.filter(|schema| schema.value.flag("nullable")) {
        let at = schema
            .value
            .entry("nullable")
            .map_or(schema.at, |entry| entry.at);
        miss(
            report,
            at,
            "the bindings read no null as the response",
            "remove it",
        );
    }
}
