//! What a job was told to do, in a few words.

use processing_results::types::{ClassifyJob, JobConfig, ProcessingResult};
use processing_results::{Job, JobType, OtherJob};
use serde_json::{Map, Value};

use crate::contract::{Contract, Kind, Schema};
use crate::mask::{self, MASK};
use crate::text::{escaped, shortened};

/// Longest text of a parameter that is shown.
const LONGEST: usize = 40;

/// A parameter that is set.
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// As far as it may be shown.
    pub(crate) shown: String,
    /// All of it, to tell whether it changed.
    pub(crate) value: Value,
}

/// The parameters that are set, as `name=value` with a space between them.
pub(crate) fn summary(result: &ProcessingResult, contract: &Contract, reveal: bool) -> String {
    match result.job() {
        Job::Parse(_) => parse(&result.job_config, contract, reveal),
        Job::Classify(job) => classify(&job),
        Job::Other(other) => keys_only(&other, &result.job_type),
        // The library may learn kinds of jobs.
        _ => String::new(),
    }
}

/// The parameters that are set, one by one: of a classify job its settings, and of
/// a job whose configuration has no type the keys of that.
pub(crate) fn each(result: &ProcessingResult, contract: &Contract) -> Vec<Parameter> {
    let config: Value = serde_json::from_str(result.job_config.raw()).unwrap_or_default();
    let fields = |component, value: &Value| fields(value, component, contract, false);
    match result.job() {
        Job::Parse(_) => fields("BatchParseJobConfig", &config["parameters"]),
        Job::Classify(job) => {
            let rules = job.rules.iter().map(|rule| word(&rule.type_));
            let mode = job.mode.as_ref().map(|mode| word(mode.as_str()));
            let set = [
                Some(("rules", list(rules))).filter(|_| !job.rules.is_empty()),
                mode.map(|mode| ("mode", mode)),
            ];
            let set = set.into_iter().flatten().map(|(name, shown)| Parameter {
                name: name.to_owned(),
                shown,
                value: config[name].clone(),
            });
            let parsing = &config["parsing_configuration"];
            set.chain(fields("ClassifyParsingConfiguration", parsing))
                .collect()
        }
        // No component has this name: all of it is of unknown meaning.
        _ => fields("", &config),
    }
}

/// In the contract's order; then names that it does not know.
fn parse(config: &JobConfig, contract: &Contract, reveal: bool) -> String {
    let config: Value = serde_json::from_str(config.raw()).unwrap_or_default();
    let set = fields(
        &config["parameters"],
        "BatchParseJobConfig",
        contract,
        reveal,
    );
    let set = set
        .into_iter()
        .map(|Parameter { name, shown, .. }| format!("{name}={shown}"));
    set.collect::<Vec<_>>().join(" ")
}

/// The fields of an object that are set, as far as a component describes them.
fn fields(object: &Value, component: &str, contract: &Contract, reveal: bool) -> Vec<Parameter> {
    let none = Map::new();
    let set = object.as_object().unwrap_or(&none);
    let known = contract.component(component).map(|schema| &schema.fields);
    let parameter = |name: &str, shown, value: &Value| Parameter {
        name: escaped(name),
        shown,
        value: value.clone(),
    };
    let documented = known.into_iter().flatten().filter_map(|(name, field)| {
        let value = set.get(name).filter(|value| !value.is_null())?;
        Some(parameter(
            name,
            shown(value, contract.get(*field), contract, reveal),
            value,
        ))
    });
    let is_known = |name: &str| known.is_some_and(|known| known.contains_key(name));
    let others = set
        .iter()
        .filter(|(name, value)| !is_known(name) && !value.is_null());
    let others = others.map(|(name, value)| parameter(name, kind(value).to_owned(), value));
    documented.chain(others).collect()
}

fn classify(job: &ClassifyJob) -> String {
    let mode = job.mode.as_ref().map(|mode| word(mode.as_str()));
    let rules = job.rules.iter().map(|rule| word(&rule.type_));
    let parts = [
        Some(format!("status={}", word(job.status.as_str()))),
        mode.map(|mode| format!("mode={mode}")),
        (!job.rules.is_empty()).then(|| format!("rules={}", list(rules))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What stands behind a key is of unknown meaning, and may be a secret.
fn keys_only(other: &OtherJob, job_type: &JobType) -> String {
    let keys = names(other.value());
    match job_type {
        JobType::Parse | JobType::Classify => format!("{keys} ({})", escaped(&other.reason())),
        _ => keys,
    }
}

fn names(value: &Value) -> String {
    let Value::Object(fields) = value else {
        return kind(value).to_owned();
    };
    let set = fields.iter().filter(|(_, value)| !value.is_null());
    let set: Vec<_> = set.map(|(name, _)| escaped(name)).collect();
    format!("{{{}}}", set.join(", "))
}

fn shown(value: &Value, schema: &Schema, contract: &Contract, reveal: bool) -> String {
    match (schema.kind, value) {
        (Kind::Array(schema), Value::Array(items)) => list(
            items
                .iter()
                .map(|item| shown(item, contract.get(schema), contract, reveal)),
        ),
        (_, Value::Object(_)) => names(value),
        (Kind::Secret, _) if !reveal => MASK.to_owned(),
        (Kind::Url, Value::String(text)) if !reveal => word(&mask::url(text)),
        // Whoever asks for a credential has no use for a part of it.
        (Kind::Secret | Kind::Url, Value::String(text)) => one_word(text),
        (Kind::Scalar, Value::String(text)) => word(text),
        (Kind::Scalar, value) => value.to_string(),
        (_, value) => kind(value).to_owned(),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}

/// A text as one word, shortened.
fn word(text: &str) -> String {
    one_word(&shortened(text, LONGEST))
}

/// A text as one word, in quotes where it would look like more.
fn one_word(text: &str) -> String {
    let safe = escaped(text);
    match safe.is_empty() || safe != text || safe.contains([' ', '"']) {
        true => format!("\"{}\"", safe.replace('"', "\\\"")),
        false => safe,
    }
}

/// Only the kind of a value of unknown meaning.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "<null>",
        Value::Bool(_) => "<boolean>",
        Value::Number(_) => "<number>",
        Value::String(_) => "<string>",
        Value::Array(_) => "<array>",
        Value::Object(_) => "<object>",
    }
}
