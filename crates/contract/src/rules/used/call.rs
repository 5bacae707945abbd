//! The call: what is sent, and what comes back.

use super::report::{KEEP, gone, miss};
use super::tables::{HISTORY, PARAMETERS, Use};
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
    let list = call.method.value.entry("parameters");
    let at = list.map_or(call.method.at, |entry| entry.at);
    for used in &PARAMETERS {
        parameter(used, &parameters, at, report);
    }
    let cookies = || {
        parameters
            .iter()
            .filter(|it| it.text_of("in") == Some("cookie"))
    };
    let count = cookies().count();
    if count != 1 {
        let message = format!("the bindings send one cookie, and the call has {count}");
        let at = cookies().nth(1).map_or(at, |second| second.at);
        miss(report, at, message, "write one parameter with `in: cookie`");
    }
    not_required(&parameters, report);
    response(spec, call, report);
}

/// The generated code takes what is required, and `src/` has nothing to give for most parameters.
fn not_required(parameters: &[&Node], report: &mut Report) {
    for parameter in parameters {
        let is_sent = matches!(parameter.text_of("in"), Some("cookie"))
            || parameter.text_of("name") == Some("item_id");
        let required = parameter
            .entry("required")
            .filter(|_| parameter.flag("required"));
        if let Some(required) = required.filter(|_| !is_sent) {
            let name = parameter.text_of("name").unwrap_or_default();
            let message = format!("the bindings do not send `{name}` with every call");
            let help = "leave `required` out; what is always sent is a change of `src/request.rs`";
            miss(report, required.at, message, help);
        }
    }
}

fn parameter(
    (name, place, used): &(&str, &str, Use),
    parameters: &[&Node],
    at: Position,
    report: &mut Report,
) {
    let is_it = |it: &&&Node| it.text_of("name") == Some(name) && it.text_of("in") == Some(place);
    let Some(found) = parameters.iter().find(is_it) else {
        let alike = parameters
            .iter()
            .filter(|it| it.text_of("in") == Some(place));
        let names = alike.filter_map(|parameter| {
            let name = parameter.get("name")?;
            Some((name.text()?, name.at))
        });
        let free = names.filter(|(name, _)| PARAMETERS.iter().all(|(used, ..)| used != name));
        gone(
            &format!("a parameter `{name}` in the {place}"),
            name,
            free,
            at,
            report,
        );
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

fn response(spec: &Spec, call: &Operation, report: &mut Report) {
    let success = call
        .responses()
        .iter()
        .find(|status| status.key.text.starts_with('2'));
    let schema = success.and_then(|status| {
        spec.resolve(&status.value)?
            .get("content")?
            .get("application/json")?
            .entry("schema")
    });
    if let Some(schema) = schema.filter(|schema| referenced(&schema.value) != Some(HISTORY)) {
        let message = format!("the bindings read the response as `{HISTORY}`");
        miss(report, schema.value.at, message, KEEP);
    }
}
