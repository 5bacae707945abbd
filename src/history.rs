//! Questions to a history, as inherent methods of the generated types.

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
        let results = self.results().iter();
        results
            .filter(|result| result.job_type == *job_type)
            .max_by_key(|result| &result.processed_at)
    }
}
