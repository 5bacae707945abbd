//! What is different between the configurations of two results.

use processing_results_runtime::__private::{Config, changes};
use processing_results_runtime::ParameterChange;

use crate::types::{Job, ProcessingResult};

impl ProcessingResult {
    /// Which parameters are not what they were in an earlier result, in
    /// alphabetical order. A null is the same as nothing, and `1` as `1.0`; other numbers are compared to the last digit.
    ///
    /// Of a parse job these are its `parameters`; of a classify job its rules,
    /// mode and parsing configuration; of any other job its complete configuration.
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
    ///
    /// A parameter that is set on one side only is compared with what the service does without it, where its vendor
    /// documents that: `lang: - -> "en" (the default)` changes nothing.
    #[must_use]
    pub fn changes_since(&self, earlier: &ProcessingResult) -> Vec<ParameterChange> {
        changes(&earlier.config(), &self.config())
    }

    fn config(&self) -> Config<'_> {
        Config {
            text: self.job_config.json(),
            masked: self.job_config.masked(self.job_type.as_str()),
            settings: Job::settings(&self.job_type),
            defaults: Job::defaults(&self.job_type),
        }
    }
}
