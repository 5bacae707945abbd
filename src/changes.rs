//! What is different between two results: the parameters, from what to what.

use std::fmt::{self, Display, Formatter};

use processing_results_runtime::__private::Redact;
use serde::Serialize;
use serde_json::Value;

use crate::types::{Job, ProcessingResult};

/// Name of the change when a configuration as a whole is another value.
const WHOLE: &str = "job_config";

/// A parameter that is not what it was, from [`ProcessingResult::changes_since`].
///
/// Its values are JSON. `"***"` stands for a secret, which then is another one
/// than before; URLs have no credentials; a value whose meaning the contract does
/// not know is no more than its kind, such as `"<string>"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ParameterChange {
    /// The parameter, with a dot before what lies within: `lang`, `parsing_configuration.max_pages`.
    pub name: String,
    /// What it was; none if it was not set.
    pub before: Option<Value>,
    /// What it is; none if it is no longer set.
    pub after: Option<Value>,
}

/// `lang: "en" -> "de"`, where `-` is a parameter that is not set.
impl Display for ParameterChange {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), Value::to_string);
        let (before, after) = (text(&self.before), text(&self.after));
        write!(f, "{}: {before} -> {after}", self.name.escape_debug())
    }
}

impl ProcessingResult {
    /// Which parameters are not what they were in an earlier result, in
    /// alphabetical order. A null is the same as nothing, and `1` as `1.0`
    /// where a number is documented.
    ///
    /// Of a parse job these are its `parameters`; of a classify job its rules,
    /// mode and parsing configuration; of any other job its whole configuration.
    ///
    /// ```
    /// # use processing_results::types::ProcessingResult;
    /// # let run = |parameters: &str| serde_json::from_str::<ProcessingResult>(&format!(r#"{{
    /// #     "item_id": "invoice-0001", "result_id": "r-1", "job_type": "parse",
    /// #     "job_config": {{"parameters": {parameters}}}, "processed_at": "2026-03-01T09:30:00",
    /// #     "parameters_hash": "h", "output_s3_path": ""
    /// # }}"#));
    /// let earlier = run(r#"{"lang": "en", "max_pages": 9, "gpt4o_api_key": "sk-1"}"#)?;
    /// let later = run(r#"{"lang": "de", "max_pages": 9, "gpt4o_api_key": "sk-2"}"#)?;
    ///
    /// let changes: Vec<_> = later.changes_since(&earlier).iter().map(ToString::to_string).collect();
    /// assert_eq!(changes, [r#"gpt4o_api_key: "***" -> "***""#, r#"lang: "en" -> "de""#]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn changes_since(&self, earlier: &ProcessingResult) -> Vec<ParameterChange> {
        let (before, after) = (Parameters::of(earlier), Parameters::of(self));
        let mut changes = Vec::new();
        compare("", Some(&before), Some(&after), &mut changes);
        changes
    }
}

/// The parameters of a result: as they are, to be compared, and as they may be shown.
struct Parameters {
    clear: Value,
    masked: Value,
}

impl Parameters {
    fn of(result: &ProcessingResult) -> Self {
        let job = result.job();
        let names = Job::settings(&result.job_type);
        let settings = |config| settings(config, names);
        let clear = settings(job.to_value());
        let masked = match &job {
            Job::Other(_) => hidden(&clear),
            job => settings(job.masked()),
        };
        Parameters { clear, masked }
    }

    /// A member that is set.
    fn member(&self, name: &str) -> Option<Parameters> {
        let clear = self.clear.get(name).filter(|value| !value.is_null())?;
        Some(Parameters {
            clear: clear.clone(),
            masked: self
                .masked
                .get(name)
                .cloned()
                .unwrap_or_else(|| hidden(clear)),
        })
    }

    /// The members, if it has some that may be named.
    fn names(&self) -> Option<impl Iterator<Item = &String>> {
        let members = self.clear.as_object()?;
        self.masked.is_object().then(|| members.keys())
    }
}

/// The members of a configuration that say how the job works; of a single one, its own members.
fn settings(config: Value, names: &[&str]) -> Value {
    match (config, names) {
        (Value::Object(mut config), [name]) => {
            let settings = config.remove(*name).filter(|it| !it.is_null());
            settings.unwrap_or_else(|| Value::Object(Default::default()))
        }
        (Value::Object(mut config), [_, ..]) => {
            config.retain(|name, _| names.contains(&name.as_str()));
            config.into()
        }
        (config, _) => config,
    }
}

/// The keys of an object whose meaning is unknown, with the kinds of its values.
fn hidden(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.masked(),
        value => value.masked(),
    }
}

fn compare(
    name: &str,
    before: Option<&Parameters>,
    after: Option<&Parameters>,
    changes: &mut Vec<ParameterChange>,
) {
    if before.map(|it| &it.clear) == after.map(|it| &it.clear) {
        return;
    }
    if let (Some(before), Some(after)) = (before, after)
        && let (Some(old), Some(new)) = (before.names(), after.names())
    {
        let mut names: Vec<_> = old.chain(new).collect();
        names.sort();
        names.dedup();
        for inner in names {
            let path = match name {
                "" => inner.clone(),
                outer => format!("{outer}.{inner}"),
            };
            let (before, after) = (before.member(inner), after.member(inner));
            compare(&path, before.as_ref(), after.as_ref(), changes);
        }
        return;
    }
    let shown = |it: Option<&Parameters>| it.map(|it| it.masked.clone());
    changes.push(ParameterChange {
        name: if name.is_empty() { WHOLE } else { name }.to_owned(),
        before: shown(before),
        after: shown(after),
    });
}
