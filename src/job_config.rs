//! The configuration of a job, as text.

use std::fmt::{self, Debug, Formatter};

use processing_results_runtime::__private::{Field, Shape};
use processing_results_runtime::Json;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::masked;

/// Configuration of a job, as the exact JSON text that the service sent.
///
/// It stays text, since only the job type beside it says which type it has: see [`ProcessingResult::job`](crate::types::ProcessingResult::job).
/// Two configurations are equal if their JSON is, whatever the white space, the order of keys and the notation of numbers.
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
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobConfig(Json);

/// What the contract says about configurations, from `x-typed-by`.
pub(crate) trait Typed {
    const SHAPE: Shape;
}

impl JobConfig {
    /// The configuration of a job.
    pub(crate) fn of<T: Serialize>(job: &T) -> Self {
        // Strings, numbers and maps with string keys always serialize.
        JobConfig(Json::of(job).unwrap_or_default())
    }

    /// The JSON text.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.0.raw()
    }

    /// The configuration as JSON. What a value cannot hold, such as `1e400`, is its text there.
    #[must_use]
    pub fn value(&self) -> &Value {
        self.0.value()
    }

    pub(crate) fn json(&self) -> &Json {
        &self.0
    }

    /// Without secrets, given the job type beside it.
    pub(crate) fn masked(&self, job_type: &str) -> Value {
        masked::text(self.raw(), <Self as Typed>::SHAPE.typed(Some(job_type)))
    }
}

/// A configuration of any job type, for tests mostly.
///
/// ```
/// # use processing_results::types::JobConfig;
/// let config = JobConfig::from(serde_json::json!({"extraction_target": "per_page"}));
/// assert_eq!(config.raw(), r#"{"extraction_target":"per_page"}"#);
/// ```
impl From<Value> for JobConfig {
    fn from(config: Value) -> Self {
        JobConfig(config.into())
    }
}

/// Only a length is shown: the text may hold secrets.
impl Debug for JobConfig {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.raw().len())
    }
}

impl Field for JobConfig {
    const SHAPE: Shape = <Self as Typed>::SHAPE;

    fn empty() -> Self {
        JobConfig(Json::default())
    }
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
