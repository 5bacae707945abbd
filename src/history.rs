//! Query methods of a history: the latest results, those of a type, duplicates. They are inherent methods of the
//! generated types.

use std::collections::HashMap;

use serde_json::Value;

use crate::masked::masked;
use crate::types::{ItemProcessingResults, JobType, ProcessingResult};

impl ItemProcessingResults {
    /// Every processing result, in the service's order; none if the service
    /// sent null or nothing.
    ///
    /// ```
    /// # use processing_results::types::ItemProcessingResults;
    /// let history: ItemProcessingResults =
    ///     serde_json::from_str(r#"{"item_id": "a", "item_name": "a.pdf", "processing_results": null}"#)?;
    /// assert!(history.results().is_empty());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn results(&self) -> &[ProcessingResult] {
        self.processing_results.as_deref().unwrap_or_default()
    }

    /// The history as JSON without secrets, for people and logs.
    ///
    /// `"***"` stands for a credential; URLs have neither user info nor query. A value whose meaning the contract does
    /// not know is shown as its type, such as `"<string>"`. `Serialize` writes the values: it is what goes to programs.
    ///
    /// ```
    /// # use processing_results::types::ItemProcessingResults;
    /// let history: ItemProcessingResults = serde_json::from_str(r#"{
    ///     "item_id": "invoice-0001", "item_name": "invoice.pdf", "new_key": "sk-example",
    ///     "processing_results": [{
    ///         "item_id": "invoice-0001", "result_id": "r-1", "job_type": "parse",
    ///         "job_config": {"parameters": {"lang": "en", "gpt4o_api_key": "sk-example"}},
    ///         "processed_at": "2026-03-01T09:30:00", "parameters_hash": "h", "output_s3_path": ""
    ///     }]
    /// }"#)?;
    /// let masked = history.masked();
    /// assert_eq!(masked["new_key"], "<string>");
    /// let parameters = &masked["processing_results"][0]["job_config"]["parameters"];
    /// assert_eq!(parameters["gpt4o_api_key"], "***");
    /// assert_eq!(parameters["lang"], "en");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn masked(&self) -> Value {
        masked(self)
    }

    /// The results of one job type, in the service's order.
    ///
    /// ```
    /// # use processing_results::{JobType, types::ItemProcessingResults};
    /// # let history: ItemProcessingResults =
    /// #     serde_json::from_str(r#"{"item_id": "a", "item_name": "a.pdf"}"#)?;
    /// assert_eq!(history.of_type(&JobType::Parse).count(), 0);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn of_type<'a, 'b>(
        &'a self,
        job_type: &'b JobType,
    ) -> impl DoubleEndedIterator<Item = &'a ProcessingResult> + use<'a, 'b> {
        self.results()
            .iter()
            .filter(move |result| result.job_type == *job_type)
    }

    /// The latest result of one job type; of two at the same time, the one
    /// that the service sent later.
    ///
    /// ```
    /// # use processing_results::{JobType, types::ItemProcessingResults};
    /// # let history: ItemProcessingResults =
    /// #     serde_json::from_str(r#"{"item_id": "a", "item_name": "a.pdf"}"#)?;
    /// assert!(history.latest(&JobType::Parse).is_none());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn latest(&self, job_type: &JobType) -> Option<&ProcessingResult> {
        let results = self.of_type(job_type);
        results.max_by_key(|result| &result.processed_at)
    }

    /// Every result in the order of time; those of the same time as the service sent them.
    ///
    /// ```
    /// # use processing_results::types::ItemProcessingResults;
    /// # let history: ItemProcessingResults =
    /// #     serde_json::from_str(r#"{"item_id": "a", "item_name": "a.pdf"}"#)?;
    /// let results = history.chronological();
    /// assert!(results.is_sorted_by_key(|result| &result.processed_at));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn chronological(&self) -> Vec<&ProcessingResult> {
        let mut results: Vec<_> = self.results().iter().collect();
        results.sort_by_key(|result| &result.processed_at);
        results
    }

    /// The results with this parameters hash, of any job type, in the service's order.
    ///
    /// ```
    /// # use processing_results::types::ItemProcessingResults;
    /// # let history: ItemProcessingResults =
    /// #     serde_json::from_str(r#"{"item_id": "a", "item_name": "a.pdf"}"#)?;
    /// assert_eq!(history.by_parameters_hash("8d0f").count(), 0);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn by_parameters_hash<'a, 'b>(
        &'a self,
        hash: &'b str,
    ) -> impl DoubleEndedIterator<Item = &'a ProcessingResult> + use<'a, 'b> {
        self.results()
            .iter()
            .filter(move |result| result.parameters_hash == hash)
    }

    /// Whether any job has run with the parameters of this hash.
    ///
    /// ```
    /// # use processing_results::types::ItemProcessingResults;
    /// # let history: ItemProcessingResults =
    /// #     serde_json::from_str(r#"{"item_id": "a", "item_name": "a.pdf"}"#)?;
    /// assert!(!history.already_processed("8d0f"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn already_processed(&self, hash: &str) -> bool {
        self.by_parameters_hash(hash).next().is_some()
    }

    /// Results that repeat an earlier one: those of the same job type with
    /// the same parameters hash, two or more in each group. Groups and results
    /// are in the order of time, so all but the first of a group are repeats.
    /// An empty hash says nothing and makes no group.
    ///
    /// ```
    /// use processing_results::types::ItemProcessingResults;
    ///
    /// let result = |id: &str, time: &str| serde_json::json!({
    ///     "item_id": "a", "result_id": id, "job_type": "parse", "job_config": {},
    ///     "processed_at": time, "parameters_hash": "8d0f", "output_s3_path": ""
    /// });
    /// let history: ItemProcessingResults = serde_json::from_value(serde_json::json!({
    ///     "item_id": "a", "item_name": "a.pdf",
    ///     "processing_results": [result("r-2", "2026-03-02T00:00:00Z"), result("r-1", "2026-03-01T00:00:00Z")]
    /// }))?;
    /// let groups = history.duplicates();
    /// assert_eq!(groups.len(), 1);
    /// assert_eq!(groups[0][0].result_id, "r-1");
    /// assert_eq!(groups[0][1].result_id, "r-2");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn duplicates(&self) -> Vec<Vec<&ProcessingResult>> {
        let mut places = HashMap::new();
        let mut groups: Vec<Vec<_>> = Vec::new();
        for result in self.chronological() {
            if !result.parameters_hash.is_empty() {
                let key = (&result.job_type, &result.parameters_hash);
                let place = *places.entry(key).or_insert(groups.len());
                match groups.get_mut(place) {
                    Some(group) => group.push(result),
                    None => groups.push(vec![result]),
                }
            }
        }
        groups.retain(|group| group.len() > 1);
        groups
    }
}

impl ProcessingResult {
    /// The result as JSON without secrets, its configuration included: see [`ItemProcessingResults::masked`].
    #[must_use]
    pub fn masked(&self) -> Value {
        masked(self)
    }
}
