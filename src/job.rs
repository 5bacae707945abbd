//! What a job configuration is, once its job type is known.

use std::fmt::{self, Display, Formatter};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Mismatch;
use crate::types::{BatchParseJobRecordCreate, ClassifyJob, JobConfig, JobType, ProcessingResult};

/// A job configuration, typed by the job type beside it.
///
/// It says what [`ProcessingResult::job`] found; the text itself stays in
/// [`ProcessingResult::job_config`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Job {
    /// A parse job's record, with the parameters of the parser.
    Parse(Box<BatchParseJobRecordCreate>),
    /// A classify job, with its rules.
    Classify(Box<ClassifyJob>),
    /// No more than a value, and why.
    Other(Box<OtherJob>),
}

/// A job configuration that has no type.
#[derive(Clone, PartialEq)]
pub struct OtherJob {
    value: Value,
    reason: Reason,
}

#[derive(Clone, Debug, PartialEq)]
enum Reason {
    Undocumented(JobType),
    Mismatch(Mismatch),
}

impl ProcessingResult {
    /// The job configuration, typed by [`job_type`](Self::job_type): a parse
    /// job's record, a classify job, or [`Job::Other`] for extract jobs, whose
    /// configuration is not documented, for unknown job types, and for a
    /// configuration that is not what its job type promises.
    ///
    /// It decodes the text at each call and never fails.
    ///
    /// ```
    /// use processing_results::{Job, types::ProcessingResult};
    ///
    /// let result: ProcessingResult = serde_json::from_str(r#"{
    ///     "item_id": "invoice-0001", "result_id": "r-1", "job_type": "parse",
    ///     "job_config": {"parameters": {"tier": "agentic", "new_option": 7}},
    ///     "processed_at": "2026-03-01T09:30:00", "parameters_hash": "h", "output_s3_path": ""
    /// }"#)?;
    /// let Job::Parse(record) = result.job() else { panic!("a parse job") };
    /// let parameters = record.parameters.unwrap();
    /// assert_eq!(parameters.tier.as_deref(), Some("agentic"));
    /// assert_eq!(parameters.extra["new_option"], 7);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn job(&self) -> Job {
        match &self.job_type {
            JobType::Parse => typed(&self.job_config, Job::Parse),
            JobType::Classify => typed(&self.job_config, Job::Classify),
            other => OtherJob::job(&self.job_config, Reason::Undocumented(other.clone())),
        }
    }
}

fn typed<T: DeserializeOwned>(config: &JobConfig, wrap: impl FnOnce(Box<T>) -> Job) -> Job {
    match serde_json::from_str(config.raw()) {
        Ok(job) => wrap(Box::new(job)),
        Err(error) => {
            let mismatch = Mismatch::find(config.raw().as_bytes(), &error);
            OtherJob::job(config, Reason::Mismatch(mismatch))
        }
    }
}

impl OtherJob {
    fn job(config: &JobConfig, reason: Reason) -> Job {
        // The text was JSON when it was received.
        let value = serde_json::from_str(config.raw()).unwrap_or_default();
        Job::Other(Box::new(OtherJob { value, reason }))
    }

    /// The configuration as JSON.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Why it has no type: one sentence, without any value.
    ///
    /// ```
    /// # use processing_results::{Job, types::ProcessingResult};
    /// # let result: ProcessingResult = serde_json::from_str(r#"{
    /// #     "item_id": "invoice-0001", "result_id": "r-1", "job_type": "parse",
    /// #     "job_config": {"parameters": {"max_pages": "sk-secret"}},
    /// #     "processed_at": "2026-03-01T09:30:00", "parameters_hash": "h", "output_s3_path": ""
    /// # }"#)?;
    /// let Job::Other(other) = result.job() else { panic!("not a parse record") };
    /// assert_eq!(
    ///     other.reason(),
    ///     "the configuration does not decode at parameters.max_pages: expected i64, found a string",
    /// );
    /// assert_eq!(other.json_path(), Some("parameters.max_pages"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn reason(&self) -> String {
        self.reason.to_string()
    }

    /// Where the configuration is not what its job type promises.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        match &self.reason {
            Reason::Mismatch(mismatch) => mismatch.path.as_deref(),
            Reason::Undocumented(_) => None,
        }
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Undocumented(job_type) => {
                let job_type = job_type.as_str().escape_debug();
                write!(f, "no configuration is documented for job type {job_type}")
            }
            Reason::Mismatch(mismatch) => write!(f, "the configuration {mismatch}"),
        }
    }
}

/// The reason is shown, the value is not: it may hold secrets.
impl fmt::Debug for OtherJob {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtherJob")
            .field("reason", &self.reason())
            .finish_non_exhaustive()
    }
}
