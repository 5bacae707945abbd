//! The parameters of a result: which ones are set, what changed, and how values are shown.
//!
//! The library says which parameters there are and which of them differ. What is shown of them is
//! the text that every other format shows, with the same masking.
//!
//! Which part of a configuration is parameters depends on the job type; configurations that the contract does
//! not know are compared by path.

use processing_results::__private::Shape;
use processing_results::types::{JobConfig, ProcessingResult};

use super::members::Members;
use super::shown::shown;
use crate::contract::{Contract, PARAMETERS};
use crate::mask;
use crate::text::escaped;

/// Nesting that is compared one by one.
const MAX_DEPTH: usize = 8;

/// A parameter that is set, or what became of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// With a dot before what is within another.
    pub(crate) name: String,
    /// Its value as JSON, masked.
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// What the service does where it is not set, as JSON, if it is set on one side only.
    pub(crate) default: Option<String>,
    /// Whether that is the value of the other side, so that nothing changed but who says it.
    pub(crate) is_default: bool,
}

impl Parameter {
    /// Whether the values differ, and look the same because they are masked.
    pub(crate) fn is_hidden(&self) -> bool {
        self.before == self.after
    }
}

/// The parameters that are set.
pub(crate) fn set(result: &ProcessingResult, contract: &Contract, reveal: bool) -> Vec<Parameter> {
    let Ok(empty) = serde_json::from_str::<JobConfig>("{}") else {
        return Vec::new();
    };
    let mut nothing = result.clone();
    nothing.job_config = empty;
    let config = Config::of(result, contract, reveal);
    let set = result.changes_since(&nothing).into_iter();
    set.map(|change| Parameter {
        before: None,
        after: config.value(&change.name).map(str::to_owned),
        name: escaped(&change.name),
        default: None,
        is_default: false,
    })
    .collect()
}

/// The first of these parameters that is set, also within another one.
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

/// The parameters that are set, those within a documented object one by one.
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

/// Nested objects as one parameter for each value, named by its path.
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

/// The value of a parameter, unmasked.
pub(crate) fn setting(
    result: &ProcessingResult,
    name: &str,
    contract: &Contract,
) -> Option<String> {
    Config::of(result, contract, true)
        .value(name)
        .map(str::to_owned)
}

/// The value of a member of the configuration, which need not be a parameter.
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

/// What changed since an earlier result, and what is no longer set.
pub(crate) fn changes(
    result: &ProcessingResult,
    earlier: &ProcessingResult,
    contract: &Contract,
    reveal: bool,
) -> Vec<Parameter> {
    let before = Config::of(earlier, contract, reveal);
    let after = Config::of(result, contract, reveal);
    let mut changes = Vec::new();
    for change in result.changes_since(earlier) {
        let is_default = change.is_default();
        let before = change.before.and(before.value(&change.name));
        let after = change.after.and(after.value(&change.name));
        compare(change.name, before, after, 0, &mut changes);
        // Only what is set on both sides is taken apart.
        if let (Some(default), Some(last)) = (change.default, changes.last_mut()) {
            (last.default, last.is_default) = (Some(default.to_string()), is_default);
        }
    }
    changes
}

/// Looks for the difference within objects.
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
    changes.push(Parameter {
        name: escaped(&name),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
        default: None,
        is_default: false,
    });
}

/// The configuration of a job, as it may be shown.
struct Config {
    json: String,
    has_parameters: bool,
}

impl Config {
    fn of(result: &ProcessingResult, contract: &Contract, reveal: bool) -> Self {
        let shape = contract.job_config(result.job_type.as_str());
        Config {
            json: mask::config(result, reveal),
            has_parameters: shape.is_some_and(|shape| shape.member(PARAMETERS).is_some()),
        }
    }

    /// The value of a parameter by the name that the library has for it.
    fn value(&self, name: &str) -> Option<&str> {
        let Some(members) = Members::read(&self.json) else {
            // Not an object: the complete configuration.
            return Some(&self.json);
        };
        match self.has_parameters {
            true => within(members.get(PARAMETERS)?, name),
            false => find(&members, name),
        }
    }
}

/// The value at a path such as `config.mode`, whose names may have dots in them.
fn within<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    find(&Members::read(json)?, name)
}

/// A member, or one within a member; keys may have dots.
fn find<'a>(members: &Members<'a>, name: &str) -> Option<&'a str> {
    let whole = members.get(name);
    let inner = || {
        let dots = name.match_indices('.');
        dots.filter_map(|(dot, _)| within(members.get(&name[..dot])?, &name[dot + 1..]))
            .next()
    };
    whole.or_else(inner)
}
