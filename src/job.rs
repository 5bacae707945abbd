//! The type of a job configuration, once its job type is known.

use std::fmt::{self, Debug, Display, Formatter};

use processing_results_runtime::DecodeError;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::job_config::JobConfig;

/// Defines `Job` from `x-typed-by` of the contract. Generated code calls it.
macro_rules! jobs {
    ($job_type:ident { $(#[doc = $doc:literal] $variant:ident($component:ident) = [$($setting:literal),*],)* }) => {
        /// A job configuration, typed by the job type beside it, from [`ProcessingResult::job`].
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Job {
            $(#[doc = $doc] $variant(::std::boxed::Box<$component>),)*
            /// A configuration without a type, and the reason.
            Other(::std::boxed::Box<crate::OtherJob>),
        }

        impl Job {
            pub(crate) fn decode(job_type: &$job_type, config: &JobConfig) -> Self {
                match job_type {
                    $($job_type::$variant => crate::job::typed(config, Job::$variant, Job::Other),)*
                    other => Job::Other(crate::OtherJob::undocumented(config, other.as_str())),
                }
            }

            /// The configuration as JSON without secrets: see [`ItemProcessingResults::masked`].
            #[must_use]
            pub fn masked(&self) -> ::serde_json::Value {
                match self {
                    $(Job::$variant(job) => ::processing_results_runtime::__private::Redact::masked(&**job),)*
                    Job::Other(other) => other.masked(),
                }
            }

            /// The configuration as JSON.
            pub(crate) fn to_value(&self) -> ::serde_json::Value {
                match self {
                    $(Job::$variant(job) => crate::job_config::to_value(&**job),)*
                    Job::Other(other) => other.value().clone(),
                }
            }

            /// The members that say how a job of this type works, `x-settings` of the contract; none if all do.
            pub(crate) fn settings(job_type: &$job_type) -> &'static [&'static str] {
                match job_type {
                    $($job_type::$variant => &[$($setting),*],)*
                    _ => &[],
                }
            }
        }

        $(impl ::std::convert::From<$component> for JobConfig {
            fn from(job: $component) -> Self {
                JobConfig::of(&job)
            }
        })*

        impl ProcessingResult {
            /// The job configuration, typed by [`job_type`](Self::job_type), or [`Job::Other`] where the contract has no
            /// configuration for the job type, and for a configuration that does not decode as the documented one.
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
                Job::decode(&self.job_type, &self.job_config)
            }
        }
    };
}
pub(crate) use jobs;

/// A job configuration that has no type.
#[derive(Clone, PartialEq)]
pub struct OtherJob {
    value: Value,
    reason: Reason,
}

#[derive(Clone, Debug, PartialEq)]
enum Reason {
    Undocumented(String),
    Undecodable(DecodeError),
}

/// Decodes a configuration as the type that its job type has.
pub(crate) fn typed<T: DeserializeOwned, J>(
    config: &JobConfig,
    job: impl FnOnce(Box<T>) -> J,
    other: impl FnOnce(Box<OtherJob>) -> J,
) -> J {
    match serde_json::from_str(config.raw()) {
        Ok(decoded) => job(Box::new(decoded)),
        Err(error) => {
            let error = DecodeError::find(config.raw().as_bytes(), &error);
            other(OtherJob::new(config, Reason::Undecodable(error)))
        }
    }
}

impl OtherJob {
    /// A configuration whose job type has none in the contract.
    pub(crate) fn undocumented(config: &JobConfig, job_type: &str) -> Box<Self> {
        Self::new(config, Reason::Undocumented(job_type.to_owned()))
    }

    fn new(config: &JobConfig, reason: Reason) -> Box<Self> {
        // The text was JSON when it was received.
        let value = serde_json::from_str(config.raw()).unwrap_or_default();
        Box::new(OtherJob { value, reason })
    }

    /// The configuration as JSON.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    pub(crate) fn masked(&self) -> Value {
        use processing_results_runtime::__private::Redact;

        // The members may be named; what they mean is unknown.
        match &self.value {
            Value::Object(members) => members.masked(),
            value => value.masked(),
        }
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

    /// Path of the value that does not decode; none if the job type has no documented configuration.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        match &self.reason {
            Reason::Undecodable(error) => error.path(),
            Reason::Undocumented(_) => None,
        }
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Undocumented(job_type) => {
                let job_type = job_type.escape_debug();
                write!(f, "no configuration is documented for job type {job_type}")
            }
            Reason::Undecodable(error) => write!(f, "the configuration {error}"),
        }
    }
}

/// The reason is shown, the value is not: it may hold secrets.
impl Debug for OtherJob {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtherJob")
            .field("reason", &self.reason())
            .finish_non_exhaustive()
    }
}
