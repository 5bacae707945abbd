//! The parameters of a result: which ones are set, and what changed since an earlier result.
//!
//! The library says which parameters there are, and which of them differ (`changes_since`). Their values are taken from
//! the masked configuration, so that they are the same as in every other format.
//!
//! The parameters of a parse job are in `parameters`, those of a classify job are its members, and a configuration that
//! the contract does not know is compared by path, as in `config.extraction_mode`.

use processing_results::__private::Shape;
use processing_results::types::{JobConfig, ProcessingResult};

use super::members::Members;
use super::shown::shown;
use crate::contract::{Contract, PARAMETERS};
use crate::text::escaped;

mod config;

use config::{Config, has_parameters};

/// Levels of nested objects that are taken apart. Deeper ones are compared and shown as one value.
const MAX_DEPTH: usize = 8;

/// A parameter that is set, or what became of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// Its path, with dots: `parsing_configuration.lang`. Escaped for a terminal.
    pub(crate) name: String,
    /// Its values as JSON, masked unless they are revealed; `None` where it is not set.
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// The documented default as JSON, if it is set on one side only and has one.
    pub(crate) default: Option<String>,
    /// Whether the default is the value of the other side, so that nothing has changed in effect.
    pub(crate) is_default: bool,
}

impl Parameter {
    /// A parameter with these values, and without a default.
    fn new(name: &str, before: Option<&str>, after: Option<&str>) -> Self {
        Parameter {
            name: escaped(name),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            default: None,
            is_default: false,
        }
    }

    /// Whether the values look the same although they differ, since both are masked.
    pub(crate) fn is_hidden(&self) -> bool {
        self.before == self.after
    }
}

/// The parameters of a result that are set. They are the changes since a result without any.
pub(crate) fn set(result: &ProcessingResult, contract: &Contract, reveal: bool) -> Vec<Parameter> {
    let Ok(empty) = serde_json::from_str::<JobConfig>("{}") else {
        return Vec::new();
    };
    let mut nothing = result.clone();
    nothing.job_config = empty;
    let config = Config::of(result, contract, reveal);
    let values = config.values();
    let set = result.changes_since(&nothing).into_iter();
    set.map(|change| Parameter::new(&change.name, None, values.get(&change.name)))
        .collect()
}

/// The value of the first of these parameters that is set, as people read it. They may be one level down, as
/// `extraction_mode` in the `config` of an extract job.
pub(crate) fn first(
    result: &ProcessingResult,
    names: &[&str],
    contract: &Contract,
) -> Option<String> {
    let config = Config::of(result, contract, false);
    let members = Members::read(&config.json)?;
    let members = match config.has_parameters {
        true => Members::read(members.get(PARAMETERS)?)?,
        false => members,
    };
    let inner: Vec<_> = members
        .0
        .iter()
        .filter_map(|(_, value)| Members::read(value.get()))
        .collect();
    let mut values = names.iter().filter_map(|name| {
        let found = members
            .get(name)
            .or_else(|| inner.iter().find_map(|inner| inner.get(name)));
        found.filter(|json| *json != "null")
    });
    values.next().map(shown)
}

/// The JSON that all parameters of a result are in, unmasked: two results for which it is the same have the same ones.
pub(crate) fn json<'r>(result: &'r ProcessingResult, contract: &Contract) -> &'r str {
    let config = result.job_config.raw();
    let members = Members::read(config).filter(|_| has_parameters(result, contract));
    let all = members.iter().flat_map(|members| &members.0);
    let mut parameters = all.filter(|(name, _)| name == PARAMETERS);
    match (parameters.next(), parameters.next()) {
        (Some((_, json)), None) => json.get(),
        _ => config,
    }
}

/// Name and value of the parameters that are set, those within a documented object one by one.
pub(crate) fn flat(result: &ProcessingResult, contract: &Contract) -> Vec<(String, String)> {
    let mut flat = Vec::new();
    for parameter in set(result, contract, false) {
        let json = parameter.after.unwrap_or_default();
        flatten(
            parameter.name,
            &json,
            0,
            result.job_type.as_str(),
            contract,
            &mut flat,
        );
    }
    flat
}

/// Adds a parameter, or those within it if the contract has fields for it.
fn flatten(
    name: String,
    json: &str,
    depth: usize,
    job_type: &str,
    contract: &Contract,
    flat: &mut Vec<(String, String)>,
) {
    let shape = contract.parameter(job_type, &name);
    let has_fields = shape.is_some_and(|shape| matches!(shape, Shape::Object([_, ..])));
    match Members::read(json).filter(|_| has_fields && depth < MAX_DEPTH) {
        Some(members) => {
            for (key, value) in members.0.iter().filter(|(_, value)| value.get() != "null") {
                let name = format!("{name}.{key}");
                flatten(name, value.get(), depth + 1, job_type, contract, flat);
            }
        }
        None => flat.push((name, json.to_owned())),
    }
}

/// The value of a parameter as JSON, unmasked, to compare it with what a user has given.
pub(crate) fn setting(
    result: &ProcessingResult,
    name: &str,
    contract: &Contract,
) -> Option<String> {
    let config = Config::of(result, contract, true);
    config.values().get(name).map(str::to_owned)
}

/// The value of a member of the configuration that is not a parameter, such as the `status` of a classify job.
pub(crate) fn value(
    result: &ProcessingResult,
    name: &str,
    contract: &Contract,
    reveal: bool,
) -> Option<String> {
    let config = Config::of(result, contract, reveal);
    let value = Members::read(&config.json)?.get(name)?;
    (value != "null").then(|| value.to_owned())
}

/// What changed since an earlier result, in alphabetical order. Objects that are set on both sides are taken apart.
pub(crate) fn changes(
    result: &ProcessingResult,
    earlier: &ProcessingResult,
    contract: &Contract,
    reveal: bool,
) -> Vec<Parameter> {
    let before = Config::of(earlier, contract, reveal);
    let after = Config::of(result, contract, reveal);
    let (old, new) = (before.values(), after.values());
    let mut changes = Vec::new();
    for change in result.changes_since(earlier) {
        let is_default = change.is_default();
        let before = change.before.and(old.get(&change.name));
        let after = change.after.and(new.get(&change.name));
        compare(change.name, before, after, 0, &mut changes);
        // Only what is set on both sides is taken apart.
        if let (Some(default), Some(last)) = (change.default, changes.last_mut()) {
            (last.default, last.is_default) = (Some(default.to_string()), is_default);
        }
    }
    changes
}

/// Adds a change, or the changes within it if both values are objects.
fn compare(
    name: String,
    before: Option<&str>,
    after: Option<&str>,
    depth: usize,
    changes: &mut Vec<Parameter>,
) {
    if let (Some(old), Some(new)) = (before, after)
        && depth < MAX_DEPTH
        && old != new
        && let (Some(old), Some(new)) = (Members::read(old), Members::read(new))
    {
        let names = old
            .0
            .iter()
            .chain(new.0.iter().filter(|(key, _)| old.get(key).is_none()));
        for (key, _) in names {
            let (old, new) = (old.get(key), new.get(key));
            if old != new {
                compare(format!("{name}.{key}"), old, new, depth + 1, changes);
            }
        }
        return;
    }
    changes.push(Parameter::new(&name, before, after));
}
