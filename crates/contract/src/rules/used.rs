//! What the bindings and the command call by name.
//!
//! `src/` and the packages above it name the parameters that they send and the fields that they read. Without one of
//! them, or with another type, the build stops in Rust code. The tables here say it first, at the line. A test builds
//! the bindings from a contract that has nothing but these (`crates/codegen/tests/it/needed.rs`).

use crate::finding::Position;
use crate::nearest::nearest;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Operation, Spec, TYPED_BY, referenced};
use crate::yaml::{Entry, Node};

pub(crate) static USED_BY_BINDINGS: Rule = Rule {
    name: "used-by-bindings",
    why: "what the bindings call by name has to be here under that name and with that type, or they do not build; to change \
          one, change `src/` and the tables of this rule with it",
    example: "- name: project … in: query",
    fix: "- name: project_id … in: query",
};

/// What a thing is used as.
enum Use {
    Text,
    Time,
    /// A component.
    Named(&'static str),
    /// A list of a component, which may be null or absent.
    List(&'static str),
}

use Use::{List, Named, Text, Time};

/// Parameters of the call, and where they are sent.
const PARAMETERS: [(&str, &str, Use); 4] = [
    ("item_id", "path", Text),
    ("job_type", "query", Named(JOB_TYPE)),
    ("organization_id", "query", Text),
    ("project_id", "query", Text),
];

const HISTORY: &str = "ItemProcessingResults";
const RESULT: &str = "ProcessingResult";
const JOB_TYPE: &str = "JobType";
const JOB_CONFIG: &str = "JobConfig";

/// Fields by component; all but lists are required.
const FIELDS: [(&str, &str, Use); 10] = [
    (HISTORY, "item_id", Text),
    (HISTORY, "item_name", Text),
    (HISTORY, "processing_results", List(RESULT)),
    (RESULT, "item_id", Text),
    (RESULT, "job_config", Named(JOB_CONFIG)),
    (RESULT, "job_type", Named(JOB_TYPE)),
    (RESULT, "output_s3_path", Text),
    (RESULT, "parameters_hash", Text),
    (RESULT, "processed_at", Time),
    (RESULT, "result_id", Text),
];

/// Values of the job type that the command has colours and prices for.
const JOB_TYPES: [&str; 3] = ["parse", "extract", "classify"];

/// What to do where a name is gone.
const KEEP: &str =
    "keep it as it is, or change the bindings first: see `cargo spec explain used-by-bindings`";

/// Reports what the bindings miss, and says whether that is anything.
pub(crate) fn check(spec: &Spec, report: &mut Report) -> bool {
    let calls: Vec<Operation> = spec.operations().collect();
    if let Some(call) = calls.first() {
        the_call(spec, call, report);
    }
    for second in calls.iter().skip(1) {
        let line = calls.first().map_or(1, |first| first.method.at.line);
        let message = format!("the bindings make one call, which is on line {line}");
        report.add(
            &USED_BY_BINDINGS,
            second.method.at,
            message,
            "keep one of them",
        );
    }
    for component in [HISTORY, RESULT, JOB_TYPE, JOB_CONFIG] {
        let entry = spec
            .components()
            .iter()
            .find(|entry| entry.key.text == component);
        match entry {
            Some(entry) => self::component(entry, report),
            None => {
                let at = spec
                    .root
                    .entry("components")
                    .map_or(Position::START, |entry| entry.at);
                let names = spec
                    .components()
                    .iter()
                    .map(|entry| (entry.key.text.as_str(), entry.at));
                gone(
                    &format!("a component `{component}`"),
                    component,
                    names,
                    at,
                    report,
                );
            }
        }
    }
    report.has(&USED_BY_BINDINGS)
}

/// Whether the bindings send a parameter of this name.
pub(crate) fn is_parameter(name: &str) -> bool {
    PARAMETERS.iter().any(|(used, ..)| *used == name)
}

/// Reports a name that is not there, at the name that took its place if one is near.
fn gone<'a>(
    what: &str,
    name: &str,
    others: impl Iterator<Item = (&'a str, Position)> + Clone,
    at: Position,
    report: &mut Report,
) {
    let near = nearest(name, others.clone().map(|(other, _)| other));
    let is_near = |(other, _): &(&str, _)| Some(*other) == near;
    // Of one alone, no name is needed to see that it was renamed.
    let alone = others
        .clone()
        .next()
        .filter(|_| others.clone().count() == 1);
    let renamed = others.clone().find(is_near).or(alone);
    let message = format!("the bindings need {what}");
    let help = near.map_or_else(|| KEEP.to_owned(), |_| format!("did you mean `{name}`?"));
    report.add(
        &USED_BY_BINDINGS,
        renamed.map_or(at, |(_, at)| at),
        message,
        help,
    );
}

fn the_call(spec: &Spec, call: &Operation, report: &mut Report) {
    if call.method.key.text != "get" {
        let method = call.method.key.text.to_uppercase();
        let message = format!("the bindings send `GET`, not `{method}`");
        report.add(
            &USED_BY_BINDINGS,
            call.method.at,
            message,
            "did you mean `get`?",
        );
    }
    if let Some(body) = call.method.value.entry("requestBody") {
        let message = "the bindings send no body";
        report.add(&USED_BY_BINDINGS, body.at, message, "remove it");
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
        report.add(
            &USED_BY_BINDINGS,
            at,
            message,
            "write one parameter with `in: cookie`",
        );
    }
    for parameter in &parameters {
        // The generated code takes what is required, and `src/` has nothing to give.
        let is_sent = matches!(parameter.text_of("in"), Some("cookie"))
            || parameter.text_of("name") == Some("item_id");
        let required = parameter
            .entry("required")
            .filter(|_| parameter.flag("required"));
        if let Some(required) = required.filter(|_| !is_sent) {
            let name = parameter.text_of("name").unwrap_or_default();
            let message = format!("the bindings do not send `{name}` with every call");
            let help = "leave `required` out; what is always sent is a change of `src/request.rs`";
            report.add(&USED_BY_BINDINGS, required.at, message, help);
        }
    }
    response(spec, call, report);
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
        report.add(&USED_BY_BINDINGS, found.at, message, help);
        return;
    };
    if let Some(at) = used.fault(schema) {
        let what = match used {
            Named(component) => format!("a `{component}`"),
            _ => "a text".to_owned(),
        };
        let message = format!("the bindings send the parameter `{name}` as {what}");
        report.add(&USED_BY_BINDINGS, at, message, KEEP);
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
        report.add(&USED_BY_BINDINGS, schema.value.at, message, KEEP);
    }
}

fn component(entry: &Entry, report: &mut Report) {
    let (component, schema) = (entry.key.text.as_str(), &entry.value);
    let fields = schema.entries_of("properties");
    for (_, name, used) in FIELDS.iter().filter(|(owner, ..)| *owner == component) {
        let Some(field) = fields.iter().find(|field| field.key.text == *name) else {
            let is_used = |other: &str| {
                FIELDS
                    .iter()
                    .any(|(owner, name, _)| *owner == component && *name == other)
            };
            let others = fields
                .iter()
                .map(|field| (field.key.text.as_str(), field.at));
            let free = others.filter(|(other, _)| !is_used(other));
            gone(
                &format!("a field `{name}` of `{component}`"),
                name,
                free,
                entry.at,
                report,
            );
            continue;
        };
        let is_list = matches!(used, List(_));
        let listed = schema.get("required").into_iter().flat_map(Node::texts);
        let listed = listed.filter(|(text, _)| text == name).last();
        let required = match listed {
            Some((_, at)) => is_list.then_some(at),
            None if is_list => None,
            None => Some(schema.entry("required").map_or(field.at, |entry| entry.at)),
        };
        if let Some(at) = used.fault(field).or(required) {
            let used = used.in_words();
            let message = format!("the bindings use `{component}.{name}` as {used}");
            report.add(&USED_BY_BINDINGS, at, message, KEEP);
        }
    }
    let values = schema.get("enum").into_iter().flat_map(Node::texts);
    let values: Vec<_> = values.collect();
    for value in JOB_TYPES.iter().filter(|_| component == JOB_TYPE) {
        if !values.iter().any(|(text, _)| text == value) {
            let free = values.iter().copied();
            let free = free.filter(|(text, _)| !JOB_TYPES.contains(text));
            let what = format!("a value `{value}` of `{component}`");
            gone(&what, value, free, entry.at, report);
        }
    }
    if component == JOB_CONFIG && !schema.has(TYPED_BY) {
        let message = format!("the bindings need `{TYPED_BY}` at `{component}`");
        report.add(
            &USED_BY_BINDINGS,
            entry.at,
            message,
            "write which component each job type has",
        );
    }
}

impl Use {
    /// The line that makes a schema something else.
    fn fault(&self, schema: &Entry) -> Option<Position> {
        let (at, schema) = (schema.at, &schema.value);
        let at_key = |key: &str| schema.entry(key).map_or(at, |entry| entry.value.at);
        let (format, reference) = (schema.text_of("format"), referenced(schema));
        // Another format informs the reader, and is no type of its own.
        let typed = matches!(format, Some("date-time" | "password" | "uri"));
        let is_text = schema.text_of("type") == Some("string") && reference.is_none();
        match self {
            Text | Time if !is_text => Some(at_key("type")),
            Text if typed => Some(at_key("format")),
            Time if format != Some("date-time") => Some(at_key("format")),
            Named(component) if reference != Some(component) => Some(
                schema
                    .entry("$ref")
                    .map_or(at_key("allOf"), |entry| entry.at),
            ),
            Text | Time | Named(_) => schema.flag("nullable").then(|| at_key("nullable")),
            List(component) => {
                let items = schema.get("items");
                let fits = items.is_some_and(|items| {
                    referenced(items) == Some(component) && !items.flag("nullable")
                });
                (!fits).then(|| items.map_or(at, |items| items.at))
            }
        }
    }

    fn in_words(&self) -> String {
        match self {
            Text => "a required text".to_owned(),
            Time => "a required `format: date-time`".to_owned(),
            Named(component) => format!("a required `{component}`"),
            List(component) => format!("an optional list of `{component}`"),
        }
    }
}
