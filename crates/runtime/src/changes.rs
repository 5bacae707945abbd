//! What is different between two results: the parameters, from what to what.
//!
//! Each value is there twice: as the service's text, by which it is compared, and masked, as which it is shown. So another
//! key is a change although both are shown as `"***"`, and `1e400` is not `1e401` although neither is a float.
//!
//! ```text
//! {"parameters": {"lang": "en", "gpt4o_api_key": "sk-1"}}      settings: ["parameters"]
//! {"parameters": {"lang": "de", "gpt4o_api_key": "sk-2"}}
//!                                                              gpt4o_api_key: "***" -> "***"
//!                                                              lang: "en" -> "de"
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};

use serde::Serialize;
use serde_json::Value;

use crate::types::{Json, JsonObject};

/// Name of the change when the complete configuration is another value.
const WHOLE: &str = "job_config";

/// A parameter that is not what it was, from `ProcessingResult::changes_since`.
///
/// Its values are JSON. `"***"` stands for a secret, which then is another one
/// than before; URLs have no credentials; a value whose meaning the contract does
/// not know is no more than its kind, such as `"<string>"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ParameterChange {
    /// The parameter, with dots between the names of nested ones: `lang`, `parsing_configuration.max_pages`.
    pub name: String,
    /// What it was; none if it was not set.
    pub before: Option<Value>,
    /// What it is; none if it is no longer set.
    pub after: Option<Value>,
    /// What the service does where it is not set, as its vendor documents it; none if it is set on both sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
}

impl ParameterChange {
    /// Whether the documented default was only spelled out, or left out, so that the job works as before. Of a parameter
    /// without a documented default that cannot be said: then it is a change.
    #[must_use]
    pub fn is_default(&self) -> bool {
        let set = self.before.as_ref().xor(self.after.as_ref());
        set.zip(self.default.as_ref())
            .is_some_and(|(set, default)| same(set, default))
    }
}

/// Whether two values are the same, as two texts are: `1` is `1.0`.
fn same(one: &Value, other: &Value) -> bool {
    one == other
        || Json::of(one)
            .ok()
            .zip(Json::of(other).ok())
            .is_some_and(|(one, other)| one == other)
}

/// `lang: "en" -> "de"`, where `-` is a parameter that is not set. `lang: - (default "en") -> "de"` has what the service
/// does without it, and `lang: - -> "en" (the default)` means the same.
impl Display for ParameterChange {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is_default = self.is_default();
        let text = |value: &Option<Value>| match (value, &self.default) {
            (Some(value), _) if is_default => format!("{value} (the default)"),
            (Some(value), _) => value.to_string(),
            (None, Some(default)) if !is_default => format!("- (default {default})"),
            (None, _) => "-".to_owned(),
        };
        let (before, after) = (text(&self.before), text(&self.after));
        write!(f, "{}: {before} -> {after}", self.name.escape_debug())
    }
}

/// The parameters of a result: the text that is compared, and what may be shown of it.
#[derive(Default)]
struct Parameters {
    /// The JSON texts of one value; several if its key came several times.
    texts: Vec<Json>,
    masked: Value,
}

impl Parameters {
    fn of(config: &Config<'_>) -> Self {
        let names = config.settings;
        let config = Parameters {
            texts: vec![config.text.clone()],
            masked: config.masked.clone(),
        };
        match (config.members(), names) {
            // Of a single member, its own members.
            (Some(mut members), [name]) => members.remove(*name).unwrap_or_else(Self::nothing),
            (Some(members), [_, ..]) => {
                let settings = members
                    .into_iter()
                    .filter(|(name, _)| names.contains(&&**name));
                Self::of_members(settings.collect())
            }
            _ => config,
        }
    }

    /// Of a result whose parameters are absent: an empty object, so that each parameter of the other one is a change.
    fn nothing() -> Self {
        Self::of_members(BTreeMap::new())
    }

    /// An object of these.
    fn of_members(members: BTreeMap<String, Parameters>) -> Self {
        let texts = members.iter().flat_map(|(name, member)| {
            member
                .texts
                .iter()
                .map(move |text| (name.as_str(), text.clone()))
        });
        let object: JsonObject = texts.collect();
        let masked = members
            .into_iter()
            .map(|(name, member)| (name, member.masked));
        Parameters {
            masked: Value::Object(masked.collect()),
            texts: vec![Json::of(&object).unwrap_or_default()],
        }
    }

    /// The members that are set, if it has some that may be named.
    fn members(&self) -> Option<BTreeMap<String, Parameters>> {
        let ([text], Value::Object(shown)) = (&self.texts[..], &self.masked) else {
            return None;
        };
        let mut members: BTreeMap<String, Parameters> = BTreeMap::new();
        for (name, value) in text.decode::<JsonObject>().ok()?.iter() {
            if value.raw() != "null" {
                let masked = shown.get(name).cloned().unwrap_or_default();
                let member = members.entry(name.to_owned()).or_default();
                member.texts.push(value.clone());
                member.masked = masked;
            }
        }
        Some(members)
    }
}

/// A configuration to compare: its text, what may be shown of it, and the members that say how a job works.
#[derive(Clone, Debug)]
pub struct Config<'a> {
    /// The configuration.
    pub text: &'a Json,
    /// The configuration without secrets.
    pub masked: Value,
    /// The members to compare; none means all, and of a single one its own members are compared.
    pub settings: &'a [&'a str],
    /// What the service does where one is absent: the name as in a change, and the value as JSON.
    pub defaults: &'a [(&'a str, &'a str)],
}

impl Config<'_> {
    fn default(&self, name: &str) -> Option<Value> {
        let found = self.defaults.iter().find(|(known, _)| *known == name);
        serde_json::from_str(found?.1).ok()
    }
}

/// The parameters of `after` that are not what they were in `before`, in alphabetical order.
#[must_use]
pub fn changes(before: &Config<'_>, after: &Config<'_>) -> Vec<ParameterChange> {
    let mut changes = Vec::new();
    let (old, new) = (Parameters::of(before), Parameters::of(after));
    compare("", Some(old), Some(new), &mut changes);
    for change in &mut changes {
        change.default = match (&change.before, &change.after) {
            (None, Some(_)) => before.default(&change.name),
            (Some(_), None) => after.default(&change.name),
            _ => None,
        };
    }
    changes
}

/// Adds what is not the same: of two objects the members, each by its path, and otherwise the value itself.
fn compare(
    name: &str,
    before: Option<Parameters>,
    after: Option<Parameters>,
    changes: &mut Vec<ParameterChange>,
) {
    let texts = |it: &Option<Parameters>| it.as_ref().map(|it| it.texts.clone());
    if texts(&before) == texts(&after) {
        return;
    }
    let members = |it: &Option<Parameters>| it.as_ref().and_then(Parameters::members);
    if let (Some(mut old), Some(mut new)) = (members(&before), members(&after)) {
        let names: BTreeSet<_> = old.keys().chain(new.keys()).cloned().collect();
        for inner in names {
            let path = match name {
                "" => inner.clone(),
                outer => format!("{outer}.{inner}"),
            };
            compare(&path, old.remove(&inner), new.remove(&inner), changes);
        }
        return;
    }
    changes.push(ParameterChange {
        name: if name.is_empty() { WHOLE } else { name }.to_owned(),
        before: before.map(|it| it.masked),
        after: after.map(|it| it.masked),
        default: None,
    });
}
