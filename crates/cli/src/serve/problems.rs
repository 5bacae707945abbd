//! What is wrong with the data files at present, for the pages.

use std::sync::{Arc, Mutex, PoisonError};

/// Shared by the directory, which finds the problems, and the pages, which show them.
#[derive(Clone, Default)]
pub(crate) struct Problems(Arc<Mutex<Vec<String>>>);

impl Problems {
    pub(super) fn set(&self, problems: Vec<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = problems;
    }

    /// One line each.
    pub(crate) fn all(&self) -> Vec<String> {
        let problems = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        problems.clone()
    }
}
