//! The type of a job configuration, once its job type is known.

use std::fmt::{self, Debug, Formatter};

use processing_results_runtime::__private::from_json;
use processing_results_runtime::DecodeError;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::job_config::JobConfig;

/// Defines `Job` from `x-typed-by` of the contract. Generated code calls it.
macro_rules! jobs {
    ($by:literal: $job_type:ident {
        $(#[doc = $doc:literal] $variant:ident($component:ident) = $value:literal [$($setting:literal),*] [$($default:expr),*],)*
    }) => {
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
                    $($job_type::$variant => crate::job::typed(config, $value).map_or_else(Job::Other, Job::$variant),)*
                    other => Job::Other(crate::OtherJob::new(config, other.as_str(), None)),
                }
            }

            /// The configuration as JSON without secrets: see [`ItemProcessingResults::masked`].
            #[must_use]
            pub fn masked(&self) -> ::serde_json::Value {
                match self {
                    $(Job::$variant(job) => crate::masked::masked(&**job),)*
                    Job::Other(other) => other.masked(),
                }
            }

            /// The members that say how a job of this type works, `x-settings` of the contract; none if all do.
            pub(crate) fn settings(job_type: &$job_type) -> &'static [&'static str] {
                match job_type {
                    $($job_type::$variant => &[$($setting),*],)*
                    _ => &[],
                }
            }

            /// What the service does where a setting is absent: its name and the value as JSON, `x-default`.
            pub(crate) fn defaults(job_type: &$job_type) -> &'static [(&'static str, &'static str)] {
                match job_type {
                    $($job_type::$variant => &[$($default),*],)*
                    _ => &[],
                }
            }
        }

        impl crate::job_config::Typed for JobConfig {
            const SHAPE: ::processing_results_runtime::__private::Shape =
                ::processing_results_runtime::__private::Shape::TypedBy($by, &[
                    $(($value, <$component as ::processing_results_runtime::__private::Field>::SHAPE)),*
                ]);
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
    config: JobConfig,
    job_type: String,
    /// Why it does not decode, if its job type has a configuration in the contract.
    error: Option<DecodeError>,
}

/// Decodes a configuration as the type that its job type has.
pub(crate) fn typed<T: DeserializeOwned>(
    config: &JobConfig,
    job_type: &str,
) -> Result<Box<T>, Box<OtherJob>> {
    from_json(config.raw()).map(Box::new).map_err(|error| {
        let error = DecodeError::find(config.raw().as_bytes(), &error);
        OtherJob::new(config, job_type, Some(error))
    })
}

impl OtherJob {
    /// A configuration without a type, and why it does not decode if its job type has one.
    pub(crate) fn new(config: &JobConfig, job_type: &str, error: Option<DecodeError>) -> Box<Self> {
        Box::new(OtherJob {
            config: config.clone(),
            job_type: job_type.to_owned(),
            error,
        })
    }

    /// The configuration as JSON. What a value cannot hold, such as `1e400`, is its text there.
    #[must_use]
    pub fn value(&self) -> &Value {
        self.config.value()
    }

    /// The configuration as the exact JSON text that the service sent.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.config.raw()
    }

    pub(crate) fn masked(&self) -> Value {
        self.config.masked(&self.job_type)
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
    ///     "the configuration does not decode at parameters.max_pages: expected an integer, found a string",
    /// );
    /// assert_eq!(other.json_path(), Some("parameters.max_pages"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn reason(&self) -> String {
        let job_type = self.job_type.escape_debug();
        match &self.error {
            Some(error) => format!("the configuration {error}"),
            None => format!("no configuration is documented for job type {job_type}"),
        }
    }

    /// Path of the value that does not decode; none if the job type has no documented configuration.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.error.as_ref()?.path()
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
