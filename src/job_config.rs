//! The configuration of a job, as text.

use std::fmt::{self, Debug, Formatter};

use processing_results_runtime::__private::Redact;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

/// Configuration of a job, as the exact JSON text that the service sent.
///
/// It stays text, since only the job type beside it says which type it has: see [`ProcessingResult::job`](crate::types::ProcessingResult::job).
/// Two configurations are equal if their JSON is, whatever the white space.
///
/// ```
/// use processing_results::types::{BatchParseJobRecordCreate, JobConfig};
///
/// let config: JobConfig = serde_json::from_str(r#"{"project_id":  "prj-1"}"#)?;
/// assert_eq!(config.raw(), r#"{"project_id":  "prj-1"}"#);
///
/// let mut record = BatchParseJobRecordCreate::default();
/// record.project_id = Some("prj-1".into());
/// assert_eq!(config, record.into());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobConfig(Box<RawValue>);

impl JobConfig {
    /// The configuration of a job.
    pub(crate) fn of<T: Serialize>(job: &T) -> Self {
        // Strings, numbers and maps with string keys always serialize.
        JobConfig(to_raw_value(job).unwrap_or_default())
    }

    /// The JSON text.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.0.get()
    }
}

/// Only a length is shown: the text may hold secrets.
impl Debug for JobConfig {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.raw().len())
    }
}

impl Redact for JobConfig {
    fn masked(&self) -> Value {
        format!("{self:?}").into()
    }
}

impl PartialEq for JobConfig {
    fn eq(&self, other: &Self) -> bool {
        let value = |config: &Self| serde_json::from_str::<Value>(config.raw()).ok();
        self.raw() == other.raw() || value(self).is_some_and(|json| Some(json) == value(other))
    }
}

/// As JSON, through its text: a second serializer for every type would make each build slower than this is.
pub(crate) fn to_value<T: Serialize>(job: &T) -> Value {
    let text = serde_json::to_vec(job).and_then(|text| serde_json::from_slice(&text));
    // Strings, numbers and maps with string keys always serialize.
    text.unwrap_or_default()
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for JobConfig {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "JobConfig".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "description": "Any JSON value; the job type beside it says which." })
    }
}
